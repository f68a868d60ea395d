//! What stays of the page, written as an HTML fragment: only elements that mean something, without their styling.

use super::images;
use super::judge::Verdicts;
use super::media::{self, Media, Medium};
use super::survey::{Element, Piece, Survey, attr};
use super::tag::Tag;

/// Writes what stays inside the article's place.
///
/// `signature` is a block and how many characters, white space not counted, to leave out at its start.
pub(super) fn fragment(
    survey: &Survey<'_>,
    root: usize,
    verdicts: &Verdicts,
    media: &Media,
    signature: Option<(usize, usize)>,
) -> String {
    let mut n_kept = Vec::with_capacity(survey.blocks.len() + 1);
    let mut n = 0_u32;
    n_kept.push(n);
    for idx in 0..survey.blocks.len() {
        n += u32::from(verdicts.is_kept(idx));
        n_kept.push(n);
    }
    let mut pen = Pen {
        survey,
        media,
        n_kept,
        out: String::with_capacity(8192),
        open: Vec::new(),
        n_headings: 0,
        n_pres: 0,
        has_code: false,
        n_tables: 0,
        signature,
        n_to_skip: 0,
    };
    pen.write(root, verdicts);
    pen.out
}

struct Pen<'a, 'b> {
    survey: &'b Survey<'a>,
    media: &'b Media,
    /// Blocks that stay before each block; one entry more than blocks.
    n_kept: Vec<u32>,
    out: String,
    /// Elements written and not yet closed, with the name they were given.
    open: Vec<(usize, &'a str)>,
    n_headings: usize,
    n_pres: usize,
    /// Whether the open `<pre>` has a line already.
    has_code: bool,
    n_tables: usize,
    signature: Option<(usize, usize)>,
    n_to_skip: usize,
}

impl<'a> Pen<'a, '_> {
    fn write(&mut self, root: usize, verdicts: &Verdicts) {
        let range = self.survey.elements[root].tape.clone();
        let blocks = &self.survey.blocks;
        let mut block_idx = self.survey.elements[root].blocks.start;
        let mut at = range.start;
        while at < range.end {
            while blocks.get(block_idx).is_some_and(|block| block.tape.start < at) {
                block_idx += 1;
            }
            if let Some(block) = blocks.get(block_idx).filter(|block| block.tape.start == at) {
                if verdicts.is_kept(block_idx) {
                    self.run(block_idx);
                } else {
                    self.media_of_run(block_idx);
                }
                at = block.tape.end;
                continue;
            }
            at = match self.survey.tape[at] {
                Piece::Open(idx) if self.survey.elements[idx].tag == Tag::Rule => {
                    self.rule(block_idx);
                    at + 1
                }
                Piece::Open(idx) => self.enter(idx, at),
                Piece::Close(idx) => {
                    self.leave(idx);
                    at + 1
                }
                Piece::Text(_) => at + 1,
            };
        }
        while let Some((idx, _)) = self.open.last().copied() {
            self.leave(idx);
        }
    }

