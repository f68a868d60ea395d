//! Bytes with all that HTTP says of them: type, tag, date, and the same again compressed.

use std::io::Write;
use std::sync::OnceLock;

use axum::body::{Body, Bytes};
use axum::http::header::{
    CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, ETAG, HeaderName, HeaderValue, LAST_MODIFIED, VARY,
};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use flate2::Compression;
use flate2::write::GzEncoder;

use super::conditional::{is_unchanged, takes_gzip};
use crate::model::Timestamp;
use crate::publish::etag;

/// What kind of document this is, and so how long others may keep it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Kind {
    Rss,
    Atom,
    Json,
    Opml,
    Page,
    Style,
}

impl Kind {
    fn content_type(self) -> &'static str {
        match self {
            Self::Rss => "application/rss+xml; charset=utf-8",
            Self::Atom => "application/atom+xml; charset=utf-8",
            Self::Json => "application/feed+json; charset=utf-8",
            Self::Opml => "text/x-opml; charset=utf-8",
            Self::Page => "text/html; charset=utf-8",
            Self::Style => "text/css; charset=utf-8",
        }
    }

    fn cache_control(self) -> &'static str {
        match self {
            Self::Rss | Self::Atom | Self::Json | Self::Opml => {
                "public, max-age=300, stale-while-revalidate=600, stale-if-error=86400"
            }
            Self::Page => "public, max-age=60, stale-while-revalidate=300, stale-if-error=86400",
            // Its address changes with its content.
            Self::Style => "public, max-age=31536000, immutable",
        }
    }
}

/// A document ready to be sent, any number of times.
#[derive(Debug)]
pub(super) struct Document {
    kind: Kind,
    bytes: Bytes,
    tag: String,
    gzip_tag: String,
    gzip: OnceLock<Bytes>,
    modified: Option<Timestamp>,
}

impl Document {
    pub(super) fn new(kind: Kind, bytes: Vec<u8>, modified: Option<Timestamp>) -> Self {
        let tag = etag(&bytes);
        // Other bytes, so another tag; made from the plain one, so that it's the same on every replica.
        let gzip_tag = format!("\"{}-gzip\"", tag.trim_matches('"'));
        Self { kind, bytes: bytes.into(), tag, gzip_tag, gzip: OnceLock::new(), modified }
    }

    /// The document compressed; the work is done once.
    pub(super) fn gzip(&self) -> Bytes {
        let compress = || {
            let mut encoder = GzEncoder::new(Vec::with_capacity(self.bytes.len() / 3), Compression::default());
            encoder.write_all(&self.bytes).and_then(|()| encoder.finish()).expect("memory takes every byte").into()
        };
        self.gzip.get_or_init(compress).clone()
    }

    /// Bytes it holds in memory.
    pub(super) fn weight(&self) -> usize {
        self.bytes.len() + self.gzip.get().map_or(0, Bytes::len)
    }

    /// The answer to a GET or HEAD with these headers: the document, or word that it hasn't changed.
    pub(super) fn answer(&self, headers: &HeaderMap) -> Response {
        let is_gzip = takes_gzip(headers);
        let tag = if is_gzip { &self.gzip_tag } else { &self.tag };
        let mut response = Response::new(Body::empty());
        let out = response.headers_mut();
        set(out, ETAG, tag);
        set(out, VARY, "Accept-Encoding");
        set(out, CACHE_CONTROL, self.kind.cache_control());
        if let Some(modified) = self.modified {
            set(out, LAST_MODIFIED, &modified.http_date());
        }
        // A copy in another coding is the same document, so either tag will do.
        if is_unchanged(headers, &[&self.tag, &self.gzip_tag], self.modified) {
            *response.status_mut() = StatusCode::NOT_MODIFIED;
            return response;
        }
        set(out, CONTENT_TYPE, self.kind.content_type());
        if is_gzip {
            set(out, CONTENT_ENCODING, "gzip");
        }
        *response.body_mut() = Body::from(if is_gzip { self.gzip() } else { self.bytes.clone() });
        response
    }

    /// The document under a status of its own, for answers that nobody may keep.
    pub(super) fn answer_as(&self, status: StatusCode) -> Response {
        let mut response = Response::new(Body::from(self.bytes.clone()));
        *response.status_mut() = status;
        set(response.headers_mut(), CONTENT_TYPE, self.kind.content_type());
        set(response.headers_mut(), CACHE_CONTROL, "no-store");
        response
    }
}

fn set(headers: &mut HeaderMap, name: HeaderName, value: &str) {
    headers.insert(name, HeaderValue::from_str(value).expect("made of visible ASCII here"));
}
