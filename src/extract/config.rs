//! What the operator knows better than the extractor.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::site_rules::SiteRules;
use crate::model::Css;

/// Selectors that override the automatic choice; one that finds nothing falls back to it with a note.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Config {
    /// Where the article's body is; several matches are joined in order.
    pub content: Option<Css>,
    /// What to take out of the body.
    pub remove: Vec<Css>,
    /// The headline.
    pub title: Option<Css>,
    /// The authors, one per match.
    pub author: Option<Css>,
    /// The publication date: a `datetime` or `content` attribute, or text.
    pub date: Option<Css>,
    /// The lead image.
    pub image: Option<Css>,
    /// What rule files of sites say; these selectors win over them.
    #[serde(skip)]
    pub site_rules: SiteRules,
}
