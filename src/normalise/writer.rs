//! Writes an article's markup so that it says all and nothing twice: paragraphs, headings, lists, tables, figures.
//!
//! Whatever comes in, what goes out is nested as HTML wants it (no block in a paragraph, no link in a link, rows
//! in sections), so that parsing it gives the same tree and cleaning it again changes nothing. Blocks are written
//! at once and taken back if they end empty; elements of a line are written when something visible comes, and
//! written anew in each block they reach into.

mod flow;

use std::fmt::Write as _;

use url::Url;

use self::flow::{is_space, is_visible, push_escaped};

use super::attribute;
use super::element::{Holds, Kind, kind};
use super::markup::{Attributes, Sink};
use super::media::{self, Embed, Image};
use super::title::letters;

/// Deepest nesting we write; deeper elements give their content to the one around them.
const MAX_DEPTH: usize = 48;

/// Collects the article from markup events.
pub(super) struct Writer<'a> {
    base: &'a Url,
    out: String,
    /// Open blocks; the first is the article itself.
    blocks: Vec<Block>,
    /// Open elements of a line, written or not.
    inlines: Vec<Inline>,
    /// Open elements of the source.
    frames: Vec<Frame>,
    /// Depth inside a dropped element.
    n_dropped: usize,
    gap: Gap,
    n_breaks: usize,
    /// White space of preformatted text that may turn out to be its end.
    held: String,
    /// The picture just written, so that a copy for readers without scripts isn't shown twice.
    last_image: String,
    /// The article's headline, in letters: its body doesn't say it again.
    headline: String,
}

struct Block {
    tag: &'static str,
    holds: Holds,
    /// Where its start tag begins.
    start: usize,
    has_content: bool,
    /// Whether something of a line stands directly before.
    has_tail: bool,
    /// Whether we opened it where the source forgot to.
    is_implied: bool,
    /// Open paragraphs of the source inside it.
    n_paragraphs: usize,
}

struct Inline {
    tag: &'static str,
    start: String,
    is_written: bool,
}

struct Frame {
    ending: Ending,
    /// Direction and language for the paragraphs inside.
    attributes: String,
}

enum Ending {
    Nothing,
    Boundary,
    Paragraph,
    /// Closes all blocks but so many.
    Blocks(usize),
    Inline,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Gap {
    None,
    Space,
    NoBreak,
}

impl<'a> Writer<'a> {
    /// A writer for a body whose relative addresses refer to `base`.
    pub(super) fn new(base: &'a Url) -> Self {
        let root = Block {
            tag: "",
            holds: Holds::Flow,
            start: 0,
            has_content: false,
            has_tail: false,
            is_implied: false,
            n_paragraphs: 0,
        };
        Self {
            base,
            out: String::new(),
            blocks: vec![root],
            inlines: Vec::new(),
            frames: Vec::new(),
            n_dropped: 0,
            gap: Gap::None,
            n_breaks: 0,
            held: String::new(),
            last_image: String::new(),
            headline: String::new(),
        }
    }

    /// Leaves out a first heading that repeats the article's.
    pub(super) fn without_headline(mut self, headline: &str) -> Self {
        self.headline = letters(headline);
        self
    }

    /// Ends the line, as the end of a paragraph does.
    pub(super) fn end_paragraph(&mut self) {
        self.boundary();
    }

    /// The markup.
    pub(super) fn finish(mut self) -> String {
        self.close_blocks(1);
        loop {
            let end = self.out.trim_end().len();
            self.out.truncate(end);
            match self.out.strip_suffix("<hr>") {
                Some(rest) => self.out.truncate(rest.len()),
                None => return self.out,
            }
        }
    }

