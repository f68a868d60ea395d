//! Reads dates as people and machines write them, in the languages of the world.

mod calendar;
mod names;
mod token;

use chrono::{
    DateTime, FixedOffset, MappedLocalTime, NaiveDate, NaiveDateTime, NaiveTime, Offset as _, TimeDelta, TimeZone as _,
};
use chrono_tz::Tz;

use self::token::{Token, tokens};
use crate::model::{Language, LocalTime, Timestamp};

/// A date and how much of it was said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Said {
    /// The point in time.
    pub(super) at: Timestamp,
    /// Whether a time of day was given; else `at` is the day's first moment.
    pub(super) has_time: bool,
    /// Whether a zone was given; else the source's was taken.
    pub(super) has_zone: bool,
    /// Minutes that the clock of its zone is ahead of UTC.
    pub(super) minutes_east: i32,
    /// The same with day and month the other way round, where numbers leave it open: minutes to add.
    pub(super) minutes_to_other_order: Option<i64>,
}

/// The point in time that a text names: ISO 8601, RFC 822, RFC 850, asctime, seconds or milliseconds since 1970,
/// and written dates in some fifty languages. `zone` counts where none is given; `hint` decides between day and
/// month where numbers leave it open. Without a time of day, midnight. A date without a year, or relative to
/// today, is none.
#[must_use]
pub fn date(text: &str, zone: Tz, hint: Option<&Language>) -> Option<Timestamp> {
    said(text, zone, hint).map(|said| said.at)
}

/// The same with what was said of it.
pub(super) fn said(text: &str, zone: Tz, hint: Option<&Language>) -> Option<Said> {
    let text = text.trim();
    if let Ok(exact) = DateTime::parse_from_rfc3339(text) {
        let minutes_east = exact.offset().local_minus_utc() / 60;
        let said = Said { minutes_east, ..Said::exact(exact.to_utc().into()) };
        return Some(said).filter(|said| is_plausible(said.at));
    }
    if let Some(at) = epoch(text) {
        return Some(Said::exact(at));
    }
    let mut tokens = tokens(text);
    let time = time(&mut tokens);
    let offset = time.as_ref().and_then(|time| offset(&mut tokens, time.end, hint));
    let found = calendar::day(&mut tokens, zone, hint)?;
    let mut day = found.day;
    let minutes_to_other_order = found.other_order.map(|other| other.signed_duration_since(day).num_minutes());
    let time = time.map(|time| time.value).or_else(|| loose_time(&mut tokens));
    let seconds = match time {
        Some(Clock { hour: 24, .. }) => {
            day = day.succ_opt()?;
            0
        }
        Some(clock) => clock.hour * 3600 + clock.minute * 60 + clock.second.min(59),
        None => 0,
    };
    let local = day.and_time(NaiveTime::from_num_seconds_from_midnight_opt(seconds, 0)?);
    let millis = time.map_or(0, |time| time.millis);
    let at = match offset {
        Some(offset) => FixedOffset::east_opt(offset * 60)?.from_local_datetime(&local).single()?.timestamp_millis(),
        None => in_zone(local, zone)?,
    };
    let at = Timestamp::from_millis(at + millis);
    Some(Said {
        at,
        has_time: time.is_some(),
        has_zone: offset.is_some(),
        minutes_east: offset.unwrap_or_else(|| minutes_east(at, zone)),
        minutes_to_other_order,
    })
}

impl Said {
    /// A point in time that is told to the second, in UTC.
    fn exact(at: Timestamp) -> Self {
        Self { at, has_time: true, has_zone: true, minutes_east: 0, minutes_to_other_order: None }
    }

    /// As its publisher's clock shows it.
    pub(super) fn local(self) -> LocalTime {
        LocalTime::new(self.at, self.minutes_east)
    }
}

/// Minutes that a zone's clocks are ahead of UTC at a point in time.
pub(super) fn minutes_east(at: Timestamp, zone: Tz) -> i32 {
    at.to_datetime().with_timezone(&zone).offset().fix().local_minus_utc() / 60
}

/// A time of day as read; 24:00 is the next day's midnight.
#[derive(Debug, Clone, Copy)]
struct Clock {
    hour: u32,
    minute: u32,
    second: u32,
    millis: i64,
}

struct Time {
    value: Clock,
    /// First piece after it.
    end: usize,
}

fn is_plausible(at: Timestamp) -> bool {
    // 1900 to 2200, as for written dates.
    (-2_208_988_800_000..7_289_654_400_000).contains(&at.as_millis())
}

