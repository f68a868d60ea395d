//! One walk over the parsed page: elements, blocks of text and what the head says, in reading order.
//!
//! Everything later works on these flat lists: a subtree is a range of each of them, sums over a subtree are
//! differences of prefix sums, and nothing recurses.

mod walk;

use std::borrow::Cow;
use std::cell::OnceCell;
use std::ops::Range;

use ego_tree::NodeRef;
use scraper::{Html, Node};

use super::measure::Measure;
use super::tag::Tag;

/// A page laid out flat.
#[derive(Debug)]
pub(super) struct Survey<'a> {
    /// Elements in reading order; the first is the root.
    pub(super) elements: Vec<Element<'a>>,
    /// Blocks of text in reading order.
    pub(super) blocks: Vec<Block>,
    /// What is shown, in reading order.
    pub(super) tape: Vec<Piece<'a>>,
    /// What the page says of itself outside its text.
    pub(super) head: Head<'a>,
}

/// An element and the ranges its subtree takes.
#[derive(Debug)]
pub(super) struct Element<'a> {
    pub(super) node: NodeRef<'a, Node>,
    pub(super) tag: Tag,
    /// Index of the parent; the root is its own.
    pub(super) parent: usize,
    /// Elements of the subtree, itself first.
    pub(super) inside: Range<usize>,
    /// Blocks of the subtree.
    pub(super) blocks: Range<usize>,
    /// Pieces of the subtree.
    pub(super) tape: Range<usize>,
    /// Blocks whose text stands directly in this element.
    pub(super) n_own_blocks: usize,
    pub(super) class: &'a str,
    pub(super) id: &'a str,
    pub(super) itemprop: &'a str,
    /// `aria-hidden=true`.
    pub(super) is_hidden_from_readers: bool,
    /// For an image: the one that `<noscript>` shows in its place.
    pub(super) twin: Option<NodeRef<'a, Node>>,
}

impl<'a> Element<'a> {
    /// An attribute's value.
    pub(super) fn attr(&self, name: &str) -> Option<&'a str> {
        attr(self.node, name)
    }

    /// The element's name.
    pub(super) fn name(&self) -> &'a str {
        self.node.value().as_element().map_or("", |element| element.name())
    }
}

/// An attribute of a node.
pub(super) fn attr<'a>(node: NodeRef<'a, Node>, name: &str) -> Option<&'a str> {
    let element = node.value().as_element()?;
    // Scanning few attributes beats building the atom that scraper's own look-up needs.
    element.attrs.iter().find(|(key, _)| &*key.local == name).map(|(_, value)| &**value)
}

/// A run of text that no block-level element, no rule and no blank line interrupts.
#[derive(Debug)]
pub(super) struct Block {
    /// The block-level element it stands in.
    pub(super) parent: usize,
    /// Its pieces.
    pub(super) tape: Range<usize>,
    /// All its text.
    pub(super) measure: Measure,
    /// Its text inside links.
    pub(super) linked: Measure,
    pub(super) n_links: u32,
    pub(super) is_sentence: bool,
    /// Its text, once somebody has asked for it, and only if it is short.
    line: OnceCell<Option<Box<str>>>,
}

impl Block {
    /// Words in it.
    pub(super) fn words(&self) -> f32 {
        self.measure.words()
    }

    /// Share of its text that is linked: 0.0 to 1.0.
    pub(super) fn link_density(&self) -> f32 {
        if self.measure.n_chars == 0 { 0.0 } else { self.linked.n_chars as f32 / self.measure.n_chars as f32 }
    }
}

/// One step of the page as it is shown.
#[derive(Debug, Clone, Copy)]
pub(super) enum Piece<'a> {
    Open(usize),
    Text(&'a str),
    Close(usize),
}

/// What the page says of itself outside its text.
#[derive(Debug, Default)]
pub(super) struct Head<'a> {
    pub(super) language: Option<&'a str>,
    pub(super) base: Option<&'a str>,
    pub(super) title: Option<&'a str>,
    /// `name` or `property` or `itemprop`, and `content`, as written.
    pub(super) metas: Vec<(&'a str, &'a str)>,
    /// `rel` and `href` of `<link>`.
    pub(super) links: Vec<(&'a str, &'a str)>,
    /// The texts of `<script type=application/ld+json>`.
    pub(super) json_ld: Vec<&'a str>,
}

impl<'a> Survey<'a> {
    /// Lays a page out.
    pub(super) fn of(html: &'a Html) -> Self {
        walk::walk(html)
    }

