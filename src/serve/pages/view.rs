//! What several pages show, in the words of their templates.

use std::collections::HashMap;

use crate::model::{Direction, Entry, FeedSpec, Language, Source, SourceId, Timestamp};
use crate::serve::{Catalogue, style};
use crate::store::SourceState;

/// What surrounds every page.
#[derive(Debug)]
pub(in crate::serve) struct Frame {
    /// The path under which readers reach this server, with slashes at both ends. Pages link by it, so that they
    /// work under every name of the server.
    pub(super) base: String,
    /// The stylesheet's file name.
    pub(super) style: &'static str,
}

impl Frame {
    /// The frame of this configuration's pages.
    pub(in crate::serve) fn new(catalogue: &Catalogue) -> Self {
        Self { base: catalogue.public.path().to_owned(), style: style::NAME.as_str() }
    }
}

/// A point in time for the machine and for people.
#[derive(Debug, Clone)]
pub(super) struct Date {
    /// As `<time datetime>` wants it.
    pub(super) machine: String,
    /// As people read it: `19 Nov 2024`.
    pub(super) day: String,
    /// With the time: `19 Nov 2024, 07:06 UTC`.
    pub(super) full: String,
}

impl From<Timestamp> for Date {
    fn from(time: Timestamp) -> Self {
        let date = time.to_datetime();
        Self {
            machine: time.rfc3339(),
            day: date.format("%-d %b %Y").to_string(),
            full: date.format("%-d %b %Y, %H:%M UTC").to_string(),
        }
    }
}

/// The language and direction of a text, as attributes.
#[derive(Debug, Clone)]
pub(super) struct Script {
    /// The tag; empty where it's not known.
    pub(super) lang: String,
    /// `ltr`, `rtl` or, where the language isn't known, `auto`.
    pub(super) dir: &'static str,
}

impl From<Option<&Language>> for Script {
    fn from(language: Option<&Language>) -> Self {
        let dir = match language.map(Language::direction) {
            Some(Direction::LeftToRight) => "ltr",
            Some(Direction::RightToLeft) => "rtl",
            None => "auto",
        };
        Self { lang: language.map(ToString::to_string).unwrap_or_default(), dir }
    }
}

/// One article in a list.
#[derive(Debug)]
pub(super) struct Teaser {
    pub(super) id: String,
    pub(super) title: String,
    pub(super) summary: String,
    pub(super) script: Script,
    pub(super) source: String,
    pub(super) source_name: String,
    pub(super) published: Date,
    pub(super) n_others: usize,
}

impl Teaser {
    /// The entries as a list.
    pub(super) fn list(entries: &[Entry], names: &Names) -> Vec<Self> {
        entries.iter().map(|entry| Self::new(entry, names)).collect()
    }

    fn new(entry: &Entry, names: &Names) -> Self {
        Self {
            id: entry.id.to_string(),
            title: entry.article.title.to_string(),
            summary: entry.article.summary.clone(),
            script: entry.article.language.as_ref().into(),
            source: entry.source.to_string(),
            source_name: names.of(&entry.source),
            published: entry.published.into(),
            n_others: entry.also.len(),
        }
    }
}

/// The names of sources: the operator's, else the entrance's own, else the host.
#[derive(Debug)]
pub(super) struct Names(HashMap<SourceId, String>);

impl Names {
    /// The names, as configured and as found.
    pub(super) fn new(catalogue: &Catalogue, states: &[SourceState]) -> Self {
        let found: HashMap<&SourceId, &str> =
            states.iter().filter_map(|state| Some((&state.id, state.title.as_deref()?))).collect();
        let name = |source: &Source| match (&source.title, found.get(&source.id)) {
            (Some(title), _) => title.clone(),
            (None, Some(title)) => (*title).to_owned(),
            (None, None) => host(source),
        };
        Self(catalogue.sources.iter().map(|source| (source.id.clone(), name(source))).collect())
    }

    /// A source's name; its id where it's configured no more.
    pub(super) fn of(&self, id: &SourceId) -> String {
        self.0.get(id).cloned().unwrap_or_else(|| id.to_string())
    }

    /// A feed's name: its source's where it has one of that id, else its own title.
    pub(super) fn of_feed(&self, feed: &FeedSpec) -> String {
        let own = feed.id.as_str().parse::<SourceId>().ok().and_then(|id| self.0.get(&id).cloned());
        own.unwrap_or_else(|| feed.title.clone())
    }
}

/// The addresses to subscribe to.
#[derive(Debug)]
pub(super) struct Links {
    pub(super) rss: String,
    pub(super) atom: String,
    pub(super) json: String,
}

impl Links {
    /// Those of a feed.
    pub(super) fn new(feed: &FeedSpec, catalogue: &Catalogue) -> Self {
        let address = |format: &str| format!("{}feeds/{}.{format}", catalogue.public, feed.id);
        Self { rss: address("rss"), atom: address("atom"), json: address("json") }
    }
}

/// A stretch of a message: plain, or what the message names in backticks.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Piece {
    pub(super) text: String,
    pub(super) is_code: bool,
}

/// A message with its names set apart.
pub(super) fn pieces(message: &str) -> Vec<Piece> {
    let parts = message.split('`').enumerate();
    parts
        .filter(|(_, text)| !text.is_empty())
        .map(|(n, text)| Piece { text: text.to_owned(), is_code: n % 2 == 1 })
        .collect()
}

/// A number with its noun: `1 article`, `2 articles`.
pub(super) fn count(n: u64, noun: &str) -> String {
    if n == 1 { format!("1 {noun}") } else { format!("{n} {noun}s") }
}

fn host(source: &Source) -> String {
    let host = source.url.host_str().unwrap_or(source.id.as_str());
    host.strip_prefix("www.").unwrap_or(host).to_owned()
}
