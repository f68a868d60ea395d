//! The one stylesheet, under a name made of its content.

use std::sync::LazyLock;

use super::document::{Document, Kind};
use crate::publish::etag;

const CSS: &str = include_str!("templates/style.css");

/// The stylesheet, compressed once.
pub(super) static STYLE: LazyLock<Document> = LazyLock::new(|| Document::new(Kind::Style, CSS.into(), None));

/// Its file name, which changes with its content: browsers may keep it for ever.
pub(super) static NAME: LazyLock<String> = LazyLock::new(|| {
    let tag = etag(CSS.as_bytes());
    format!("style-{}.css", tag.trim_matches('"').chars().take(12).collect::<String>())
});