    /// Whether an element is, or stands inside, another.
    pub(super) fn is_within(&self, element_idx: usize, ancestor_idx: usize) -> bool {
        self.elements[ancestor_idx].inside.contains(&element_idx)
    }

    /// The element and its ancestors, up to the root.
    pub(super) fn lineage(&self, element_idx: usize) -> impl Iterator<Item = usize> + '_ {
        let mut next = Some(element_idx);
        std::iter::from_fn(move || {
            let idx = next?;
            let parent = self.elements[idx].parent;
            next = (parent != idx).then_some(parent);
            Some(idx)
        })
    }

    /// The shown text of some pieces on one line, cut at a word after about so many bytes.
    pub(super) fn text(&self, tape: Range<usize>, max_bytes: usize) -> String {
        let mut text = String::with_capacity(max_bytes.min(128));
        let mut has_gap = false;
        for piece in &self.tape[tape] {
            match piece {
                Piece::Text(part) => {
                    has_gap |= part.starts_with(char::is_whitespace);
                    let inner = part.trim_ascii();
                    let is_short = text.len() + inner.len() < max_bytes;
                    if is_short && is_tidy(inner) {
                        if has_gap && !text.is_empty() && !inner.is_empty() {
                            text.push(' ');
                        }
                        text.push_str(inner);
                        has_gap = part.ends_with(char::is_whitespace) || (has_gap && part.is_empty());
                        continue;
                    }
                    for word in words(part) {
                        if text.len() > max_bytes {
                            return text;
                        }
                        if has_gap && !text.is_empty() {
                            text.push(' ');
                        }
                        text.push_str(word);
                        has_gap = true;
                    }
                    has_gap = part.ends_with(char::is_whitespace) || (has_gap && part.is_empty());
                }
                Piece::Open(idx) | Piece::Close(idx) => has_gap |= !self.elements[*idx].tag.is_phrasing(),
            }
        }
        text
    }

    /// The text of a block on one line, cut as by [`Survey::text`]; that of a short one is remembered, since
    /// headlines, dates, names and phrases are all looked for in the same few lines.
    pub(super) fn line(&self, block_idx: usize, max_bytes: usize) -> Cow<'_, str> {
        /// Longer lines are asked for once.
        const MAX_REMEMBERED: usize = 300;
        let block = &self.blocks[block_idx];
        let remembered = block.line.get_or_init(|| {
            let text = self.text(block.tape.clone(), MAX_REMEMBERED);
            (text.len() <= MAX_REMEMBERED).then(|| text.into_boxed_str())
        });
        match remembered {
            Some(line) if line.len() <= max_bytes => Cow::Borrowed(line),
            _ => Cow::Owned(self.text(block.tape.clone(), max_bytes)),
        }
    }

    /// The first character of a block that isn't white space.
    pub(super) fn first_char(&self, block_idx: usize) -> Option<char> {
        self.tape[self.blocks[block_idx].tape.clone()].iter().find_map(|piece| match piece {
            Piece::Text(part) => part.trim_start().chars().next(),
            _ => None,
        })
    }

    /// The shown text of an element on one line.
    pub(super) fn element_text(&self, element_idx: usize) -> String {
        self.text(self.elements[element_idx].tape.clone(), 2000)
    }
}

/// Whether a text is plain ASCII with nothing but single spaces between its words, so that it can be taken as it is.
fn is_tidy(text: &str) -> bool {
    let mut before = 0;
    text.bytes().all(|byte| {
        let is_double = byte == b' ' && before == b' ';
        before = byte;
        byte.is_ascii() && !matches!(byte, b'\t'..=b'\r') && !is_double
    })
}

/// The parts of a text between white space. Most texts are plain ASCII, which needs no look at characters.
fn words(text: &str) -> impl Iterator<Item = &str> {
    let is_ascii = text.is_ascii();
    let mut rest = text;
    std::iter::from_fn(move || {
        let is_space = |byte: &u8| matches!(byte, b'\t'..=b'\r' | b' ');
        let (word, after) = if is_ascii {
            let start = rest.bytes().position(|byte| !is_space(&byte))?;
            let word = &rest[start..];
            word.split_at(word.bytes().position(|byte| is_space(&byte)).unwrap_or(word.len()))
        } else {
            let word = rest.trim_start();
            word.split_at(word.find(char::is_whitespace).unwrap_or(word.len()))
        };
        rest = after;
        (!word.is_empty()).then_some(word)
    })
}
