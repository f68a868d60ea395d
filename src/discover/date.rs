//! Dates as feeds and `datetime` attributes write them: RFC 822, ISO 8601 and what passes for them.

use chrono::{DateTime, Duration, FixedOffset, LocalResult, NaiveDate, NaiveDateTime, NaiveTime, TimeZone, Utc};
use chrono_tz::Tz;

/// Earlier than any page of the web: years before are made up (`1970-01-01`, `0001-01-01`).
const FIRST_YEAR: i32 = 1990;
/// A longer text is no date.
const MAX_BYTES: usize = 80;

const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// Named zones that feeds use, with their offset in minutes. Where a name has several meanings, the one that is
/// met in feeds.
const ZONES: [(&str, i32); 54] = [
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
];

/// The time a text names; `zone` is for those that name no offset.
pub(super) fn date(text: &str, zone: Tz) -> Option<DateTime<Utc>> {
    let text = text.trim();
    if text.len() > MAX_BYTES {
        return None;
    }
    let mut parts = Parts::default();
    let rest = parts.iso_day(text).unwrap_or(text);
    for word in rest.split([' ', ',', '\t', '\n', '\r', '\u{a0}', '(', ')']).filter(|word| !word.is_empty()) {
        parts.word(word)?;
    }
    parts.finish(zone)
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
    /// Takes `2024-11-19`, `2024/11/19` or `20241119` from the start; gives what follows, without a `T`.
    fn iso_day<'a>(&mut self, text: &'a str) -> Option<&'a str> {
        let digits = |range: std::ops::Range<usize>| -> Option<u32> {
            text.get(range).filter(|part| part.bytes().all(|b| b.is_ascii_digit()))?.parse().ok()
        };
        let year = digits(0..4)?;
        let (month, day, end) = match text.as_bytes().get(4)? {
            b'-' | b'/' | b'.' => {
                let separator = text.get(4..5)?;
                let (month, rest) = text.get(5..)?.split_once(separator)?;
                let n_digits = rest.bytes().take(2).take_while(u8::is_ascii_digit).count();
                let day = rest.get(..n_digits)?;
                (month.parse().ok()?, day.parse().ok()?, 5 + month.len() + 1 + n_digits)
            }
            _ => (digits(4..6)?, digits(6..8)?, 8),
        };
        (self.year, self.month, self.day) = (i32::try_from(year).ok(), Some(month), Some(day));
        let rest = text.get(end..)?;
        Some(rest.strip_prefix(['T', 't', '_', ' ']).unwrap_or(rest))
    }

    /// Takes one word; none if nothing like it stands in a date.
    fn word(&mut self, word: &str) -> Option<()> {
        if word.contains(':') && word.starts_with(|c: char| c.is_ascii_digit()) {
            return self.clock(word);
        }
        if let Some(minutes) = numeric_offset(word) {
            self.offset = Some(Offset::Minutes(minutes));
            return Some(());
        }
        if word.starts_with(|c: char| c.is_ascii_digit()) {
            return self.number(word);
        }
        // `19-Nov-2024`: its parts are words of their own.
        if self.year.is_none() && word.contains('-') && word.len() > 6 {
            return word.split('-').try_for_each(|part| self.word(part));
        }
        let lower = word.trim_end_matches('.').to_ascii_lowercase();
        match lower.as_str() {
            "am" | "a.m" => self.is_afternoon = Some(false),
            "pm" | "p.m" => self.is_afternoon = Some(true),
            "at" | "on" | "-" | "|" | "t" => {}
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
        let prefix = lower.get(..3).unwrap_or_default();
        if let Some(idx) = MONTHS.iter().position(|month| *month == prefix)
            && self.month.is_none()
            && lower.len() <= 9
        {
            self.month = u32::try_from(idx + 1).ok();
            return Some(());
        }
        if ["sun", "mon", "tue", "wed", "thu", "fri", "sat"].contains(&prefix) {
            return Some(());
        }
        if let Some(sign) = lower.find(['+', '-']).filter(|at| matches!(&lower[..*at], "gmt" | "utc")) {
            self.offset = Some(Offset::Minutes(numeric_offset(&lower[sign..])?));
            return Some(());
        }
        if let Ok(zone) = word.parse::<Tz>() {
            self.offset = Some(Offset::Zone(zone));
            return Some(());
        }
        // Feeds put weekdays in their own language before a date that is otherwise fine.
        let is_weekday = self.day.is_none() && self.month.is_none();
        is_weekday.then_some(())
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
            _ => return None,
        }
        Some(())
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
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_as_feeds_write_them() {
        for (text, expected) in [
            ("Tue, 19 Nov 2024 08:30:00 +0700", "2024-11-19T01:30:00Z"),
            ("19 Nov 2024 08:30 GMT", "2024-11-19T08:30:00Z"),
            ("Tuesday, 19 November 2024 08:30:15 EST", "2024-11-19T13:30:15Z"),
            ("Tue, 19 Nov 24 08:30:00 Z", "2024-11-19T08:30:00Z"),
            ("Tue, 19 Nov 2024 24:00:00 GMT", "2024-11-20T00:00:00Z"),
            ("Wed, 19 Nov 2024 08:30:00 UTC", "2024-11-19T08:30:00Z"),
            ("Sel, 19 Nov 2024 08:30:00 +0700", "2024-11-19T01:30:00Z"),
            ("Thurs, 9 Jan 2025 8:05:00 PST", "2025-01-09T16:05:00Z"),
            ("Nov 19, 2024 8:30 pm", "2024-11-19T13:30:00Z"),
            ("November 19th, 2024 at 8pm", "2024-11-19T13:00:00Z"),
            ("19-Nov-2024 08:30:00 +00:00", "2024-11-19T08:30:00Z"),
            ("Tue Nov 19 08:30:00 2024", "2024-11-19T01:30:00Z"),
            ("Tue Nov 19 08:30:00 CET 2024", "2024-11-19T07:30:00Z"),
            ("2024-11-19T08:30:00Z", "2024-11-19T08:30:00Z"),
            ("2024-11-19T08:30:00.123456+07:00", "2024-11-19T01:30:00.123Z"),
            ("2024-11-19T08:30+0700", "2024-11-19T01:30:00Z"),
            ("2024-11-19 08:30:00 -0300", "2024-11-19T11:30:00Z"),
            ("2024-11-19 08:30:00", "2024-11-19T01:30:00Z"),
            ("2024-11-19T08:30:00 Asia/Tokyo", "2024-11-18T23:30:00Z"),
            ("2024-11-19", "2024-11-18T17:00:00Z"),
            ("2024/1/9 7:05", "2024-01-09T00:05:00Z"),
            ("20241119T083000Z", ""),
            ("Tue, 19 Nov 2024 08:30:00 GMT+0100 (CET)", "2024-11-19T07:30:00Z"),
            ("2016-12-31T23:59:60Z", "2017-01-01T00:00:00Z"),
        ] {
            let found = date(text, chrono_tz::Asia::Jakarta)
                .map(|time| time.to_rfc3339_opts(chrono::SecondsFormat::AutoSi, true))
                .unwrap_or_default();
            assert_eq!(found, expected, "{text}");
        }
    }

    #[test]
    fn what_is_no_date_or_could_be_two_is_none() {
        for text in [
            "",
            "yesterday",
            "Fri, 32 Foo 2024 10:00:00 GMT",
            "30 Feb 2024 10:00:00 GMT",
            "Mon, 30 Nov -0001 00:00:00 +0000",
            "1970-01-01T00:00:00Z",
            "0001-01-01T00:00:00Z",
            "10/11/2024",
            "10-11-2024",
            "2024-13-01",
            "2024-11-19T99:00:00Z",
            "1732005000",
            "2024-é1-01",
        ] {
            assert_eq!(date(text, chrono_tz::UTC), None, "{text}");
        }
    }

    #[test]
    fn a_local_time_that_does_not_exist_is_an_hour_later() {
        let time = date("2026-03-29 02:30", chrono_tz::Europe::Berlin).unwrap();

        assert_eq!(time.to_rfc3339(), "2026-03-29T01:30:00+00:00");
    }

    proptest::proptest! {
        #[test]
        fn no_text_panics(text in "[0-9A-Za-zé:+,. -]{0,40}", any: String) {
            date(&text, chrono_tz::Europe::Berlin);
            date(&format!("2024-11-19T{text}"), chrono_tz::Europe::Berlin);
            date(&format!("19 Nov 2024 {any}"), chrono_tz::Europe::Berlin);
        }
    }
}
