//! Finds the day in a date's pieces.

use chrono::{Days, NaiveDate};
use chrono_tz::Tz;

use super::names;
use super::token::{Token, What};
use crate::model::Language;

/// How many pieces may stand between a month's name and its day or year: `19th of November of the year 2024`.
const MAX_REACH: usize = 7;

/// A day, and the one it would be if month and day stood the other way round, where both can be meant.
pub(super) struct Found {
    pub(super) day: NaiveDate,
    pub(super) other_order: Option<NaiveDate>,
}

/// The day that the pieces name; marks what it took.
pub(super) fn day(tokens: &mut [Token], zone: Tz, hint: Option<&Language>) -> Option<Found> {
    let sure = |day| Found { day, other_order: None };
    let worded = marked(tokens).or_else(|| named(tokens, hint)).map(sure);
    worded.or_else(|| numeric(tokens, zone, hint)).or_else(|| compact(tokens).map(sure))
}

/// `2024年11月19日`, `2024년 11월 19일`, `令和6年11月19日`, `ngày 19 tháng 11 năm 2024`.
fn marked(tokens: &mut [Token]) -> Option<NaiveDate> {
    let before = |wanted: &[&str]| {
        tokens
            .windows(2)
            .position(|pair| pair[0].number().is_some() && pair[1].word().is_some_and(|w| wanted.contains(&w)))
    };
    let after = |wanted: &str| {
        tokens.windows(2).position(|pair| pair[1].number().is_some() && pair[0].word() == Some(wanted)).map(|at| at + 1)
    };
    let (year, month, day) = match (before(&["年", "년"]), before(&["月", "월"]), before(&["日", "号", "號", "일"]))
    {
        (Some(year), Some(month), Some(day)) => (year, month, day),
        _ => {
            let month = after("thang")?;
            let day = (0..month).rev().find(|at| tokens[*at].number().is_some())?;
            (after("nam").or_else(|| (month + 1..tokens.len()).find(|at| tokens[*at].number().is_some()))?, month, day)
        }
    };
    let number = |at: usize| tokens[at].number().map(|(value, _)| value);
    let era = match year.checked_sub(1).and_then(|at| tokens[at].word()) {
        Some("和") if year >= 2 && tokens[year - 2].word() == Some("令") => 2018,
        Some("成") if year >= 2 && tokens[year - 2].word() == Some("平") => 1988,
        Some("minguo") => 1911,
        _ => 0,
    };
    let date = date(number(year)? + era, number(month)?, number(day)?)?;
    for at in [year, month, day] {
        tokens[at].is_used = true;
    }
    Some(date)
}

/// A month by its name, with day and year around it.
fn named(tokens: &mut [Token], hint: Option<&Language>) -> Option<NaiveDate> {
    let mut months: Vec<(usize, u32, bool)> = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        let Some(word) = token.word() else { continue };
        if let Some(month) = names::month(word, hint) {
            months.push((at, month, false));
        } else if let Some(month) = names::solar_month(word) {
            months.push((at, month, true));
        }
    }
    // «mar. 19 nov. 2024»: a word that is also a weekday loses against one between day and year.
    months.sort_by_key(|(at, ..)| std::cmp::Reverse(n_numbers_beside(tokens, *at)));
    for (at, month, is_solar) in months {
        let around = |range: &mut dyn Iterator<Item = usize>| -> Vec<usize> {
            let free = range.filter(|at| !tokens[*at].is_used).take(MAX_REACH);
            free.filter(|at| tokens[*at].number().is_some()).take(2).collect()
        };
        let before = around(&mut (0..at).rev());
        let after = around(&mut (at + 1..tokens.len()));
        let is_day = |at: usize| tokens[at].number().is_some_and(|(value, n)| n <= 2 && (1..=31).contains(&value));
        let is_year = |at: usize| tokens[at].number().is_some_and(|(_, n)| n == 4);
        let is_short_year = |at: usize| tokens[at].number().is_some_and(|(_, n)| n == 2);
        let (day, year) = match (before.as_slice(), after.as_slice()) {
            ([day, ..], [year, ..]) if is_day(*day) && is_year(*year) => (*day, *year),
            ([year, ..], [day, ..]) if is_year(*year) && is_day(*day) => (*day, *year),
            (_, [day, year]) if is_day(*day) && is_year(*year) => (*day, *year),
            ([day, year], _) if is_day(*day) && is_year(*year) => (*day, *year),
            ([day, ..], [year, ..]) if is_day(*day) && is_short_year(*year) => (*day, *year),
            ([], [day, year]) if is_day(*day) && is_short_year(*year) => (*day, *year),
            _ => continue,
        };
        let number = |at: usize| tokens[at].number().map_or((0, 0), |number| number);
        let found = if is_solar {
            solar(number(year).0, month, number(day).0)
        } else {
            date(full_year(number(year)), month.into(), number(day).0)
        };
        if found.is_some() {
            for at in [at, day, year] {
                tokens[at].is_used = true;
            }
            return found;
        }
    }
    None
}

