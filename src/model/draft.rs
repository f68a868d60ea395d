//! What extraction makes of a page, before anything is promised of it.

use serde::Serialize;

use super::Reserved;

/// A page taken apart: nothing here is sanitised, absolute or deduplicated yet.
#[derive(Debug, Clone, Default)]
pub struct Draft {
    /// Headline, plain text.
    pub title: Option<String>,
    /// Authors' names as found, plain text.
    pub authors: Vec<String>,
    /// Publication date as the page writes it, the most trusted first: ISO 8601, RFC 822 or words.
    pub published: Vec<String>,
    /// Dates that readers see around the headline, in reading order.
    pub shown: Vec<String>,
    /// Date of the last change as the page writes it, the most trusted first.
    pub updated: Vec<String>,
    /// Language tag as the page gives it.
    pub language: Option<String>,
    /// The page's own word on its address: `rel=canonical` or `og:url`, as written.
    pub canonical: Option<String>,
    /// The base that relative addresses refer to: `<base href>` as written, where there is one.
    pub base: Option<String>,
    /// Lead image as written.
    pub image: Option<String>,
    /// The page's short description of itself, plain text.
    pub summary: Option<String>,
    /// Name of the site, plain text: what may stick to the title.
    pub site_name: Option<String>,
    /// Categories and tags, plain text.
    pub categories: Vec<String>,
    /// Whether the page says that reading it costs something.
    pub access: Access,
    /// What the page asks of those who would republish it.
    pub reserved: Reserved,
    /// Why the page is probably no article, where something says so.
    pub doubt: Option<&'static str>,
    /// The body: markup with the furniture taken out, lazy images already in place, not sanitised.
    pub body: String,
    /// How sure the extractor is that `body` is the article and only the article: 0.0 to 1.0.
    pub confidence: f64,
    /// Every block that was judged, in reading order.
    pub notes: Vec<Note>,
}

/// Whether all may read an article.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Access {
    /// Nothing says otherwise.
    #[default]
    Open,
    /// So many a month are free.
    Metered,
    /// Subscribers only: what was found may be a teaser.
    Paid,
}

/// Why a block stayed or went.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Note {
    /// Where: tag with its id or first class, such as `div.related`.
    pub place: String,
    /// The block's first words, at most 80 characters.
    pub text: String,
    /// Whether it stayed.
    pub verdict: Verdict,
    /// The rule that decided, in words an operator understands: `links only`, `comment form`.
    pub rule: String,
}

/// What became of a block.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// It is part of the article.
    Kept,
    /// It was taken out.
    Removed,
}
