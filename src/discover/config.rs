//! How an entrance is read where it can't be found out.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::model::Css;

/// Selectors for a listing page: `items` finds one element per article, the others are looked for inside it.
/// Without `items` the entrance is read as what it is: a feed, or a page that links to one.
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
}
