//! Proves of markup that the sanitiser would leave it as it is, so that it need not be parsed once more to see that.
//!
//! The writer writes what the sanitiser lets pass, and parsing that again took most of the time of cleaning. So one
//! reading without a parser goes first. It knows far less than HTML: only allowed elements, nested so that no rule of
//! the tree's construction moves, closes or opens one; only allowed attributes, each once; only text whose escapes
//! are the serialiser's own. What it can't prove goes to the sanitiser. `proof/tests.rs` holds it to that: what is
//! proven here, ammonia gives back to the byte.

use url::Url;

use super::attribute::REL;
use super::clean::{SCHEMES, attributes_of, is_allowed};
use super::markup::decode;

/// Deeper nesting isn't proven; the writer stays below.
const MAX_DEPTH: usize = 64;

/// Whether the sanitiser would give this markup back unchanged. A `false` says nothing.
pub(super) fn is_clean(markup: &str) -> bool {
    prove(markup).is_some()
}

/// What may stand directly in an element.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Holds {
    /// Blocks, lines and text.
    Flow,
    /// Lines and text.
    Line,
    /// Those, and `rt` and `rp`.
    Ruby,
    /// `li`.
    List,
    /// `dt` and `dd`.
    Terms,
    /// The parts of a table, no text.
    Table,
    Section,
    Row,
    /// `source`, no text.
    Media,
    /// Nothing, and there is no end tag.
    Void,
    /// Nothing: what stands there isn't read as markup.
    Raw,
}

/// As what an element stands in another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Role {
    Block,
    Line,
    RubyText,
    Item,
    Term,
    TablePart,
    Row,
    Cell,
    Source,
}

impl Holds {
    fn takes(self, role: Role) -> bool {
        match self {
            Self::Flow => matches!(role, Role::Block | Role::Line),
            Self::Line => role == Role::Line,
            Self::Ruby => matches!(role, Role::Line | Role::RubyText),
            Self::List => role == Role::Item,
            Self::Terms => role == Role::Term,
            Self::Table => role == Role::TablePart,
            Self::Section => role == Role::Row,
            Self::Row => role == Role::Cell,
            Self::Media => role == Role::Source,
            Self::Void | Self::Raw => false,
        }
    }

    fn takes_text(self) -> bool {
        matches!(self, Self::Flow | Self::Line | Self::Ruby)
    }
}

/// How an element of this name is nested; none for those that are never proven.
fn shape(tag: &str) -> Option<(Role, Holds)> {
    Some(match tag {
        "blockquote" | "details" | "figure" => (Role::Block, Holds::Flow),
        "p" | "h2" | "h3" | "h4" | "h5" | "h6" | "pre" | "summary" | "figcaption" => (Role::Block, Holds::Line),
        "hr" => (Role::Block, Holds::Void),
        "ul" | "ol" => (Role::Block, Holds::List),
        "li" => (Role::Item, Holds::Flow),
        "dl" => (Role::Block, Holds::Terms),
        "dt" => (Role::Term, Holds::Line),
        "dd" => (Role::Term, Holds::Flow),
        "table" => (Role::Block, Holds::Table),
        "caption" => (Role::TablePart, Holds::Line),
        "thead" | "tbody" | "tfoot" => (Role::TablePart, Holds::Section),
        "tr" => (Role::Row, Holds::Row),
        "td" | "th" => (Role::Cell, Holds::Flow),
        "audio" | "video" => (Role::Block, Holds::Media),
        "source" => (Role::Source, Holds::Void),
        "iframe" => (Role::Block, Holds::Raw),
        "br" | "img" | "wbr" => (Role::Line, Holds::Void),
        "ruby" => (Role::Line, Holds::Ruby),
        "rp" | "rt" => (Role::RubyText, Holds::Line),
        "a" | "abbr" | "b" | "bdi" | "bdo" | "cite" | "code" | "del" | "dfn" | "em" | "i" | "ins" | "kbd" | "mark"
        | "q" | "s" | "samp" | "small" | "span" | "strong" | "sub" | "sup" | "u" | "var" => (Role::Line, Holds::Line),
        _ => return None,
    })
}

/// Whether parsers open an element anew where it was left open, so that it must not stand in one of its kind.
fn is_formatting(tag: &str) -> bool {
    matches!(tag, "a" | "b" | "code" | "em" | "i" | "s" | "small" | "strong" | "u")
}

