//! Which dates are the article's, of those that page and entrance give.

use std::time::Duration;

use chrono_tz::Tz;

use super::date::{Said, day_in, said};
use crate::model::{Language, Timestamp};

/// So far ahead a publisher's clock may be; later dates are moved to now.
const MAX_AHEAD: Duration = Duration::from_secs(5 * 60);
/// 1 January 1990: before the web, dates are templates' defaults and empty fields.
const EARLIEST_MS: i64 = 631_152_000_000;

/// What is known when dates are chosen.
pub(super) struct Clues<'a> {
    /// Dates as the page writes them, the most trusted first.
    pub(super) page: &'a [String],
    /// The entrance's date.
    pub(super) entrance: Option<Timestamp>,
    /// The time now.
    pub(super) now: Timestamp,
    /// The source's zone.
    pub(super) zone: Tz,
    /// The page's language.
    pub(super) language: Option<&'a Language>,
    /// What kind of date it is, for notes.
    pub(super) name: &'static str,
}

/// The date to believe.
pub(super) fn choose(clues: &Clues<'_>, notes: &mut Vec<String>) -> Option<Timestamp> {
    let chosen = match (page(clues, notes), entrance(clues)) {
        (Some(page), Some(entrance)) => Some(better(page, entrance, clues, notes)),
        (Some(page), None) => Some(page.at),
        (None, entrance) => entrance,
    };
    let chosen = chosen?;
    if chosen > clues.now + MAX_AHEAD {
        notes.push(format!("{}: `{chosen}` is yet to come, now was taken", clues.name));
        return Some(clues.now);
    }
    Some(chosen)
}

/// The page's first believable date, told more exactly by a later one of the same day.
fn page(clues: &Clues<'_>, notes: &mut Vec<String>) -> Option<Said> {
    let mut dates = clues.page.iter().filter_map(|text| {
        let date = said(text, clues.zone, clues.language)?;
        if date.at.as_millis() < EARLIEST_MS {
            notes.push(format!("{}: `{}` is before the web, left out", clues.name, date.at));
            return None;
        }
        Some(date)
    });
    let first = dates.next()?;
    if first.has_time && first.has_zone {
        return Some(first);
    }
    let is_same_day = |date: &Said| day_in(date.at, clues.zone) == day_in(first.at, clues.zone);
    let exact = dates.find(|date| date.has_time && (date.has_zone || !first.has_time) && is_same_day(date));
    Some(exact.unwrap_or(first))
}

fn entrance(clues: &Clues<'_>) -> Option<Timestamp> {
    clues.entrance.filter(|at| at.as_millis() >= EARLIEST_MS)
}

fn better(page: Said, entrance: Timestamp, clues: &Clues<'_>, notes: &mut Vec<String>) -> Timestamp {
    let is_exact = page.has_time && page.has_zone;
    let is_same_day = day_in(page.at, clues.zone) == day_in(entrance, clues.zone);
    // Feeds write midnight where they know the day only.
    let entrance_has_time = entrance.as_millis() % 86_400_000 != 0 && in_zone_has_time(entrance, clues.zone);
    let page_wins = is_exact || is_same_day && !entrance_has_time;
    if page.at != entrance {
        let winner = if page_wins { "page" } else { "entrance" };
        notes.push(format!("{}: the page says `{}`, the entrance `{entrance}`; the {winner} won", clues.name, page.at));
    }
    if page_wins { page.at } else { entrance }
}

fn in_zone_has_time(at: Timestamp, zone: Tz) -> bool {
    at.to_datetime().with_timezone(&zone).time() != chrono::NaiveTime::MIN
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        super::super::date(text, Tz::UTC, None).unwrap()
    }

    fn check(page: &[&str], entrance: &str, expected: &str) {
        let page: Vec<String> = page.iter().map(|&text| text.to_owned()).collect();
        let clues = Clues {
            page: &page,
            entrance: Some(entrance).filter(|text| !text.is_empty()).map(at),
            now: at("2024-11-20T12:00:00Z"),
            zone: Tz::Asia__Jakarta,
            language: None,
            name: "published",
        };

        let chosen = choose(&clues, &mut Vec::new());

        assert_eq!(chosen.map(|at| at.rfc3339()).unwrap_or_default(), expected, "{page:?} and {entrance}");
    }

    #[test]
    fn the_date_that_says_more_wins_where_both_mean_one_day() {
        check(&["2024-11-19T14:05:00+07:00"], "2024-11-19T07:00:00Z", "2024-11-19T07:05:00Z");
        check(&["19 November 2024"], "2024-11-19T07:05:00Z", "2024-11-19T07:05:00Z");
        check(&["19 November 2024 14:05"], "2024-11-19T07:05:30Z", "2024-11-19T07:05:30Z");
        check(&["19 November 2024 14:05"], "2024-11-19", "2024-11-19T07:05:00Z");
        check(&["19 November 2024", "2024-11-19T14:05:00+07:00"], "", "2024-11-19T07:05:00Z");
        check(&["19 November 2024", "2024-11-12T14:05:00+07:00"], "", "2024-11-18T17:00:00Z");
        check(&["nonsense"], "2024-11-19T07:05:00Z", "2024-11-19T07:05:00Z");
        check(&["3 March 2019"], "2024-11-19T07:05:00Z", "2024-11-19T07:05:00Z");
        check(&[], "", "");
    }

    /// C6: no date lies in the future.
    #[test]
    fn c6_no_date_is_later_than_now_or_earlier_than_the_web() {
        check(&["2024-11-20T12:04:00Z"], "", "2024-11-20T12:04:00Z");
        check(&["2024-11-20T12:06:00Z"], "", "2024-11-20T12:00:00Z");
        check(&["2031-01-01"], "", "2024-11-20T12:00:00Z");
        check(&["1970-01-01T00:00:00Z"], "2024-11-19T07:05:00Z", "2024-11-19T07:05:00Z");
        check(&["1970-01-01T00:00:00Z", "2024-11-19T00:00:00Z"], "", "2024-11-19T00:00:00Z");
        check(&[], "1970-01-01", "");
    }
}
