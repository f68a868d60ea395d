//! Articles that a page lists for machines, as JSON-LD (<https://schema.org/ItemList>, `Blog`, `CollectionPage`).

use chrono_tz::Tz;
use serde_json::Value;
use url::Url;

use super::date::date;
use super::page::select;
use super::text::{line, plain};
use super::{Gathered, MAX_LISTED};
use crate::model::{CanonicalUrl, Document, Link, Timestamp};

/// Values looked at over all scripts of a page.
const MAX_VALUES: usize = 50_000;
/// A longer script is a page's state, not a description of it.
const MAX_SCRIPT_BYTES: usize = 2_000_000;

/// Lists that are none of articles.
const OTHER_LISTS: [&str; 6] =
    ["BreadcrumbList", "SiteNavigationElement", "OfferCatalog", "HowTo", "FAQPage", "Recipe"];

/// The articles that the page's descriptions list, in their order.
pub(super) fn read(document: &Document, url: &Url, base: &Url, zone: Tz) -> Vec<Link> {
    let own = CanonicalUrl::from_url(url.clone()).map(|url| url.identity()).unwrap_or_default();
    let mut gathered = Gathered::new(Vec::new());
    let mut n_values = 0;
    for script in select(document, "script[type='application/ld+json']") {
        let text: String = script.text().collect();
        if text.len() > MAX_SCRIPT_BYTES {
            continue;
        }
        let Ok(value) = serde_json::from_str::<Value>(text.trim()) else { continue };
        // Depth first in the script's order, without recursion: scripts of strangers may be nested at will.
        let mut open = vec![&value];
        while let Some(value) = open.pop() {
            n_values += 1;
            if n_values > MAX_VALUES {
                break;
            }
            match value {
                Value::Array(values) => open.extend(values.iter().rev()),
                Value::Object(fields) => {
                    let kinds = kinds(value);
                    if kinds.iter().any(|kind| OTHER_LISTS.contains(kind)) {
                        continue;
                    }
                    if let Some(link) = link(value, &kinds, base, zone).filter(|link| link.url.identity() != own) {
                        gathered.add(link);
                        continue;
                    }
                    open.extend(fields.values().rev().filter(|value| value.is_array() || value.is_object()));
                }
                _ => {}
            }
        }
    }
    gathered.finish().0
}

fn kinds(value: &Value) -> Vec<&str> {
    match value.get("@type") {
        Some(Value::String(kind)) => vec![kind.as_str()],
        Some(Value::Array(kinds)) => kinds.iter().filter_map(Value::as_str).take(8).collect(),
        _ => Vec::new(),
    }
}

fn is_article(kind: &str) -> bool {
    kind.ends_with("Article") || kind.ends_with("Posting") || matches!(kind, "Report" | "Review" | "PodcastEpisode")
}

/// The article that a description is of, or that an entry of a list leads to.
fn link(value: &Value, kinds: &[&str], base: &Url, zone: Tz) -> Option<Link> {
    let is_entry = kinds.contains(&"ListItem");
    if !is_entry && !kinds.iter().any(|kind| is_article(kind)) {
        return None;
    }
    let item = value.get("item").filter(|item| item.is_object()).unwrap_or(value);
    let address = [
        item.get("url"),
        item.get("mainEntityOfPage").map(|page| page.get("@id").unwrap_or(page)),
        value.get("url"),
        value.get("item"),
        item.get("@id"),
    ];
    let address = address.into_iter().flatten().find_map(Value::as_str)?;
    let url = CanonicalUrl::from_url(base.join(address.trim()).ok()?).ok()?;
    let text = |name: &str| item.get(name).and_then(Value::as_str);
    let title = text("headline").or_else(|| text("name")).or_else(|| value.get("name")?.as_str()).and_then(plain);
    let time = |name| text(name).and_then(|text| date(text, zone)).map(Timestamp::from);
    Some(Link {
        title,
        published: time("datePublished"),
        updated: time("dateModified"),
        authors: names(item.get("author")),
        summary: text("description").map(str::to_owned).filter(|text| !text.trim().is_empty()),
        image: image(item.get("image"), base),
        ..Link::to(url)
    })
}

fn names(authors: Option<&Value>) -> Vec<String> {
    let many = authors.and_then(Value::as_array).into_iter().flatten();
    let one = authors.filter(|authors| !authors.is_array());
    let name = |author: &Value| line(author.get("name").unwrap_or(author).as_str()?);
    many.chain(one).take(MAX_LISTED).filter_map(name).collect()
}

fn image(image: Option<&Value>, base: &Url) -> Option<Url> {
    let image = image.map(|image| image.get(0).unwrap_or(image))?;
    let address = image.get("url").unwrap_or(image).as_str()?;
    base.join(address).ok().filter(|url| matches!(url.scheme(), "http" | "https"))
}