/// How many numbers stand directly beside a piece, a stop or dash between.
fn n_numbers_beside(tokens: &[Token], at: usize) -> usize {
    let is_number = |mut others: std::slice::Iter<'_, Token>, is_back: bool| {
        let mut next = || if is_back { others.next_back() } else { others.next() };
        let first = next();
        let beside = if first.is_some_and(|token| token.is_sign(&['.', '-', '/'])) { next() } else { first };
        beside.is_some_and(|token| token.number().is_some())
    };
    usize::from(is_number(tokens[..at].iter(), true)) + usize::from(is_number(tokens[at + 1..].iter(), false))
}

/// Three numbers with one sign between.
fn numeric(tokens: &mut [Token], zone: Tz, hint: Option<&Language>) -> Option<Found> {
    for at in 0..tokens.len().saturating_sub(4) {
        let [a, s, b, t, c] = &tokens[at..at + 5] else { continue };
        let (Some(a), Some(b), Some(c)) = (a.number(), b.number(), c.number()) else { continue };
        let (What::Sign(sign), What::Sign(second)) = (&s.what, &t.what) else { continue };
        if sign != second || !matches!(sign, '/' | '-' | '.') || tokens[at..at + 5].iter().any(|token| token.is_used) {
            continue;
        }
        let mut other_order = None;
        let found = if a.1 == 4 {
            date(a.0, b.0, c.0).or_else(|| date(a.0, c.0, b.0))
        } else if a.1 > 2 || b.1 > 2 || !matches!(c.1, 2 | 4) {
            None
        } else if c.1 == 2 && is_year_first(hint) {
            date(full_year(a), b.0, c.0)
        } else {
            let year = full_year(c);
            let (day_first, month_first) = (date(year, b.0, a.0), date(year, a.0, b.0));
            let is_month_first = *sign == '/' && is_month_first(zone, hint);
            let (first, second) = if is_month_first { (month_first, day_first) } else { (day_first, month_first) };
            other_order = second.filter(|second| first.is_some_and(|first| first != *second));
            first.or(second)
        };
        if let Some(day) = found {
            for token in &mut tokens[at..at + 5] {
                token.is_used = true;
            }
            return Some(Found { day, other_order });
        }
    }
    None
}

/// `20241119`, also with the time directly behind it.
fn compact(tokens: &mut [Token]) -> Option<NaiveDate> {
    let token = tokens.iter_mut().find(|token| token.number().is_some_and(|(_, n)| matches!(n, 8 | 12 | 14)))?;
    let (value, n_digits) = token.number()?;
    let day = value / 10_i64.pow(u32::try_from(n_digits - 8).unwrap_or(0));
    let found = date(day / 10_000, day / 100 % 100, day % 100)?;
    token.is_used = n_digits == 8;
    Some(found)
}

/// A day that a publisher may mean: within 1900 to 2200, Buddhist years read as such.
fn date(year: i64, month: i64, day: i64) -> Option<NaiveDate> {
    let year = if (2443..=2743).contains(&year) { year - 543 } else { year };
    if !(1900..=2200).contains(&year) {
        return None;
    }
    NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, u32::try_from(month).ok()?, u32::try_from(day).ok()?)
}

/// A day of the Iranian solar calendar, whose 33-year cycle of leap years is exact from 1178 to 1633.
fn solar(year: i64, month: u32, day: i64) -> Option<NaiveDate> {
    let longest = if month <= 6 { 31 } else { 30 };
    if !(1300..=1500).contains(&year) || day > longest {
        return None;
    }
    // Days since 1 Farvardin 1300, which was 21 March 1921.
    let is_leap = |year: i64| matches!(year % 33, 1 | 5 | 9 | 13 | 17 | 22 | 26 | 30);
    let years: i64 = (1300..year).map(|year| if is_leap(year) { 366 } else { 365 }).sum();
    let months = i64::from(month - 1) * 31 - i64::from(month.saturating_sub(7));
    let days = u64::try_from(years + months + day - 1).ok()?;
    NaiveDate::from_ymd_opt(1921, 3, 21)?.checked_add_days(Days::new(days))
}

fn full_year((value, n_digits): (i64, usize)) -> i64 {
    match n_digits {
        2 if value >= 70 => 1900 + value,
        2 => 2000 + value,
        _ => value,
    }
}

/// Whether `11/12/2024` is in November: so in the United States and where their English is written.
fn is_month_first(zone: Tz, hint: Option<&Language>) -> bool {
    let Some(hint) = hint else { return false };
    let region = hint.as_str().split('-').skip(1).find(|part| part.len() == 2);
    match (hint.primary(), region) {
        (_, Some(region)) if region.eq_ignore_ascii_case("us") => true,
        ("en" | "tl" | "fil", Some(region)) => region.eq_ignore_ascii_case("ph"),
        ("en", None) => zone == Tz::UTC || zone.name().starts_with("America/") || zone.name().starts_with("US/"),
        _ => false,
    }
}

fn is_year_first(hint: Option<&Language>) -> bool {
    hint.is_some_and(|hint| matches!(hint.primary(), "ja" | "zh" | "ko" | "hu" | "lt" | "mn"))
}
