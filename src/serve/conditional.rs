//! What a request says of the copy it has and of the codings it takes (RFC 9110, sections 12.5.3 and 13).

use axum::http::HeaderMap;
use axum::http::header::{ACCEPT_ENCODING, HeaderName, IF_MODIFIED_SINCE, IF_NONE_MATCH};
use chrono::NaiveDateTime;

use crate::model::Timestamp;

/// The three shapes of an HTTP date; only the first is still written (RFC 9110, section 5.6.7).
const DATE_SHAPES: [&str; 3] = ["%a, %d %b %Y %H:%M:%S GMT", "%A, %d-%b-%y %H:%M:%S GMT", "%a %b %e %H:%M:%S %Y"];

/// Whether the client's copy is still good. `If-None-Match` decides where it's there; only else does
/// `If-Modified-Since`. `tags` are the tags of all codings of the document.
pub(super) fn is_unchanged(headers: &HeaderMap, tags: &[&str], modified: Option<Timestamp>) -> bool {
    if headers.contains_key(IF_NONE_MATCH) {
        return values(headers, &IF_NONE_MATCH).any(|list| names_one(list, tags));
    }
    let since = headers.get(IF_MODIFIED_SINCE).and_then(|value| value.to_str().ok()).and_then(http_date);
    match (since, modified) {
        (Some(since), Some(modified)) => modified.as_millis().div_euclid(1000) <= since,
        _ => false,
    }
}

/// Whether the client would rather have gzip than the plain bytes.
pub(super) fn takes_gzip(headers: &HeaderMap) -> bool {
    let (mut gzip, mut any, mut plain) = (None, None, None);
    for item in values(headers, &ACCEPT_ENCODING).flat_map(|list| list.split(',')) {
        let (coding, parameters) = item.split_once(';').unwrap_or((item, ""));
        let quality = quality(parameters);
        match coding.trim().to_ascii_lowercase().as_str() {
            "gzip" | "x-gzip" => gzip = Some(quality),
            "identity" => plain = Some(quality),
            "*" => any = Some(quality),
            _ => {}
        }
    }
    let gzip = gzip.or(any).unwrap_or(0.0);
    // Plain bytes are fine unless refused; where only gzip is named, it's wanted.
    gzip > 0.0 && gzip >= plain.unwrap_or(0.0)
}

fn values<'a>(headers: &'a HeaderMap, name: &HeaderName) -> impl Iterator<Item = &'a str> {
    headers.get_all(name).into_iter().filter_map(|value| value.to_str().ok())
}

fn quality(parameters: &str) -> f64 {
    let value = parameters.split(';').find_map(|parameter| parameter.trim().strip_prefix("q="));
    value.map_or(1.0, |value| value.trim().parse().unwrap_or(0.0))
}

/// Whether the list holds one of our tags, compared weakly: `W/"x"` equals `"x"`.
fn names_one(list: &str, tags: &[&str]) -> bool {
    let mut rest = list.trim();
    if rest == "*" {
        return true;
    }
    // A tag may hold commas, so the list is read quote by quote.
    while let Some((_, after)) = rest.split_once('"') {
        let Some((tag, next)) = after.split_once('"') else { return false };
        if tags.iter().any(|ours| ours.trim_matches('"') == tag) {
            return true;
        }
        rest = next;
    }
    false
}

/// Seconds since the epoch.
fn http_date(text: &str) -> Option<i64> {
    let date = DATE_SHAPES.iter().find_map(|shape| NaiveDateTime::parse_from_str(text.trim(), shape).ok())?;
    Some(date.and_utc().timestamp())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(name: HeaderName, values: &[&str]) -> HeaderMap {
        values.iter().map(|value| (name.clone(), value.parse().unwrap())).collect()
    }

    #[test]
    fn if_none_match_is_a_list_weakly_compared() {
        let cases = [
            (&["\"a\""][..], true),
            (&["W/\"a\""], true),
            (&["\"x\", W/\"y,z\" ,\"a-gzip\""], true),
            (&["\"x\"", "\"a\""], true),
            (&["*"], true),
            (&["\"x\""], false),
            (&["a"], false),
            (&["\"a"], false),
            (&[""], false),
        ];

        for (values, expected) in cases {
            let headers = headers(IF_NONE_MATCH, values);
            assert_eq!(is_unchanged(&headers, &["\"a\"", "\"a-gzip\""], None), expected, "{values:?}");
        }
    }

    #[test]
    fn if_modified_since_counts_only_without_if_none_match() {
        let modified = Some(Timestamp::from_millis(1_732_000_000_500));
        let cases = [
            ("Tue, 19 Nov 2024 07:06:40 GMT", true),
            ("Tuesday, 19-Nov-24 07:06:40 GMT", true),
            ("Tue Nov 19 07:06:40 2024", true),
            ("Wed, 20 Nov 2024 07:06:40 GMT", true),
            ("Tue, 19 Nov 2024 07:06:39 GMT", false),
            ("yesterday", false),
        ];

        for (value, expected) in cases {
            let mut headers = headers(IF_MODIFIED_SINCE, &[value]);
            assert_eq!(is_unchanged(&headers, &["\"a\""], modified), expected, "{value}");
            headers.insert(IF_NONE_MATCH, "\"other\"".parse().unwrap());
            assert!(!is_unchanged(&headers, &["\"a\""], modified), "{value}");
        }
    }

    #[test]
    fn gzip_is_sent_to_who_takes_it() {
        let cases = [
            ("gzip, deflate, br", true),
            ("GZIP;q=0.5", true),
            ("*", true),
            ("identity;q=0, gzip;q=0.1", true),
            ("gzip;q=0", false),
            ("gzip;q=0, *", false),
            ("br", false),
            ("identity, gzip;q=0.5", false),
            ("", false),
        ];

        for (value, expected) in cases {
            assert_eq!(takes_gzip(&headers(ACCEPT_ENCODING, &[value])), expected, "{value}");
        }
        assert!(!takes_gzip(&HeaderMap::new()));
    }
}
