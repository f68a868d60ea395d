//! Dates as feeds and `datetime` attributes write them: RFC 822, ISO 8601 and what passes for them.

use chrono::{
    DateTime, Datelike, Duration, FixedOffset, LocalResult, NaiveDate, NaiveDateTime, NaiveTime, TimeZone, Utc, Weekday,
};
use chrono_tz::Tz;

use super::months::month;

/// Years before are made up (`1970-01-01`, `0001-01-01`).
const FIRST_YEAR: i32 = 1971;
/// A longer text is no date.
const MAX_BYTES: usize = 80;

/// Named zones that feeds use, with their offset in minutes. Where a name has several meanings, the one that is
/// met in feeds.
const ZONES: [(&str, i32); 58] = [
    ("z", 0),
    ("ut", 0),
    ("utc", 0),
    ("gmt", 0),
    ("wet", 0),
    ("west", 60),
    ("bst", 60),
    ("cet", 60),
    ("met", 60),
    ("mez", 60),
    ("wat", 60),
    ("cest", 120),
    ("mest", 120),
    ("mesz", 120),
    ("eet", 120),
    ("cat", 120),
    ("sast", 120),
    ("eest", 180),
    ("msk", 180),
    ("eat", 180),
    ("trt", 180),
    ("gst", 240),
    ("pkt", 300),
    ("ist", 330),
    ("npt", 345),
    ("wib", 420),
    ("ict", 420),
    ("wita", 480),
    ("hkt", 480),
    ("sgt", 480),
    ("myt", 480),
    ("pht", 480),
    ("awst", 480),
    ("wit", 540),
    ("jst", 540),
    ("kst", 540),
    ("acst", 570),
    ("aest", 600),
    ("acdt", 630),
    ("aedt", 660),
    ("nzst", 720),
    ("nzdt", 780),
    ("brt", -180),
    ("art", -180),
    ("adt", -180),
    ("ast", -240),
    ("edt", -240),
    ("est", -300),
    ("cdt", -300),
    ("cst", -360),
    ("mdt", -360),
    ("mst", -420),
    ("pdt", -420),
    ("pst", -480),
    ("et", -300),
    ("ct", -360),
    ("mt", -420),
    ("pt", -480),
];

/// Words of a date that say nothing.
const FILLERS: [&str; 30] = [
    "at", "on", "-", "|", "t", "de", "del", "di", "of", "the", "le", "den", "der", "kl", "klo", "uhr", "um", "à", "às",
    "as", "h", "г", "года", "в", "pukul", "jam", "y", "alle", "ore", "lúc",
];

/// The time a text names; `zone` is for those that name no offset.
pub(super) fn date(text: &str, zone: Tz) -> Option<DateTime<Utc>> {
    let text = text.trim();
    if text.len() > MAX_BYTES {
        return None;
    }
    if let Some(time) = since_epoch(text) {
        return Some(time);
    }
    let mut parts = Parts::default();
    let text = &parts.without_marks(text);
    let rest = parts.iso_day(text).unwrap_or(text);
    for word in rest.split([' ', ',', '\t', '\n', '\r', '\u{a0}', '(', ')']).filter(|word| !word.is_empty()) {
        parts.word(word)?;
    }
    parts.finish(zone)
}

/// Seconds or milliseconds since 1970, which some scripts write.
fn since_epoch(text: &str) -> Option<DateTime<Utc>> {
    let number: i64 = Some(text).filter(|text| text.bytes().all(|b| b.is_ascii_digit()))?.parse().ok()?;
    match text.len() {
        // From 1973 to 2030, so that no other number of ten digits (2024111908) is taken for one.
        9 | 10 if (100_000_000..1_900_000_000).contains(&number) => DateTime::from_timestamp(number, 0),
        13 => DateTime::from_timestamp_millis(number),
        _ => None,
    }
}

/// How far a local time is from UTC.
enum Offset {
    Minutes(i32),
    Zone(Tz),
}

#[derive(Default)]
struct Parts {
    year: Option<i32>,
    month: Option<u32>,
    day: Option<u32>,
    time: Option<(u32, u32, u32, u32)>,
    is_afternoon: Option<bool>,
    offset: Option<Offset>,
}

