//! The output's state: what is open, what is owed, and how the next word gets to a place where it may stand.

use std::fmt::Write as _;

use super::super::attribute;
use super::super::element::Holds;
use super::super::text;
use super::super::title::letters;
use super::{Block, Ending, Gap, Writer};

impl Writer<'_> {
    pub(super) fn top(&mut self) -> &mut Block {
        // The article itself is never closed.
        let last = self.blocks.len() - 1;
        &mut self.blocks[last]
    }

    pub(super) fn open(&mut self, tag: &'static str, holds: Holds, attributes: &str, is_implied: bool) {
        self.close_inlines();
        self.gap = Gap::None;
        self.n_breaks = 0;
        self.top().has_tail = false;
        let start = self.out.len();
        let _ = write!(self.out, "<{tag}{attributes}>");
        self.blocks.push(Block { tag, holds, start, has_content: false, has_tail: false, is_implied, n_paragraphs: 0 });
    }

    pub(super) fn close_blocks(&mut self, n_left: usize) {
        while self.blocks.len() > n_left.max(1) {
            self.close_inlines();
            self.gap = Gap::None;
            self.n_breaks = 0;
            self.held.clear();
            let Some(block) = self.blocks.pop() else { return };
            // Without its cells a row's columns would shift.
            let is_cell = matches!(block.tag, "td" | "th");
            if !block.has_content && !is_cell {
                self.out.truncate(block.start);
                continue;
            }
            let _ = write!(self.out, "</{}>", block.tag);
            if self.blocks.len() == 1 {
                if self.repeats_headline(&block) {
                    self.out.truncate(block.start);
                    continue;
                }
                self.out.push('\n');
            }
            // A caption without what it describes is no figure.
            self.top().has_content |= block.has_content && block.tag != "figcaption";
        }
    }

    fn repeats_headline(&self, block: &Block) -> bool {
        /// Later no heading is an article's first; thousands of them would each look through all before.
        const MAX_BYTES_BEFORE: usize = 16 * 1024;
        let may_be_first = !self.headline.is_empty() && block.start < MAX_BYTES_BEFORE;
        let is_first = may_be_first && matches!(block.tag, "h2" | "h3") && !self.out[..block.start].contains("<p");
        is_first && letters(&text::of(&self.out[block.start..])) == self.headline
    }

    pub(super) fn close_inlines(&mut self) {
        for inline in self.inlines.iter_mut().rev().filter(|inline| inline.is_written) {
            inline.is_written = false;
            let _ = write!(self.out, "</{}>", inline.tag);
        }
    }

    /// What came before and what comes now don't stand in one line.
    pub(super) fn boundary(&mut self) {
        let is_caption = self.top().tag == "figcaption";
        match self.top().holds {
            Holds::Paragraph => {
                let n_left = self.blocks.len() - 1;
                self.close_blocks(n_left);
            }
            Holds::Phrasing if !is_caption => self.gap = Gap::Space,
            Holds::Phrasing | Holds::Item => {
                if self.top().has_tail {
                    self.n_breaks = self.n_breaks.max(1);
                }
                self.gap = Gap::None;
            }
            Holds::Preformatted => {
                if !self.held.contains('\n') {
                    self.held.push('\n');
                }
            }
            _ => {
                self.close_inlines();
                self.top().has_tail = false;
                self.gap = Gap::None;
                self.n_breaks = 0;
            }
        }
    }

    /// Opens what the source forgot, until the innermost block may hold blocks or text; whether it may hold blocks.
    pub(super) fn descend(&mut self) -> bool {
        loop {
            match self.top().holds {
                Holds::List => self.open("li", Holds::Item, "", true),
                Holds::Terms => self.open("dd", Holds::Item, "", true),
                Holds::Table => self.open("tbody", Holds::Section, "", true),
                Holds::Section => self.open("tr", Holds::Row, "", true),
                Holds::Row => self.open("td", Holds::Item, "", true),
                Holds::Flow | Holds::Figure | Holds::Item => return true,
                Holds::Paragraph | Holds::Phrasing | Holds::Preformatted | Holds::Media => return false,
            }
        }
    }

    /// Brings the output to where a word or a picture can be written.
    pub(super) fn ready(&mut self, is_picture: bool) {
        if self.descend() {
            let needs_paragraph = match self.top().holds {
                Holds::Flow => true,
                Holds::Figure => !is_picture,
                _ => self.top().n_paragraphs > 0,
            };
            if needs_paragraph {
                let attributes = self.paragraph_attributes();
                self.open("p", Holds::Paragraph, &attributes, true);
            }
        }
        let n_breaks = std::mem::take(&mut self.n_breaks);
        let gap = std::mem::replace(&mut self.gap, Gap::None);
        if self.top().has_tail {
            if n_breaks >= 2 && self.top().holds == Holds::Paragraph {
                let n_left = self.blocks.len() - 1;
                self.close_blocks(n_left);
                let attributes = self.paragraph_attributes();
                self.open("p", Holds::Paragraph, &attributes, true);
            } else if n_breaks > 0 {
                self.out.push_str(if n_breaks > 1 { "<br><br>" } else { "<br>" });
            } else {
                match gap {
                    Gap::None => {}
                    Gap::Space => self.out.push(' '),
                    Gap::NoBreak => self.out.push_str("&nbsp;"),
                }
            }
        }
        if self.top().holds == Holds::Preformatted {
            let held = std::mem::take(&mut self.held);
            // Parsers swallow a line break at the start, so none is left there.
            let held =
                if self.top().has_content { held.as_str() } else { held.rsplit('\n').next().unwrap_or_default() };
            push_escaped(&mut self.out, held, false);
        }
        for inline in self.inlines.iter_mut().filter(|inline| !inline.is_written) {
            inline.is_written = true;
            self.out.push_str(&inline.start);
        }
        let top = self.top();
        top.has_tail = true;
        top.has_content = true;
    }

    pub(super) fn paragraph_attributes(&self) -> String {
        let mut around = self.frames.iter().rev().take_while(|frame| !matches!(frame.ending, Ending::Blocks(_)));
        let Some(frame) = around.find(|frame| !frame.attributes.is_empty()) else { return String::new() };
        // Templates say `ltr` of the whole page; it tells something only inside the other direction.
        let is_default = matches!(frame.ending, Ending::Boundary) && frame.attributes == attribute::LEFT_TO_RIGHT;
        if is_default && !self.frames.iter().any(|frame| frame.attributes.contains("rtl")) {
            return String::new();
        }
        frame.attributes.clone()
    }

    /// Closes implied blocks until one of these is the innermost; whether one is.
    pub(super) fn unwind(&mut self, wanted: &[Holds]) -> bool {
        let depth =
            self.blocks.iter().rev().take_while(|block| block.is_implied && !wanted.contains(&block.holds)).count();
        let Some(at) = self.blocks.len().checked_sub(depth + 1) else { return false };
        if !wanted.contains(&self.blocks[at].holds) {
            return false;
        }
        self.close_blocks(at + 1);
        true
    }

    pub(super) fn end_inline(&mut self) {
        if let Some(inline) = self.inlines.pop().filter(|inline| inline.is_written) {
            let _ = write!(self.out, "</{}>", inline.tag);
        }
    }

    pub(super) fn preformatted(&mut self, text: &str) {
        for line in text.split_inclusive(['\n', '\r']) {
            let is_blank = |c: char| is_space(c) || is_dropped(c);
            let body = line.trim_end_matches(is_blank);
            let start = body.trim_start_matches(is_blank);
            if start.chars().any(is_visible) {
                self.held.push_str(&body[..body.len() - start.len()]);
                self.ready(false);
                push_escaped(&mut self.out, start, false);
            } else if !body.is_empty() {
                continue;
            }
            // A lone or leading CR is part of CR LF or means LF.
            for c in line[body.len()..].chars().filter(|c| *c != '\r') {
                self.held.push(c);
            }
        }
    }
}

