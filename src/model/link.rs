//! What an entrance (feed, listing, sitemap) tells of one article before its page is read.

use serde::{Deserialize, Serialize};
use url::Url;

use super::{AliasKey, CanonicalUrl, Timestamp};

/// One article as its entrance names it. Text fields are plain text, `summary` and `content` are markup
/// that nobody has cleaned yet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    /// Where the article's page is.
    pub url: CanonicalUrl,
    /// The feed's own id of the item, if it gave one.
    pub guid: Option<String>,
    /// Headline.
    pub title: Option<String>,
    /// When the entrance says it was published.
    pub published: Option<Timestamp>,
    /// When the entrance says it was last changed.
    pub updated: Option<Timestamp>,
    /// Names, in the entrance's order.
    pub authors: Vec<String>,
    /// Categories and tags, in the entrance's order.
    pub categories: Vec<String>,
    /// A short description: uncleaned markup.
    pub summary: Option<String>,
    /// The body, if the entrance carries it: uncleaned markup.
    pub content: Option<String>,
    /// Lead image.
    pub image: Option<Url>,
    /// Files that belong to the item.
    pub enclosures: Vec<Enclosure>,
    /// Language the entrance gives for the item or for itself.
    pub language: Option<String>,
}

/// A file that comes with an item: a podcast episode, a picture.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Enclosure {
    /// Where it is.
    pub url: Url,
    /// Media type, such as `audio/mpeg`.
    pub mime: Option<String>,
    /// Size in bytes, where the feed says so.
    pub bytes: Option<u64>,
}

impl Link {
    /// A link of which only the address is known.
    #[must_use]
    pub fn to(url: CanonicalUrl) -> Self {
        Self {
            url,
            guid: None,
            title: None,
            published: None,
            updated: None,
            authors: Vec::new(),
            categories: Vec::new(),
            summary: None,
            content: None,
            image: None,
            enclosures: Vec::new(),
            language: None,
        }
    }

    /// The keys by which the article is recognised, the strongest first: guid, then address.
    #[must_use]
    pub fn keys(&self) -> Vec<AliasKey> {
        let guid = self.guid.as_deref().filter(|guid| !guid.trim().is_empty()).map(AliasKey::guid);
        guid.into_iter().chain([AliasKey::url(&self.url)]).collect()
    }
}
