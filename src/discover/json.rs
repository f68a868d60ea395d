//! JSON Feed, read leniently and by ourselves: feed-rs refuses a whole feed for an id that is a number or a
//! missing title, and doesn't keep pictures.

use chrono_tz::Tz;
use serde_json::Value;
use url::Url;

use super::date::date;
use super::text::{decode_entities, line, to_markup};
use super::tidy::without_address;
use super::{Found, Gathered, Kind, MAX_LISTED};
use crate::model::{CanonicalUrl, Enclosure, Link, Timestamp};

/// Reads a JSON Feed (<https://www.jsonfeed.org/version/1.1/>).
pub(super) fn read(text: &str, url: &Url, zone: Tz) -> Found {
    let feed: Value = match serde_json::from_str(text.trim()) {
        Ok(feed) => feed,
        Err(error) => return Found::unknown(format!("this looks like a JSON Feed but can't be read: {error}")),
    };
    let Some(items) = feed.get("items").and_then(Value::as_array) else {
        return Found::unknown("this is JSON without `items`, so it isn't a JSON Feed".to_owned());
    };
    let language = text_of(&feed, "language");
    let authors = authors(&feed);
    let mut gathered = Gathered::new(Vec::new());
    for (idx, item) in items.iter().enumerate() {
        match link(item, url, zone) {
            Ok(mut link) => {
                if link.authors.is_empty() {
                    link.authors.clone_from(&authors);
                }
                link.language = link.language.or_else(|| language.clone());
                gathered.add(link);
            }
            Err(reason) => gathered.skip(idx, text_of(item, "title").as_deref(), &reason),
        }
    }
    let (links, notes) = gathered.finish();
    Found {
        kind: Kind::Feed,
        title: title(&feed),
        site: address(&feed, "home_page_url", url),
        language,
        feeds: Vec::new(),
        links,
        notes,
    }
}

fn link(item: &Value, url: &Url, zone: Tz) -> Result<Link, String> {
    let id = match item.get("id") {
        Some(Value::String(id)) => Some(id.trim().to_owned()).filter(|id| !id.is_empty()),
        Some(Value::Number(id)) => Some(id.to_string()),
        _ => None,
    };
    let from_id = || id.as_deref().and_then(|id| Url::parse(id).ok()).filter(|url| url.has_host());
    let address = address(item, "url", url)
        .or_else(|| address(item, "external_url", url))
        .or_else(from_id)
        .ok_or("it has neither a url nor an id that is one")?;
    let canonical = CanonicalUrl::from_url(address).map_err(|error| error.to_string())?;
    let time = |name| Some(Timestamp::from(date(item.get(name)?.as_str()?, zone)?));
    let plain_content = || item.get("content_text").and_then(Value::as_str).map(to_markup);
    Ok(Link {
        title: title(item),
        published: time("date_published"),
        updated: time("date_modified"),
        authors: authors(item),
        categories: item
            .get("tags")
            .and_then(Value::as_array)
            .map(|tags| tags.iter().filter_map(|tag| line(tag.as_str()?)).collect())
            .unwrap_or_default(),
        summary: item.get("summary").and_then(Value::as_str).map(to_markup).filter(|text| !text.is_empty()),
        content: item
            .get("content_html")
            .and_then(Value::as_str)
            .map(str::to_owned)
            .or_else(plain_content)
            .filter(|text| !text.trim().is_empty()),
        image: self::address(item, "image", url).or_else(|| self::address(item, "banner_image", url)),
        enclosures: enclosures(item, url),
        language: text_of(item, "language"),
        guid: id,
        ..Link::to(canonical)
    })
}

fn enclosures(item: &Value, base: &Url) -> Vec<Enclosure> {
    let files = item.get("attachments").and_then(Value::as_array).into_iter().flatten();
    files
        .filter_map(|file| {
            Some(Enclosure {
                url: address(file, "url", base)?,
                mime: text_of(file, "mime_type"),
                bytes: file.get("size_in_bytes").and_then(Value::as_u64),
            })
        })
        .collect()
}

fn authors(of: &Value) -> Vec<String> {
    let many = of.get("authors").and_then(Value::as_array).into_iter().flatten();
    let names = many.chain(of.get("author")).take(MAX_LISTED).filter_map(|author| {
        let name = author.get("name").unwrap_or(author).as_str()?;
        line(&without_address(name))
    });
    let mut authors: Vec<String> = Vec::new();
    for name in names {
        if !authors.contains(&name) {
            authors.push(name);
        }
    }
    authors
}

/// Plain text by the standard; blog software leaves entities in it.
fn title(of: &Value) -> Option<String> {
    line(&decode_entities(of.get("title")?.as_str()?))
}

fn text_of(value: &Value, name: &str) -> Option<String> {
    line(value.get(name)?.as_str()?)
}

fn address(value: &Value, name: &str, base: &Url) -> Option<Url> {
    let text = value.get(name)?.as_str()?.trim();
    let url = base.join(text).ok()?;
    (!text.is_empty() && matches!(url.scheme(), "http" | "https")).then_some(url)
}
