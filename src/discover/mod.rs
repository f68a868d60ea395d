//! Entrance documents (feed, sitemap, WordPress' API, home page, listing) become links; pure.

mod address;
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
mod shape;
mod sitemap;
mod sniff;
mod state;
mod structured;
mod text;
mod vocabulary;
mod wordpress;

pub use config::Config;
pub use hints::Hints;
pub use item::Item;
pub use places::{usual_places, usual_sitemaps};
pub use wordpress::newest_posts;

use chrono_tz::Tz;
use url::Url;

use self::gathered::Gathered;
use self::sniff::{Sniffed, sniff};
use crate::model::{Caps, Document, Link, Timestamp};

/// Authors, categories or files of one item beyond these are not read: they are compared with each other.
const MAX_LISTED: usize = 200;
/// More items are no feed but an archive of everything: the rest isn't read. One takes some kilobytes.
const MAX_ITEMS: usize = 10_000;

/// Fewer articles told to machines are no list.
const MIN_TOLD: usize = 3;

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
    /// Where else the page says that its articles are listed.
    pub doors: Doors,
    /// Sitemaps of an index, the most promising first.
    pub parts: Vec<Part>,
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
    /// Sitemaps of an index, the most promising first.
    pub parts: Vec<Part>,
    /// What went wrong or was guessed, in sentences for the operator.
    pub notes: Vec<String>,
}

/// What an entrance document is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// RSS, Atom or JSON Feed.
    Feed,
    /// Posts as WordPress' REST API gives them.
    WordPress,
    /// A sitemap, or an index of sitemaps.
    Sitemap,
    /// A page that lists articles, found by the `items` selector, by what it tells machines, or by its shape.
    Listing,
    /// A page without a list of articles: it may link to feeds.
    Page,
    /// Nothing that can be read; the notes say why.
    Unknown,
}

/// A sitemap that an index names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// Where it is.
    pub url: Url,
    /// When it last changed, by the index.
    pub changed: Option<Timestamp>,
}

/// Other documents of the same site that list its articles, as far as a page names them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Doors {
    /// Root of WordPress' REST API.
    pub wordpress: Option<Url>,
    /// Sitemaps.
    pub sitemaps: Vec<Url>,
    /// The page with older articles.
    pub next: Option<Url>,
}

impl Kind {
    /// As programs read it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Feed => "feed",
            Self::WordPress => "wordpress",
            Self::Sitemap => "sitemap",
            Self::Listing => "listing",
            Self::Page => "page",
            Self::Unknown => "unknown",
        }
    }

    /// What it is called.
    #[must_use]
    pub fn noun(self) -> &'static str {
        match self {
            Self::Feed => "feed",
            Self::WordPress => "list of posts",
            Self::Sitemap => "sitemap",
            Self::Listing => "listing",
            Self::Page => "page",
            Self::Unknown => "document",
        }
    }
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
            doors: Doors::default(),
            parts: Vec::new(),
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
        Read::Feed(contents) => Found::from(*contents),
        Read::Other(found) => *found,
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
        Read::Feed(contents) => *contents,
        Read::Other(found) => Contents::from(*found),
    }
}

enum Read {
    Feed(Box<Contents>),
    Other(Box<Found>),
}

fn read(text: &str, content_type: Option<&str>, url: &Url, config: &Config, zone: Tz) -> Read {
    let feed = match sniff(text, content_type) {
        Sniffed::Xml(start) => Ok(feed::read(&text[start..], url, zone)),
        Sniffed::Json => json::read(text, url, zone),
        Sniffed::Sitemap => Ok(sitemap::read(text, url, zone)),
        Sniffed::Html => return Read::Other(Box::new(html(text, url, config, zone))),
        Sniffed::Nothing => Err("the document is empty".to_owned()),
        Sniffed::Other => {
            let kind = content_type.map(|kind| format!(" (`{kind}`)")).unwrap_or_default();
            Err(format!("this is neither a feed nor a page{kind}"))
        }
    };
    match feed {
        Ok(mut contents) => {
            if contents.items.is_empty() && contents.parts.is_empty() && contents.notes.is_empty() {
                contents.notes.push(format!("the {} has no items", contents.kind.noun()));
            }
            Read::Feed(Box::new(contents))
        }
        Err(note) => Read::Other(Box::new(Found::unknown(note))),
    }
}

fn html(text: &str, url: &Url, config: &Config, zone: Tz) -> Found {
    let document = Document::parse(text, Caps::default());
    let mut found = page::read(&document, url);
    if let Some(next) = &config.next {
        found.doors.next = page::linked_by(&document, url, next);
    }
    match &config.items {
        Some(items) => listing::read(&document, &mut found, url, items, config, zone),
        None => listed(&document, &mut found, url, zone),
    }
    found
}

/// Finds a page's articles without being told where they are.
fn listed(document: &Document, found: &mut Found, url: &Url, zone: Tz) {
    let base = page::base(document, url);
    let mut gathered = Gathered::new(Vec::new());
    let by_shape = shape::read(document, url, &base, zone);
    let mut told = structured::read(document, url, &base, zone);
    let kept = state::read(document, &base, zone);
    let n_by_shape = by_shape.len();
    // Scripts show the rest of a list of which the page has the beginning; its articles look like those.
    let looks: Vec<_> = by_shape.iter().map(|link| address::look(link.url.as_url())).collect();
    let rest: Vec<Link> =
        kept.iter().filter(|link| looks.contains(&address::look(link.url.as_url()))).cloned().collect();
    if n_by_shape < MIN_TOLD && told.len() < MIN_TOLD {
        told = kept;
    }
    by_shape.into_iter().for_each(|link| gathered.add(link));
    // What is told to machines may be a slider or last year's best: it fills gaps, and stands in for a page without
    // links.
    let is_alone = n_by_shape < MIN_TOLD && told.len() >= MIN_TOLD;
    for link in told {
        if is_alone || gathered.knows(&link) {
            gathered.add(link);
        }
    }
    if n_by_shape >= MIN_TOLD {
        rest.into_iter().for_each(|link| gathered.add(link));
    }
    let (mut links, _) = gathered.finish();
    if links.is_empty() {
        return;
    }
    let way = if is_alone { "what it tells machines" } else { "its shape" };
    found.notes.push(format!("the articles were found by {way}: {}", links.len()));
    for link in &mut links {
        link.language.clone_from(&found.language);
    }
    (found.kind, found.links) = (Kind::Listing, links);
}

#[cfg(test)]
mod tests;
