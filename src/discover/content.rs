//! What stands inside an element, however it was written: escaped, in CDATA, as bare markup or in base 64.

use super::base64;
use super::draft::{Text, add};
use super::markup::{Tag, Token, Tokens, local};
use super::text::{decode_entities, plain};

/// Fields of items: where one starts, a line of text before it must have ended.
const FIELDS: [&str; 16] = [
    "title",
    "link",
    "guid",
    "id",
    "pubdate",
    "published",
    "updated",
    "description",
    "summary",
    "content",
    "author",
    "category",
    "comments",
    "enclosure",
    "content:encoded",
    "dc:creator",
];

/// Longer headlines, names and addresses are none.
const MAX_LINE_BYTES: usize = 64 * 1024;
/// Longer texts, with the pictures they may hold, are left to the article's page.
const MAX_TEXT_BYTES: usize = 2 * 1024 * 1024;

/// What an element holds, read in both ways.
#[derive(Debug, Default)]
pub(super) struct Content {
    /// As text: entities decoded, CDATA as it stands, without tags.
    pub(super) text: String,
    /// As markup: tags and text as they stand.
    markup: String,
    has_elements: bool,
    max_bytes: usize,
    /// Whether it was left out for its length.
    is_too_long: bool,
    /// Whether the document ended first.
    pub(super) is_cut: bool,
}

impl Content {
    /// Takes everything up to the element's end tag, or to where it must have ended without one.
    pub(super) fn of<'a>(tag: &Tag<'a>, tokens: &mut Tokens<'a>, is_line: bool) -> Self {
        let max_bytes = if is_line { MAX_LINE_BYTES } else { MAX_TEXT_BYTES };
        let mut content = Self { max_bytes, ..Self::default() };
        let mut depth = 0_usize;
        if tag.is_empty {
            return content;
        }
        loop {
            let start = tokens.offset();
            let Some(token) = tokens.next() else {
                content.is_cut = true;
                break;
            };
            match token {
                Token::End(name) if name.eq_ignore_ascii_case(tag.name) => match depth {
                    0 => break,
                    _ => depth -= 1,
                },
                Token::Start(inner) if is_line && begins_field(&inner, tag) => {
                    tokens.jump(start);
                    break;
                }
                Token::Start(inner) if inner.name == tag.name && !inner.is_empty => depth += 1,
                Token::End(name) | Token::Start(Tag { name, .. }) if is_boundary(name) => {
                    tokens.jump(start);
                    break;
                }
                _ => {}
            }
            content.add(token, tokens.source(start));
        }
        content
    }

    fn add(&mut self, token: Token<'_>, source: &str) {
        if self.is_too_long || self.markup.len() + source.len() > self.max_bytes {
            // Nothing of it is kept: half a text would be taken for the whole.
            *self = Self { is_too_long: true, ..Self::default() };
            return;
        }
        match token {
            Token::Text(text) => {
                self.text.push_str(&decode_entities(text));
                self.markup.push_str(source);
            }
            Token::Cdata(text) => {
                self.text.push_str(text);
                self.markup.push_str(text);
            }
            Token::Start(_) | Token::End(_) => {
                self.has_elements = true;
                self.markup.push_str(source);
            }
            Token::Other => {}
        }
    }

    /// What was meant. Only Atom says what its texts are; elsewhere they are markup.
    pub(super) fn meant(&self, tag: &Tag<'_>, is_atom: bool) -> Text {
        let kind = tag.attribute("type").unwrap_or_default().trim().to_ascii_lowercase();
        let mode = tag.attribute("mode").unwrap_or_default().trim().to_ascii_lowercase();
        let is_markup = self.has_elements || mode == "xml" && kind.contains("html") || kind.contains("xhtml");
        if is_markup {
            // XHTML may carry a prefix, which HTML doesn't know.
            let value = self.markup.replace("<xhtml:", "<").replace("</xhtml:", "</");
            return Text { value, is_plain: false };
        }
        let is_file = kind.contains('/') && !kind.starts_with("text/") && !kind.contains("xml");
        let hidden = (is_atom && (mode == "base64" || is_file)).then(|| base64::decode(&self.text)).flatten();
        let is_html = kind.contains("html") || is_file && hidden.is_some();
        let is_plain = (is_atom || kind == "plain") && !is_html;
        Text { value: hidden.unwrap_or_else(|| self.text.clone()), is_plain }
    }

    /// The names of the people an element tells of: Atom has them in `name`, others as text.
    pub(super) fn people(&self) -> Vec<String> {
        let mut people = Vec::new();
        let mut tokens = Tokens::new(&self.markup);
        while self.has_elements
            && let Some(token) = tokens.next()
        {
            let Token::Start(tag) = token else { continue };
            if tag.local().eq_ignore_ascii_case("name") {
                let name = Self::of(&tag, &mut tokens, true);
                people.extend(plain(&without_address(&name.text)));
            }
        }
        if people.is_empty() {
            people.extend(plain(&without_address(&self.text)));
        }
        let mut names = Vec::new();
        people.into_iter().for_each(|name| add(&mut names, name));
        names
    }
}

fn begins_field(inner: &Tag<'_>, outer: &Tag<'_>) -> bool {
    !inner.name.eq_ignore_ascii_case(outer.name) && FIELDS.iter().any(|field| inner.name.eq_ignore_ascii_case(field))
}

/// Whether this tag can't stand within a text, so that the text must have ended.
fn is_boundary(name: &str) -> bool {
    let name = local(name);
    ["item", "entry", "channel", "rss", "feed", "rdf"].iter().any(|known| name.eq_ignore_ascii_case(known))
}

/// The name of somebody who is given as `mail@example.com (Name)` or `Name <mail@example.com>`; nobody's address
/// is published.
pub(super) fn without_address(person: &str) -> String {
    let is_address = |word: &str| {
        let word = word.trim_matches(|c: char| !c.is_alphanumeric());
        word.split_once('@').is_some_and(|(_, host)| host.contains('.'))
    };
    if !person.split_whitespace().any(is_address) {
        return person.to_owned();
    }
    let in_brackets = person.split_once('(').and_then(|(_, rest)| rest.split_once(')')).map(|(name, _)| name);
    match in_brackets.filter(|name| !name.split_whitespace().any(is_address)) {
        Some(name) => name.to_owned(),
        None => person.split_whitespace().filter(|word| !is_address(word)).collect::<Vec<_>>().join(" "),
    }
}
