//! A source with everything that reading it takes.

use std::sync::Arc;

use url::Url;

use crate::fetch::Identity;
use crate::model::{Reserved, Source};
use crate::{discover, extract};

/// A source and its own rules.
#[derive(Debug, Clone, PartialEq)]
pub struct Site {
    /// Who it is and when it's due.
    pub source: Source,
    /// How its entrance is read.
    pub discover: discover::Config,
    /// How its pages are read.
    pub extract: extract::Config,
    /// Which wishes of its pages keep them from being republished.
    pub respects: Reserved,
    /// As whom its site is asked.
    pub identity: Arc<Identity>,
}

impl Site {
    /// Where its entrance is: the source's own address, or the one that a veil hides there.
    #[must_use]
    pub fn address(&self) -> &Url {
        self.identity.address().unwrap_or(&self.source.url)
    }

    /// An address as logs and pages may show it.
    pub(super) fn shown(&self, url: &Url) -> String {
        self.identity.hidden(url.as_str())
    }
}
