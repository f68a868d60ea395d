//! Writes what our reader gathered as the plain Atom that feed-rs reads without loss.
//!
//! feed-rs gives up on the whole feed for one bare `&`, an unclosed tag or a truncated tail, and it silently drops
//! what stands under an unusual namespace, in XHTML, or in a thumbnail without content; so nothing reaches it but
//! elements that it knows, closed, escaped and under the names that it expects.

use super::draft::{Draft, Text};
use super::text::escape_into;

/// Relation under which pictures are written.
pub(super) const PICTURE: &str = "picture";

/// What comes before the entries.
pub(super) const START: &str = "<feed xmlns=\"http://www.w3.org/2005/Atom\">";
/// What comes after them.
pub(super) const END: &str = "</feed>";

/// Appends an item as an entry. Its address and language, which feed-rs would change or lose, are not written.
pub(super) fn entry(out: &mut String, item: &Draft) {
    out.push_str("<entry>");
    if let Some(guid) = item.guid.get() {
        element(out, "id", "", guid);
    }
    text(out, "title", item.title.get());
    for (name, time) in [("published", item.published.get()), ("updated", item.updated.get())] {
        if let Some(time) = time {
            element(out, name, "", &time.rfc3339());
        }
    }
    for name in item.names() {
        out.push_str("<author>");
        element(out, "name", "", name);
        out.push_str("</author>");
    }
    for category in &item.categories {
        out.push_str("<category");
        attribute(out, "term", category);
        out.push_str("/>");
    }
    for picture in &item.images {
        link(out, PICTURE, picture.as_str(), "");
    }
    for file in &item.enclosures {
        let mut more = String::new();
        if let Some(mime) = &file.mime {
            attribute(&mut more, "type", mime);
        }
        if let Some(bytes) = file.bytes {
            attribute(&mut more, "length", &bytes.to_string());
        }
        link(out, "enclosure", file.url.as_str(), &more);
    }
    text(out, "summary", item.summary.get());
    text(out, "content", item.content.get());
    out.push_str("</entry>");
}

fn text(out: &mut String, name: &str, text: Option<&Text>) {
    if let Some(text) = text {
        element(out, name, if text.is_plain { " type=\"text\"" } else { " type=\"html\"" }, &text.value);
    }
}

fn link(out: &mut String, rel: &str, href: &str, more: &str) {
    out.push_str("<link");
    attribute(out, "rel", rel);
    attribute(out, "href", href);
    out.push_str(more);
    out.push_str("/>");
}

fn element(out: &mut String, name: &str, attributes: &str, text: &str) {
    out.push_str(&format!("<{name}{attributes}>"));
    escape_into(out, text);
    out.push_str(&format!("</{name}>"));
}

fn attribute(out: &mut String, name: &str, value: &str) {
    out.push_str(&format!(" {name}=\""));
    escape_into(out, value);
    out.push('"');
}
