//! Entrance documents (feed, home page, listing) become links; pure.

mod config;
mod date;
mod feed;
mod gathered;
mod json;
mod listing;
mod markup;
mod months;
mod namespace;
mod pace;
mod page;
mod places;
mod sniff;
mod text;
mod tidy;
mod vocabulary;

pub use config::Config;
pub use pace::pace;
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
    /// Feeds that a page links to, the best first: those of comments come last.
    pub feeds: Vec<Url>,
    /// Articles in the document's order, each address once.
    pub links: Vec<Link>,
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
    let mut found = match sniff(text, content_type) {
        Sniffed::Xml(start) => feed::read(&text[start..], url, zone),
        Sniffed::Json => json::read(text, url, zone),
        Sniffed::Html => html(text, url, config, zone),
        Sniffed::Nothing => Found::unknown("the document is empty".to_owned()),
        Sniffed::Sitemap => Found::unknown("this is a sitemap, which can't be an entrance yet".to_owned()),
        Sniffed::Other => {
            let kind = content_type.map(|kind| format!(" (`{kind}`)")).unwrap_or_default();
            Found::unknown(format!("this is neither a feed nor a page{kind}"))
        }
    };
    if found.kind == Kind::Feed && found.links.is_empty() && found.notes.is_empty() {
        found.notes.push("the feed has no items".to_owned());
    }
    if found.kind == Kind::Feed && config.items.is_some() {
        found.notes.push("the selector of `items` isn't used: this is a feed, not a page".to_owned());
    }
    found
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
