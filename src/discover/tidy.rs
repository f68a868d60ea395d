//! Rewrites a feed, however broken, into the plain RSS 2.0 or Atom that feed-rs reads without loss.
//!
//! feed-rs gives up on the whole feed for one bare `&`, an unclosed tag or a truncated tail, and it silently
//! drops what stands under an unusual namespace, in XHTML, or in a thumbnail without content; so nothing reaches
//! it but elements that it knows, closed, escaped and under the namespaces that it expects.

use super::markup::{Tag, Token, Tokens, local};
use super::namespace::Spaces;
use super::text::{decode_entities, escape_into};
use super::vocabulary::{Action, atom, is_alternate, rss};

/// Deeper elements are not read: a feed needs six levels.
const MAX_DEPTH: usize = 64;

/// Media type of a picture that has no other: feed-rs drops thumbnails that come without content.
pub(super) const THUMBNAIL: &str = "image/x-thumbnail";

/// A feed rewritten.
pub(super) struct Tidy {
    /// What feed-rs reads.
    pub(super) xml: String,
    /// What was wrong.
    pub(super) notes: Vec<String>,
}

/// Rewrites the feed whose root element starts at `text`'s start.
pub(super) fn tidy(text: &str) -> Tidy {
    let mut tokens = Tokens::new(text);
    let Some(Token::Start(root)) = tokens.next() else {
        return Tidy { xml: String::new(), notes: Vec::new() };
    };
    let dialect = if local(root.name).eq_ignore_ascii_case("feed") { Dialect::Atom } else { Dialect::Rss };
    let mut writer = Writer {
        dialect,
        spaces: Spaces::of_root(&root),
        is_old_atom: root.attribute("version").is_some_and(|version| version.starts_with("0.")),
        tokens,
        out: String::with_capacity(text.len() + 512),
        open: Vec::new(),
        item: None,
        whole: 0,
        notes: Vec::new(),
    };
    writer.root(&root);
    writer.run();
    Tidy { xml: writer.out, notes: writer.notes }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Dialect {
    Rss,
    Atom,
}

/// An element that is open in the source.
struct Open<'a> {
    name: &'a str,
    /// Name under which it was written; none where it is left out with all inside.
    written: Option<&'static str>,
}

/// What is known of the item that is open.
#[derive(Default)]
struct Item {
    /// Where its content starts in the output.
    starts: usize,
    has_link: bool,
    /// The publisher's address behind a counting one.
    original: Option<String>,
    /// Addresses that stand in for a missing link, the best last.
    stand_in: Option<String>,
}

struct Writer<'a> {
    dialect: Dialect,
    spaces: Spaces,
    is_old_atom: bool,
    tokens: Tokens<'a>,
    out: String,
    open: Vec<Open<'a>>,
    item: Option<Item>,
    /// Length of the output up to which every item is complete.
    whole: usize,
    notes: Vec<String>,
}

impl<'a> Writer<'a> {
    fn root(&mut self, root: &Tag<'a>) {
        match self.dialect {
            // The channel is opened here and closed at the end, since RSS 1.0 has its items after it.
            Dialect::Rss => self.out.push_str(concat!(
                "<rss version=\"2.0\" xmlns:content=\"http://purl.org/rss/1.0/modules/content/\"",
                " xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:media=\"http://search.yahoo.com/mrss/\"",
                " xmlns:atom=\"http://www.w3.org/2005/Atom\"><channel>",
            )),
            Dialect::Atom => {
                self.out.push_str(
                    "<feed xmlns=\"http://www.w3.org/2005/Atom\" xmlns:media=\"http://search.yahoo.com/mrss/\"",
                );
                self.attributes(root, &["xml:lang", "xml:base"]);
                self.out.push('>');
            }
        }
        self.whole = self.out.len();
        self.open.push(Open { name: root.name, written: Some("") });
    }

    fn run(&mut self) {
        while let Some(token) = self.tokens.next() {
            match token {
                Token::Start(tag) => self.start(&tag),
                Token::End(name) => self.end(name),
                Token::Text(text) if self.is_writing() => escape_into(&mut self.out, &decode_entities(text)),
                Token::Cdata(text) if self.is_writing() => escape_into(&mut self.out, text),
                _ => {}
            }
            if self.open.is_empty() {
                break;
            }
        }
        if self.item.is_some() {
            self.out.truncate(self.whole);
            self.open.clear();
            self.notes.push("the feed breaks off within an item, which is left out".to_owned());
        } else if !self.open.is_empty() {
            self.notes.push("the feed breaks off before its end".to_owned());
        }
        while let Some(open) = self.open.pop() {
            self.close(&open);
        }
        self.out.push_str(match self.dialect {
            Dialect::Rss => "</channel></rss>",
            Dialect::Atom => "</feed>",
        });
    }

