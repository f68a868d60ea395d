//! How long an answer's headers ask us to wait (RFC 9111, RFC 9110 section 10.2.3).

use std::time::Duration;

use chrono::{DateTime, NaiveDateTime};
use reqwest::header::{AGE, CACHE_CONTROL, DATE, EXPIRES, HeaderMap, HeaderName, RETRY_AFTER};

use crate::model::Timestamp;

/// Longest wait that an origin's caching headers are believed: a week.
const MAX_FRESH: Duration = Duration::from_secs(7 * 24 * 3600);
/// Longest wait that `Retry-After` is believed: 30 days.
pub(super) const MAX_RETRY: Duration = Duration::from_secs(30 * 24 * 3600);
/// Clocks that differ by less are taken as one.
const MAX_SKEW: Duration = Duration::from_secs(60);

/// How long the answer stays fresh: `max-age` less `Age`, else `Expires` less `Date`; none if that is no time.
pub(super) fn fresh_for(headers: &HeaderMap, now: Timestamp) -> Option<Duration> {
    let directives: Vec<String> = headers
        .get_all(CACHE_CONTROL)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .map(|directive| directive.trim().to_ascii_lowercase())
        .collect();
    if directives.iter().any(|directive| matches!(directive.as_str(), "no-cache" | "no-store")) {
        return None;
    }
    let max_age = directives.iter().find_map(|directive| {
        let value = directive.strip_prefix("max-age")?.trim_start().strip_prefix('=')?;
        delta_seconds(value.trim().trim_matches('"'))
    });
    let fresh = match max_age {
        Some(max_age) => {
            let age = text(headers, AGE).and_then(delta_seconds).unwrap_or_default();
            max_age.saturating_sub(age)
        }
        None => http_date(text(headers, EXPIRES)?)?.since(origin_now(headers, now)),
    };
    (!fresh.is_zero()).then(|| fresh.min(MAX_FRESH))
}

/// How long `Retry-After` asks to wait, in seconds or until a date by the origin's own clock.
pub(super) fn retry_after(headers: &HeaderMap, now: Timestamp) -> Option<Duration> {
    let value = text(headers, RETRY_AFTER)?.trim();
    let wait = delta_seconds(value).or_else(|| Some(http_date(value)?.since(origin_now(headers, now))))?;
    (!wait.is_zero()).then(|| wait.min(MAX_RETRY))
}

fn origin_now(headers: &HeaderMap, now: Timestamp) -> Timestamp {
    let origin = text(headers, DATE).and_then(http_date);
    origin.filter(|origin| origin.since(now).max(now.since(*origin)) > MAX_SKEW).unwrap_or(now)
}

fn text(headers: &HeaderMap, name: HeaderName) -> Option<&str> {
    headers.get(name)?.to_str().ok()
}

/// Whole seconds; more than fit are as many as fit.
fn delta_seconds(text: &str) -> Option<Duration> {
    let is_number = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    is_number.then(|| Duration::from_secs(text.parse().unwrap_or(u64::MAX)))
}

/// The three formats of RFC 9110, section 5.6.7.
fn http_date(text: &str) -> Option<Timestamp> {
    let text = text.trim();
    let fixed = text.strip_suffix("GMT").map(|date| format!("{date}+0000"));
    if let Some(date) = fixed.as_deref().and_then(|date| DateTime::parse_from_rfc2822(date).ok()) {
        return Some(date.to_utc().into());
    }
    let old = NaiveDateTime::parse_from_str(text, "%A, %d-%b-%y %H:%M:%S GMT");
    let date = old.or_else(|_| NaiveDateTime::parse_from_str(text, "%a %b %e %H:%M:%S %Y")).ok()?;
    Some(date.and_utc().into())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(lines: &[(&'static str, &str)]) -> HeaderMap {
        lines.iter().map(|(name, value)| (HeaderName::from_static(name), value.parse().unwrap())).collect()
    }

    fn now() -> Timestamp {
        http_date("Tue, 19 Nov 2024 08:00:00 GMT").unwrap()
    }

    #[test]
    fn a5_an_answer_says_how_long_it_stays_fresh() {
        let hours = |n: u64| Some(Duration::from_secs(n * 3600));
        for (lines, expected) in [
            (vec![("cache-control", "public, max-age=172800")], hours(48)),
            (vec![("cache-control", "Max-Age=7200"), ("age", "3600")], hours(1)),
            (vec![("cache-control", "max-age=60"), ("age", "3600")], None),
            (vec![("cache-control", "max-age=0"), ("expires", "Tue, 19 Nov 2024 12:00:00 GMT")], None),
            (vec![("cache-control", "no-cache, max-age=7200")], None),
            (vec![("cache-control", "s-maxage=7200")], None),
            (vec![("cache-control", "max-age=1000000000000")], hours(7 * 24)),
            (vec![("cache-control", "max-age=99999999999999999999999")], hours(7 * 24)),
            (vec![("cache-control", "max-age=abc")], None),
            (vec![("expires", "Tue, 19 Nov 2024 10:00:00 GMT")], hours(2)),
            (vec![("expires", "Tue, 19 Nov 2024 10:00:00 GMT"), ("date", "Tue, 19 Nov 2024 09:00:00 GMT")], hours(1)),
            (vec![("expires", "Tuesday, 19-Nov-24 10:00:00 GMT")], hours(2)),
            (vec![("expires", "Tue Nov 19 10:00:00 2024")], hours(2)),
            (vec![("expires", "Tue, 19 Nov 2023 10:00:00 GMT")], None),
            (vec![("expires", "0")], None),
            (vec![], None),
        ] {
            assert_eq!(fresh_for(&headers(&lines), now()), expected, "{lines:?}");
        }
    }

    #[test]
    fn a6_retry_after_is_seconds_or_a_date_by_the_origins_clock() {
        for (lines, expected_secs) in [
            (vec![("retry-after", "3600")], Some(3600)),
            (vec![("retry-after", "Tue, 19 Nov 2024 09:00:00 GMT")], Some(3600)),
            (
                vec![("retry-after", "Tue, 19 Nov 2024 19:00:00 GMT"), ("date", "Tue, 19 Nov 2024 18:00:00 GMT")],
                Some(3600),
            ),
            (
                vec![("retry-after", "Tue, 19 Nov 2024 09:00:00 GMT"), ("date", "Tue, 19 Nov 2024 08:00:30 GMT")],
                Some(3600),
            ),
            (vec![("retry-after", "Tue, 19 Nov 2024 07:00:00 GMT")], None),
            (vec![("retry-after", "-1")], None),
            (vec![("retry-after", "abc")], None),
            (vec![("retry-after", "")], None),
            (vec![("retry-after", "315360000")], Some(30 * 24 * 3600)),
        ] {
            assert_eq!(retry_after(&headers(&lines), now()), expected_secs.map(Duration::from_secs), "{lines:?}");
        }
    }
}
