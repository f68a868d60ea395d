//! Entrance documents (feed, home page, listing) become links; pure.

mod base64;
mod canonical;
mod config;
mod content;
mod date;
mod draft;
mod feed;
mod gathered;
mod hints;
mod item;
mod json;
mod listing;
mod markup;
mod months;
mod namespace;
mod page;
mod places;
mod reader;
mod sniff;
mod text;
mod vocabulary;

pub use config::Config;
pub use hints::Hints;
pub use item::Item;
pub use places::usual_places;

use chrono_tz::Tz;
use url::Url;

use self::gathered::Gathered;
use self::sniff::{Sniffed, sniff};
use crate::model::{Caps, Document, Link};

/// Authors, categories or files of one item beyond these are not read: they are compared with each other.
const MAX_LISTED: usize = 200;

/// What an entrance holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// What the document is.
    pub kind: Kind,
    /// The site's or feed's title, plain text.
    pub title: Option<String>,
    /// The site that a feed belongs to; for a page, its own address.
    pub site: Option<Url>,
    /// Language tag as given.
    pub language: Option<String>,
    /// What a feed asks of those who poll it.
    pub hints: Hints,
    /// Feeds that a page links to, the best first: those of comments come last.
    pub feeds: Vec<Url>,
    /// Articles in the document's order, each address once.
    pub links: Vec<Link>,
    /// What went wrong or was guessed, in sentences for the operator.
    pub notes: Vec<String>,
}

/// What an entrance holds, item by item, also those without an address and those that share one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contents {
    /// What the document is.
    pub kind: Kind,
    /// The site's or feed's title, plain text.
    pub title: Option<String>,
    /// The site that a feed belongs to; for a page, its own address.
    pub site: Option<Url>,
    /// Language tag as given.
    pub language: Option<String>,
    /// What a feed asks of those who poll it.
    pub hints: Hints,
    /// Items in the document's order.
    pub items: Vec<Item>,
    /// What went wrong or was guessed, in sentences for the operator.
    pub notes: Vec<String>,
}

/// What an entrance document is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// RSS, Atom or JSON Feed.
    Feed,
    /// A page of which the `items` selector found the articles.
    Listing,
    /// A page without selectors for its articles: it may link to feeds.
    Page,
    /// Nothing that can be read; the notes say why.
    Unknown,
}

impl Found {
    fn unknown(note: String) -> Self {
        Self {
            kind: Kind::Unknown,
            title: None,
            site: None,
            language: None,
            hints: Hints::default(),
            feeds: Vec::new(),
            links: Vec::new(),
            notes: vec![note],
        }
    }
}

/// Reads an entrance document of any kind; never fails, it notes. `text` is decoded already, whatever encoding it
/// declares; `url` is where it came from, for relative addresses; dates without offset are in `zone`.
#[must_use]
pub fn entrance(text: &str, content_type: Option<&str>, url: &Url, config: &Config, zone: Tz) -> Found {
    let mut found = match read(text, content_type, url, config, zone) {
        Read::Feed(contents) => Found::from(contents),
        Read::Other(found) => found,
    };
    if found.kind == Kind::Feed && config.items.is_some() {
        found.notes.push("the selector of `items` isn't used: this is a feed, not a page".to_owned());
    }
    found
}

/// Reads the same as [`entrance`], and gives every item as it stands there.
#[must_use]
pub fn contents(text: &str, content_type: Option<&str>, url: &Url, config: &Config, zone: Tz) -> Contents {
    match read(text, content_type, url, config, zone) {
        Read::Feed(contents) => contents,
        Read::Other(found) => Contents::from(found),
    }
}

enum Read {
    Feed(Contents),
    Other(Found),
}

fn read(text: &str, content_type: Option<&str>, url: &Url, config: &Config, zone: Tz) -> Read {
    let feed = match sniff(text, content_type) {
        Sniffed::Xml(start) => Ok(feed::read(&text[start..], url, zone)),
        Sniffed::Json => json::read(text, url, zone),
        Sniffed::Html => return Read::Other(html(text, url, config, zone)),
        Sniffed::Nothing => Err("the document is empty".to_owned()),
        Sniffed::Sitemap => Err("this is a sitemap, which can't be an entrance yet".to_owned()),
        Sniffed::Other => {
            let kind = content_type.map(|kind| format!(" (`{kind}`)")).unwrap_or_default();
            Err(format!("this is neither a feed nor a page{kind}"))
        }
    };
    match feed {
        Ok(mut contents) => {
            if contents.items.is_empty() && contents.notes.is_empty() {
                contents.notes.push("the feed has no items".to_owned());
            }
            Read::Feed(contents)
        }
        Err(note) => Read::Other(Found::unknown(note)),
    }
}

fn html(text: &str, url: &Url, config: &Config, zone: Tz) -> Found {
    let document = Document::parse(text, Caps::default());
    let mut found = page::read(&document, url);
    if let Some(items) = &config.items {
        listing::read(&document, &mut found, url, items, config, zone);
    }
    found
}

#[cfg(test)]
mod tests;
