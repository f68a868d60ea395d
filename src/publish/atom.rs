//! Atom (RFC 4287).

use std::collections::BTreeMap;

use atom_syndication::extension::{Extension, ExtensionMap};
use atom_syndication::{
    Category, Content, Entry as AtomEntry, Feed as AtomFeed, FixedDateTime, Generator, Link, Person, Source, Text,
    WriteConfig,
};

use super::item::{self, feed_url, feed_urn, line};
use super::legal::escape;
use crate::model::{Entry, Feed, FeedId, Timestamp};

/// The feed as Atom.
#[must_use]
pub fn atom(feed: &Feed) -> Vec<u8> {
    let document = AtomFeed {
        title: line(&feed.title).into(),
        subtitle: Some(line(&feed.description)).filter(|text| !text.is_empty()).map(Text::from),
        id: feed_urn(&feed.id),
        updated: date(feed.updated),
        // An entry without an author needs one here (section 4.1.1), and a feed without entries too.
        authors: vec![person(line(&feed.title))],
        generator: Some(Generator { value: "Offprint".to_owned(), uri: None, version: None }),
        links: vec![
            link("self", feed_url(&feed.public, feed.id.as_str(), "atom"), Some("application/atom+xml")),
            link("alternate", feed.site.to_string(), Some("text/html")),
        ],
        entries: feed.entries.iter().map(|entry| atom_entry(entry, feed)).collect(),
        namespaces: BTreeMap::from([("media".to_owned(), "http://search.yahoo.com/mrss/".to_owned())]),
        lang: feed.language.as_ref().map(ToString::to_string),
        ..AtomFeed::default()
    };
    let layout = WriteConfig { write_document_declaration: true, indent_size: Some(1) };
    document.write_with_config(Vec::new(), layout).expect("memory takes every byte")
}

fn atom_entry(entry: &Entry, feed: &Feed) -> AtomEntry {
    let article = &entry.article;
    let language = item::own_language(entry, feed).map(ToString::to_string);
    let body = item::body(entry, feed);
    let mut authors = item::authors(entry);
    if authors.is_empty() {
        authors.push(item::site(entry, feed));
    }
    AtomEntry {
        title: Text { lang: language.clone(), ..line(article.title.as_str()).into() },
        id: entry.id.urn(),
        updated: date(entry.updated.max(entry.published)),
        published: Some(date(entry.published)),
        authors: authors.into_iter().map(person).collect(),
        categories: item::categories(entry)
            .into_iter()
            .map(|term| Category { term, scheme: None, label: None })
            .collect(),
        links: links(entry),
        source: item::is_gathered(entry, feed).then(|| source(entry, feed)),
        summary: item::summary(entry).map(|text| Text { lang: language.clone(), ..text.into() }),
        content: (!body.trim().is_empty()).then(|| Content {
            lang: language,
            value: Some(body),
            content_type: Some("html".to_owned()),
            ..Content::default()
        }),
        extensions: item::lead_image(entry).map_or_else(ExtensionMap::default, |image| media(image.as_str())),
        ..AtomEntry::default()
    }
}

fn links(entry: &Entry) -> Vec<Link> {
    let mut links = vec![link("alternate", entry.article.url.to_string(), Some("text/html"))];
    links.extend(entry.article.enclosures.iter().map(|enclosure| Link {
        length: enclosure.bytes.map(|bytes| bytes.to_string()),
        ..link("enclosure", enclosure.url.to_string(), Some(&item::mime(enclosure)))
    }));
    links.extend(entry.also.iter().map(|other| Link {
        title: Some(item::title(other)),
        ..link("related", other.url.to_string(), Some("text/html"))
    }));
    links
}

fn source(entry: &Entry, feed: &Feed) -> Source {
    Source {
        title: item::site(entry, feed).into(),
        id: feed_urn(&FeedId::from(&entry.source)),
        updated: date(entry.updated.max(entry.published)),
        links: vec![link("self", feed_url(&feed.public, entry.source.as_str(), "atom"), Some("application/atom+xml"))],
        ..Source::default()
    }
}

fn media(url: &str) -> ExtensionMap {
    let element = Extension {
        name: "media:content".to_owned(),
        // Without text, the writer would put a line break inside.
        value: Some(String::new()),
        // `atom_syndication` 0.12 writes the attributes of an extension as they stand, unlike all others.
        attrs: BTreeMap::from([("medium".to_owned(), "image".to_owned()), ("url".to_owned(), escape(url))]),
        ..Extension::default()
    };
    BTreeMap::from([("media".to_owned(), BTreeMap::from([("content".to_owned(), vec![element])]))])
}

fn link(rel: &str, href: String, mime_type: Option<&str>) -> Link {
    Link { href, rel: rel.to_owned(), mime_type: mime_type.map(str::to_owned), ..Link::default() }
}

fn person(name: String) -> Person {
    Person { name, ..Person::default() }
}

fn date(time: Timestamp) -> FixedDateTime {
    time.to_datetime().fixed_offset()
}
