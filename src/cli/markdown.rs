//! A clean article as Markdown, for terminals and notes.

use ego_tree::NodeRef;
use scraper::{Html, Node};

use crate::model::CleanHtml;

/// Writes clean markup as CommonMark with the tables of GitHub's dialect.
pub(super) fn markdown(html: &CleanHtml) -> String {
    let tree = Html::parse_fragment(html.as_str());
    let mut out = Writer::default();
    out.children(tree.tree.root());
    out.finish()
}

#[derive(Default)]
struct Writer {
    text: String,
    /// What each line begins with: quotes and list indents.
    prefix: String,
    /// The marker of a list item that has no text yet.
    marker: Option<String>,
    /// A blank line that is due before the next text, and the length of its prefix.
    gap: Option<usize>,
    pre: bool,
}

impl Writer {
    fn finish(self) -> String {
        let lines: Vec<&str> = self.text.lines().map(str::trim_end).collect();
        let mut text = lines.join("\n").trim().to_owned();
        text.push('\n');
        text
    }

    /// Ends a block or starts one: a blank line comes before the next text, behind the outermost prefix that was
    /// current in between.
    fn block(&mut self) {
        if !self.text.is_empty() && self.marker.is_none() {
            let outermost = self.gap.unwrap_or(usize::MAX).min(self.prefix.len());
            self.gap = Some(outermost);
        }
    }

    fn push(&mut self, text: &str) {
        if let Some(outermost) = self.gap.take() {
            self.end_line();
            self.text.push_str(self.prefix[..outermost.min(self.prefix.len())].trim_end());
            self.text.push('\n');
        }
        if self.text.is_empty() || self.text.ends_with('\n') {
            match self.marker.take() {
                // The prefix ends with the item's indent, which is as wide as its marker.
                Some(marker) => {
                    self.text.push_str(&self.prefix[..self.prefix.len() - marker.len()]);
                    self.text.push_str(&marker);
                }
                None => self.text.push_str(&self.prefix),
            }
        }
        self.text.push_str(text);
    }

    fn end_line(&mut self) {
        if !self.text.is_empty() && !self.text.ends_with('\n') {
            self.text.push('\n');
        }
    }

    fn inline(&mut self, text: &str) {
        if self.pre {
            for (index, line) in text.split('\n').enumerate() {
                if index > 0 {
                    self.text.push('\n');
                }
                self.push(line);
            }
            return;
        }
        let starts_line = self.gap.is_some() || self.text.is_empty() || self.text.ends_with(['\n', ' ']);
        let mut words = text.split_whitespace().collect::<Vec<_>>().join(" ");
        if text.starts_with(char::is_whitespace) && !starts_line {
            words.insert(0, ' ');
        }
        if text.ends_with(char::is_whitespace) && !words.is_empty() && !words.ends_with(' ') {
            words.push(' ');
        }
        if !words.is_empty() {
            self.push(&words);
        }
    }

    fn children(&mut self, node: NodeRef<'_, Node>) {
        for child in node.children() {
            self.node(child);
        }
    }

    fn node(&mut self, node: NodeRef<'_, Node>) {
        match node.value() {
            Node::Text(text) => self.inline(text),
            Node::Element(element) => self.element(node, element),
            _ => self.children(node),
        }
    }

