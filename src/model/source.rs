//! A site that is read.

use url::Url;

use super::{Language, Rhythm, SourceId};

/// A source as its operator wants it: who it is and when it's due. How its pages are read is known to the
/// pipeline.
#[derive(Debug, Clone, PartialEq)]
pub struct Source {
    /// Its name, and half of its articles' identity.
    pub id: SourceId,
    /// A home page, feed or listing.
    pub url: Url,
    /// The operator's title; else the entrance's own is shown.
    pub title: Option<String>,
    /// Names by which merged feeds pick sources.
    pub tags: Vec<String>,
    /// The operator's word on the language; else pages are asked.
    pub language: Option<Language>,
    /// Zone of cron expressions and of dates without an offset.
    pub timezone: chrono_tz::Tz,
    /// How often it's read.
    pub rhythm: Rhythm,
}

/// What an origin gave to ask «changed since?» with, byte for byte (RFC 9110, section 8.8).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Validators {
    /// `ETag` with its quotes, as received.
    pub etag: Option<Vec<u8>>,
    /// `Last-Modified`, as received: echoed, never reformatted.
    pub last_modified: Option<Vec<u8>>,
}

impl Validators {
    /// Whether there is nothing to ask with.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.etag.is_none() && self.last_modified.is_none()
    }
}