/// Appends text, escaped as HTML serialisers do.
pub(super) fn push_escaped(out: &mut String, text: &str, is_attribute: bool) {
    // Of what isn't ASCII, only characters that begin with these two bytes need a look.
    let is_plain = |byte: u8| match byte {
        b'&' | b'<' | b'>' | 0x7f | 0xc2 | 0xef => false,
        b'"' => !is_attribute,
        _ => byte >= b' ',
    };
    let mut rest = text;
    while !rest.is_empty() {
        let (plain, other) = rest.split_at(rest.bytes().position(|byte| !is_plain(byte)).unwrap_or(rest.len()));
        out.push_str(plain);
        let Some(c) = other.chars().next() else { return };
        rest = &other[c.len_utf8()..];
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '\u{a0}' => out.push_str("&nbsp;"),
            '"' if is_attribute => out.push_str("&quot;"),
            // What XML 1.0 can't hold, and marks of byte order in mid-text.
            _ if is_dropped(c) => {}
            _ => out.push(c),
        }
    }
}

/// Whether a character is never written.
fn is_dropped(c: char) -> bool {
    matches!(c, '\u{feff}' | '\u{fffe}' | '\u{ffff}') || c.is_control() && c != '\n' && c != '\t'
}

/// How many bytes at the start of a text are words of visible ASCII with one space between, and whole.
pub(super) fn plain_length(text: &str) -> usize {
    let mut end = 0;
    let mut is_word = false;
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'!'..=b'~' => is_word = true,
            b' ' if is_word => (end, is_word) = (at, false),
            b'\t' | b'\n' | b'\r' | b'\x0C' | b' ' => return if is_word { at } else { end },
            _ => return end,
        }
    }
    if is_word { text.len() } else { end }
}

/// White space that collapses; a no-break space does where it stands at an edge.
pub(super) fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\n' | '\r' | '\u{c}' | '\u{a0}' | '\u{2028}' | '\u{2029}')
}

/// Whether a reader sees the character, so that a paragraph of it isn't empty.
pub(super) fn is_visible(c: char) -> bool {
    !c.is_control() && !matches!(c, '\u{200b}' | '\u{2060}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}')
}
