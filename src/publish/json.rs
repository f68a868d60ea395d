//! JSON Feed 1.1.

use serde::Serialize;

use super::item::{self, feed_url, line};
use crate::model::{Coverage, Entry, Feed, SourceId, Timestamp};

#[derive(Serialize)]
struct Document<'a> {
    version: &'static str,
    title: String,
    home_page_url: &'a str,
    feed_url: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    description: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    language: Option<&'a str>,
    items: Vec<Item<'a>>,
}

#[derive(Serialize)]
struct Item<'a> {
    id: String,
    url: &'a str,
    title: String,
    content_html: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    summary: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    image: Option<&'a str>,
    date_published: Timestamp,
    date_modified: Timestamp,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    authors: Vec<Author>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    tags: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    language: Option<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    attachments: Vec<Attachment<'a>>,
    #[serde(rename = "_offprint")]
    offprint: Extension<'a>,
}

#[derive(Serialize)]
struct Author {
    name: String,
}

#[derive(Serialize)]
struct Attachment<'a> {
    url: &'a str,
    mime_type: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    size_in_bytes: Option<u64>,
}

/// What JSON Feed has no word for.
#[derive(Serialize)]
struct Extension<'a> {
    source: &'a SourceId,
    #[serde(skip_serializing_if = "<[Coverage]>::is_empty")]
    also: &'a [Coverage],
}

/// The feed as JSON Feed 1.1.
#[must_use]
pub fn json(feed: &Feed) -> Vec<u8> {
    let document = Document {
        version: "https://jsonfeed.org/version/1.1",
        title: line(&feed.title),
        home_page_url: feed.site.as_str(),
        feed_url: feed_url(&feed.public, feed.id.as_str(), "json"),
        description: line(&feed.description),
        language: feed.language.as_ref().map(|language| language.as_str()),
        items: feed.entries.iter().map(|entry| json_item(entry, feed)).collect(),
    };
    let mut bytes = serde_json::to_vec_pretty(&document).expect("every key is a string and every value has a form");
    bytes.push(b'\n');
    bytes
}

fn json_item<'a>(entry: &'a Entry, feed: &Feed) -> Item<'a> {
    let article = &entry.article;
    Item {
        id: entry.id.urn(),
        url: article.url.as_str(),
        title: line(article.title.as_str()),
        content_html: item::body(entry, feed),
        summary: item::summary(entry),
        image: article.image.as_ref().map(url::Url::as_str),
        date_published: entry.published,
        date_modified: entry.updated.max(entry.published),
        authors: item::authors(entry).into_iter().map(|name| Author { name }).collect(),
        tags: item::categories(entry),
        language: item::own_language(entry, feed).map(|language| language.as_str()),
        attachments: article
            .enclosures
            .iter()
            .map(|enclosure| Attachment {
                url: enclosure.url.as_str(),
                mime_type: item::mime(enclosure),
                size_in_bytes: enclosure.bytes,
            })
            .collect(),
        offprint: Extension { source: &entry.source, also: &entry.also },
    }
}