    fn is_writing(&self) -> bool {
        // Text of channels and items themselves is white space, and text of what is left out is left out.
        self.open.last().is_some_and(|open| open.written.is_some_and(|name| !matches!(name, "" | "item" | "entry")))
    }

    fn start(&mut self, tag: &Tag<'a>) {
        if self.open.len() >= MAX_DEPTH {
            return;
        }
        let is_left_out = self.open.last().is_some_and(|open| open.written.is_none());
        let family = self.spaces.family(tag);
        let action = match self.dialect {
            _ if is_left_out => Action::Skip,
            Dialect::Rss => rss(family, tag, self.item.is_some()),
            Dialect::Atom => atom(family, tag, self.item.is_some(), self.is_old_atom),
        };
        match action {
            Action::Skip => self.push(tag, None),
            Action::Structure => self.push(tag, Some("")),
            Action::Item(name) => {
                if self.item.take().is_some() {
                    // The last one was never closed: it ends where this one starts.
                    self.finish_item(name);
                }
                self.whole = self.out.len();
                self.out.push_str(&format!("<{name}"));
                self.attributes(tag, &["xml:base", "xml:lang"]);
                self.out.push('>');
                let stand_in = tag.attribute("rdf:about").filter(|about| about.starts_with("http"));
                self.item = Some(Item { starts: self.out.len(), stand_in, ..Item::default() });
                self.push(tag, Some(name));
            }
            Action::Element(name, kept) => {
                self.out.push_str(&format!("<{name}"));
                self.attributes(tag, kept);
                self.out.push('>');
                self.push(tag, Some(name));
            }
            Action::Media => {
                self.out.push_str("<media:content");
                self.attributes(tag, &["url", "type", "fileSize"]);
                if let Some(length) =
                    tag.attribute("length").filter(|length| length.bytes().all(|b| b.is_ascii_digit()))
                {
                    self.out.push_str(&format!(" fileSize=\"{length}\""));
                }
                if tag.attribute("type").is_none() && tag.attribute("medium").is_some_and(|medium| medium == "image") {
                    self.out.push_str(&format!(" type=\"{THUMBNAIL}\""));
                }
                self.out.push('>');
                self.push(tag, Some("media:content"));
            }
            Action::Thumbnail(attribute) => {
                if let Some(url) = tag.attribute(attribute) {
                    self.out.push_str(&format!("<media:content type=\"{THUMBNAIL}\" url=\""));
                    escape_into(&mut self.out, &url);
                    self.out.push_str("\"></media:content>");
                }
                self.push(tag, None);
            }
            Action::Text(name) => self.text(tag, name),
        }
    }

    /// Opens an element, or closes it at once if its tag does.
    fn push(&mut self, tag: &Tag<'a>, written: Option<&'static str>) {
        let open = Open { name: tag.name, written };
        if tag.is_empty { self.close(&open) } else { self.open.push(open) }
    }

    fn end(&mut self, name: &str) {
        let Some(at) = self.open.iter().rposition(|open| open.name == name) else { return };
        // What its end tag was forgotten for ends here as well.
        while self.open.len() > at {
            if let Some(open) = self.open.pop() {
                self.close(&open);
            }
        }
    }

    fn close(&mut self, open: &Open<'a>) {
        match open.written {
            None | Some("") => {}
            Some(name @ ("item" | "entry")) => {
                if self.item.is_some() {
                    self.finish_item(name);
                }
            }
            Some(name) => self.out.push_str(&format!("</{name}>")),
        }
    }

    fn finish_item(&mut self, name: &'static str) {
        if let Some(at) = self.open.iter().rposition(|open| open.written == Some(name)) {
            for open in self.open.split_off(at).into_iter().skip(1).rev() {
                if let Some(inner) = open.written.filter(|inner| !inner.is_empty()) {
                    self.out.push_str(&format!("</{inner}>"));
                }
            }
        }
        if let Some(item) = self.item.take() {
            let missing = item.stand_in.filter(|_| !item.has_link && self.dialect == Dialect::Rss);
            if let Some(link) = item.original.or(missing) {
                let mut element = String::from(match self.dialect {
                    Dialect::Rss => "<link>",
                    Dialect::Atom => "<link href=\"",
                });
                escape_into(&mut element, &link);
                element.push_str(if self.dialect == Dialect::Rss { "</link>" } else { "\"></link>" });
                self.out.insert_str(item.starts, &element);
            }
        }
        self.out.push_str(&format!("</{name}>"));
        self.whole = self.out.len();
    }

