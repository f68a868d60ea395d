//! Markup as a stream of events: read straight from the text where it is well formed, from a parsed tree elsewhere.
//!
//! Bodies reach us as serialisers write them, and parsing those a second time was half of the cost of cleaning.
//! So a strict reader goes first: it takes balanced lower-case tags, quoted attributes and plain entities, and
//! gives up at the first thing that a browser might see otherwise. Safety never rests on it: proof
//! or ammonia come after.

use std::borrow::Cow;

use ego_tree::iter::Edge;
use memchr::memchr;
use scraper::Node;

use crate::model::{Caps, Document};

/// What reads events: every start has its end, void elements too.
pub(super) trait Sink {
    /// An element begins.
    fn start(&mut self, name: &str, attributes: &Attributes<'_>);
    /// The innermost open element ends.
    fn end(&mut self, name: &str);
    /// Text, decoded.
    fn text(&mut self, text: &str);
}

/// The attributes of one start tag.
pub(super) struct Attributes<'a> {
    pairs: Vec<(&'a str, &'a str)>,
    is_escaped: bool,
}

impl<'a> Attributes<'a> {
    /// The value, decoded; empty where the attribute has none.
    pub(super) fn get(&self, name: &str) -> Option<Cow<'a, str>> {
        let (_, value) = self.pairs.iter().find(|(key, _)| *key == name)?;
        match self.is_escaped {
            true => decode(value),
            false => Some(Cow::Borrowed(value)),
        }
    }
}

/// Sends the events of `html` to a sink made by `sink`, and gives the sink back. The sink is made anew where the
/// strict reader has to give up.
pub(super) fn read<S: Sink>(html: &str, sink: impl Fn() -> S) -> S {
    let mut strict = sink();
    if read_strict(html, &mut strict).is_some() {
        return strict;
    }
    let mut tolerant = sink();
    read_tree(&Document::parse(html, Caps::default()), &mut tolerant);
    tolerant
}

/// Whether an element has neither content nor end tag.
pub(super) fn is_void(name: &str) -> bool {
    matches!(
        name,
        "area"
            | "base"
            | "br"
            | "col"
            | "embed"
            | "hr"
            | "img"
            | "input"
            | "link"
            | "meta"
            | "param"
            | "source"
            | "track"
            | "wbr"
    )
}

/// Text with its entities decoded; none where an entity isn't one of the plain ones or isn't closed.
pub(super) fn decode(text: &str) -> Option<Cow<'_, str>> {
    let Some(first) = memchr(b'&', text.as_bytes()) else { return Some(Cow::Borrowed(text)) };
    let mut out = String::with_capacity(text.len());
    out.push_str(&text[..first]);
    let mut rest = &text[first..];
    while let Some(after) = rest.strip_prefix('&') {
        if after.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '#') {
            let (name, tail) = after.split_at_checked(after.bytes().take(10).position(|b| b == b';')?)?;
            out.push(entity(name)?);
            rest = &tail[1..];
        } else {
            out.push('&');
            rest = after;
        }
        let end = memchr(b'&', rest.as_bytes()).unwrap_or(rest.len());
        out.push_str(&rest[..end]);
        rest = &rest[end..];
    }
    Some(Cow::Owned(out))
}

fn entity(name: &str) -> Option<char> {
    Some(match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" => '\u{a0}',
        "hellip" => '…',
        "ndash" => '–',
        "mdash" => '—',
        "lsquo" => '‘',
        "rsquo" => '’',
        "ldquo" => '“',
        "rdquo" => '”',
        _ => {
            let number = name.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => number.parse().ok()?,
            };
            // Below 160 browsers read some codes as Windows-1252: the tolerant reader knows which.
            char::from_u32(code).filter(|_| matches!(code, 0x20..0x7f | 0xa0..))?
        }
    })
}

/// Reads markup as serialisers write it; none at the first thing that isn't.
fn read_strict(html: &str, sink: &mut impl Sink) -> Option<()> {
    let mut open: Vec<&str> = Vec::new();
    // Depth of the outermost `svg` or `math`, whose names and self-closing tags follow other rules.
    let mut foreign: Option<usize> = None;
    let mut rest = html;
    while !rest.is_empty() {
        let text_end = memchr(b'<', rest.as_bytes()).unwrap_or(rest.len());
        if text_end > 0 {
            sink.text(&decode(&rest[..text_end])?);
            rest = &rest[text_end..];
            continue;
        }
        if let Some(after) = rest.strip_prefix("</") {
            let (name, tail) = after.split_once('>')?;
            if open.pop()? != name {
                return None;
            }
            if foreign == Some(open.len()) {
                foreign = None;
            }
            sink.end(name);
            rest = tail;
        } else if let Some(after) = rest.strip_prefix("<!--") {
            let (comment, tail) = after.split_once("-->")?;
            if comment.starts_with(['>', '-']) || comment.contains("--!>") || comment.contains("<!--") {
                return None;
            }
            rest = tail;
        } else {
            let tag = start_tag(&rest[1..])?;
            let is_lower = tag.name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
            if !is_lower && foreign.is_none() {
                return None;
            }
            rest = tag.rest;
            sink.start(tag.name, &tag.attributes);
            let is_foreign = foreign.is_some() || matches!(tag.name, "svg" | "math");
            if is_void(tag.name) && !is_foreign || is_foreign && tag.is_self_closing {
                sink.end(tag.name);
                continue;
            }
            if tag.is_self_closing {
                return None;
            }
            match tag.name {
                "script" | "style" | "iframe" if !is_foreign => {
                    rest = skip_raw(rest, tag.name)?;
                    sink.end(tag.name);
                }
                "script" | "style" | "iframe" | "xmp" | "noembed" | "noframes" | "plaintext" | "textarea" | "title"
                | "template" | "select" | "frameset" => return None,
                _ => {
                    if is_foreign && foreign.is_none() {
                        foreign = Some(open.len());
                    }
                    open.push(tag.name);
                    // The tolerant reader flattens what is deeper.
                    if open.len() > Caps::default().max_depth {
                        return None;
                    }
                }
            }
        }
    }
    open.is_empty().then_some(())
}

