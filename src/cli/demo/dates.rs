//! Dates as each site writes them for people, in its own zone and words.

use chrono::{DateTime, Datelike};
use chrono_tz::Tz;

use crate::model::Timestamp;

const INDONESIAN: [&str; 12] = [
    "Januari",
    "Februari",
    "Maret",
    "April",
    "Mei",
    "Juni",
    "Juli",
    "Agustus",
    "September",
    "Oktober",
    "November",
    "Desember",
];

const ARABIC: [&str; 12] =
    ["يناير", "فبراير", "مارس", "أبريل", "مايو", "يونيو", "يوليو", "أغسطس", "سبتمبر", "أكتوبر", "نوفمبر", "ديسمبر"];

/// `7 Maret 2026`.
pub(crate) fn indonesian(time: Timestamp) -> String {
    let date = local(time, Tz::Asia__Jakarta);
    format!("{} {} {}", date.day(), month(&INDONESIAN, &date), date.year())
}

/// `Saturday 7 March 2026, 14:05`.
pub(crate) fn english(time: Timestamp) -> String {
    local(time, Tz::Europe__London).format("%A %-d %B %Y, %H:%M").to_string()
}

/// `2026-03-07`.
pub(crate) fn plain(time: Timestamp) -> String {
    local(time, Tz::UTC).format("%Y-%m-%d").to_string()
}

/// `2026年3月7日 14時05分`.
pub(crate) fn japanese(time: Timestamp) -> String {
    local(time, Tz::Asia__Tokyo).format("%Y年%-m月%-d日 %H時%M分").to_string()
}

/// `٧ مارس ٢٠٢٦`, in the digits of the east.
pub(crate) fn arabic(time: Timestamp) -> String {
    let date = local(time, Tz::Asia__Riyadh);
    format!("{} {} {}", eastern(date.day()), month(&ARABIC, &date), eastern(date.year_ce().1))
}

/// RFC 3339 with the offset of a zone, as templates of sites write it.
pub(crate) fn stamp(time: Timestamp, zone: Tz) -> String {
    local(time, zone).to_rfc3339()
}

/// RFC 822 with the offset of a zone.
pub(crate) fn mail(time: Timestamp, zone: Tz) -> String {
    local(time, zone).to_rfc2822()
}

fn local(time: Timestamp, zone: Tz) -> DateTime<Tz> {
    time.to_datetime().with_timezone(&zone)
}

fn month<'a>(names: &[&'a str; 12], date: &DateTime<Tz>) -> &'a str {
    names.get(date.month0() as usize).copied().unwrap_or_default()
}

fn eastern(number: u32) -> String {
    number.to_string().chars().map(|c| c.to_digit(10).and_then(|n| char::from_u32(0x660 + n)).unwrap_or(c)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_is_written_as_each_site_writes_it() {
        let time = Timestamp::from_millis(1_732_000_000_000);

        assert_eq!(indonesian(time), "19 November 2024");
        assert_eq!(english(time), "Tuesday 19 November 2024, 07:06");
        assert_eq!(japanese(time), "2024年11月19日 16時06分");
        assert_eq!(arabic(time), "١٩ نوفمبر ٢٠٢٤");
        assert_eq!(stamp(time, Tz::Asia__Jakarta), "2024-11-19T14:06:40+07:00");
    }
}
