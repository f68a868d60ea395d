//! Dates as sites of different languages write them.

use chrono::{DateTime, Datelike, FixedOffset};

/// The names of months as that language's sites write them beside a day; none where numbers are usual.
fn months(code: &str) -> Option<[&'static str; 12]> {
    let names = match code {
        "en" => "January February March April May June July August September October November December",
        "id" => "Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember",
        "de" => "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
        "fr" => "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
        "es" => "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
        "pt" => "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
        "nl" => "januari februari maart april mei juni juli augustus september oktober november december",
        "it" => "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
        "ru" => "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
        "ar" => "يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر",
        "th" => "มกราคม กุมภาพันธ์ มีนาคม เมษายน พฤษภาคม มิถุนายน กรกฎาคม สิงหาคม กันยายน ตุลาคม พฤศจิกายน ธันวาคม",
        _ => return None,
    };
    let mut twelve = [""; 12];
    for (place, name) in names.split(' ').enumerate() {
        twelve[place] = name;
    }
    Some(twelve)
}

/// The date in words: `October 30, 2026`, `30 Oktober 2026`, `2026年10月30日`, `30 ตุลาคม 2569`.
pub fn long(code: &str, at: DateTime<FixedOffset>) -> String {
    let (day, year) = (at.day(), at.year());
    let Some(months) = months(code) else { return format!("{year}年{}月{day}日", at.month()) };
    let month = months[at.month0() as usize];
    match code {
        "en" => format!("{month} {day}, {year}"),
        "de" => format!("{day}. {month} {year}"),
        "es" | "pt" => format!("{day} de {month} de {year}"),
        "th" => format!("{day} {month} {}", year + 543),
        _ => format!("{day} {month} {year}"),
    }
}

/// `Fri, 30 Oct 2026 09:12:00 +0000`
pub fn rfc822(at: DateTime<FixedOffset>) -> String {
    at.format("%a, %d %b %Y %H:%M:%S %z").to_string()
}

/// The day's name in Indonesian.
pub fn weekday_in_indonesian(at: DateTime<FixedOffset>) -> &'static str {
    ["Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu"][at.weekday().num_days_from_monday() as usize]
}
