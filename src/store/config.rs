//! Where and how long Offprint remembers.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Settings of the store.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Config {
    /// The database: `sqlite:` and a path, taken from the folder of the process.
    pub url: String,
    /// How long articles are kept. Their ids are remembered for ever.
    pub keep: Keep,
    /// How long the pages that articles were made of are kept.
    pub raw_pages: RawPages,
}

/// An article goes when it's both older than `days` and not among its source's newest `min_items`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Keep {
    /// Days since it was first seen.
    pub days: u32,
    /// Newest articles of each source that stay whatever their age.
    pub min_items: u32,
}

/// Pages as they were fetched, compressed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct RawPages {
    /// Days a page is kept; 0 keeps none.
    pub keep_days: u32,
}

impl Default for Config {
    fn default() -> Self {
        Self { url: "sqlite:data/offprint.db".to_owned(), keep: Keep::default(), raw_pages: RawPages::default() }
    }
}

impl Default for Keep {
    fn default() -> Self {
        Self { days: 90, min_items: 100 }
    }
}

impl Default for RawPages {
    fn default() -> Self {
        Self { keep_days: 30 }
    }
}
