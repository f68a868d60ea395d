//! Tags and text as they stand in a document that may be broken anywhere; linear, never fails.

use super::text::decode_entities;

/// Attributes beyond these are not read: nothing of ours stands there.
const MAX_ATTRIBUTES: usize = 48;

/// One piece of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Token<'a> {
    /// Text with its entities.
    Text(&'a str),
    /// The inside of a CDATA section.
    Cdata(&'a str),
    /// A start tag.
    Start(Tag<'a>),
    /// An end tag's name.
    End(&'a str),
    /// A comment, processing instruction or declaration.
    Other,
}

/// A start tag.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Tag<'a> {
    /// With its prefix, as written.
    pub(super) name: &'a str,
    /// All between name and end.
    attributes: &'a str,
    /// Whether it ends in `/>`.
    pub(super) is_empty: bool,
}

impl<'a> Tag<'a> {
    /// The name after its prefix.
    pub(super) fn local(&self) -> &'a str {
        local(self.name)
    }

    /// Attributes in order, with decoded values.
    pub(super) fn attributes(&self) -> impl Iterator<Item = (&'a str, String)> {
        Attributes { rest: self.attributes }.take(MAX_ATTRIBUTES)
    }

    /// The value of an attribute by its whole name; letter case doesn't matter.
    pub(super) fn attribute(&self, name: &str) -> Option<String> {
        self.attributes().find(|(found, _)| found.eq_ignore_ascii_case(name)).map(|(_, value)| value)
    }
}

/// Reads a document piece by piece.
#[derive(Debug, Clone)]
pub(super) struct Tokens<'a> {
    text: &'a str,
    at: usize,
    /// Where the next `]]>` is, if it was sought already, and none if there is no more.
    cdata_end: Option<Option<usize>>,
}

impl<'a> Tokens<'a> {
    /// Starts at the beginning.
    pub(super) fn new(text: &'a str) -> Self {
        Self { text, at: 0, cdata_end: None }
    }

    /// Where the next token starts, in bytes.
    pub(super) fn offset(&self) -> usize {
        self.at
    }

    /// Goes on elsewhere.
    pub(super) fn jump(&mut self, position: usize) {
        self.at = position;
    }

    /// The document from `start` to the next token.
    pub(super) fn source(&self, start: usize) -> &'a str {
        &self.text[start..self.at]
    }

    /// Takes everything up to `terminator` and steps over the terminator; all the rest if it doesn't come.
    fn until(&mut self, start: usize, terminator: &str) -> &'a str {
        let rest = &self.text[start..];
        let length = rest.find(terminator);
        self.at = start + length.map_or(rest.len(), |length| length + terminator.len());
        &rest[..length.unwrap_or(rest.len())]
    }

    /// Whether a section has an end, and the end is its own: not that of a section in a later item.
    fn is_closed_cdata(&mut self) -> bool {
        let start = self.at + 9;
        let is_known = self.cdata_end.is_some_and(|end| end.is_none_or(|end| end >= start));
        if !is_known {
            self.cdata_end = Some(self.text[start..].find("]]>").map(|length| start + length));
        }
        let Some(end) = self.cdata_end.flatten() else { return false };
        let section = &self.text[start..end];
        // Up to the next start only, which keeps the search linear over a document of starts.
        let until_next = section.find("<![CDATA[").map(|length| &section[..length]);
        !until_next.is_some_and(|text| text.contains("</item>") || text.contains("</entry>"))
    }

    fn markup(&mut self) -> Option<Token<'a>> {
        let rest = &self.text[self.at..];
        if rest.starts_with("<!--") {
            self.until(self.at + 4, "-->");
            return Some(Token::Other);
        }
        if rest.starts_with("<![CDATA[") {
            if !self.is_closed_cdata() {
                // What follows is read as if nothing had been opened.
                self.at += 9;
                return Some(Token::Other);
            }
            return Some(Token::Cdata(self.until(self.at + 9, "]]>")));
        }
        if rest.starts_with("<?") {
            self.until(self.at + 2, ">");
            return Some(Token::Other);
        }
        if rest.starts_with("<!") {
            let has_subset = rest.find('>').is_some_and(|close| rest[..close].contains('['));
            self.until(self.at + 2, if has_subset { "]>" } else { ">" });
            return Some(Token::Other);
        }
        let is_name = |c: char| c.is_alphanumeric() || matches!(c, ':' | '_' | '-' | '.');
        let is_end = rest.starts_with("</");
        let name_start = if is_end { 2 } else { 1 };
        let name_end = rest[name_start..].find(|c| !is_name(c)).map_or(rest.len(), |length| name_start + length);
        let name = &rest[name_start..name_end];
        if !name.starts_with(|c: char| c.is_alphabetic() || c == '_') {
            return None;
        }
        let end = name_end + tag_end(&rest[name_end..])?;
        self.at += end + 1;
        if is_end {
            return Some(Token::End(name));
        }
        let inside = rest[name_end..end].trim();
        let attributes = inside.strip_suffix('/').unwrap_or(inside);
        Some(Token::Start(Tag { name, attributes, is_empty: attributes.len() < inside.len() }))
    }
}