impl Parts {
    /// Puts separators for the words that East Asian dates have between their numbers.
    fn without_marks(&mut self, text: &str) -> String {
        if text.is_ascii() {
            return text.to_owned();
        }
        // Korean is written in one zone.
        if text.contains(['년', '월', '일']) || text.contains("오전") || text.contains("오후") {
            self.offset = Some(Offset::Minutes(540));
        }
        let mut out = text.to_owned();
        for (mark, separator) in [
            ("年", "-"),
            ("월", "-"),
            ("月", "-"),
            ("년", "-"),
            ("日", " "),
            ("일", " "),
            ("時", ":"),
            ("时", ":"),
            ("分", ":"),
            ("秒", ""),
            ("오전", " am "),
            ("上午", " am "),
            ("午前", " am "),
            ("오후", " pm "),
            ("下午", " pm "),
            ("午後", " pm "),
        ] {
            out = out.replace(mark, separator);
        }
        let out = out.replace("- ", "-").replace(": ", ":");
        out.trim().trim_end_matches(':').to_owned()
    }

    /// Takes the day of ISO 8601 from the start: `2024-11-19`, `2024/11/19`, `20241119`, `2024-11`, `2024`, `2024-324`,
    /// `2024-W47-2`, and a month's name for its number; gives what follows, without a `T`.
    fn iso_day<'a>(&mut self, text: &'a str) -> Option<&'a str> {
        let end = text.find(['T', 't', ' ', '_']).filter(|at| *at >= 4 && text.is_char_boundary(*at));
        // `október` has a `t` too, and so has `août`: only one after a digit ends the day.
        let end = end.filter(|at| text.as_bytes()[at - 1].is_ascii_digit());
        let end = end.or_else(|| {
            let mut ends = text.match_indices(['T', 't', ' ', '_']).map(|(at, _)| at);
            ends.find(|at| *at >= 4 && text.as_bytes()[at - 1].is_ascii_digit())
        });
        let (day, rest) = text.split_at(end.unwrap_or(text.len()));
        let (year, after) = (number(day.get(..4)?)?, day.get(4..)?);
        let separator = after.chars().next().filter(|c| matches!(c, '-' | '/' | '.'));
        let after = after.strip_prefix(['-', '/', '.']).unwrap_or(after);
        let fields: Vec<&str> = match separator {
            Some(separator) => after.splitn(2, separator).collect(),
            None => vec![after],
        };
        let year_number = i32::try_from(year).ok()?;
        let (month, day) = match (fields.as_slice(), separator) {
            ([""], _) => (1, 1),
            ([days], _) if days.len() == 3 => day_of_year(year_number, number(days)?)?,
            ([week], _) if week.starts_with(['W', 'w']) => day_of_week(year_number, week.get(1..3)?, week.get(3..)?)?,
            ([month_day], None) => (number(month_day.get(..2)?)?, number(month_day.get(2..)?)?),
            ([month], Some('-')) => (number(month)?, 1),
            ([week, day], _) if week.starts_with(['W', 'w']) => day_of_week(year_number, week.get(1..)?, day)?,
            ([name, day], _) if number(name).is_none() => (month(&name.to_lowercase())?, number(day)?),
            ([month, day], _) => (number(month)?, number(day)?),
            _ => return None,
        };
        (self.year, self.month, self.day) = (Some(year_number), Some(month), Some(day));
        Some(rest.strip_prefix(['T', 't', '_', ' ']).unwrap_or(rest))
    }

    /// Takes one word; none if nothing like it stands in a date.
    fn word(&mut self, word: &str) -> Option<()> {
        let starts_with_digit = word.starts_with(|c: char| c.is_ascii_digit());
        if word.contains(':') && starts_with_digit {
            return self.clock(word);
        }
        if let Some(minutes) = numeric_offset(word.trim_end_matches(['z', 'Z'])) {
            self.offset = Some(Offset::Minutes(minutes));
            return Some(());
        }
        if self.time.is_some() && word.len() > 1 && word.starts_with(['+', '-']) && number(&word[1..]).is_some() {
            // An offset that can't be.
            return Some(());
        }
        let has_day_in_front = self.year.is_none() && word.len() >= 8 && word.contains(['/', '-']);
        if starts_with_digit && has_day_in_front && self.iso_day(word).is_some_and(str::is_empty) {
            return Some(());
        }
        if starts_with_digit && self.day_in_dots(word).is_some() {
            return Some(());
        }
        if word.starts_with(|c: char| c.is_ascii_digit()) {
            return self.number(word);
        }
        // `19-Nov-2024`: its parts are words of their own.
        if self.year.is_none() && word.contains('-') && word.len() > 6 {
            return word.split('-').try_for_each(|part| self.word(part));
        }
        let lower = word.trim_end_matches('.').to_lowercase();
        match lower.as_str() {
            "am" | "a.m" => self.is_afternoon = Some(false),
            "pm" | "p.m" => self.is_afternoon = Some(true),
            filler if FILLERS.contains(&filler) => {}
            _ => return self.name(word, &lower),
        }
        Some(())
    }

    fn name(&mut self, word: &str, lower: &str) -> Option<()> {
        if let Some(&(_, minutes)) = ZONES.iter().find(|(name, _)| *name == lower) {
            // `GMT+0700`: the offset came with the zone's name, or follows.
            if self.offset.is_none() {
                self.offset = Some(Offset::Minutes(minutes));
            }
            return Some(());
        }
        // A second one is it: the first was a weekday that looks like one, such as `mar.` for `mardi`.
        if let Some(month) = month(lower) {
            self.month = Some(month);
            return Some(());
        }
        let prefix = lower.get(..3).unwrap_or_default();
        if ["sun", "mon", "tue", "wed", "thu", "fri", "sat"].contains(&prefix) {
            return Some(());
        }
        if let Some(sign) = lower.find(['+', '-']).filter(|at| matches!(&lower[..*at], "gmt" | "utc" | "ut" | "z")) {
            self.offset = Some(Offset::Minutes(numeric_offset(&lower[sign..])?));
            return Some(());
        }
        if let Ok(zone) = word.parse::<Tz>() {
            self.offset = Some(Offset::Zone(zone));
            return Some(());
        }
        // Feeds put weekdays in their own language before a date that is otherwise fine.
        let is_weekday = self.day.is_none() && self.month.is_none();
        // And zones that nobody knows behind it.
        let is_zone = self.time.is_some() && word.len() <= 5 && word.bytes().all(|b| b.is_ascii_uppercase());
        (is_weekday || is_zone).then_some(())
    }

    fn number(&mut self, word: &str) -> Option<()> {
        // `19-Nov-2024` and `19-11-2024`; the latter could be read in two ways.
        if word.contains('-') {
            let has_name = word.bytes().any(|b| b.is_ascii_alphabetic());
            return if has_name { word.split('-').try_for_each(|part| self.word(part)) } else { None };
        }
        let digits = word.bytes().take_while(u8::is_ascii_digit).count();
        let (number, suffix) = word.split_at(digits);
        let value: u32 = number.parse().ok()?;
        match suffix.trim_end_matches('.').to_ascii_lowercase().as_str() {
            "" if digits == 4 && self.year.is_none() => self.year = i32::try_from(value).ok(),
            "" | "st" | "nd" | "rd" | "th" if digits <= 2 && self.day.is_none() => self.day = Some(value),
            // Years of two digits, as RFC 2822 reads them.
            "" if digits == 2 && self.year.is_none() => {
                self.year = i32::try_from(if value < 50 { 2000 + value } else { 1900 + value }).ok();
            }
            "am" if digits <= 2 => (self.time, self.is_afternoon) = (Some((value, 0, 0, 0)), Some(false)),
            "pm" if digits <= 2 => (self.time, self.is_afternoon) = (Some((value, 0, 0, 0)), Some(true)),
            // `083000`, `0830`, `8h30` after the day.
            rest if self.day.is_some() && self.time.is_none() => return self.compact_clock(number, rest),
            _ => return None,
        }
        Some(())
    }

    /// Takes `19.11.2024`, and `11/19/2024` where it can't be read in two ways.
    fn day_in_dots(&mut self, word: &str) -> Option<()> {
        let separator = if word.contains('.') { '.' } else { '/' };
        let fields: Vec<u32> = word.trim_end_matches('.').split(separator).map(number).collect::<Option<_>>()?;
        let &[first, second, year] = fields.as_slice() else { return None };
        let (day, month) = match separator {
            '.' => (first, second),
            _ if first > 12 || first == second => (first, second),
            _ if second > 12 => (second, first),
            _ => return None,
        };
        let year = i32::try_from(year).ok().filter(|year| *year >= FIRST_YEAR)?;
        (self.year, self.month, self.day) = (Some(year), Some(month), Some(day));
        Some(())
    }

    /// Takes a time without colons.
    fn compact_clock(&mut self, digits: &str, rest: &str) -> Option<()> {
        let (time, rest) = match digits.len() {
            4 | 6 => {
                let second = digits.get(4..).filter(|second| !second.is_empty()).unwrap_or("0");
                ((number(&digits[..2])?, number(&digits[2..4])?, number(second)?, 0), rest)
            }
            1 | 2 => {
                let minute = rest.strip_prefix(['h', 'H', '.'])?;
                let end = minute.find(|c: char| !c.is_ascii_digit()).unwrap_or(minute.len());
                ((number(digits)?, number(&minute[..end]).unwrap_or(0), 0, 0), &minute[end..])
            }
            _ => return None,
        };
        self.time = Some(time);
        match rest {
            "" | "." => Some(()),
            rest => self.word(rest),
        }
    }

    /// Takes `08:30`, `08:30:15.250`, with a zone or `am` that sticks to it.
    fn clock(&mut self, word: &str) -> Option<()> {
        let end = word.find(|c: char| !c.is_ascii_digit() && !matches!(c, ':' | '.')).unwrap_or(word.len());
        let (time, rest) = word.split_at(end);
        let mut fields = time.split(':');
        let hour = fields.next()?.parse().ok()?;
        let minute = fields.next()?.parse().ok()?;
        let (second, fraction) = fields.next().map_or(("0", ""), |last| last.split_once('.').unwrap_or((last, "")));
        let millis: String = fraction.chars().chain("000".chars()).take(3).collect();
        self.time = Some((hour, minute, second.parse().ok()?, millis.parse().ok()?));
        match rest {
            "" => Some(()),
            rest => self.word(rest),
        }
    }

    fn finish(self, zone: Tz) -> Option<DateTime<Utc>> {
        let year = self.year.filter(|year| (FIRST_YEAR..=2200).contains(year))?;
        let day = NaiveDate::from_ymd_opt(year, self.month?, self.day?)?;
        let (mut hour, minute, second, millis) = self.time.unwrap_or_default();
        match self.is_afternoon {
            Some(true) if hour < 12 => hour += 12,
            Some(false) if hour == 12 => hour = 0,
            _ => {}
        }
        // Midnight at the end of the day; a leap second is the one after.
        let (extra_day, hour) = if hour == 24 { (1, 0) } else { (0, hour) };
        let (extra_second, second) = if second == 60 { (1, 59) } else { (0, second) };
        let time = NaiveTime::from_hms_milli_opt(hour, minute, second, millis)?;
        let local = day.and_time(time) + Duration::days(extra_day) + Duration::seconds(extra_second);
        match self.offset {
            Some(Offset::Minutes(minutes)) => {
                let offset = FixedOffset::east_opt(minutes * 60)?;
                offset.from_local_datetime(&local).single().map(|time| time.to_utc())
            }
            Some(Offset::Zone(named)) => in_zone(&local, named),
            None => in_zone(&local, zone),
        }
    }
}

