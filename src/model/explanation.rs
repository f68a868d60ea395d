//! Why an article came out as it did.

use super::{Article, Note};

/// A page read once more, with every decision.
#[derive(Debug, Clone)]
pub struct Explanation {
    /// What the page alone gives now, without what its entrance told; or why that is no article, for people.
    pub article: Result<Article, String>,
    /// Where fields were weighed or left out, one sentence each, the field first: `title: …`.
    pub fields: Vec<String>,
    /// Each block, kept or removed, in reading order.
    pub blocks: Vec<Note>,
}
