//! Text out of markup: entities decoded, tags taken out, and the way back.

use html5ever::data::{C1_REPLACEMENTS, NAMED_ENTITIES};

use crate::model::collapse;

/// No entity of HTML has a longer name.
const MAX_ENTITY_BYTES: usize = 33;

/// Elements that headlines contain. Other names in angle brackets are words: `Vec<T>`, `<title>`.
const INLINE: [&str; 44] = [
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "br", "cite", "code", "del", "dfn", "div", "em", "figure",
    "font", "h1", "h2", "h3", "h4", "h5", "h6", "i", "img", "ins", "kbd", "mark", "nobr", "p", "q", "s", "small",
    "span", "strike", "strong", "sub", "sup", "svg", "time", "tt", "u", "ul", "var", "wbr",
];

/// Entities become characters, once: `&amp;lt;` is `&lt;` afterwards. What is no entity stays as it is.
pub(super) fn decode_entities(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        match entity(rest) {
            Some((decoded, length)) => {
                out.push_str(&decoded);
                rest = &rest[length..];
            }
            None => {
                out.push('&');
                rest = &rest[1..];
            }
        }
    }
    out.push_str(rest);
    out
}

/// Markup of a headline becomes one line of plain text; entities are decoded once, after the tags are gone.
pub(super) fn plain(markup: &str) -> Option<String> {
    let mut out = String::with_capacity(markup.len());
    let mut rest = markup;
    while let Some(at) = rest.find('<') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        if let Some(length) = hidden(rest) {
            rest = &rest[length..];
            continue;
        }
        match inline_tag(rest) {
            Some((name, length)) => {
                if matches!(name, "br" | "p" | "div") {
                    out.push(' ');
                }
                rest = &rest[length..];
            }
            None => {
                out.push('<');
                rest = &rest[1..];
            }
        }
    }
    out.push_str(rest);
    line(&decode_entities(&out))
}

/// Text on one line, if there is any.
pub(super) fn line(text: &str) -> Option<String> {
    Some(collapse(text)).filter(|line| !line.is_empty())
}

/// Appends text as XML and HTML write it. What XML can't hold is left out.
pub(super) fn escape_into(out: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            _ if is_xml(c) => out.push(c),
            _ => {}
        }
    }
}

/// Plain text as markup: paragraphs where it has blank lines, and line breaks.
pub(super) fn to_markup(text: &str) -> String {
    let text = text.replace("\r\n", "\n");
    let paragraphs: Vec<String> = text
        .split("\n\n")
        .map(str::trim)
        .filter(|paragraph| !paragraph.is_empty())
        .map(|paragraph| {
            let mut escaped = String::new();
            escape_into(&mut escaped, paragraph);
            escaped.replace('\n', "<br>")
        })
        .collect();
    match paragraphs.as_slice() {
        [only] => only.clone(),
        many => many.iter().map(|paragraph| format!("<p>{paragraph}</p>")).collect(),
    }
}

/// The text up to `max_bytes`, cut between two characters.
pub(super) fn head(text: &str, max_bytes: usize) -> &str {
    let mut end = text.len().min(max_bytes);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

/// The entity at the start of `text`, and its length in bytes.
fn entity(text: &str) -> Option<(String, usize)> {
    let semicolon = text.bytes().take(MAX_ENTITY_BYTES).position(|b| b == b';')?;
    let name = &text[1..semicolon];
    let decoded = match name.strip_prefix('#') {
        Some(number) => numbered(number)?,
        None => {
            let &(first, second) = NAMED_ENTITIES.get(&text[1..=semicolon])?;
            let chars = [first, second].into_iter().filter(|code| *code != 0).filter_map(char::from_u32);
            chars.collect()
        }
    };
    (!name.is_empty()).then_some((decoded, semicolon + 1))
}

/// A numeric reference as browsers read it: 128 to 159 are windows-1252; what is no character is nothing.
fn numbered(number: &str) -> Option<String> {
    let code = match number.strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16).ok()?,
        None => number.parse().ok()?,
    };
    let replaced = match code {
        0x80..=0x9f => usize::try_from(code - 0x80).ok().and_then(|idx| C1_REPLACEMENTS.get(idx).copied().flatten()),
        _ => None,
    };
    let c = replaced.or_else(|| char::from_u32(code)).filter(|c| is_xml(*c));
    Some(c.map(String::from).unwrap_or_default())
}

/// The name and length of the inline tag at the start of `text`.
fn inline_tag(text: &str) -> Option<(&'static str, usize)> {
    let inner = text[1..].strip_prefix('/').unwrap_or(&text[1..]);
    let name_bytes = inner.bytes().take(12).take_while(u8::is_ascii_alphanumeric).count();
    let name = inner[..name_bytes].to_ascii_lowercase();
    let known = INLINE.iter().find(|known| **known == name)?;
    let ends_name = inner[name_bytes..].chars().next().is_some_and(|c| c == '>' || c == '/' || c.is_whitespace());
    // A tag ends before the next one starts; looking no further keeps this linear.
    let end = 1 + text[1..].find(['<', '>']).filter(|_| ends_name)?;
    text[end..].starts_with('>').then_some((*known, end + 1))
}

/// The length of the comment, script or style sheet at the start of `text`, which runs to its end if it has none.
fn hidden(text: &str) -> Option<usize> {
    let start = head(text, 7).to_ascii_lowercase();
    let end = match start.as_str() {
        _ if start.starts_with("<!--") => "-->",
        "<script" => "</script>",
        _ if start.starts_with("<style") => "</style>",
        _ => return None,
    };
    let is_end = |window: &[u8]| window.eq_ignore_ascii_case(end.as_bytes());
    Some(text.as_bytes().windows(end.len()).position(is_end).map_or(text.len(), |at| at + end.len()))
}

/// Whether XML 1.0 can hold the character.
fn is_xml(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..) && c != '\u{7f}'
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entities_are_decoded_once() {
        for (text, decoded) in [
            ("A &amp; B &rsquo; &#8217; &#x2019; &#146;", "A & B ’ ’ ’ ’"),
            ("&amp;lt;script", "&lt;script"),
            ("AT&T &unknown; & &; &#; &#xD800;x &#0;y", "AT&T &unknown; & &; &#; x y"),
            ("&nbsp;", "\u{a0}"),
            ("&ngE;", "\u{2267}\u{338}"),
        ] {
            assert_eq!(decode_entities(text), decoded, "{text}");
        }
    }

    #[test]
    fn a_headline_loses_its_tags_and_keeps_its_words() {
        for (markup, text) in [
            ("<b>Bold</b> &amp; <a href=\"x\">linked</a>", "Bold & linked"),
            ("One<br/>two", "One two"),
            ("Why Vec<T> beats <title> & a < b", "Why Vec<T> beats <title> & a < b"),
            ("&amp;lt;script&gt;", "&lt;script>"),
            ("An <unfinished <b", "An <unfinished <b"),
            ("safe<SCRIPT type=x>a < b</script> <!-- c -->words<style>d", "safe words"),
        ] {
            assert_eq!(plain(markup).as_deref(), Some(text), "{markup}");
        }
        assert_eq!(plain(" <b></b>&nbsp; "), None);
    }

    #[test]
    fn plain_text_keeps_its_paragraphs_as_markup() {
        assert_eq!(to_markup("a < b\nc"), "a &lt; b<br>c");
        assert_eq!(to_markup("one\r\n\r\ntwo\n\n\n"), "<p>one</p><p>two</p>");
        assert_eq!(to_markup(""), "");
    }
}