    fn start_block(&mut self, tag: &'static str, holds: Holds, attributes: &Attributes<'_>) -> Ending {
        self.boundary();
        if self.blocks.len() + self.inlines.len() > MAX_DEPTH {
            return Ending::Boundary;
        }
        let fits = match tag {
            "li" => self.unwind(&[Holds::List]),
            "dt" | "dd" => self.unwind(&[Holds::Terms]),
            "tr" => self.unwind(&[Holds::Section, Holds::Table]),
            "td" | "th" => self.unwind(&[Holds::Row, Holds::Section, Holds::Table]),
            "thead" | "tbody" | "tfoot" => self.unwind(&[Holds::Table]),
            "caption" => self.top().holds == Holds::Table && !self.top().has_content,
            "summary" => self.top().tag == "details" && !self.top().has_content,
            "figcaption" => self.top().holds == Holds::Figure,
            _ => self.descend(),
        };
        if !fits {
            return Ending::Boundary;
        }
        match (tag, self.top().holds) {
            ("tr", Holds::Table) => self.open("tbody", Holds::Section, "", true),
            ("td" | "th", Holds::Table) => {
                self.open("tbody", Holds::Section, "", true);
                self.open("tr", Holds::Row, "", true);
            }
            ("td" | "th", Holds::Section) => self.open("tr", Holds::Row, "", true),
            _ => {}
        }
        let n_blocks = self.blocks.len();
        let mut written = attribute::of_block(tag, attributes, self.base);
        if !written.contains(" dir=") {
            let inherited = self.paragraph_attributes();
            if let Some(start) = inherited.find(" dir=") {
                written.push_str(&inherited[start..]);
            }
        }
        self.open(tag, holds, &written, false);
        Ending::Blocks(n_blocks)
    }

    fn start_inline(&mut self, tag: &'static str, attributes: &Attributes<'_>) -> Ending {
        let nests = matches!(tag, "q" | "sub" | "sup" | "span" | "bdi" | "bdo");
        let is_active = |tag: &str| self.inlines.iter().any(|inline| inline.tag == tag);
        let fits = match tag {
            "rt" | "rp" => self.inlines.last().is_some_and(|inline| inline.tag == "ruby"),
            _ => nests || !is_active(tag),
        };
        if !fits || self.blocks.len() + self.inlines.len() > MAX_DEPTH {
            return Ending::Nothing;
        }
        let Some(written) = attribute::of_inline(tag, attributes, self.base) else { return Ending::Nothing };
        self.inlines.push(Inline { tag, start: format!("<{tag}{written}>"), is_written: false });
        Ending::Inline
    }

    fn image(&mut self, attributes: &Attributes<'_>) {
        match media::image(attributes, self.base) {
            Image::Nothing => {}
            Image::Text(text) => self.text(&text),
            Image::Tag(tag) if tag == self.last_image => {}
            Image::Tag(tag) => {
                self.ready(true);
                self.out.push_str(&tag);
                self.last_image = tag;
            }
        }
    }

    fn embed(&mut self, attributes: &Attributes<'_>) {
        match media::embed(attributes, self.base) {
            Embed::Nothing => {}
            Embed::Player(tag) => {
                self.boundary();
                if self.descend() {
                    self.close_inlines();
                    self.out.push_str(&tag);
                    if self.blocks.len() == 1 {
                        self.out.push('\n');
                    }
                    self.top().has_content = true;
                    self.top().has_tail = false;
                    self.n_breaks = 0;
                }
            }
            Embed::Link(url, text) => {
                self.boundary();
                let mut start = String::from("<a");
                push_attribute(&mut start, "href", &url);
                start.push_str(attribute::REL);
                start.push('>');
                let is_link = self.inlines.iter().any(|inline| inline.tag == "a");
                if !is_link {
                    self.inlines.push(Inline { tag: "a", start, is_written: false });
                }
                self.text(&text);
                if !is_link {
                    self.end_inline();
                }
                self.boundary();
            }
        }
    }

    fn start_media(&mut self, tag: &'static str, attributes: &Attributes<'_>) -> Ending {
        self.boundary();
        if !self.descend() {
            self.n_dropped = 1;
            return Ending::Nothing;
        }
        let n_blocks = self.blocks.len();
        let (written, has_file) = media::media(attributes, self.base);
        self.open(tag, Holds::Media, &written, false);
        self.top().has_content = has_file;
        Ending::Blocks(n_blocks)
    }