    /// Writes one block.
    fn run(&mut self, block_idx: usize) {
        let block = &self.survey.blocks[block_idx];
        let parent = &self.survey.elements[block.parent];
        let shares_its_element = parent.n_own_blocks > 1 && !matches!(parent.tag, Tag::Heading(_) | Tag::Pre);
        let needs_paragraph =
            (parent.tag.is_bare_container() || shares_its_element) && self.n_headings + self.n_pres == 0;
        if needs_paragraph {
            self.out.push_str("<p>");
        }
        if let Some((_, n_chars)) = self.signature.filter(|(signed, _)| *signed == block_idx) {
            self.n_to_skip = n_chars;
        }
        if self.n_pres > 0 && self.has_code && !self.out.ends_with('\n') {
            self.out.push('\n');
        }
        self.has_code = self.n_pres > 0;
        let n_open = self.open.len();
        let mut is_empty = true;
        let mut shown_from = block.tape.start;
        for at in block.tape.clone() {
            if at < shown_from {
                continue;
            }
            match self.survey.tape[at] {
                Piece::Text(text) => {
                    is_empty = is_empty && text.trim().is_empty();
                    self.text(text);
                }
                Piece::Open(idx) if self.survey.elements[idx].tag == Tag::Break => {
                    if self.n_pres > 0 {
                        self.out.push('\n');
                    } else if !is_empty {
                        self.out.push_str("<br>");
                    }
                }
                Piece::Open(idx) if self.is_hidden(idx, block_idx) => shown_from = self.survey.elements[idx].tape.end,
                Piece::Open(idx) => {
                    self.open(idx);
                }
                Piece::Close(idx) => self.leave(idx),
            }
        }
        while self.open.len() > n_open {
            let (idx, _) = self.open[self.open.len() - 1];
            self.leave(idx);
        }
        while self.n_pres == 0 && self.out.ends_with("<br>") {
            self.out.truncate(self.out.len() - "<br>".len());
        }
        if needs_paragraph {
            self.out.push_str("</p>");
        }
    }

    /// Writes the images that stay of a block that goes: its text was only a label.
    fn media_of_run(&mut self, block_idx: usize) {
        for at in self.survey.blocks[block_idx].tape.clone() {
            if let Piece::Open(idx) = self.survey.tape[at] {
                self.medium(idx);
            }
        }
    }

    /// Writes a rule between two blocks that follow each other on the page too.
    fn rule(&mut self, next: usize) {
        let is_kept = |idx: usize| self.n_kept.get(idx + 1).is_some_and(|n| *n > self.n_kept[idx]);
        if next > 0 && is_kept(next - 1) && is_kept(next) && self.n_tables + self.n_pres == 0 {
            self.out.push_str("<hr>");
        }
    }

    /// Whether a part of a block isn't there for eyes; what most of the block is always stays.
    fn is_hidden(&self, idx: usize, block_idx: usize) -> bool {
        const CLASSES: [&str; 6] =
            ["sr-only", "screen-reader-text", "visually-hidden", "visuallyhidden", "a11y-hidden", "u-hidden-visually"];
        let element = &self.survey.elements[idx];
        if !element.tag.is_phrasing() {
            return false;
        }
        let is_unseen = element.class.split_ascii_whitespace().any(|class| CLASSES.contains(&class))
            || element.attr("hidden").is_some()
            || element.attr("style").is_some_and(images::hides)
            || self.n_pres > 0 && media::is_gutter(self.survey, element);
        if !is_unseen {
            return false;
        }
        let n_chars = |tape: &[Piece<'_>]| -> usize {
            tape.iter().map(|piece| if let Piece::Text(text) = piece { text.trim().len() } else { 0 }).sum()
        };
        let all = n_chars(&self.survey.tape[self.survey.blocks[block_idx].tape.clone()]);
        2 * n_chars(&self.survey.tape[element.tape.clone()]) < all
    }

    /// Enters an element between blocks; gives the place on the tape to go on from.
    fn enter(&mut self, idx: usize, at: usize) -> usize {
        let element = &self.survey.elements[idx];
        let has_text = self.n_kept[element.blocks.end] > self.n_kept[element.blocks.start];
        if self.media.shown[idx].is_some() {
            self.medium(idx);
            return element.tape.end;
        }
        if self.n_pres > 0 && element.blocks.is_empty() && matches!(element.tag, Tag::Box | Tag::Item) {
            // A line of code without anything.
            self.out.push('\n');
        }
        let is_grid = self.n_tables > 0 && matches!(element.tag, Tag::Row | Tag::Cell);
        if !has_text && !is_grid && !self.media.is_in(element) {
            return element.tape.end;
        }
        self.open(idx);
        at + 1
    }

