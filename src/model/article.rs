//! An article that keeps every promise made to a subscriber.

use serde::Serialize;
use url::Url;

use super::{ArticleId, CanonicalUrl, CleanHtml, Enclosure, Language, SourceId, StoryId, Timestamp, Title};

/// What a reader gets, before it has an identity: made by `normalise`.
#[derive(Debug, Clone, PartialEq)]
pub struct Article {
    /// Where it was published.
    pub url: CanonicalUrl,
    /// Headline.
    pub title: Title,
    /// Authors' names, plain text, without repeats.
    pub authors: Vec<String>,
    /// When it was published, if page or entrance say so believably.
    pub published: Option<Timestamp>,
    /// When its publisher last changed it, if known.
    pub updated: Option<Timestamp>,
    /// Language of the body.
    pub language: Option<Language>,
    /// Lead image, absolute.
    pub image: Option<Url>,
    /// Categories and tags, plain text.
    pub categories: Vec<String>,
    /// Two or three sentences in plain text.
    pub summary: String,
    /// The article, sanitised.
    pub body: CleanHtml,
    /// The body as plain text: blocks in reading order with a blank line between them, list items and table
    /// rows on lines of their own.
    pub text: String,
    /// Files that come with it.
    pub enclosures: Vec<Enclosure>,
    /// How sure we are that the body is the article and only that: 0.0 to 1.0.
    pub confidence: f64,
}

impl Article {
    /// Words of the body, where a run of letters without spaces (Chinese, Japanese, Thai) counts by its
    /// characters, two to a word.
    #[must_use]
    pub fn n_words(&self) -> usize {
        self.text.split_whitespace().map(|word| if word.is_ascii() { 1 } else { unspaced_words(word) }).sum()
    }
}

/// An article with its identity: what the store keeps and feeds are made of.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// For ever the same.
    pub id: ArticleId,
    /// The source it came from.
    pub source: SourceId,
    /// The story it belongs to.
    pub story: StoryId,
    /// The date feeds show and sort by: as published, else as first seen; fixed at first sight.
    pub published: Timestamp,
    /// When its readable text last changed; never before `published`.
    pub updated: Timestamp,
    /// When Offprint first saw it.
    pub first_seen: Timestamp,
    /// What it says.
    pub article: Article,
    /// Others that tell the same, oldest first; filled only where a feed folds duplicates, and on pages.
    pub also: Vec<Coverage>,
}

/// Another article of the same story.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Coverage {
    /// Its id here.
    pub id: ArticleId,
    /// Its source.
    pub source: SourceId,
    /// Its headline.
    pub title: Title,
    /// Where it was published.
    pub url: CanonicalUrl,
}

fn unspaced_words(word: &str) -> usize {
    let n_ideographs = word
        .chars()
        .filter(|c| matches!(c, '\u{0e00}'..='\u{0eff}' | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}'))
        .count();
    1.max(n_ideographs / 2)
}
