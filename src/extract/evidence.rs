//! What is known of each block and each subtree before anything is decided.

use std::ops::Range;

use super::hashed::{Hashed, key_of_two};
use super::marks::{Furniture, Marks};
use super::survey::{Block, Survey};
use super::tag::Tag;

/// Sums over blocks: the sum over a range is a difference of two entries.
#[derive(Debug, Default)]
pub(super) struct Prefix(Vec<f32>);

impl Prefix {
    /// Adds up a value of each block.
    pub(super) fn of(values: impl Iterator<Item = f32>) -> Self {
        let mut total = 0.0;
        let sums = values.map(|value| {
            total += value;
            total
        });
        Self(std::iter::once(0.0).chain(sums).collect())
    }

    /// The sum over some blocks.
    pub(super) fn sum(&self, range: &Range<usize>) -> f32 {
        self.0[range.end.max(range.start)] - self.0[range.start]
    }

    /// The sum over all blocks.
    pub(super) fn total(&self) -> f32 {
        self.0.last().copied().unwrap_or_default()
    }
}

/// Evidence about the blocks and elements of a page.
#[derive(Debug)]
pub(super) struct Evidence {
    /// What each element's class and id say.
    pub(super) marks: Vec<Marks>,
    /// Words of class names against an element, its ancestors' included.
    pub(super) n_against: Vec<u16>,
    /// Blocks that read like an article's text.
    pub(super) is_good: Vec<bool>,
    pub(super) words: Prefix,
    /// Words in good blocks.
    pub(super) good: Prefix,
    pub(super) chars: Prefix,
    pub(super) linked_chars: Prefix,
    /// By block, the rule by which it is certainly another text than the article; empty where there is none.
    pub(super) foreign: Vec<Option<&'static str>>,
}

impl Evidence {
    /// Gathers it.
    pub(super) fn of(survey: &Survey<'_>) -> Self {
        let (marks, n_against) = class_marks(survey);
        let mut is_good: Vec<bool> = survey.blocks.iter().map(reads_like_an_article).collect();
        for (idx, element) in survey.elements.iter().enumerate() {
            if is_never_text(survey, &marks, idx) {
                is_good[element.blocks.clone()].fill(false);
            }
        }
        let blocks = &survey.blocks;
        let good = Prefix::of(blocks.iter().zip(&is_good).map(|(block, good)| if *good { block.words() } else { 0.0 }));
        Self {
            marks,
            n_against,
            is_good,
            words: Prefix::of(blocks.iter().map(Block::words)),
            good,
            chars: Prefix::of(blocks.iter().map(|block| block.measure.n_chars as f32)),
            linked_chars: Prefix::of(blocks.iter().map(|block| block.linked.n_chars as f32)),
            foreign: Vec::new(),
        }
    }

    /// Takes blocks for another text than the article, unless that would leave nothing.
    pub(super) fn exclude(&mut self, survey: &Survey<'_>, others: &[(Range<usize>, &'static str)]) {
        if others.is_empty() {
            return;
        }
        let mut is_good = self.is_good.clone();
        let mut foreign = vec![None; survey.blocks.len()];
        for (blocks, rule) in others {
            is_good[blocks.clone()].fill(false);
            foreign[blocks.clone()].fill(Some(*rule));
        }
        if !is_good.contains(&true) {
            return;
        }
        let words = survey.blocks.iter().zip(&is_good).map(|(block, good)| if *good { block.words() } else { 0.0 });
        self.good = Prefix::of(words);
        self.is_good = is_good;
        self.foreign = foreign;
    }

    /// Share of the text that is linked: 0.0 to 1.0.
    pub(super) fn link_density(&self, range: &Range<usize>) -> f32 {
        let chars = self.chars.sum(range);
        if chars > 0.0 { self.linked_chars.sum(range) / chars } else { 0.0 }
    }
}

/// A sentence of at least 12 words or a text of at least 25, hardly linked.
fn reads_like_an_article(block: &Block) -> bool {
    let (words, density) = (block.words(), block.link_density());
    (words >= 12.0 && density < 0.25 && block.is_sentence) || (words >= 25.0 && density < 0.3)
}

/// Containers whose text never counts as an article's, however well it reads.
fn is_never_text(survey: &Survey<'_>, marks: &[Marks], idx: usize) -> bool {
    let element = &survey.elements[idx];
    if element.blocks.is_empty() {
        return false;
    }
    match element.tag {
        Tag::Nav | Tag::Footer | Tag::Dialog => true,
        _ => {
            marks[idx].furniture == Some(Furniture::Comments)
                && element.blocks.start > 0
                && !survey.elements[element.inside.clone()].iter().any(|inner| inner.tag == Tag::Heading(1))
        }
    }
}

/// Reads the class and id of each container that holds text.
fn class_marks(survey: &Survey<'_>) -> (Vec<Marks>, Vec<u16>) {
    let mut known: Hashed<Marks> = Hashed::default();
    let mut marks = Vec::with_capacity(survey.elements.len());
    let mut n_against: Vec<u16> = Vec::with_capacity(survey.elements.len());
    for element in &survey.elements {
        let has_name = !(element.class.is_empty() && element.id.is_empty());
        let own = if has_name && !element.blocks.is_empty() && !element.tag.is_phrasing() {
            *known.entry(key_of_two(element.class, element.id)).or_insert_with(|| Marks::of(element.class, element.id))
        } else {
            Marks::default()
        };
        let inherited = n_against.get(element.parent).copied().unwrap_or_default();
        n_against.push(inherited.saturating_add(u16::from(own.n_against)));
        marks.push(own);
    }
    (marks, n_against)
}