fn prove(markup: &str) -> Option<()> {
    // Parsers take a mark of byte order away.
    if markup.starts_with('\u{feff}') {
        return None;
    }
    let mut open: Vec<(&str, Holds)> = Vec::new();
    let mut rest = markup;
    loop {
        let holds = open.last().map_or(Holds::Flow, |(_, holds)| *holds);
        let end = text_length(rest, false)?;
        if end > 0 && !holds.takes_text() {
            return None;
        }
        let Some(after) = rest[end..].strip_prefix('<') else { break };
        if let Some(after) = after.strip_prefix('/') {
            let (tag, _) = open.pop()?;
            rest = after.strip_prefix(tag)?.strip_prefix('>')?;
            continue;
        }
        let (tag, after) = after.split_at_checked(name_length(after))?;
        let (role, inside) = shape(tag)?;
        let is_twice = is_formatting(tag) && open.iter().any(|(outer, _)| *outer == tag);
        if !holds.takes(role) || is_twice || open.len() >= MAX_DEPTH {
            return None;
        }
        rest = attributes(tag, after)?;
        match inside {
            Holds::Void => {}
            Holds::Raw => rest = rest.strip_prefix("</")?.strip_prefix(tag)?.strip_prefix('>')?,
            // Parsers swallow a line break there.
            _ if tag == "pre" && rest.starts_with('\n') => return None,
            _ => open.push((tag, inside)),
        }
    }
    open.is_empty().then_some(())
}

/// Length of a name of an element or attribute at the start of some text.
fn name_length(text: &str) -> usize {
    text.bytes().take_while(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit()).count()
}

/// What follows a start tag whose attributes are proven.
fn attributes<'a>(tag: &str, text: &'a str) -> Option<&'a str> {
    const MAX_ATTRIBUTES: usize = 8;
    let mut seen = [""; MAX_ATTRIBUTES];
    let mut rest = text;
    for slot in 0..MAX_ATTRIBUTES {
        if tag == "a" {
            // The sanitiser writes this itself, as the last one.
            if let Some(after) = rest.strip_prefix(REL) {
                return after.strip_prefix('>');
            }
        } else if let Some(after) = rest.strip_prefix('>') {
            return Some(after);
        }
        let after = rest.strip_prefix(' ')?;
        let (name, after) = after.split_at_checked(name_length(after))?;
        let after = after.strip_prefix("=\"")?;
        let (value, after) = after.split_at_checked(text_length(after, true)?)?;
        let is_known = matches!(name, "dir" | "lang") || attributes_of(tag).contains(&name);
        if !is_known || seen.contains(&name) || !is_value(tag, name, value) {
            return None;
        }
        seen[slot] = name;
        rest = after.strip_prefix('"')?;
    }
    None
}

/// Whether the sanitiser leaves an attribute, whose value is escaped still, as it is.
fn is_value(tag: &str, name: &str, escaped: &str) -> bool {
    if !matches!(name, "href" | "src" | "poster" | "cite") || tag != "iframe" && is_plain_address(escaped) {
        return true;
    }
    let Some(value) = decode(escaped) else { return false };
    let is_fine = Url::parse(&value).is_ok_and(|url| SCHEMES.contains(&url.scheme()));
    is_fine && is_allowed(tag, name, &value)
}

/// Whether this is the address of a host with a plain name: behind one, no address can be wrong.
fn is_plain_address(address: &str) -> bool {
    let rest = address.strip_prefix("https://").or_else(|| address.strip_prefix("http://"));
    let Some(rest) = rest else { return false };
    let is_name = |byte: &u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || matches!(byte, b'-' | b'.');
    let (host, path) = rest.split_at(rest.bytes().take_while(|byte| is_name(byte)).count());
    let last = host.rsplit('.').next().unwrap_or_default();
    // A number at the end is an address of four bytes, `xn--` a name in other letters: both may be wrong.
    (path.is_empty() || path.starts_with(['/', '?', '#']))
        && last.starts_with(|c: char| c.is_ascii_lowercase())
        && !host.contains("xn--")
}

/// Whether a byte may stand in text as it is and needs no second look.
const PLAIN: [bool; 256] = {
    let mut plain = [false; 256];
    let mut byte = 0x20;
    while byte < 256 {
        plain[byte] = !matches!(byte as u8, b'"' | b'&' | b'<' | b'>' | 0x7f | 0xc2);
        byte += 1;
    }
    (plain[b'\n' as usize], plain[b'\t' as usize]) = (true, true);
    plain
};

/// How long text at the start of some markup is, up to the next `<`, or to the quotation mark that ends a value;
/// none where the serialiser would write it otherwise.
fn text_length(markup: &str, is_value: bool) -> Option<usize> {
    let bytes = markup.as_bytes();
    let mut at = 0;
    loop {
        at += bytes[at..].iter().take_while(|byte| PLAIN[usize::from(**byte)]).count();
        let rest = &bytes[at..];
        at += match rest.first() {
            None if is_value => return None,
            None => return Some(at),
            Some(b'<') if !is_value => return Some(at),
            Some(b'"') if is_value => return Some(at),
            Some(b'"') => 1,
            // A no-break space is always escaped.
            Some(0xc2) if rest.get(1) != Some(&0xa0) => 2,
            Some(b'&') => {
                let escapes: [&[u8]; 5] = [b"&amp;", b"&nbsp;", b"&lt;", b"&gt;", b"&quot;"];
                let n_escapes = if is_value { escapes.len() } else { escapes.len() - 1 };
                escapes[..n_escapes].iter().find(|escape| rest.starts_with(escape))?.len()
            }
            _ => return None,
        };
    }
}

#[cfg(test)]
mod tests;