    /// Writes an element's start tag, if it has a meaning.
    fn open(&mut self, idx: usize) {
        let element = &self.survey.elements[idx];
        let name = match element.tag {
            Tag::Image | Tag::Player => return self.medium(idx),
            _ if self.media.figures.contains(&idx) => "figure",
            _ if self.media.captions.contains(&idx) => "figcaption",
            Tag::Link => match element.attr("href") {
                Some(href) if !href.trim_start().to_ascii_lowercase().starts_with("javascript:") => "a",
                _ => return,
            },
            Tag::List | Tag::Item if self.n_pres > 0 => return,
            Tag::Heading(1) => "h2",
            Tag::Paragraph if element.n_own_blocks > 1 || self.n_headings > 0 => return,
            Tag::Table if is_layout(self.survey, idx) => return,
            Tag::TablePart | Tag::Row | Tag::Cell | Tag::TableCaption if self.n_tables == 0 => return,
            Tag::Item if !self.stands_in_a_list() => return,
            Tag::Inline
            | Tag::Paragraph
            | Tag::Heading(_)
            | Tag::List
            | Tag::Item
            | Tag::Definitions
            | Tag::Definition
            | Tag::Table
            | Tag::TablePart
            | Tag::Row
            | Tag::Cell
            | Tag::TableCaption
            | Tag::Quote
            | Tag::Pre
            | Tag::Figure
            | Tag::Caption
            | Tag::Details
            | Tag::Summary => element.name(),
            _ => return,
        };
        self.out.push('<');
        self.out.push_str(name);
        self.attributes(element);
        self.out.push('>');
        self.open.push((idx, name));
        self.count(element.tag, name, true);
    }

    fn stands_in_a_list(&self) -> bool {
        self.open.iter().rev().any(|(idx, _)| self.survey.elements[*idx].tag == Tag::List)
    }

    /// Closes an element, and what is still open inside it, if it was written.
    fn leave(&mut self, idx: usize) {
        if self.open.last().is_none_or(|(open, _)| *open != idx) {
            return;
        }
        if let Some((_, name)) = self.open.pop() {
            self.out.push_str("</");
            self.out.push_str(name);
            self.out.push('>');
            self.count(self.survey.elements[idx].tag, name, false);
        }
    }

    fn count(&mut self, tag: Tag, name: &str, is_opened: bool) {
        let counter = match tag {
            Tag::Table if name != "table" => return,
            Tag::Heading(_) => &mut self.n_headings,
            Tag::Pre => {
                self.has_code = false;
                &mut self.n_pres
            }
            Tag::Table => &mut self.n_tables,
            _ => return,
        };
        *counter = if is_opened { *counter + 1 } else { counter.saturating_sub(1) };
    }

    fn attributes(&mut self, element: &Element<'a>) {
        let names: &[&str] = match element.tag {
            Tag::Link => &["href", "id", "name", "title", "hreflang", "rel"],
            Tag::Cell => &["colspan", "rowspan", "scope", "headers"],
            Tag::List => &["start", "reversed", "type"],
            Tag::Item => &["value", "id"],
            Tag::Quote => &["cite", "class", "data-instgrm-permalink", "data-video-id"],
            Tag::Inline => &["title", "id", "datetime", "cite"],
            Tag::Pre => &["class"],
            Tag::Heading(_) | Tag::Paragraph => &["id"],
            _ => &[],
        };
        let Some(value) = element.node.value().as_element() else { return };
        for (name, value) in &value.attrs {
            let name = &*name.local;
            let is_code_language = name == "class" && element.name() == "code";
            if names.contains(&name) || matches!(name, "lang" | "dir") || is_code_language {
                self.attribute(name, value);
            }
        }
    }

    fn attribute(&mut self, name: &str, value: &str) {
        self.out.push(' ');
        self.out.push_str(name);
        self.out.push_str("=\"");
        escape(value, &mut self.out);
        self.out.push('"');
    }

