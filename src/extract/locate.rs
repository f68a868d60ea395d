//! Where the article is: the subtree that holds most of the good text and little else.

use super::evidence::{Evidence, Prefix};
use super::survey::Survey;

/// The place of the article.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Place {
    /// The elements that hold it, in reading order; none inside another.
    pub(super) roots: Vec<usize>,
    /// How well they fit, 0.0 to 1.0: the harmonic mean of the share of the page's good text that is inside
    /// and the share of good text among what is inside.
    pub(super) score: f32,
}

/// Finds the place; none on a page without any text.
pub(super) fn place(survey: &Survey<'_>, evidence: &Evidence) -> Option<Place> {
    let total = evidence.good.total();
    let weigh = |blocks| {
        let (good, words) = if total > 0.0 {
            (evidence.good.sum(blocks), evidence.words.sum(blocks))
        } else {
            // Nothing reads like an article: the most text with the fewest links will do.
            let words = evidence.words.sum(blocks);
            (words * (1.0 - evidence.link_density(blocks)).powi(2), words)
        };
        let all = if total > 0.0 { total } else { evidence.words.total() };
        if all + words > 0.0 { 2.0 * good / (all + words) } else { 0.0 }
    };
    let mut best: Option<(usize, f32)> = None;
    for (idx, element) in survey.elements.iter().enumerate() {
        if element.blocks.is_empty() || element.tag.is_phrasing() {
            continue;
        }
        let score = weigh(&element.blocks);
        // On a tie the deeper one wins: it brings less with it.
        if best.is_none_or(|(_, highest)| score >= highest) && score > 0.0 {
            best = Some((idx, score));
        }
    }
    let (root, score) = best?;
    Some(Place { roots: with_siblings(survey, evidence, root), score })
}

/// The place that holds most of some words and little else: `wanted` says how many of them each block holds.
pub(super) fn best(survey: &Survey<'_>, evidence: &Evidence, wanted: &Prefix) -> Option<Place> {
    let score = |idx: usize| {
        let blocks = &survey.elements[idx].blocks;
        2.0 * wanted.sum(blocks) / (wanted.total() + evidence.words.sum(blocks)).max(1.0)
    };
    let is_container = |idx: &usize| {
        let element = &survey.elements[*idx];
        !element.blocks.is_empty() && !element.tag.is_phrasing()
    };
    let all = (0..survey.elements.len()).filter(is_container);
    let root = all.max_by(|one, other| score(*one).total_cmp(&score(*other)))?;
    Some(Place { roots: vec![root], score: score(root) })
}

/// The smallest element around all blocks that stay, and around the place.
pub(super) fn around(survey: &Survey<'_>, place: &Place, is_kept: impl Fn(usize) -> bool) -> Option<usize> {
    let kept = |idx: &usize| is_kept(*idx);
    let first = (0..survey.blocks.len()).find(kept)?;
    let last = (0..survey.blocks.len()).rev().find(kept)?;
    let first_root = survey.elements[*place.roots.first()?].blocks.start.min(first);
    let last_root = survey.elements[*place.roots.last()?].blocks.end.max(last + 1);
    let holds = |idx: &usize| {
        let blocks = &survey.elements[*idx].blocks;
        blocks.start <= first_root && blocks.end >= last_root
    };
    survey.lineage(survey.blocks[first].parent).find(holds)
}

/// Least good words of a neighbour that may join.
const MIN_SECTION_WORDS: f32 = 40.0;

/// The root and those of its neighbours that are sections of the same article: the same element, by class too,
/// with good text and hardly a link.
fn with_siblings(survey: &Survey<'_>, evidence: &Evidence, root: usize) -> Vec<usize> {
    let chosen = &survey.elements[root];
    if chosen.parent == root {
        return vec![root];
    }
    let mut roots = Vec::new();
    let mut idx = chosen.parent + 1;
    let end = survey.elements[chosen.parent].inside.end;
    while idx < end {
        let sibling = &survey.elements[idx];
        let good = evidence.good.sum(&sibling.blocks);
        let words = evidence.words.sum(&sibling.blocks);
        let is_alike = sibling.tag == chosen.tag && sibling.class == chosen.class;
        if idx == root || (is_alike && good >= MIN_SECTION_WORDS && good > 0.6 * words) {
            roots.push(idx);
        }
        idx = sibling.inside.end;
    }
    roots
}
