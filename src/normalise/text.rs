//! Plain text of clean markup: what search, duplicates and batch output read.

use super::markup::{Attributes, Sink, read};
use crate::model::CleanHtml;

/// The body as plain text: blocks in reading order with a blank line between them, list items and table rows on
/// lines of their own, cells with a tab between. Captions stay with their pictures, in the markup.
#[must_use]
pub fn plain_text(html: &CleanHtml) -> String {
    of(html.as_str())
}

/// The same of any markup.
pub(super) fn of(html: &str) -> String {
    read(html, Text::default).out
}

/// Elements without an end, so that none is waited for.
const VOID: [&str; 8] = ["br", "col", "hr", "img", "input", "source", "track", "wbr"];

#[derive(Default)]
struct Text {
    out: String,
    gap: Gap,
    /// Open lists, tables and such, inside which blocks stand line by line.
    n_tight: usize,
    n_cells: usize,
    n_preformatted: usize,
    n_dropped: usize,
}

/// What separates the next word from the last, the weakest first.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
enum Gap {
    #[default]
    None,
    Space,
    Tab,
    Line,
    Paragraph,
}

impl Text {
    fn separate(&mut self, gap: Gap) {
        self.gap = self.gap.max(gap);
    }

    fn boundary(&mut self) {
        self.separate(match (self.n_cells, self.n_tight) {
            (0, 0) => Gap::Paragraph,
            (0, _) => Gap::Line,
            _ => Gap::Space,
        });
    }

    fn push(&mut self, word: &str) {
        let gap = std::mem::take(&mut self.gap);
        if !self.out.is_empty() {
            self.out.push_str(match gap {
                Gap::None => "",
                Gap::Space => " ",
                Gap::Tab => "\t",
                Gap::Line => "\n",
                Gap::Paragraph => "\n\n",
            });
        }
        self.out.push_str(word);
    }

    fn edge(&mut self, name: &str, is_start: bool) {
        match name {
            "p" | "div" | "section" | "article" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "blockquote" | "figure"
            | "details" | "summary" | "hr" | "iframe" | "video" | "audio" | "caption" => self.boundary(),
            "pre" => {
                self.boundary();
                self.n_preformatted = step(self.n_preformatted, is_start);
            }
            "ul" | "ol" | "dl" | "table" => {
                if !is_start {
                    self.n_tight = step(self.n_tight, false);
                }
                self.boundary();
                if is_start {
                    self.n_tight += 1;
                }
            }
            "li" | "dt" | "dd" | "tr" => self.separate(if self.n_cells > 0 { Gap::Space } else { Gap::Line }),
            "td" | "th" => {
                self.n_cells = step(self.n_cells, is_start);
                if !is_start {
                    self.separate(if self.n_cells > 0 { Gap::Space } else { Gap::Tab });
                }
            }
            "br" if is_start => self.separate(if self.n_cells > 0 { Gap::Space } else { Gap::Line }),
            _ => {}
        }
    }
}

impl Sink for Text {
    fn start(&mut self, name: &str, _attributes: &Attributes<'_>) {
        if self.n_dropped > 0 {
            self.n_dropped += usize::from(!VOID.contains(&name));
        } else if matches!(name, "script" | "style" | "template" | "title" | "head" | "figcaption") {
            self.n_dropped += 1;
        } else {
            self.edge(name, true);
        }
    }

    fn end(&mut self, name: &str) {
        if self.n_dropped > 0 {
            self.n_dropped -= usize::from(!VOID.contains(&name));
        } else {
            self.edge(name, false);
        }
    }

    fn text(&mut self, text: &str) {
        if self.n_dropped > 0 {
            return;
        }
        if self.n_preformatted > 0 {
            self.push(text);
            return;
        }
        let mut rest = text;
        while !rest.is_empty() {
            let word_start = rest.trim_start_matches(char::is_whitespace);
            if word_start.len() < rest.len() {
                self.separate(Gap::Space);
            }
            let end = line_length(word_start);
            if end > 0 {
                self.push(&word_start[..end]);
            }
            rest = &word_start[end..];
        }
    }
}

/// How many bytes can be taken as they are: words of ASCII with one space between, else one word.
fn line_length(text: &str) -> usize {
    let mut end = 0;
    let mut is_word = false;
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b' ' if is_word => (end, is_word) = (at, false),
            b'\t'..=b'\r' | b' ' => return if is_word { at } else { end },
            0x80.. => {
                // From where the word began: behind the space, if one came before it.
                let start = if end > 0 { end + 1 } else { 0 };
                let length = text[start..].find(char::is_whitespace).unwrap_or(text.len() - start);
                return if length > 0 { start + length } else { end };
            }
            _ => is_word = true,
        }
    }
    if is_word { text.len() } else { end }
}

fn step(n: usize, up: bool) -> usize {
    if up { n + 1 } else { n.saturating_sub(1) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_stand_apart_and_items_and_rows_line_by_line() {
        let html = "<h2>T &amp; t</h2>\n<p>a <b>b</b>c<br>d</p>\n<ul><li>one</li><li><p>two</p><p>more</p><ol><li>deep</li></ol></li></ul>\n\
            <table><caption>cap</caption><tbody><tr><th>x</th><td><p>1</p><p>2</p></td></tr><tr><td></td><td>3</td></tr></tbody></table>\n\
            <figure><img src=\"https://a.example/i\" alt=\"not this\"><figcaption>fig<br>more</figcaption></figure>\n<pre>  p\n    q</pre>\n<p>e&nbsp;f</p>";

        let text = of(html);

        assert_eq!(text, "T & t\n\na bc\nd\n\none\ntwo\nmore\ndeep\n\ncap\nx\t1 2\n3\n\n  p\n    q\n\ne f");
    }
}
