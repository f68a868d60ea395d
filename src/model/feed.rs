//! A feed: which sources it gathers, and what it shows.

use std::collections::BTreeMap;

use url::Url;

use super::{Entry, FeedId, Language, SourceId, Timestamp};

/// A feed as configured: which articles belong to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FeedSpec {
    /// Its name in URLs.
    pub id: FeedId,
    /// Its title for people.
    pub title: String,
    /// The sources it gathers.
    pub sources: Vec<SourceId>,
    /// Whether articles of one story become one item. A source's own feed never folds.
    pub folds: bool,
}

/// A feed with its content, ready to be written: same value, same bytes.
#[derive(Debug, Clone, PartialEq)]
pub struct Feed {
    /// Its name in URLs.
    pub id: FeedId,
    /// Its title for people.
    pub title: String,
    /// A sentence on what it is.
    pub description: String,
    /// Where people read the same: the source's site, or the feed's page here.
    pub site: Url,
    /// Where Offprint is reached from outside, with a trailing slash: feed links are made from it.
    pub public: Url,
    /// Language of the entries, where they share one.
    pub language: Option<Language>,
    /// When the newest of its entries changed; the epoch where it has none.
    pub updated: Timestamp,
    /// What the operator calls the sources. Titles that sites give themselves aren't here: they change with any poll,
    /// and the bytes of old items with them.
    pub names: BTreeMap<SourceId, String>,
    /// Newest first.
    pub entries: Vec<Entry>,
}