struct StartTag<'a> {
    name: &'a str,
    attributes: Attributes<'a>,
    is_self_closing: bool,
    rest: &'a str,
}

/// Reads a start tag after its `<`.
fn start_tag(text: &str) -> Option<StartTag<'_>> {
    let is_name = |c: char| !c.is_ascii_alphanumeric() && !matches!(c, '-' | '_' | ':' | '.' | '@');
    let (name, mut rest) = text.split_at_checked(text.find(is_name)?)?;
    if !name.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return None;
    }
    let mut pairs = Vec::new();
    loop {
        let trimmed = rest.trim_start_matches([' ', '\n', '\t']);
        if let Some(tail) = trimmed.strip_prefix('>') {
            let attributes = Attributes { pairs, is_escaped: true };
            return Some(StartTag { name, attributes, is_self_closing: false, rest: tail });
        }
        if let Some(tail) = trimmed.strip_prefix("/>") {
            let attributes = Attributes { pairs, is_escaped: true };
            return Some(StartTag { name, attributes, is_self_closing: true, rest: tail });
        }
        if trimmed.len() == rest.len() {
            return None;
        }
        let (key, tail) = trimmed.split_at_checked(trimmed.find(is_name)?)?;
        if key.is_empty() {
            return None;
        }
        let Some(value) = tail.strip_prefix('=') else {
            pairs.push((key, ""));
            rest = tail;
            continue;
        };
        let quote = if value.starts_with('"') { '"' } else { '\'' };
        let (value, tail) = value.strip_prefix(quote)?.split_once(quote)?;
        if value.contains('&') {
            decode(value)?;
        }
        pairs.push((key, value));
        rest = tail;
    }
}

/// What follows the end tag of an element whose content isn't markup.
fn skip_raw<'a>(text: &'a str, name: &str) -> Option<&'a str> {
    let mut rest = text;
    loop {
        let (content, tail) = rest.split_once("</")?;
        // Inside `<!--`, a script may hold another one: left to the tolerant reader.
        if content.contains("<!--") {
            return None;
        }
        match tail.strip_prefix(name).and_then(|tail| tail.strip_prefix('>')) {
            Some(after) => return Some(after),
            None => rest = tail,
        }
    }
}

fn read_tree(document: &Document, sink: &mut impl Sink) {
    for edge in document.html().tree.root().traverse() {
        match edge {
            Edge::Open(node) => match node.value() {
                Node::Text(text) => sink.text(text),
                Node::Element(element) => {
                    let pairs = element.attrs().collect();
                    sink.start(element.name(), &Attributes { pairs, is_escaped: false });
                }
                _ => {}
            },
            Edge::Close(node) => {
                if let Node::Element(element) = node.value() {
                    sink.end(element.name());
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Trace(String);

    impl Sink for Trace {
        fn start(&mut self, name: &str, attributes: &Attributes<'_>) {
            self.0.push_str(&format!("<{name}{}", attributes.get("href").unwrap_or_default()));
        }

        fn end(&mut self, name: &str) {
            self.0.push_str(&format!("/{name}>"));
        }

        fn text(&mut self, text: &str) {
            self.0.push_str(text);
        }
    }

    fn strict(html: &str) -> Option<String> {
        let mut trace = Trace(String::new());
        read_strict(html, &mut trace).map(|()| trace.0)
    }

    #[test]
    fn well_formed_markup_is_read_without_a_parser() {
        assert_eq!(strict("<p>a &amp; b<br>c</p>").unwrap(), "<pa & b<br/br>c/p>");
        assert_eq!(strict("<a href='?a=1&amp;b' id=\"x\">y</a>").unwrap(), "<a?a=1&by/a>");
        assert_eq!(strict("a<script>if (a < b) '</b>'</script><!-- c -->b").unwrap(), "a<script/script>b");
        assert_eq!(strict("<svg><linearGradient/></svg>x").unwrap(), "<svg<linearGradient/linearGradient>/svg>x");
    }

    #[test]
    fn anything_else_goes_to_the_parser() {
        for sloppy in [
            "<p>a<p>b",
            "<P>a</P>",
            "a</b>",
            "a < b",
            "&copy; a",
            "&amp a",
            "<a href=x>y</a>",
            "<!-->",
            "<p",
            "<p a=\"",
            "<textarea></p></textarea>",
            "<div/>a",
            "&#0;",
            "&#128;",
            "<!doctype html>",
            "<script><!--</script>",
            "&#xd800;",
        ] {
            assert_eq!(strict(sloppy), None, "{sloppy}");
        }
        assert!(read("<p>a<p>b &copy;", || Trace(String::new())).0.ends_with("<pa/p><pb ©/p>/body>/html>"));
    }
}