impl<'a> Iterator for Tokens<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        let rest = &self.text[self.at..];
        if rest.is_empty() {
            return None;
        }
        if rest.starts_with('<')
            && let Some(token) = self.markup()
        {
            return Some(token);
        }
        // A `<` that starts no tag is text; so is everything before the next one.
        let first = rest.chars().next().map_or(1, char::len_utf8);
        let length = rest[first..].find('<').map_or(rest.len(), |length| first + length);
        self.at += length;
        Some(Token::Text(&rest[..length]))
    }
}

/// A name without its prefix.
pub(super) fn local(name: &str) -> &str {
    name.rsplit(':').next().unwrap_or(name)
}

/// Where the `>` of a tag is: the first outside quotes, or the first at all if a quote is never closed. It stands
/// before the next `<`, which keeps the search linear over a document of broken tags.
fn tag_end(text: &str) -> Option<usize> {
    let mut quote = None;
    let mut quoted_end = None;
    for (idx, byte) in text.bytes().enumerate() {
        match (quote, byte) {
            (None, b'>') => return Some(idx),
            (_, b'<') => return quoted_end,
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), _) if open == byte => quote = None,
            (Some(_), b'>') => quoted_end = quoted_end.or(Some(idx)),
            _ => {}
        }
    }
    quoted_end
}

struct Attributes<'a> {
    rest: &'a str,
}

impl<'a> Iterator for Attributes<'a> {
    type Item = (&'a str, String);

    fn next(&mut self) -> Option<Self::Item> {
        self.rest = self.rest.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '/' | '=' | '"' | '\''));
        let name_end = self.rest.find(|c: char| c.is_whitespace() || c == '=').unwrap_or(self.rest.len());
        let (name, rest) = self.rest.split_at(name_end);
        if name.is_empty() {
            return None;
        }
        let Some(value) = rest.trim_start().strip_prefix('=') else {
            self.rest = rest;
            return Some((name, String::new()));
        };
        let value = value.trim_start();
        let (value, rest) = match value.chars().next() {
            Some(quote @ ('"' | '\'')) => value[1..].split_once(quote).unwrap_or((&value[1..], "")),
            _ => value.split_at(value.find(char::is_whitespace).unwrap_or(value.len())),
        };
        self.rest = rest;
        Some((name, decode_entities(value)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_is_read_piece_by_piece() {
        let tokens: Vec<Token<'_>> =
            Tokens::new("<?xml?><a:b c='1 > 0' d=\"&amp;\" e=f/>x < y<![CDATA[<p>]]><!-- <z> --></a:b>").collect();

        let Token::Start(tag) = tokens[1] else { panic!("{tokens:?}") };
        assert_eq!((tag.name, tag.local(), tag.is_empty), ("a:b", "b", true));
        let attributes: Vec<_> = tag.attributes().collect();
        assert_eq!(attributes, [("c", "1 > 0".into()), ("d", "&".into()), ("e", "f".into())]);
        let rest = [Token::Text("x "), Token::Text("< y"), Token::Cdata("<p>"), Token::Other, Token::End("a:b")];
        assert_eq!(tokens[0], Token::Other);
        assert_eq!(tokens[2..], rest);
    }

    #[test]
    fn broken_markup_ends_and_loses_no_text() {
        for broken in [
            "<",
            "<a",
            "<a b=\"c>d",
            "</",
            "<!",
            "<!--",
            "<![CDATA[x",
            "<?",
            "<é",
            "a<1",
            "<!DOCTYPE a [<!ENTITY b 'c'>",
        ] {
            let tokens: Vec<Token<'_>> = Tokens::new(broken).collect();
            assert!(tokens.len() <= 2, "{broken}: {tokens:?}");
        }
        assert_eq!(Tokens::new("<a b=\"c>d").last(), Some(Token::Text("d")));
    }
}
