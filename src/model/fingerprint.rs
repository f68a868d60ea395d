//! What near-duplicate search compares, and what it concludes.

use super::{ArticleId, StoryId};

/// Minima of one signature. 126 of them estimate a Jaccard similarity to about ±0.045.
pub const N_MINIMA: usize = 126;
/// Bands of three minima each: finds nearly all pairs from a similarity of 0.5 on.
pub const N_BANDS: usize = 42;

/// A body boiled down to compare it: word (or character) shingles and their MinHash.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Fingerprint {
    /// One value a band; equal values in one band make two articles candidates. Empty where the body is too
    /// short to be evidence.
    pub bands: Vec<u64>,
    /// Hashes of all shingles, sorted, without repeats.
    pub shingles: Vec<u32>,
    /// Numbers, dates and names of the text with what stands around them, and the shingles of its beginning, hashed,
    /// sorted: where these differ, likeness is a template's or a follow-up's.
    pub facts: Vec<u32>,
}

impl Fingerprint {
    /// Whether the body was too short to tell anything.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        // Not by the bands: they are for looking up, and a neighbour that was looked up comes without.
        self.shingles.is_empty()
    }
}

/// An article that shares a band with the one being judged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Neighbour {
    /// Who it is.
    pub id: ArticleId,
    /// The story it belongs to.
    pub story: StoryId,
    /// What it looks like.
    pub fingerprint: Fingerprint,
}

/// What an article is beside its neighbours.
#[derive(Debug, Clone, PartialEq)]
pub enum Judgement {
    /// Nothing like it is known: it opens a story.
    New,
    /// It says what `of` says.
    Duplicate {
        /// The neighbour it repeats.
        of: ArticleId,
        /// That neighbour's story, which it joins.
        story: StoryId,
        /// Jaccard similarity of the shingles: 0.0 to 1.0.
        similarity: f64,
        /// Share of the smaller one's shingles that the larger has: 0.0 to 1.0.
        containment: f64,
    },
}
