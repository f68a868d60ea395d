//! Articles that a page lists only in the data of its scripts: the longest list of things with a headline and an
//! address, whatever its keys are called.

use chrono_tz::Tz;
use serde_json::{Map, Value};
use url::Url;

use super::address::{is_same_site, worth};
use super::date::date;
use super::text::plain;
use crate::model::{CanonicalUrl, Document, Link, Timestamp, page_data};

/// Values looked at in all scripts of a page.
const MAX_VALUES: usize = 200_000;
/// Fewer are no list.
const MIN_ITEMS: usize = 3;
/// A shorter name is a section's.
const MIN_TITLE_CHARS: usize = 8;

/// Keys of headlines, addresses, dates and teasers, the best first.
const TITLES: [&str; 4] = ["title", "headline", "name", "judul"];
const ADDRESSES: [&str; 11] = [
    "url",
    "href",
    "link",
    "permalink",
    "canonical_url",
    "canonicalUrl",
    "canonical",
    "web_url",
    "webUrl",
    "path",
    "uri",
];
const DATES: [&str; 10] = [
    "published_at",
    "publishedAt",
    "datePublished",
    "published",
    "publishDate",
    "publish_date",
    "pubDate",
    "date_gmt",
    "date",
    "created_at",
];
const SUMMARIES: [&str; 5] = ["description", "excerpt", "summary", "teaser", "lead"];

/// The articles that the page's data lists, in their order.
pub(super) fn read(document: &Document, base: &Url, zone: Tz) -> Vec<Link> {
    let mut best = Vec::new();
    let mut n_left = MAX_VALUES;
    for data in page_data(document.html()) {
        // Without recursion: data of strangers may be nested at will.
        let mut open = vec![&data];
        while let Some(value) = open.pop() {
            n_left -= 1;
            if n_left == 0 {
                return best;
            }
            match value {
                Value::Array(values) => {
                    let links: Vec<Link> =
                        values.iter().filter_map(|value| link(value.as_object()?, base, zone)).collect();
                    // Of lists alike the first is the page's own; the others are boxes beside it.
                    if links.len() >= MIN_ITEMS && links.len() > best.len() {
                        best = links;
                    }
                    open.extend(values.iter().rev().filter(|value| value.is_array() || value.is_object()));
                }
                Value::Object(fields) => {
                    open.extend(fields.values().rev().filter(|value| value.is_array() || value.is_object()));
                }
                _ => {}
            }
        }
    }
    best
}

fn link(item: &Map<String, Value>, base: &Url, zone: Tz) -> Option<Link> {
    let text = |keys: &[&str]| keys.iter().find_map(|key| text_of(item.get(*key)?));
    let title = plain(text(&TITLES)?).filter(|title| title.chars().count() >= MIN_TITLE_CHARS)?;
    let address = text(&ADDRESSES)?.trim();
    let url = CanonicalUrl::from_url(base.join(address).ok()?).ok()?;
    let is_article = is_same_site(url.as_url(), base) && worth(url.as_url()) >= 0;
    is_article.then(|| Link {
        title: Some(title),
        published: text(&DATES).and_then(|text| date(text, zone)).map(Timestamp::from),
        summary: text(&SUMMARIES).map(str::to_owned),
        ..Link::to(url)
    })
}

/// A text, also one that is wrapped as `{"rendered": …}`.
fn text_of(value: &Value) -> Option<&str> {
    let value = value.get("rendered").unwrap_or(value);
    value.as_str().filter(|text| !text.trim().is_empty())
}
