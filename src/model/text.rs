//! Plain text with a promise: titles and language tags.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A longer title is cut: some feeds put the article there.
const MAX_TITLE_CHARS: usize = 500;

/// A headline in plain text: not empty, on one line, without control characters and direction overrides,
/// at most 500 characters.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Title(String);

impl Title {
    /// A title from text (not from markup); none where nothing readable is left.
    #[must_use]
    pub fn new(text: &str) -> Option<Self> {
        let text = collapse(text);
        match text.char_indices().nth(MAX_TITLE_CHARS) {
            _ if text.is_empty() => None,
            None => Some(Self(text)),
            Some((end, _)) => Some(Self(format!("{}…", text[..end].trim_end()))),
        }
    }

    /// The title as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Title {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Which way a script runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// As Latin does.
    LeftToRight,
    /// As Arabic and Hebrew do.
    RightToLeft,
}

/// A language tag (BCP 47): its language in lower case, the rest as it was given, `-` between.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Language(String);

impl Language {
    /// Reads a tag as pages write it (`id`, `en_US`, `pt-BR`); none where it isn't one.
    #[must_use]
    pub fn parse(tag: &str) -> Option<Self> {
        let tag = tag.trim().replace('_', "-");
        let (language, rest) = tag.split_once('-').unwrap_or((&tag, ""));
        let fits = (2..=3).contains(&language.len())
            && language.bytes().all(|b| b.is_ascii_alphabetic())
            && tag.len() <= 35
            && tag
                .split('-')
                .all(|part| (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric()));
        let language = language.to_ascii_lowercase();
        match fits {
            false => None,
            true if rest.is_empty() => Some(Self(language)),
            true => Some(Self(format!("{language}-{rest}"))),
        }
    }

    /// The whole tag.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The tag's first part: `pt` of `pt-BR`.
    #[must_use]
    pub fn primary(&self) -> &str {
        self.0.split('-').next().unwrap_or(&self.0)
    }

    /// Which way the language is written, by its usual script.
    #[must_use]
    pub fn direction(&self) -> Direction {
        match self.primary() {
            "ar" | "he" | "iw" | "fa" | "ur" | "ps" | "sd" | "ug" | "yi" | "dv" | "ckb" | "syr" => {
                Direction::RightToLeft
            }
            _ => Direction::LeftToRight,
        }
    }

    /// Whether words are written without spaces, so that characters have to stand in for them.
    #[must_use]
    pub fn is_unspaced(&self) -> bool {
        matches!(self.primary(), "zh" | "ja" | "th" | "lo" | "km" | "my" | "yue")
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Text on one line: runs of white space become one space, control characters and direction overrides
/// (U+202A to U+202E, U+2066 to U+2069) go, and so does what XML 1.0 can't hold.
#[must_use]
pub fn collapse(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            _ if c.is_whitespace() => {
                if !out.is_empty() && !out.ends_with(' ') {
                    out.push(' ');
                }
            }
            '\u{200b}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {}
            _ if c.is_control() => {}
            _ => out.push(c),
        }
    }
    out.truncate(out.trim_end().len());
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_is_one_clean_line() {
        assert_eq!(Title::new(" Two\n words\u{202e}\u{0}\t ").unwrap().as_str(), "Two words");
        assert_eq!(Title::new("\u{feff} \u{1}"), None);
        assert_eq!(Title::new(&"é".repeat(2000)).unwrap().as_str().chars().count(), 501);
    }

    #[test]
    fn a_language_tag_is_read_as_pages_write_it() {
        assert_eq!(Language::parse("EN_us").unwrap().as_str(), "en-us");
        assert_eq!(Language::parse("pt-BR").unwrap().primary(), "pt");
        assert_eq!(Language::parse("ar").unwrap().direction(), Direction::RightToLeft);
        assert!(Language::parse("ja").unwrap().is_unspaced());
        for bad in ["", "x", "english", "en--us", "e1", "en-<script>"] {
            assert_eq!(Language::parse(bad), None, "{bad:?}");
        }
    }
}
