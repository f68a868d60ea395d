//! Which dates are the article's, of those that page and entrance give.

use std::time::Duration;

use chrono_tz::Tz;

use super::date::{Said, day_in, minutes_east, said};
use crate::model::{Language, LocalTime, Timestamp};

/// So far ahead a publisher's clock may be; later dates are moved to now.
const MAX_AHEAD: Duration = Duration::from_secs(5 * 60);
/// 1 January 1990: before the web, dates are templates' defaults and empty fields.
const EARLIEST_MS: i64 = 631_152_000_000;

/// What is known when dates are chosen.
pub(super) struct Clues<'a> {
    /// Dates as the page writes them, the most trusted first.
    pub(super) page: &'a [String],
    /// Dates that readers see around the headline.
    pub(super) shown: &'a [String],
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
pub(super) fn choose(clues: &Clues<'_>, notes: &mut Vec<String>) -> Option<LocalTime> {
    let chosen = match (page(clues, notes), entrance(clues)) {
        (Some(page), Some(entrance)) => Some(better(page, entrance, clues, notes)),
        (Some(page), None) => Some(page.local()),
        (None, entrance) => entrance.map(|at| in_zone(at, clues.zone)),
    };
    let chosen = chosen?;
    if chosen.at() > clues.now + MAX_AHEAD {
        notes.push(format!("{}: `{}` is yet to come, now was taken", clues.name, chosen.at()));
        return Some(LocalTime::new(clues.now, chosen.minutes_east()));
    }
    Some(chosen)
}

/// The page's first believable date, told more exactly by a later one of the same day, and on the clock by which
/// the page shows it.
fn page(clues: &Clues<'_>, notes: &mut Vec<String>) -> Option<Said> {
    let all: Vec<Said> = clues.page.iter().filter_map(|text| believable(text, clues, notes)).collect();
    let parse = |texts: &[String]| -> Vec<Said> {
        texts.iter().filter_map(|text| believable(text, clues, &mut Vec::new())).collect()
    };
    let shown = parse(clues.shown);
    let mut first = *all.first()?;
    if let Some(minutes) = first.minutes_to_other_order {
        let day = |said: &Said| said.local().day();
        let other = Said { at: plus_minutes(first.at, minutes), minutes_to_other_order: None, ..first };
        let is_other_text = |said: &&Said| said.minutes_to_other_order != first.minutes_to_other_order;
        let mut others = all[1..].iter().chain(&shown).filter(is_other_text);
        if others.clone().all(|said| day(said) != day(&first)) && others.any(|said| day(said) == day(&other)) {
            first = other;
        }
    }
    if !(first.has_time && first.has_zone) {
        let is_same_day = |date: &&Said| day_in(date.at, clues.zone) == day_in(first.at, clues.zone);
        let is_exacter = |date: &&Said| date.has_time && (date.has_zone || !first.has_time);
        first = all[1..].iter().find(|date| is_exacter(date) && is_same_day(date)).copied().unwrap_or(first);
    }
    if let Some(earlier) = shown_earlier(first, &shown) {
        notes.push(format!("{}: the page's machines say `{}`, its readers see an earlier day", clues.name, first.at));
        return Some(earlier);
    }
    // An address names a day, too, and so do machines that know no more.
    let days = || shown.iter().chain(all[1..].iter().filter(|said| !said.has_time));
    let is_another_day = |said: &Said| said.local().day() != first.local().day();
    if first.has_time && first.has_zone && first.minutes_east == 0 && days().all(is_another_day) {
        // The same moment by another clock, the clock that readers see, or the one on which it is midnight.
        let same = all[1..].iter().find(|said| said.at == first.at && said.minutes_east != 0);
        let told = same.map(|said| said.minutes_east);
        let told = told.or_else(|| days().find_map(|day| minutes_east_of(first, *day)));
        first.minutes_east = told.or_else(|| minutes_to_midnight(first.at, clues.language)).unwrap_or(0);
    }
    Some(first)
}

