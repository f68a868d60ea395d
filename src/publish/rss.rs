//! RSS 2.0, by the RSS Advisory Board's Best Practices Profile.

use std::collections::BTreeMap;

use rss::extension::dublincore::DublinCoreExtension;
use rss::extension::{Extension, ExtensionMap};
use rss::{Category, Channel, Enclosure, Guid, Item, Source};

use super::item::{self, feed_url, line};
use super::legal::escape;
use crate::model::{Entry, Feed, Timestamp};

/// Namespaces beside `content` and `dc`, which the `rss` crate declares by itself.
const NAMESPACES: [(&str, &str); 2] =
    [("atom", "http://www.w3.org/2005/Atom"), ("media", "http://search.yahoo.com/mrss/")];

/// The feed as RSS 2.0.
#[must_use]
pub fn rss(feed: &Feed) -> Vec<u8> {
    let self_link = feed_url(&feed.public, feed.id.as_str(), "rss");
    let channel = Channel {
        title: line(&feed.title),
        link: feed.site.to_string(),
        description: line(&feed.description),
        language: feed.language.as_ref().map(ToString::to_string),
        last_build_date: (feed.updated > Timestamp::EPOCH).then(|| feed.updated.rfc2822()),
        generator: Some("Offprint".to_owned()),
        extensions: extension(
            "atom",
            "link",
            &[("href", &self_link), ("rel", "self"), ("type", "application/rss+xml")],
        ),
        namespaces: NAMESPACES.iter().map(|(prefix, uri)| ((*prefix).to_owned(), (*uri).to_owned())).collect(),
        items: feed.entries.iter().map(|entry| rss_item(entry, feed)).collect(),
        ..Channel::default()
    };
    channel.pretty_write_to(Vec::new(), b' ', 1).expect("memory takes every byte")
}

fn rss_item(entry: &Entry, feed: &Feed) -> Item {
    let article = &entry.article;
    let body = item::body(entry, feed);
    Item {
        title: Some(line(article.title.as_str())),
        link: Some(article.url.to_string()),
        // A description is markup, so plain text is escaped for HTML before it's escaped for XML.
        description: item::summary(entry).map(|summary| escape(&summary)),
        categories: item::categories(entry).into_iter().map(Category::from).collect(),
        enclosure: article.enclosures.first().map(|enclosure| Enclosure {
            url: enclosure.url.to_string(),
            // The Profile asks for 0 where the size isn't known.
            length: enclosure.bytes.unwrap_or(0).to_string(),
            mime_type: item::mime(enclosure),
        }),
        guid: Some(Guid { value: entry.id.urn(), permalink: false }),
        pub_date: Some(entry.published.rfc2822()),
        source: item::is_gathered(entry, feed).then(|| Source {
            url: feed_url(&feed.public, entry.source.as_str(), "rss"),
            title: Some(item::site(entry, feed)),
        }),
        content: Some(body).filter(|body| !body.trim().is_empty()),
        extensions: item::lead_image(entry).map_or_else(ExtensionMap::default, |image| {
            extension("media", "content", &[("url", image.as_str()), ("medium", "image")])
        }),
        dublin_core_ext: dublin_core(entry, feed),
        ..Item::default()
    }
}

fn dublin_core(entry: &Entry, feed: &Feed) -> Option<DublinCoreExtension> {
    let creators = item::authors(entry);
    let languages: Vec<String> = item::own_language(entry, feed).map(ToString::to_string).into_iter().collect();
    let is_needed = !creators.is_empty() || !languages.is_empty();
    is_needed.then(|| DublinCoreExtension { creators, languages, ..DublinCoreExtension::default() })
}

fn extension(prefix: &str, name: &str, attributes: &[(&str, &str)]) -> ExtensionMap {
    let element = Extension {
        name: format!("{prefix}:{name}"),
        // Without text, the writer would put a line break inside.
        value: Some(String::new()),
        attrs: attributes.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect(),
        ..Extension::default()
    };
    BTreeMap::from([(prefix.to_owned(), BTreeMap::from([(name.to_owned(), vec![element])]))])
}
