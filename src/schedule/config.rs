//! How many sources are read at a time.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Settings of the scheduler.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Config {
    /// Sources that are read at the same time: 1 to 1000.
    pub workers: usize,
}

impl Default for Config {
    fn default() -> Self {
        Self { workers: 16 }
    }
}