/// The one day that readers are shown, where it is days before the one for machines: after a move to another system
/// those tell when the article was moved.
fn shown_earlier(first: Said, shown: &[Said]) -> Option<Said> {
    const MIN_MINUTES: i64 = 36 * 60;
    let (only, others) = shown.split_first()?;
    let is_sure =
        only.minutes_to_other_order.is_none() && others.iter().all(|other| other.local().day() == only.local().day());
    (is_sure && only.at < plus_minutes(first.at, -MIN_MINUTES)).then_some(*only)
}

fn believable(text: &str, clues: &Clues<'_>, notes: &mut Vec<String>) -> Option<Said> {
    let date = said(text, clues.zone, clues.language)?;
    if date.at.as_millis() < EARLIEST_MS {
        notes.push(format!("{}: `{}` is before the web, left out", clues.name, date.at));
        return None;
    }
    Some(date)
}

/// How far ahead of UTC the clock is on which a time falls on the day that readers are shown; none where that is the
/// day in UTC, or where no clock shows it. Told by the time shown; else the nearest whole hour will do.
fn minutes_east_of(exact: Said, shown: Said) -> Option<i32> {
    const DAY_MIN: i64 = 24 * 60;
    let minutes = |at: Timestamp| at.as_millis().div_euclid(60_000);
    // What is shown without a zone was read as if it were in the source's.
    let on_the_wall = minutes(shown.at) + i64::from(shown.minutes_east);
    let (day, now) = (on_the_wall.div_euclid(DAY_MIN), minutes(exact.at));
    let ahead = match day - now.div_euclid(DAY_MIN) {
        _ if shown.has_time => (on_the_wall - now + 7).div_euclid(15) * 15,
        1 => (DAY_MIN - now.rem_euclid(DAY_MIN) + 59) / 60 * 60,
        -1 => -(now.rem_euclid(DAY_MIN) / 60 + 1) * 60,
        _ => return None,
    };
    let is_of_another_day = (now + ahead).div_euclid(DAY_MIN) != now.div_euclid(DAY_MIN);
    i32::try_from(ahead).ok().filter(|ahead| is_of_another_day && (-12 * 60..=14 * 60).contains(ahead))
}

/// How far ahead of UTC the clocks are where a language is spoken, if a time is midnight on them: a day that went
/// through a database. Languages of several zones say nothing, nor do places behind UTC, whose day is the same.
fn minutes_to_midnight(at: Timestamp, language: Option<&Language>) -> Option<i32> {
    let zone = match language?.primary() {
        "de" | "fr" | "it" | "nl" | "pl" | "cs" | "sk" | "hu" | "sl" | "hr" | "sv" | "da" | "nb" | "no" => {
            Tz::Europe__Berlin
        }
        "fi" | "el" | "ro" | "bg" | "uk" | "et" | "lv" | "lt" => Tz::Europe__Helsinki,
        "tr" => Tz::Europe__Istanbul,
        "he" => Tz::Asia__Jerusalem,
        "fa" => Tz::Asia__Tehran,
        "hi" | "mr" | "ta" | "te" => Tz::Asia__Kolkata,
        "bn" => Tz::Asia__Dhaka,
        "id" | "jv" | "su" => Tz::Asia__Jakarta,
        "th" | "vi" => Tz::Asia__Bangkok,
        "ms" | "zh" => Tz::Asia__Shanghai,
        "ja" | "ko" => Tz::Asia__Tokyo,
        _ => return None,
    };
    let minutes = minutes_east(at, zone);
    (plus_minutes(at, minutes.into()).as_millis().rem_euclid(86_400_000) == 0).then_some(minutes)
}

fn plus_minutes(at: Timestamp, minutes: i64) -> Timestamp {
    Timestamp::from_millis(at.as_millis().saturating_add(minutes.saturating_mul(60_000)))
}