/// Seconds, milliseconds or microseconds since 1970, told apart by their digits.
fn epoch(text: &str) -> Option<Timestamp> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    if !(whole.bytes().all(|b| b.is_ascii_digit()) && fraction.bytes().all(|b| b.is_ascii_digit())) {
        return None;
    }
    let value: i64 = whole.parse().ok()?;
    match whole.len() {
        9 | 10 => Some(Timestamp::from_millis(value * 1000)),
        13 => Some(Timestamp::from_millis(value)),
        16 => Some(Timestamp::from_millis(value / 1000)),
        _ => None,
    }
}

/// `14:05`, `14:05:30.123`, `2:05 pm`, `14h05`, `14 Uhr`, `14時05分`; marks what it took.
fn time(tokens: &mut [Token]) -> Option<Time> {
    for at in 0..tokens.len() {
        let Some((hour, 1..=2)) = tokens[at].number() else { continue };
        let is_offset = at > 0 && tokens[at - 1].is_sign(&['+']);
        if hour > 24 || is_offset {
            continue;
        }
        let minute = |at: usize| tokens.get(at).and_then(Token::number).filter(|(value, n)| *n <= 2 && *value < 60);
        let mut clock = Clock { hour: u32::try_from(hour).ok()?, minute: 0, second: 0, millis: 0 };
        let next = tokens.get(at + 1);
        let word = next.and_then(Token::word).unwrap_or_default();
        let mut end = at + 1;
        if let Some(value) = dotted_minute(tokens, at) {
            clock.minute = u32::try_from(value).ok()?;
            end = at + 3;
            if tokens.get(end).and_then(Token::word).is_some_and(is_hour_word) {
                end += 1;
            }
        } else if next.is_some_and(|next| next.is_sign(&[':'])) {
            let Some((value, _)) = minute(at + 2) else { continue };
            clock.minute = u32::try_from(value).ok()?;
            end = at + 3;
            if tokens.get(end).is_some_and(|token| token.is_sign(&[':']))
                && let Some((value, _)) = tokens.get(end + 1).and_then(Token::number).filter(|(value, _)| *value <= 60)
            {
                clock.second = u32::try_from(value).ok()?;
                end += 2;
                let fraction = tokens.get(end + 1).filter(|token| !token.is_apart).and_then(Token::number);
                if tokens.get(end).is_some_and(|token| token.is_sign(&['.', ',']) && !token.is_apart)
                    && let Some((value, n_digits)) = fraction
                {
                    clock.millis = match u32::try_from(n_digits).ok()? {
                        n @ 0..=3 => value * 10_i64.pow(3 - n),
                        n @ 4..=18 => value / 10_i64.pow(n - 3),
                        _ => 0,
                    };
                    end += 2;
                }
            }
        } else if is_hour_word(word) {
            end = at + 2;
            if let Some((value, _)) = minute(at + 2) {
                clock.minute = u32::try_from(value).ok()?;
                end = at + 3;
                if tokens
                    .get(end)
                    .and_then(Token::word)
                    .is_some_and(|word| matches!(word, "分" | "분" | "min" | "m" | "мин"))
                {
                    end += 1;
                }
                if let Some((value, _)) = minute(end)
                    && tokens.get(end + 1).and_then(Token::word).is_some_and(|word| matches!(word, "秒" | "초" | "s"))
                {
                    clock.second = u32::try_from(value).ok()?;
                    end += 2;
                }
            }
        } else if !(names::is_morning(word) || names::is_afternoon(word)) || hour > 12 || hour == 0 {
            continue;
        }
        let around = [at.checked_sub(1), Some(end)];
        let half = around.into_iter().flatten().find(|at| {
            let word = tokens.get(*at).and_then(Token::word).unwrap_or_default();
            names::is_morning(word) || names::is_afternoon(word)
        });
        if let Some(half) = half {
            let is_morning = tokens[half].word().is_some_and(names::is_morning);
            match (is_morning, clock.hour) {
                (true, 12) => clock.hour = 0,
                (false, 1..=11) => clock.hour += 12,
                _ => {}
            }
            tokens[half].is_used = true;
            end = end.max(half + 1);
        }
        for token in &mut tokens[at..end] {
            token.is_used = true;
        }
        return Some(Time { value: clock, end });
    }
    None
}

fn is_hour_word(word: &str) -> bool {
    matches!(word, "h" | "hs" | "hrs" | "uhr" | "ч" | "น" | "時" | "时" | "点" | "點" | "시")
}

