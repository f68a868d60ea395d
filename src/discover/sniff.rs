//! What a document is, told by its content: media types are often wrong.

use super::markup::{Tag, Token, Tokens, local};
use super::text::head;

/// A feed's root starts within this; before it, broken servers write warnings, and odd ones declare entities.
const MAX_PREAMBLE_BYTES: usize = 256 * 1024;

/// What a document is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sniffed {
    /// RSS or Atom whose root element starts at this byte.
    Xml(usize),
    /// JSON.
    Json,
    /// HTML.
    Html,
    /// A sitemap.
    Sitemap,
    /// Nothing at all.
    Nothing,
    /// Something else.
    Other,
}

/// Looks at a document's content; the media type decides only where that tells nothing.
pub(super) fn sniff(text: &str, content_type: Option<&str>) -> Sniffed {
    let trimmed = text.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '\u{feff}' | '\0'));
    if trimmed.is_empty() {
        return Sniffed::Nothing;
    }
    if trimmed.starts_with('{') || trimmed.starts_with('[') {
        return Sniffed::Json;
    }
    let start = text.len() - trimmed.len();
    let preamble = head(trimmed, MAX_PREAMBLE_BYTES);
    if starts_with_html(preamble) {
        return Sniffed::Html;
    }
    let mut tokens = Tokens::new(preamble);
    let mut has_tags = false;
    loop {
        let at = tokens.offset();
        match tokens.next() {
            Some(Token::Start(tag)) if is_feed(&tag) => return Sniffed::Xml(start + at),
            Some(Token::Start(tag)) if matches!(local(tag.name), "urlset" | "sitemapindex") => return Sniffed::Sitemap,
            Some(Token::Start(tag)) if is_document(tag.name) => return Sniffed::Html,
            Some(Token::Start(_)) => has_tags = true,
            Some(_) => {}
            None => break,
        }
    }
    // XML that is neither feed nor XHTML.
    if preamble.starts_with("<?xml") {
        return Sniffed::Other;
    }
    let says_html = content_type.is_some_and(|kind| kind.to_ascii_lowercase().contains("html"));
    if has_tags || says_html { Sniffed::Html } else { Sniffed::Other }
}

fn starts_with_html(text: &str) -> bool {
    let start = head(text, 15).to_ascii_lowercase();
    ["<!doctype html", "<html>", "<html "].iter().any(|marker| start.starts_with(marker))
}

/// Roots of feeds, of single entries, of CDF, and of the note that a feed has moved.
fn is_feed(tag: &Tag<'_>) -> bool {
    let name = local(tag.name).to_ascii_lowercase();
    matches!(name.as_str(), "rss" | "feed" | "rdf" | "channel" | "entry" | "redirect")
}

fn is_document(name: &str) -> bool {
    ["html", "head", "body"].iter().any(|known| name.eq_ignore_ascii_case(known))
}
