//! Names bytes by what they are.

use xxhash_rust::xxh3::xxh3_128;

/// A strong entity tag with its quotes (RFC 9110, section 8.8.3): the same bytes bear the same tag everywhere.
#[must_use]
pub fn etag(bytes: &[u8]) -> String {
    format!("\"{:032x}\"", xxh3_128(bytes))
}