/// The minute of `14.05`, where the word behind says that it is a time.
fn dotted_minute(tokens: &[Token], at: usize) -> Option<i64> {
    let [stop, minute, word] = tokens.get(at + 1..at + 4)? else { return None };
    let (value, 2) = minute.number()? else { return None };
    let is_time = word.word().is_some_and(|word| is_hour_word(word) || matches!(word, "wib" | "wita" | "wit"));
    (stop.is_sign(&['.']) && !stop.is_apart && !minute.is_apart && value < 60 && is_time).then_some(value)
}

/// A time that only shows as such once the day is known: `14.05`, `T140500`, `202411191405`.
fn loose_time(tokens: &mut [Token]) -> Option<Clock> {
    for at in 0..tokens.len() {
        let Some((value, n_digits)) = tokens[at].number().filter(|_| !tokens[at].is_used) else { continue };
        let (hour, minute, second) = match n_digits {
            4 if at > 0 && tokens[at - 1].word() == Some("t") => (value / 100, value % 100, 0),
            6 => (value / 10_000, value / 100 % 100, value % 100),
            12 => (value / 100 % 100, value % 100, 0),
            14 => (value / 10_000 % 100, value / 100 % 100, value % 100),
            1..=2 => {
                let Some((minute, 2)) = tokens.get(at + 2).filter(|token| !token.is_used).and_then(Token::number)
                else {
                    let is_hour = at > 0 && tokens[at - 1].word() == Some("t");
                    if is_hour && value < 24 {
                        return Some(Clock { hour: u32::try_from(value).ok()?, minute: 0, second: 0, millis: 0 });
                    }
                    continue;
                };
                if !tokens[at + 1].is_sign(&['.']) || tokens[at + 1].is_apart || tokens[at + 2].is_apart {
                    continue;
                }
                (value, minute, 0)
            }
            _ => continue,
        };
        if hour < 24 && minute < 60 && second < 60 {
            let part = |value: i64| u32::try_from(value).unwrap_or(0);
            return Some(Clock { hour: part(hour), minute: part(minute), second: part(second), millis: 0 });
        }
    }
    None
}

/// Minutes east of Greenwich, where the pieces after the time say so.
fn offset(tokens: &mut [Token], from: usize, hint: Option<&Language>) -> Option<i32> {
    let mut named = None;
    for at in from..tokens.len() {
        if let token::What::Word { text, is_upper } = &tokens[at].what {
            // Lower-case «est», «art» and «wit» are words of some language.
            let is_name = *is_upper || matches!(text.as_str(), "z" | "utc" | "gmt" | "мск");
            if let Some(minutes) = names::zone(text, hint).filter(|_| is_name && named.is_none()) {
                named = Some(minutes);
                continue;
            }
        }
        let is_near = at == from || named.is_some() && at <= from + 2;
        if is_near && tokens[at].is_sign(&['+', '-']) {
            let is_east = tokens[at].is_sign(&['+']);
            let Some((value, n_digits)) = tokens.get(at + 1).filter(|token| !token.is_apart).and_then(Token::number)
            else {
                continue;
            };
            let minutes = tokens.get(at + 3).and_then(Token::number).filter(|(_, n)| *n == 2);
            let has_colon = tokens.get(at + 2).is_some_and(|token| token.is_sign(&[':']) && !token.is_apart);
            let (hours, minutes, n_taken) = match (n_digits, minutes) {
                (1..=2, Some((minutes, _))) if has_colon => (value, minutes, 4),
                (4, _) => (value / 100, value % 100, 2),
                (1..=2, _) if is_east || named.is_some() || !tokens[at].is_apart => (value, 0, 2),
                _ => continue,
            };
            if hours > 14 || minutes > 59 {
                continue;
            }
            for token in &mut tokens[at..at + n_taken] {
                token.is_used = true;
            }
            let total = i32::try_from(hours * 60 + minutes).ok()?;
            return Some(if is_east { total } else { -total });
        }
    }
    named
}

/// A local time as a point in time: the earlier of two where clocks go back, an hour later where they skip it.
fn in_zone(local: NaiveDateTime, zone: Tz) -> Option<i64> {
    match zone.from_local_datetime(&local) {
        MappedLocalTime::Single(time) | MappedLocalTime::Ambiguous(time, _) => Some(time.timestamp_millis()),
        MappedLocalTime::None => {
            let later = local.checked_add_signed(TimeDelta::hours(1))?;
            zone.from_local_datetime(&later).earliest().map(|time| time.timestamp_millis())
        }
    }
}

/// The day of a point in time in a zone.
pub(super) fn day_in(at: Timestamp, zone: Tz) -> NaiveDate {
    at.to_datetime().with_timezone(&zone).date_naive()
}

#[cfg(test)]
mod tests;