    /// Reads an element's whole content and writes it as text, whatever it is: escaped, CDATA or bare markup.
    fn text(&mut self, tag: &Tag<'a>, name: &'static str) {
        let content = if tag.is_empty { Content::default() } else { self.content(tag) };
        let is_markup = tag.attribute("mode").is_some_and(|mode| mode == "xml")
            || tag.attribute("type").is_some_and(|kind| kind.contains("xhtml"));
        let value = content.value(is_markup);
        match name {
            "original" => self.note_item(|item| item.original = Some(value.trim().to_owned()).filter(|v| is_web(v))),
            "link" => {
                let href = tag.attribute("href").filter(|_| is_alternate(tag));
                let link = Some(value.trim().to_owned()).filter(|value| !value.is_empty());
                self.note_item(|item| {
                    item.has_link |= link.is_some();
                    item.stand_in = href.or(item.stand_in.take());
                });
                if let Some(link) = link {
                    self.element("link", "", &link);
                }
            }
            "guid" => {
                let guid = value.trim();
                let is_permalink =
                    tag.attribute("isPermaLink").is_none_or(|value| !value.eq_ignore_ascii_case("false"));
                if is_permalink && is_web(guid) {
                    self.note_item(|item| item.stand_in = item.stand_in.take().or(Some(guid.to_owned())));
                }
                self.element("guid", "", guid);
            }
            "dc:creator" => self.element("dc:creator", "", &without_address(&value)),
            _ if self.dialect == Dialect::Atom => {
                let is_html = content.has_elements || is_html(tag);
                let mut attributes = format!(" type=\"{}\"", if is_html { "html" } else { "text" });
                if let Some(language) = tag.attribute("xml:lang") {
                    attributes.push_str(" xml:lang=\"");
                    escape_into(&mut attributes, &language);
                    attributes.push('"');
                }
                self.element(name, &attributes, &value);
            }
            _ => self.element(name, "", &value),
        }
    }

    fn note_item(&mut self, change: impl FnOnce(&mut Item)) {
        if let Some(item) = &mut self.item {
            change(item);
        }
    }

    fn element(&mut self, name: &str, attributes: &str, text: &str) {
        self.out.push_str(&format!("<{name}{attributes}>"));
        escape_into(&mut self.out, text);
        self.out.push_str(&format!("</{name}>"));
    }

    fn attributes(&mut self, tag: &Tag<'_>, kept: &[&str]) {
        for name in kept {
            if let Some(value) = tag.attribute(name) {
                self.out.push_str(&format!(" {name}=\""));
                escape_into(&mut self.out, &value);
                self.out.push('"');
            }
        }
    }

    /// Takes everything up to the element's end tag, or to where its item must have ended without one.
    fn content(&mut self, tag: &Tag<'a>) -> Content {
        let mut content = Content::default();
        let mut depth = 0_usize;
        loop {
            let start = self.tokens.position();
            let Some(token) = self.tokens.next() else { return content };
            match token {
                Token::End(name) if name == tag.name && depth == 0 => return content,
                Token::End(name) if name == tag.name => depth -= 1,
                Token::Start(inner) if inner.name == tag.name && !inner.is_empty => depth += 1,
                Token::End(name) | Token::Start(Tag { name, .. }) if is_boundary(name) => {
                    self.tokens.jump(start);
                    return content;
                }
                _ => {}
            }
            content.add(token, self.tokens.source(start));
        }
    }
}

/// What an element holds, read in both ways.
#[derive(Default)]
struct Content {
    /// As text: entities decoded, CDATA as it stands.
    text: String,
    /// As markup: tags and text as they stand.
    markup: String,
    has_elements: bool,
}

impl Content {
    fn add(&mut self, token: Token<'_>, source: &str) {
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

    /// The one that was meant.
    fn value(&self, is_markup: bool) -> String {
        match self.has_elements || is_markup {
            // XHTML may carry a prefix, which HTML doesn't know.
            true => self.markup.replace("<xhtml:", "<").replace("</xhtml:", "</"),
            false => self.text.clone(),
        }
    }
}

/// Whether this tag can't stand within a text, so that the text must have ended.
fn is_boundary(name: &str) -> bool {
    matches!(name, "item" | "entry" | "channel" | "rss" | "feed" | "rdf:RDF")
}

fn is_html(tag: &Tag<'_>) -> bool {
    tag.attribute("type").is_some_and(|kind| kind.to_ascii_lowercase().contains("html"))
}

fn is_web(text: &str) -> bool {
    text.starts_with("http://") || text.starts_with("https://")
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

#[cfg(test)]
mod tests;
