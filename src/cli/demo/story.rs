//! An article of a sample site as its file holds it: a few lines about it, an empty line, then blocks of text.
//!
//! Blocks are parted by empty lines: `## heading`, `### smaller heading`, `> quote` with `> — who said it`,
//! `- item`, `1. item`, `| cell | cell |` (the first row is the head), `![alt](picture) caption`, three backticks
//! around code, and anything else is a paragraph. `markup` knows what stands inside a line.

use std::time::Duration;

use crate::model::Period;

/// An article with what its site knows about it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Story {
    pub(crate) slug: &'static str,
    pub(crate) title: String,
    /// A sentence or two for cards and feeds.
    pub(crate) summary: String,
    /// The summary again, where the page shows it under the headline.
    pub(crate) standfirst: Option<String>,
    pub(crate) authors: Vec<String>,
    pub(crate) section: String,
    pub(crate) tags: Vec<String>,
    /// How long before the demo's start it appeared; none for those that are still to appear.
    pub(crate) age: Option<Duration>,
    /// The picture it is announced with.
    pub(crate) image: Option<String>,
    /// Whom it was taken over from.
    pub(crate) via: Option<String>,
    /// Its name in addresses where that isn't ASCII.
    pub(crate) address: Option<String>,
    pub(crate) blocks: Vec<Block>,
}

/// A piece of an article; the text in it still holds its markup.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Block {
    Heading {
        level: u8,
        text: String,
    },
    Paragraph(String),
    Quote {
        text: String,
        source: Option<String>,
    },
    List {
        ordered: bool,
        items: Vec<String>,
    },
    /// The first row is the head.
    Table(Vec<Vec<String>>),
    Figure(Figure),
    Code {
        language: String,
        text: String,
    },
}

/// A picture inside the text.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Figure {
    pub(crate) picture: String,
    pub(crate) alt: String,
    pub(crate) caption: String,
}

impl Story {
    /// Reads a file; what it can't read is a paragraph, so it never fails. The tests say whether a file is complete.
    pub(crate) fn parse(slug: &'static str, file: &str) -> Self {
        let (front, body) = file.split_once("\n\n").unwrap_or((file, ""));
        let field = |name: &str| {
            front
                .lines()
                .find_map(|line| line.strip_prefix(name)?.strip_prefix(": ").map(|value| value.trim().to_owned()))
        };
        let list = |name: &str| {
            field(name).unwrap_or_default().split(", ").filter(|part| !part.is_empty()).map(str::to_owned).collect()
        };
        let standfirst = field("standfirst");
        Self {
            slug,
            title: field("title").unwrap_or_default(),
            summary: standfirst.clone().or_else(|| field("summary")).unwrap_or_default(),
            standfirst,
            authors: list("authors"),
            section: field("section").unwrap_or_default(),
            tags: list("tags"),
            age: field("age").map(|age| length(&age)),
            image: field("image"),
            via: field("via"),
            address: field("slug_text"),
            blocks: blocks(body),
        }
    }
}

fn length(age: &str) -> Duration {
    age.split(' ').filter_map(|part| part.parse::<Period>().ok()).map(Period::get).sum()
}

fn blocks(body: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut lines = body.lines().peekable();
    while let Some(line) = lines.next() {
        if line.is_empty() {
            continue;
        }
        if let Some(language) = line.strip_prefix("```") {
            let text: Vec<&str> = lines.by_ref().take_while(|line| *line != "```").collect();
            blocks.push(Block::Code { language: language.to_owned(), text: text.join("\n") });
            continue;
        }
        let mut chunk = vec![line];
        while let Some(line) = lines.next_if(|line| !line.is_empty()) {
            chunk.push(line);
        }
        blocks.push(block(&chunk));
    }
    blocks
}

fn block(lines: &[&str]) -> Block {
    let first = lines.first().copied().unwrap_or_default();
    if let Some(text) = first.strip_prefix("### ") {
        Block::Heading { level: 3, text: text.to_owned() }
    } else if let Some(text) = first.strip_prefix("## ") {
        Block::Heading { level: 2, text: text.to_owned() }
    } else if first.starts_with("> ") {
        quote(lines)
    } else if first.starts_with("- ") {
        Block::List { ordered: false, items: items(lines, "- ") }
    } else if first.starts_with("1. ") {
        Block::List { ordered: true, items: items(lines, ". ") }
    } else if first.starts_with("| ") {
        Block::Table(lines.iter().map(|line| cells(line)).collect())
    } else if let Some(figure) = figure(first) {
        Block::Figure(figure)
    } else {
        Block::Paragraph(lines.join(" "))
    }
}

fn quote(lines: &[&str]) -> Block {
    let (source, text): (Vec<&str>, Vec<&str>) =
        lines.iter().map(|line| line.trim_start_matches("> ")).partition(|line| line.starts_with("— "));
    Block::Quote { text: text.join(" "), source: source.first().map(|line| line.trim_start_matches("— ").to_owned()) }
}

fn items(lines: &[&str], mark: &str) -> Vec<String> {
    lines.iter().map(|line| line.split_once(mark).map_or(*line, |(_, item)| item).to_owned()).collect()
}

fn cells(line: &str) -> Vec<String> {
    line.trim_matches('|').split(" | ").map(|cell| cell.trim().to_owned()).collect()
}

fn figure(line: &str) -> Option<Figure> {
    let (alt, rest) = line.strip_prefix("![")?.split_once("](")?;
    let (picture, caption) = rest.split_once(") ")?;
    Some(Figure { picture: picture.to_owned(), alt: alt.to_owned(), caption: caption.to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_becomes_its_blocks() {
        let file = "title: A: b\nage: 1d 2h\nauthors: X, Y\n\nOne.\n\n## Two\n\n> said\n> — who\n\n1. a\n2. b\n\n\
                    | h | i |\n| 1 | 2 |\n\n![alt](pic) A caption.\n\n```rust\nlet a;\n\nlet b;\n```\n";

        let story = Story::parse("s", file);

        assert_eq!(story.title, "A: b");
        assert_eq!(story.authors, ["X", "Y"]);
        assert_eq!(story.age, Some(Duration::from_secs(26 * 3600)));
        assert_eq!(
            story.blocks,
            [
                Block::Paragraph("One.".into()),
                Block::Heading { level: 2, text: "Two".into() },
                Block::Quote { text: "said".into(), source: Some("who".into()) },
                Block::List { ordered: true, items: vec!["a".into(), "b".into()] },
                Block::Table(vec![vec!["h".into(), "i".into()], vec!["1".into(), "2".into()]]),
                Block::Figure(Figure { picture: "pic".into(), alt: "alt".into(), caption: "A caption.".into() }),
                Block::Code { language: "rust".into(), text: "let a;\n\nlet b;".into() },
            ]
        );
    }
}