    fn rule(&mut self) {
        self.boundary();
        let may = matches!(self.top().holds, Holds::Flow | Holds::Item) && self.top().has_content;
        if may && !self.out.trim_end().ends_with("<hr>") {
            self.close_inlines();
            self.out.push_str("<hr>");
            if self.blocks.len() == 1 {
                self.out.push('\n');
            }
            self.n_breaks = 0;
            self.top().has_tail = false;
        }
    }
}

impl Sink for Writer<'_> {
    fn start(&mut self, name: &str, attributes: &Attributes<'_>) {
        if self.n_dropped > 0 {
            self.n_dropped += 1;
            return;
        }
        let kind = kind(name);
        if self.top().holds == Holds::Media {
            if kind == Kind::Source
                && let Some(tag) = media::source(attributes, self.base)
            {
                self.out.push_str(&tag);
                self.top().has_content = true;
            }
            self.n_dropped = 1;
            return;
        }
        let mut written = String::new();
        let ending = match kind {
            Kind::Dropped | Kind::Source => {
                self.n_dropped = 1;
                return;
            }
            Kind::Formula => {
                if let Some(formula) = attributes.get("alttext") {
                    self.text(&formula);
                }
                self.n_dropped = 1;
                return;
            }
            Kind::Embed => {
                self.embed(attributes);
                self.n_dropped = 1;
                return;
            }
            Kind::Wrapper => {
                self.boundary();
                written = attribute::direction(attributes);
                Ending::Boundary
            }
            Kind::Paragraph => {
                self.boundary();
                written = attribute::of_block("p", attributes, self.base);
                self.top().n_paragraphs += 1;
                Ending::Paragraph
            }
            Kind::Block(tag, holds) => {
                written = attribute::direction(attributes);
                self.start_block(tag, holds, attributes)
            }
            Kind::Media(tag) => {
                let ending = self.start_media(tag, attributes);
                if self.n_dropped > 0 {
                    return;
                }
                ending
            }
            Kind::Inline(tag) => self.start_inline(tag, attributes),
            Kind::Passive => Ending::Nothing,
            Kind::Image => {
                self.image(attributes);
                Ending::Nothing
            }
            Kind::Break => {
                if self.top().holds == Holds::Preformatted {
                    self.held.push('\n');
                } else {
                    self.n_breaks += 1;
                    self.gap = Gap::None;
                }
                Ending::Nothing
            }
            Kind::WordBreak => {
                if self.top().has_tail && self.gap == Gap::None && self.n_breaks == 0 && self.held.is_empty() {
                    self.out.push_str("<wbr>");
                }
                Ending::Nothing
            }
            Kind::Rule => {
                self.rule();
                Ending::Nothing
            }
        };
        self.frames.push(Frame { ending, attributes: written });
    }

    fn end(&mut self, _name: &str) {
        if self.n_dropped > 0 {
            self.n_dropped -= 1;
            return;
        }
        match self.frames.pop().map(|frame| frame.ending) {
            Some(Ending::Boundary) => self.boundary(),
            Some(Ending::Paragraph) => {
                self.boundary();
                let top = self.top();
                top.n_paragraphs = top.n_paragraphs.saturating_sub(1);
            }
            Some(Ending::Blocks(n_left)) => self.close_blocks(n_left),
            Some(Ending::Inline) => self.end_inline(),
            Some(Ending::Nothing) | None => {}
        }
    }

    fn text(&mut self, text: &str) {
        if self.n_dropped > 0 || self.top().holds == Holds::Media {
            return;
        }
        if self.top().holds == Holds::Preformatted {
            self.preformatted(text);
            return;
        }
        let mut rest = text;
        while !rest.is_empty() {
            let word_start = rest.trim_start_matches(is_space);
            let space = &rest[..rest.len() - word_start.len()];
            if space.chars().any(|c| c != '\u{a0}') {
                self.gap = Gap::Space;
            } else if !space.is_empty() && self.gap == Gap::None {
                self.gap = Gap::NoBreak;
            }
            let plain = flow::plain_length(word_start);
            if plain > 0 {
                self.ready(false);
                push_escaped(&mut self.out, &word_start[..plain], false);
                self.last_image.clear();
                rest = &word_start[plain..];
                continue;
            }
            let end = word_start.find(is_space).unwrap_or(word_start.len());
            let word = &word_start[..end];
            if word.chars().any(is_visible) {
                self.ready(false);
                push_escaped(&mut self.out, word, false);
                self.last_image.clear();
            }
            rest = &word_start[end..];
        }
    }
}

/// Appends ` name="value"`, escaped as HTML serialisers do.
pub(super) fn push_attribute(out: &mut String, name: &str, value: &str) {
    let _ = write!(out, " {name}=\"");
    push_escaped(out, value, true);
    out.push('"');
}
