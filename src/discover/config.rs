//! How an entrance is read where it can't be found out.

use schemars::JsonSchema;
use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize};

use crate::model::Css;

/// Selectors for a listing page: `items` finds one element per article, the others are looked for inside it.
/// Without `items` the entrance is read as what it is: a feed, a sitemap, or a page that links to one or lists articles.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Config {
    /// One element per article, such as `article.card`.
    pub items: Option<Css>,
    /// The link to the article, inside an item. Default: the item itself if it is a link, else its first link.
    pub link: Option<Css>,
    /// The headline, inside an item. Default: the link's text.
    pub title: Option<Css>,
    /// The date, inside an item: a `datetime` attribute or text. Default: the item's first `time`.
    pub date: Option<Css>,
    /// The description, inside an item. Default: none.
    pub summary: Option<Css>,
    /// The picture, inside an item. Default: none.
    pub image: Option<Css>,
    /// The link to the page with older articles. Default: what the page says of itself, or the next number in its
    /// address.
    pub next: Option<Css>,
    /// Pages of the listing that are read when it is read for the first time, 1 to 50.
    pub pages: Pages,
}

/// How many pages of a listing are read, 1 to 50.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Pages(#[schemars(range(min = 1, max = 50))] u8);

impl Pages {
    /// The number.
    #[must_use]
    pub fn get(self) -> u8 {
        self.0
    }
}

impl Default for Pages {
    fn default() -> Self {
        Self(3)
    }
}

impl<'de> Deserialize<'de> for Pages {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match u8::deserialize(deserializer)? {
            n @ 1..=50 => Ok(Self(n)),
            n => Err(D::Error::custom(format!("{n} pages can't be read: 1 to 50"))),
        }
    }
}
