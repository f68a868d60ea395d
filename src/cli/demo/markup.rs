//! Blocks of a story as HTML and as plain text.

use std::fmt::Write as _;

use super::story::{Block, Figure, Story};

/// How a site writes what differs from site to site.
pub(crate) struct Style<'a> {
    /// A link's target as the article's file names it, to an address.
    pub(crate) address: &'a dyn Fn(&str) -> String,
    /// A picture with its caption.
    pub(crate) figure: &'a dyn Fn(&Figure) -> String,
}

/// A piece of a line.
#[derive(Debug, PartialEq)]
enum Span<'a> {
    Text(&'a str),
    Strong(&'a str),
    Emphasis(&'a str),
    Code(&'a str),
    Link { text: &'a str, target: &'a str },
    Ruby { base: &'a str, reading: &'a str },
}

/// Each block of the story as HTML, in reading order.
pub(crate) fn html(story: &Story, style: &Style<'_>) -> Vec<String> {
    story.blocks.iter().map(|block| block_html(block, style)).collect()
}

/// The story as plain text, as `offprint extract` gives it: blocks parted by an empty line, list items and table
/// rows on lines of their own (cells joined by one space), without captions, readings of ruby in brackets.
pub(crate) fn text(story: &Story) -> String {
    let blocks: Vec<String> = story.blocks.iter().map(block_text).filter(|block| !block.is_empty()).collect();
    blocks.join("\n\n")
}

/// What the article says under its pictures.
pub(crate) fn captions(story: &Story) -> Vec<String> {
    let caption = |block: &Block| match block {
        Block::Figure(figure) => Some(plain(&figure.caption)),
        _ => None,
    };
    story.blocks.iter().filter_map(caption).collect()
}

/// The first place from `from` on where a site would put something of its own between the blocks: after a whole
/// paragraph, not between a paragraph and the list it announces.
pub(crate) fn gap(blocks: &[String], from: usize) -> Option<usize> {
    let is_whole = |block: &String| block.starts_with("<p>") && !block.ends_with(":</p>");
    let before = blocks.iter().enumerate().skip(from.saturating_sub(1)).find(|(_, block)| is_whole(block));
    before.map(|(idx, _)| idx + 1).filter(|place| *place < blocks.len())
}

/// A line's markup as HTML.
pub(crate) fn inline(line: &str, address: &dyn Fn(&str) -> String) -> String {
    let mut out = String::new();
    for span in spans(line) {
        let _ = match span {
            Span::Text(text) => write!(out, "{}", escape(text)),
            Span::Strong(text) => write!(out, "<strong>{}</strong>", escape(text)),
            Span::Emphasis(text) => write!(out, "<em>{}</em>", escape(text)),
            Span::Code(text) => write!(out, "<code>{}</code>", escape(text)),
            Span::Link { text, target } => {
                write!(out, r#"<a href="{}">{}</a>"#, escape(&address(target)), escape(text))
            }
            Span::Ruby { base, reading } => {
                write!(out, "<ruby>{}<rp>（</rp><rt>{}</rt><rp>）</rp></ruby>", escape(base), escape(reading))
            }
        };
    }
    out
}

/// A line without its markup.
pub(crate) fn plain(line: &str) -> String {
    let mut out = String::new();
    for span in spans(line) {
        match span {
            Span::Text(text)
            | Span::Strong(text)
            | Span::Emphasis(text)
            | Span::Code(text)
            | Span::Link { text, .. } => out.push_str(text),
            Span::Ruby { base, reading } => {
                let _ = write!(out, "{base}（{reading}）");
            }
        }
    }
    out
}

/// Text made safe for element content and for attributes in double quotes.
pub(crate) fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

fn block_html(block: &Block, style: &Style<'_>) -> String {
    let line = |text: &str| inline(text, style.address);
    match block {
        Block::Heading { level, text } => format!("<h{level}>{}</h{level}>", line(text)),
        Block::Paragraph(text) => format!("<p>{}</p>", line(text)),
        Block::Quote { text, source: None } => format!("<blockquote><p>{}</p></blockquote>", line(text)),
        Block::Quote { text, source: Some(source) } => {
            format!("<blockquote><p>{}</p><cite>{}</cite></blockquote>", line(text), line(source))
        }
        Block::List { ordered, items } => {
            let tag = if *ordered { "ol" } else { "ul" };
            let items: String = items.iter().map(|item| format!("<li>{}</li>\n", line(item))).collect();
            format!("<{tag}>\n{items}</{tag}>")
        }
        Block::Table(rows) => table(rows, &line),
        Block::Figure(figure) => (style.figure)(figure),
        Block::Code { language, text } => format!(
            r#"<div class="highlight"><pre tabindex="0"><code class="language-{0}" data-lang="{0}">{1}</code></pre></div>"#,
            escape(language),
            escape(text)
        ),
    }
}

fn table(rows: &[Vec<String>], line: &dyn Fn(&str) -> String) -> String {
    let row = |cells: &[String], tag: &str| {
        let cells: String = cells.iter().map(|cell| format!("<{tag}>{}</{tag}>", line(cell))).collect();
        format!("<tr>{cells}</tr>\n")
    };
    let (head, body) = rows.split_first().map_or((String::new(), &[][..]), |(head, body)| (row(head, "th"), body));
    let body: String = body.iter().map(|cells| row(cells, "td")).collect();
    format!("<table>\n<thead>\n{head}</thead>\n<tbody>\n{body}</tbody>\n</table>")
}

fn block_text(block: &Block) -> String {
    let lines = |lines: &[String]| lines.iter().map(|line| plain(line)).collect::<Vec<_>>();
    match block {
        Block::Heading { text, .. } | Block::Paragraph(text) | Block::Quote { text, source: None } => plain(text),
        Block::Quote { text, source: Some(source) } => format!("{}\n\n{}", plain(text), plain(source)),
        Block::List { items, .. } => lines(items).join("\n"),
        Block::Table(rows) => rows.iter().map(|cells| lines(cells).join(" ")).collect::<Vec<_>>().join("\n"),
        // A caption belongs to its picture, and plain text has none.
        Block::Figure(_) => String::new(),
        Block::Code { text, .. } => text.clone(),
    }
}

fn spans(line: &str) -> Vec<Span<'_>> {
    let mut spans = Vec::new();
    let mut rest = line;
    while !rest.is_empty() {
        if let Some((span, after)) = marked(rest) {
            spans.push(span);
            rest = after;
            continue;
        }
        let first = rest.chars().next().map_or(0, char::len_utf8);
        let end = rest[first..].find(['*', '`', '[', '{']).map_or(rest.len(), |at| at + first);
        let (text, after) = rest.split_at(end);
        spans.push(Span::Text(text));
        rest = after;
    }
    spans
}

/// The marked-up piece the line begins with, and what follows it.
fn marked(line: &str) -> Option<(Span<'_>, &str)> {
    if let Some(rest) = line.strip_prefix("**") {
        let (text, after) = rest.split_once("**")?;
        return Some((Span::Strong(text), after));
    }
    let mut chars = line.chars();
    let mark = chars.next()?;
    let rest = chars.as_str();
    match mark {
        '*' => rest.split_once('*').map(|(text, after)| (Span::Emphasis(text), after)),
        '`' => rest.split_once('`').map(|(text, after)| (Span::Code(text), after)),
        '[' => {
            let (text, rest) = rest.split_once("](")?;
            let (target, after) = rest.split_once(')')?;
            Some((Span::Link { text, target }, after))
        }
        '{' => {
            let (inside, after) = rest.split_once('}')?;
            let (base, reading) = inside.split_once('|')?;
            Some((Span::Ruby { base, reading }, after))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn furniture_goes_after_a_whole_paragraph() {
        let blocks = ["<p>a</p>", "<h2>b</h2>", "<p>c:</p>", "<ul></ul>", "<p>d</p>", "<p>e</p>"].map(str::to_owned);

        assert_eq!(gap(&blocks, 1), Some(1));
        assert_eq!(gap(&blocks, 2), Some(5));
        assert_eq!(gap(&blocks, 6), None);
    }

    #[test]
    fn a_line_is_written_as_html_and_as_text() {
        let line = "a *b* **c** `d<` [e](story:f) {汐見橋|しおみばし} 2 * 3 [x";

        let html = inline(line, &|target| target.replace("story:", "/"));

        assert_eq!(
            html,
            "a <em>b</em> <strong>c</strong> <code>d&lt;</code> <a href=\"/f\">e</a> \
             <ruby>汐見橋<rp>（</rp><rt>しおみばし</rt><rp>）</rp></ruby> 2 * 3 [x"
        );
        assert_eq!(plain(line), "a b c d< e 汐見橋（しおみばし） 2 * 3 [x");
    }
}