fn in_zone(at: Timestamp, zone: Tz) -> LocalTime {
    LocalTime::new(at, minutes_east(at, zone))
}

fn entrance(clues: &Clues<'_>) -> Option<Timestamp> {
    clues.entrance.filter(|at| at.as_millis() >= EARLIEST_MS)
}

fn better(page: Said, entrance: Timestamp, clues: &Clues<'_>, notes: &mut Vec<String>) -> LocalTime {
    let is_exact = page.has_time && page.has_zone;
    let is_same_day = day_in(page.at, clues.zone) == day_in(entrance, clues.zone);
    // Feeds write midnight where they know the day only.
    let entrance_has_time = entrance.as_millis() % 86_400_000 != 0 && in_zone_has_time(entrance, clues.zone);
    let page_wins = is_exact || is_same_day && !entrance_has_time;
    if page.at != entrance {
        let winner = if page_wins { "page" } else { "entrance" };
        notes.push(format!("{}: the page says `{}`, the entrance `{entrance}`; the {winner} won", clues.name, page.at));
    }
    if page_wins { page.local() } else { in_zone(entrance, clues.zone) }
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
            shown: &[],
            entrance: Some(entrance).filter(|text| !text.is_empty()).map(at),
            now: at("2024-11-20T12:00:00Z"),
            zone: Tz::Asia__Jakarta,
            language: None,
            name: "published",
        };

        let chosen = choose(&clues, &mut Vec::new());

        assert_eq!(chosen.map(|chosen| chosen.at().rfc3339()).unwrap_or_default(), expected, "{page:?} and {entrance}");
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

    #[test]
    fn the_day_is_the_one_that_readers_are_shown() {
        for (page, shown, expected) in [
            ("2025-06-26T00:57:54Z", &["Published: Jun 25, 2025"][..], "2025-06-25T23:57:54-01:00"),
            ("2025-06-26T00:57:54Z", &["Jun 25, 2025 8:57 PM"], "2025-06-25T20:57:54-04:00"),
            ("2025-06-26T00:57:54+02:00", &["25 June 2025"], "2025-06-26T00:57:54+02:00"),
            ("2025-12-18T19:30:00Z", &["December 19, 2025"], "2025-12-19T00:30:00+05:00"),
            ("2025-12-18T19:30:00Z", &["December 18, 2025", "December 19, 2025"], "2025-12-18T19:30:00Z"),
            ("2025-11-20T16:02:46Z", &["May 14, 2025"], "2025-05-14T00:00:00Z"),
            ("2025-11-20T16:02:46Z", &["May 14, 2025", "May 15, 2025"], "2025-11-20T16:02:46Z"),
            ("2025-05-14T16:02:46Z", &["November 20, 2025"], "2025-05-14T16:02:46Z"),
            ("2025-12-18T19:30:00Z", &["December 30, 2025", "2024"], "2025-12-18T19:30:00Z"),
            ("2025-12-18T03:30:00Z", &["December 19, 2025"], "2025-12-18T03:30:00Z"),
            ("03-09-2026", &["March 9, 2026"], "2026-03-09T00:00:00Z"),
            ("03-09-2026", &["September 3, 2026", "March 9, 2026"], "2026-09-03T00:00:00Z"),
            ("03-09-2026", &[], "2026-09-03T00:00:00Z"),
        ] {
            let shown: Vec<String> = shown.iter().map(|&text| text.to_owned()).collect();
            let clues = Clues {
                page: &[page.to_owned()],
                shown: &shown,
                entrance: None,
                now: at("2027-01-01T00:00:00Z"),
                zone: Tz::UTC,
                language: None,
                name: "published",
            };

            let chosen = choose(&clues, &mut Vec::new()).unwrap();

            assert_eq!(chosen.rfc3339(), expected, "{page}, shown {shown:?}");
        }
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
