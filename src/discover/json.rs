//! JSON Feed, read leniently and by ourselves: feed-rs refuses a whole feed for an id that is a number or a
//! missing title, and doesn't keep pictures.

use chrono_tz::Tz;
use serde_json::{Value, json};
use url::Url;

use super::content::without_address;
use super::date::date;
use super::draft::add;
use super::item::absolute;
use super::text::{decode_entities, line, to_markup};
use super::{Contents, Hints, Item, Kind, MAX_ITEMS, MAX_LISTED, wordpress};
use crate::model::{Enclosure, JsonBudget, Timestamp};

/// Reads a JSON Feed (<https://www.jsonfeed.org/version/1.1/>).
pub(super) fn read(text: &str, url: &Url, zone: Tz) -> Result<Contents, String> {
    let text = text.trim_matches(|c: char| c.is_whitespace() || matches!(c, '\u{feff}' | '\0'));
    if !JsonBudget::default().takes(text) {
        return Err("this JSON holds too many values to be a feed".to_owned());
    }
    let mut notes = Vec::new();
    let feed = match parsed(text) {
        Ok(feed) => feed,
        Err(error) => {
            let items = whole_items(text);
            if items.is_empty() {
                return Err(format!("this looks like a JSON Feed but can't be read: {error}"));
            }
            notes.push(format!("the feed is broken ({error}), of which only the whole items are read"));
            json!({ "items": items })
        }
    };
    if wordpress::is_posts(&feed) {
        return Ok(wordpress::read(&feed, url, zone));
    }
    let Some(items) = feed.get("items").and_then(Value::as_array) else {
        return Err("this is JSON without `items`, so it isn't a JSON Feed".to_owned());
    };
    let language = text_of(&feed, "language");
    let authors = authors(&feed);
    if items.len() > MAX_ITEMS {
        notes.push(format!("of {} items, only the first {MAX_ITEMS} are read", items.len()));
    }
    let items = items.iter().filter(|item| item.is_object()).take(MAX_ITEMS).map(|item| {
        let mut item = self::item(item, url, zone);
        if item.authors.is_empty() {
            item.authors.clone_from(&authors);
        }
        item.language = item.language.or_else(|| language.clone());
        item
    });
    Ok(Contents {
        kind: Kind::Feed,
        title: title(&feed),
        site: address(&feed, "home_page_url", url),
        items: items.collect(),
        language,
        hints: hints(&feed, url),
        parts: Vec::new(),
        notes,
    })
}

/// JSON, in whose strings some scripts leave line breaks as they are.
fn parsed(text: &str) -> Result<Value, serde_json::Error> {
    serde_json::from_str(text).or_else(|error| match text.contains(|c: char| c.is_control()) {
        true => serde_json::from_str(&text.replace(|c: char| c.is_control(), " ")),
        false => Err(error),
    })
}

/// Those items of a broken feed that can be read by themselves.
fn whole_items(text: &str) -> Vec<Value> {
    let Some(start) = text.find("\"items\"").and_then(|at| Some(at + text[at..].find('[')? + 1)) else {
        return Vec::new();
    };
    let mut items = Vec::new();
    let (mut depth, mut item_start) = (0_usize, 0);
    let (mut in_string, mut is_escaped) = (false, false);
    for (at, byte) in text.bytes().enumerate().skip(start) {
        match byte {
            _ if is_escaped => is_escaped = false,
            b'\\' if in_string => is_escaped = true,
            b'"' => in_string = !in_string,
            _ if in_string => {}
            b'{' => {
                if depth == 0 {
                    item_start = at;
                }
                depth += 1;
            }
            b'}' if depth == 1 => {
                depth = 0;
                items.extend(parsed(&text[item_start..=at]));
            }
            b'}' => depth = depth.saturating_sub(1),
            b']' if depth == 0 => break,
            _ => {}
        }
    }
    items
}

fn hints(feed: &Value, url: &Url) -> Hints {
    let mut hints = Hints::default();
    hints.link("self", feed.get("feed_url").and_then(Value::as_str).unwrap_or_default(), url);
    for hub in feed.get("hubs").and_then(Value::as_array).into_iter().flatten() {
        hints.link("hub", hub.get("url").unwrap_or(hub).as_str().unwrap_or_default(), url);
    }
    hints
}

fn item(item: &Value, url: &Url, zone: Tz) -> Item {
    let id = match item.get("id") {
        Some(Value::String(id)) => Some(id.trim().to_owned()).filter(|id| !id.is_empty()),
        Some(Value::Number(id)) => Some(id.to_string()),
        _ => None,
    };
    let written = |name| item.get(name).and_then(Value::as_str).filter(|text| !text.trim().is_empty());
    let from_id = || id.as_deref().filter(|id| Url::parse(id).is_ok_and(|url| url.has_host()));
    let address = written("url").or_else(|| written("external_url")).or_else(from_id).map(|text| absolute(text, url));
    let time = |name| match item.get(name)? {
        Value::String(text) => date(text, zone).map(Timestamp::from),
        Value::Number(number) => date(&number.to_string(), zone).map(Timestamp::from),
        _ => None,
    };
    let plain_content = || item.get("content_text").and_then(Value::as_str).map(to_markup);
    Item {
        address,
        title: title(item),
        published: time("date_published"),
        updated: time("date_modified"),
        authors: authors(item),
        categories: tags(item),
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
    }
}

/// A list, of which some make a string.
fn tags(item: &Value) -> Vec<String> {
    let tags = match item.get("tags") {
        Some(Value::Array(tags)) => tags.as_slice(),
        Some(tag @ Value::String(_)) => std::slice::from_ref(tag),
        _ => &[],
    };
    let mut names = Vec::new();
    tags.iter().filter_map(|tag| line(tag.as_str()?)).for_each(|name| add(&mut names, name));
    names
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
    let one = of.get("authors").filter(|authors| !authors.is_array());
    let names = many.chain(one).chain(of.get("author")).take(MAX_LISTED).filter_map(|author| {
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
