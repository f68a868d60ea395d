//! Who an article is, for ever: ids minted once, and the keys by which it's recognised again.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{CanonicalUrl, SourceId};

/// Namespace of all article ids (RFC 9562, section 5.5). Fixed for ever: changing it changes every id.
const NAMESPACE: Uuid = Uuid::from_u128(0x0ff9_4217_6c1d_5e0a_9a5b_3f6f_70b1_2c4d);
/// A longer key is kept as its hash; some publishers use whole paragraphs as guid.
const MAX_KEY_BYTES: usize = 500;

macro_rules! uuid_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(Uuid);

        impl $name {
            /// As feeds write it: `urn:uuid:…` (RFC 9562, section 4).
            #[must_use]
            pub fn urn(self) -> String {
                self.0.urn().to_string()
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.hyphenated().fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = uuid::Error;

            fn from_str(text: &str) -> Result<Self, uuid::Error> {
                Uuid::try_parse(text).map(Self)
            }
        }
    };
}

uuid_id! {
    /// An article's identity: minted once from the source's id and the article's first key, kept through
    /// restarts, new URLs, changed guids, re-extraction and retention.
    ArticleId
}

uuid_id! {
    /// A story: one article, or several that say the same. Bears the id of its first article.
    StoryId
}

impl ArticleId {
    /// The id of an article whose first key is `key`: the same on every replica and in every database.
    #[must_use]
    pub fn mint(source: &SourceId, key: &AliasKey) -> Self {
        Self(Uuid::new_v5(&NAMESPACE, format!("{source}\n{}", key.as_str()).as_bytes()))
    }
}

impl StoryId {
    /// The story that this article opens.
    #[must_use]
    pub fn led_by(article: ArticleId) -> Self {
        Self(article.0)
    }

    /// The article that opened the story.
    #[must_use]
    pub fn lead(self) -> ArticleId {
        ArticleId(self.0)
    }
}

/// One of the names by which a source's article is known again: an address variant or a guid.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct AliasKey(String);

impl AliasKey {
    /// By address, blind to scheme, `www.`, trailing slash, fragment and tracking parameters.
    #[must_use]
    pub fn url(url: &CanonicalUrl) -> Self {
        Self::bounded("url:", &url.identity())
    }

    /// By the guid the feed gave.
    #[must_use]
    pub fn guid(guid: &str) -> Self {
        Self::bounded("guid:", guid.trim())
    }

    /// A key as it was stored.
    #[must_use]
    pub fn from_stored(key: String) -> Self {
        Self(key)
    }

    /// The key with its kind in front: `url:…` or `guid:…`.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    fn bounded(kind: &str, rest: &str) -> Self {
        if rest.len() <= MAX_KEY_BYTES {
            Self(format!("{kind}{rest}"))
        } else {
            Self(format!("{kind}#{}", Uuid::new_v5(&NAMESPACE, rest.as_bytes())))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_the_same_wherever_it_is_minted() {
        let source: SourceId = "gazette".parse().unwrap();
        let key = AliasKey::guid(" https://gazette.example/?p=7 ");

        let id = ArticleId::mint(&source, &key);

        assert_eq!(id, ArticleId::mint(&source, &AliasKey::guid("https://gazette.example/?p=7")));
        assert_eq!(StoryId::led_by(id).lead(), id);
    }

    #[test]
    fn a_guid_of_any_length_gives_a_short_key() {
        let long = AliasKey::guid(&"x".repeat(100_000));

        assert!(long.as_str().len() < 60, "{}", long.as_str());
        assert_ne!(long, AliasKey::guid(&"x".repeat(100_001)));
    }
}
