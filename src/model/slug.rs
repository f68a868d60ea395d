//! Names of sources and feeds, fit for a URL path and a file name.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Why a name is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SlugError {
    /// Empty, longer than 64, or with a character outside `a-z`, `0-9` and `-`.
    #[error("`{0}` isn't an id: use 1 to 64 of the characters a-z, 0-9 and -")]
    Shape(String),
    /// `all` and `health` are feeds of Offprint's own.
    #[error("`{0}` is taken: the ids `all` and `health` belong to feeds that are always there")]
    Taken(String),
}

macro_rules! slug {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
        #[serde(transparent)]
        pub struct $name(String);

        impl $name {
            /// The name as it stands in URLs.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
            }
        }

        impl JsonSchema for $name {
            fn schema_name() -> Cow<'static, str> {
                stringify!($name).into()
            }

            fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
                schemars::json_schema!({"type": "string", "pattern": "^[a-z0-9-]{1,64}$"})
            }
        }
    };
}

slug! {
    /// A source's name: `[a-z0-9-]{1,64}`, neither `all` nor `health`. It's half of every article's
    /// identity, so changing it makes new articles of old ones.
    SourceId
}

slug! {
    /// A feed's name: `[a-z0-9-]{1,64}`. A source's feed bears the source's name; `all` and `health`
    /// are feeds that are always there.
    FeedId
}

impl FromStr for SourceId {
    type Err = SlugError;

    fn from_str(text: &str) -> Result<Self, SlugError> {
        let text = shaped(text)?;
        if text == "all" || text == "health" { Err(SlugError::Taken(text)) } else { Ok(Self(text)) }
    }
}

impl FromStr for FeedId {
    type Err = SlugError;

    fn from_str(text: &str) -> Result<Self, SlugError> {
        shaped(text).map(Self)
    }
}

impl FeedId {
    /// The feed of everything, duplicates folded.
    #[must_use]
    pub fn all() -> Self {
        Self("all".to_owned())
    }
}

impl From<&SourceId> for FeedId {
    fn from(id: &SourceId) -> Self {
        Self(id.0.clone())
    }
}

impl SourceId {
    /// A name made from a host: `www.blog.example.com` gives `blog-example-com`. None where the host
    /// has no usable character.
    #[must_use]
    pub fn from_host(host: &str) -> Option<Self> {
        let host = host.strip_prefix("www.").unwrap_or(host).to_ascii_lowercase();
        let mut slug = String::new();
        for c in host.chars() {
            match c {
                'a'..='z' | '0'..='9' => slug.push(c),
                _ if !slug.is_empty() && !slug.ends_with('-') => slug.push('-'),
                _ => {}
            }
        }
        slug.truncate(64);
        slug.trim_end_matches('-').parse().ok()
    }
}

fn shaped(text: &str) -> Result<String, SlugError> {
    let fits = (1..=64).contains(&text.len())
        && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
    if fits { Ok(text.to_owned()) } else { Err(SlugError::Shape(text.chars().take(80).collect())) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_would_leave_the_path_is_refused() {
        for bad in ["", "../x", "a b", "UPPER", "ü", &"x".repeat(65), "a\0b"] {
            assert!(bad.parse::<FeedId>().is_err(), "{bad:?}");
        }
        assert!("all".parse::<FeedId>().is_ok());
        assert_eq!("all".parse::<SourceId>(), Err(SlugError::Taken("all".to_owned())));
    }

    #[test]
    fn a_host_gives_a_name() {
        assert_eq!(SourceId::from_host("www.Blog.example.com").unwrap().as_str(), "blog-example-com");
        assert_eq!(SourceId::from_host("[::1]").unwrap().as_str(), "1");
        assert_eq!(SourceId::from_host("..."), None);
    }
}
