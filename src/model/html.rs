//! Markup that is safe to show.

use std::fmt;

/// HTML in which nothing runs, nothing tracks and every address is absolute. Only `normalise` makes one;
/// the store hands back what it was given. `tests/architecture.rs` holds both.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CleanHtml(String);

impl CleanHtml {
    /// Vouches that `html` has just left the sanitiser, or is proven to leave it unchanged. For `normalise` alone.
    #[must_use]
    pub(crate) fn vouched_by_normalise(html: String) -> Self {
        Self(html)
    }

    /// What was clean when it was stored. For `store` alone.
    #[must_use]
    pub(crate) fn from_store(html: String) -> Self {
        Self(html)
    }

    /// Markup that a test vouches for.
    #[cfg(test)]
    #[must_use]
    pub(crate) fn for_test(html: &str) -> Self {
        Self(html.to_owned())
    }

    /// The markup.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether there is no markup at all.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.trim().is_empty()
    }
}

impl fmt::Display for CleanHtml {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