fn number(text: &str) -> Option<u32> {
    Some(text).filter(|text| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit()))?.parse().ok()
}

fn day_of_year(year: i32, day: u32) -> Option<(u32, u32)> {
    NaiveDate::from_yo_opt(year, day).map(|day| (day.month(), day.day()))
}

/// The day of a week of ISO 8601; its Thursday decides on the year.
fn day_of_week(year: i32, week: &str, day: &str) -> Option<(u32, u32)> {
    let weekday = match day {
        "" => Weekday::Mon,
        day => Weekday::try_from(u8::try_from(number(day)?.checked_sub(1)?).ok()?).ok()?,
    };
    let day = NaiveDate::from_isoywd_opt(year, number(week)?, weekday)?;
    (day.year() == year).then_some((day.month(), day.day()))
}

/// A local time that the clocks repeat is the first one; one that they skip is an hour later.
fn in_zone(local: &NaiveDateTime, zone: Tz) -> Option<DateTime<Utc>> {
    match zone.from_local_datetime(local) {
        LocalResult::Single(time) | LocalResult::Ambiguous(time, _) => Some(time.to_utc()),
        LocalResult::None => zone.from_local_datetime(&(*local + Duration::hours(1))).earliest().map(|t| t.to_utc()),
    }
}

/// `+0700`, `+07:00`, `-3`, in minutes.
fn numeric_offset(word: &str) -> Option<i32> {
    let (sign, digits) = match word.as_bytes().first()? {
        b'+' => (1, &word[1..]),
        b'-' => (-1, &word[1..]),
        _ => return None,
    };
    let digits = digits.replace(':', "");
    if digits.is_empty() || digits.len() > 4 || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let number: i32 = digits.parse().ok()?;
    let (hours, minutes) = if digits.len() > 2 { (number / 100, number % 100) } else { (number, 0) };
    (hours <= 15 && minutes < 60).then_some(sign * (hours * 60 + minutes))
}

#[cfg(test)]
mod tests;