    fn element(&mut self, node: NodeRef<'_, Node>, element: &scraper::node::Element) {
        match element.name() {
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                self.block();
                let level = usize::from(element.name().as_bytes()[1] - b'0');
                self.push(&format!("{} ", "#".repeat(level)));
                self.children(node);
                self.block();
            }
            "strong" | "b" => self.wrapped(node, "**"),
            "em" | "i" | "cite" => self.wrapped(node, "*"),
            "code" if !self.pre => self.wrapped(node, "`"),
            "br" => {
                self.text.push_str("\\\n");
            }
            "hr" => {
                self.block();
                self.push("---");
                self.block();
            }
            "a" => match element.attr("href") {
                Some(href) => {
                    self.push("[");
                    self.children(node);
                    self.push(&format!("]({href})"));
                }
                None => self.children(node),
            },
            "img" => {
                let (alt, src) = (element.attr("alt").unwrap_or_default(), element.attr("src").unwrap_or_default());
                self.push(&format!("![{}]({src})", alt.replace(['[', ']'], "")));
            }
            "iframe" | "audio" | "video" | "source" => {
                if let Some(src) = element.attr("src") {
                    self.block();
                    self.push(&format!("<{src}>"));
                }
                self.children(node);
            }
            "pre" => {
                self.block();
                self.push("```\n");
                self.pre = true;
                self.children(node);
                self.pre = false;
                self.end_line();
                self.push("```");
                self.block();
            }
            "blockquote" => {
                self.block();
                self.indented("> ", node);
                self.block();
            }
            "ul" | "ol" => self.list(node, element.name() == "ol"),
            "tr" => self.row(node),
            "p" | "div" | "figure" | "figcaption" | "table" | "section" | "dl" | "dt" | "dd" | "details"
            | "summary" | "li" => {
                self.block();
                self.children(node);
                self.block();
            }
            _ => self.children(node),
        }
    }

    fn wrapped(&mut self, node: NodeRef<'_, Node>, mark: &str) {
        self.push(mark);
        self.children(node);
        let trailing = self.text.len() - self.text.trim_end_matches(' ').len();
        self.text.truncate(self.text.len() - trailing);
        self.push(mark);
        self.text.push_str(&" ".repeat(trailing));
    }

    fn indented(&mut self, prefix: &str, node: NodeRef<'_, Node>) {
        let outer = self.prefix.len();
        self.prefix.push_str(prefix);
        self.children(node);
        self.prefix.truncate(outer);
    }

    fn list(&mut self, node: NodeRef<'_, Node>, is_ordered: bool) {
        self.block();
        let items = node.children().filter(|child| child.value().as_element().is_some_and(|item| item.name() == "li"));
        for (index, item) in items.enumerate() {
            let marker = if is_ordered { format!("{}. ", index + 1) } else { "- ".to_owned() };
            if index > 0 {
                self.gap = None;
                self.end_line();
            }
            let indent = " ".repeat(marker.len());
            self.marker = Some(marker);
            self.indented(&indent, item);
            self.marker = None;
        }
        self.block();
    }

    fn row(&mut self, node: NodeRef<'_, Node>) {
        if self.gap.is_none() {
            self.end_line();
        }
        let cells: Vec<_> = node.children().filter(|child| child.value().is_element()).collect();
        let is_head = cells.iter().any(|cell| cell.value().as_element().is_some_and(|cell| cell.name() == "th"));
        let is_first = node.prev_siblings().all(|sibling| !sibling.value().is_element());
        self.push("|");
        for cell in &cells {
            self.text.push(' ');
            let text: String =
                cell.descendants().filter_map(|node| node.value().as_text().map(|text| &**text)).collect();
            self.text.push_str(&crate::model::collapse(&text).replace('|', "\\|"));
            self.text.push_str(" |");
        }
        if is_head && is_first {
            self.text.push('\n');
            self.push(&format!("|{}", " --- |".repeat(cells.len())));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(html: &str, expected: &str) {
        assert_eq!(markdown(&CleanHtml::for_test(html)), expected, "{html}");
    }

    #[test]
    fn blocks_are_written_as_markdown() {
        check("<h2>Head</h2><p>One <b>two </b>three.</p>", "## Head\n\nOne **two** three.\n");
        check("<ul><li>a<li>b<ol><li>c</ol></ul><p>d</p>", "- a\n- b\n\n  1. c\n\nd\n");
        check("<blockquote><p>a</p><p>b</p></blockquote>", "> a\n>\n> b\n");
        check("<pre><code>x\n  y</code></pre>", "```\nx\n  y\n```\n");
        check("<table><tr><th>a<th>b<tr><td>1|2<td>3</table>", "| a | b |\n| --- | --- |\n| 1\\|2 | 3 |\n");
        check("<p>See <a href=\"https://a.example/\">this</a>.</p>", "See [this](https://a.example/).\n");
    }
}