    /// Writes an image or a player.
    fn medium(&mut self, idx: usize) {
        let (name, address) = match &self.media.shown[idx] {
            None => return,
            Some(Medium::Sign(sign)) => return escape(sign, &mut self.out),
            Some(Medium::Image(address)) => ("img", address),
            Some(Medium::Frame(address)) => ("iframe", address),
            Some(Medium::File(address)) if self.survey.elements[idx].name().ends_with("audio") => ("audio", address),
            Some(Medium::File(address)) => ("video", address),
        };
        let element = &self.survey.elements[idx];
        self.out.push('<');
        self.out.push_str(name);
        self.attribute("src", address);
        let described = [
            ("alt", "alt"),
            ("title", "title"),
            ("poster", "poster"),
            ("data-poster", "poster"),
            ("playlabel", "title"),
        ];
        for (written, kept) in described {
            if let Some(value) = element.attr(written).or_else(|| twins_word(element, written)) {
                self.attribute(kept, value);
            }
        }
        if name == "img"
            && element.tag != Tag::Image
            && let Some(label) = element.attr("aria-label")
        {
            self.attribute("alt", label);
        }
        for side in ["width", "height"] {
            let digits =
                |value: &&str| !value.is_empty() && value.len() <= 5 && value.bytes().all(|b| b.is_ascii_digit());
            // Frames of AMP say the proportion of their sides there.
            let is_side = |value: &&str| digits(value) && (name != "iframe" || value.len() > 1);
            if let Some(value) = element.attr(side).filter(is_side) {
                self.attribute(side, value);
            }
        }
        match name {
            "img" => self.out.push('>'),
            "iframe" => self.out.push_str("></iframe>"),
            _ => {
                self.out.push_str(" controls></");
                self.out.push_str(name);
                self.out.push('>');
            }
        }
    }

    fn text(&mut self, text: &str) {
        if self.n_pres > 0 {
            escape(text, &mut self.out);
            return;
        }
        let mut rest = text;
        while self.n_to_skip > 0 {
            let Some(c) = rest.chars().next() else { return };
            rest = &rest[c.len_utf8()..];
            self.n_to_skip -= usize::from(!c.is_whitespace());
            if self.n_to_skip == 0 {
                rest = rest.trim_start();
            }
        }
        while let Some(start) = rest.find(|c: char| c.is_ascii_whitespace()) {
            escape(&rest[..start], &mut self.out);
            if !self.out.ends_with(' ') {
                self.out.push(' ');
            }
            rest = rest[start..].trim_start_matches(|c: char| c.is_ascii_whitespace());
        }
        escape(rest, &mut self.out);
    }
}

/// What the image for readers without scripts says where the one in its place is silent.
fn twins_word<'a>(element: &Element<'a>, name: &str) -> Option<&'a str> {
    element.twin.and_then(|twin| attr(twin, name)).filter(|_| name == "alt")
}

/// Whether a table only arranges its page: one column, or cells with many blocks.
fn is_layout(survey: &Survey<'_>, table_idx: usize) -> bool {
    const MOST_BLOCKS_OF_A_CELL: usize = 6;
    let table = &survey.elements[table_idx];
    if table.attr("role") == Some("presentation") {
        return true;
    }
    let mut n_in_row = 0;
    let mut widest = 0;
    for inner in &survey.elements[table.inside.start + 1..table.inside.end] {
        match inner.tag {
            Tag::Table => return true,
            // Code beside its line numbers.
            Tag::Cell | Tag::Pre if media::is_gutter(survey, inner) => return true,
            Tag::Row => n_in_row = 0,
            Tag::Cell => {
                n_in_row += 1;
                widest = widest.max(n_in_row);
                if inner.blocks.len() > MOST_BLOCKS_OF_A_CELL {
                    return true;
                }
            }
            _ => {}
        }
    }
    widest < 2
}

/// Text or an attribute's value as HTML.
fn escape(text: &str, out: &mut String) {
    let mut rest = text;
    while let Some(at) = rest.find(['&', '<', '>', '"']) {
        out.push_str(&rest[..at]);
        out.push_str(match rest.as_bytes()[at] {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            _ => "&quot;",
        });
        rest = &rest[at + 1..];
    }
    out.push_str(rest);
}
