//! A block seen with its surroundings, as numbers for the model; nothing here depends on a language.
//!
//! The order of the numbers is the model's: whoever changes one here trains it anew (`training/`).

use std::ops::Range;

use super::evidence::{Evidence, Prefix};
use super::hashed::{Hashed, key_of_two};
use super::locate::Place;
use super::marks::Furniture;
use super::phrases;
use super::similar::Phrase;
use super::survey::Survey;
use super::tag::Tag;

/// How many numbers describe a block.
pub(super) const N_FEATURES: usize = 80;

/// The next power of two above it, so that no look-up needs a check.
pub(super) const ROW_LENGTH: usize = N_FEATURES.next_power_of_two();

/// The numbers of one block; those after the last are 0.
pub(super) type Row = [f32; ROW_LENGTH];

/// A page, ready to describe its blocks.
pub(super) struct Scene<'a, 'b> {
    survey: &'b Survey<'a>,
    evidence: &'b Evidence,
    place: &'b Place,
    surroundings: Vec<Surroundings>,
    /// By block: which blocks stand in elements of the same name and class.
    shape_of: Vec<u32>,
    shapes: Vec<Shape>,
    sentences: Prefix,
    /// By block: the nearest good block before, and after.
    good_before: Vec<usize>,
    good_after: Vec<usize>,
    /// By block: the heading that heads it, if any.
    heading_of: Vec<Option<usize>>,
    /// By block: what a known phrase of furniture makes of it.
    phrase: Vec<f32>,
    /// By block: how much it is like the headline.
    headline: Vec<f32>,
    h1: Option<usize>,
    /// Children of the smallest subtrees that hold half and a fifth of the good text, by block.
    half: Vec<u32>,
    fifth: Vec<u32>,
}

/// What an element's ancestors, itself included, say.
#[derive(Debug, Clone, Copy, Default)]
struct Surroundings {
    n_for: u16,
    /// Elements that hardly ever hold an article: `nav`, `form`, `aside` …
    n_foreign: u8,
    in_header: bool,
    in_figure: bool,
    in_list: bool,
    in_table: bool,
    in_quote: bool,
    in_article: bool,
    in_link: bool,
    is_hidden: bool,
    /// The outermost element that is furniture by its name, and inside the place.
    furniture: Option<(Furniture, usize)>,
    depth: u16,
}

/// Blocks alike: how many, how long, how linked.
#[derive(Debug, Clone, Copy, Default)]
struct Shape {
    n_blocks: f32,
    words: f32,
    good: f32,
    chars: f32,
    linked: f32,
}

impl<'a, 'b> Scene<'a, 'b> {
    /// Prepares a page.
    pub(super) fn new(survey: &'b Survey<'a>, evidence: &'b Evidence, place: &'b Place, title: Option<&str>) -> Self {
        let (shape_of, shapes) = shapes(survey, evidence);
        let (good_before, good_after) = nearest_good(evidence);
        let mut scene = Self {
            survey,
            evidence,
            place,
            surroundings: surroundings(survey, evidence, place),
            shape_of,
            shapes,
            sentences: Prefix::of(survey.blocks.iter().map(|block| if block.is_sentence { 1.0 } else { 0.0 })),
            good_before,
            good_after,
            heading_of: headings(survey),
            phrase: vec![0.0; survey.blocks.len()],
            headline: vec![0.0; survey.blocks.len()],
            h1: None,
            half: branches(survey, evidence, 0.5),
            fifth: branches(survey, evidence, 0.2),
        };
        scene.read_words(title);
        scene
    }

    /// What depends on the text itself: known phrases, and likeness to the headline.
    fn read_words(&mut self, title: Option<&str>) {
        const MAX_WORDS: f32 = 40.0;
        let title = title.map(Phrase::new);
        for (idx, block) in self.survey.blocks.iter().enumerate() {
            if block.words() > MAX_WORDS {
                continue;
            }
            let text = self.survey.line(idx, 300);
            self.phrase[idx] = if phrases::heading(&text).is_some() {
                2.0
            } else if phrases::opening(&text).is_some() {
                1.0
            } else {
                0.0
            };
            self.headline[idx] = title.as_ref().map_or(0.0, |title| title.likeness(&text));
        }
        let is_h1 = |idx: &usize| self.survey.elements[self.survey.blocks[*idx].parent].tag == Tag::Heading(1);
        let h1s: Vec<usize> = (0..self.survey.blocks.len()).filter(is_h1).collect();
        let like = |idx: &&usize| self.headline[**idx] >= 0.6;
        self.h1 = h1s.iter().find(like).or(h1s.first()).copied();
    }

    /// The numbers of a block.
    pub(super) fn row(&self, idx: usize) -> Row {
        let mut row = Numbers { row: [0.0; ROW_LENGTH], n: 0 };
        self.own(idx, &mut row);
        self.place_in_page(idx, &mut row);
        self.neighbours(idx, &mut row);
        self.containers(idx, &mut row);
        self.subtrees(idx, &mut row);
        self.page(&mut row);
        debug_assert_eq!(row.n, N_FEATURES, "the number of features is a constant of the model");
        row.row
    }

    fn own(&self, idx: usize, row: &mut Numbers) {
        let block = &self.survey.blocks[idx];
        let words = block.words().max(0.25);
        row.add(block.words());
        row.add(block.link_density());
        row.add(block.n_links as f32);
        row.flag(block.is_sentence);
        row.add(block.measure.n_commas as f32 / words);
        row.add(block.measure.n_digits as f32 / block.measure.n_chars.max(1) as f32);
        row.add(block.measure.n_capitals as f32 / words);
        row.add(block.measure.n_chars as f32 / words);
        row.add(code(self.survey.elements[block.parent].tag));
        row.add(self.survey.elements[block.parent].n_own_blocks as f32);
        row.flag(self.evidence.is_good[idx]);
        row.add(self.phrase[idx]);
        row.add(self.headline[idx]);
    }

    fn place_in_page(&self, idx: usize, row: &mut Numbers) {
        let n_blocks = self.survey.blocks.len();
        let total = self.evidence.good.total().max(1.0);
        let before = self.evidence.good.sum(&(0..idx));
        let after = self.evidence.good.sum(&(idx + 1..n_blocks));
        row.add(idx as f32 / n_blocks as f32);
        row.add(before / total);
        row.add(after / total);
        row.add(before);
        row.add(after);
        row.add(self.h1.map_or(-100.0, |h1| (idx as f32 - h1 as f32).clamp(-50.0, 50.0)));
        let root = self.root_of(idx);
        let span = self.span();
        row.flag(root.is_some());
        let in_span = (idx as f32 - span.start as f32) / (span.len().max(1)) as f32;
        row.add(in_span.clamp(-1.0, 2.0));
        let in_place = self.evidence.good.sum(&span).max(1.0);
        let to_come = self.evidence.good.sum(&((idx + 1).min(span.end)..span.end));
        row.add(to_come / in_place);
        row.add(self.evidence.good.sum(&(span.start..idx.clamp(span.start, span.end))) / in_place);
    }

    fn neighbours(&self, idx: usize, row: &mut Numbers) {
        for reach in [1, 2, 5, 15] {
            let window = self.window(idx, reach);
            row.add(self.evidence.link_density(&window));
        }
        let window = self.window(idx, 5);
        row.add(self.evidence.words.sum(&window) / window.len() as f32);
        row.add(self.evidence.good.sum(&window) / self.evidence.words.sum(&window).max(1.0));
        row.add(self.sentences.sum(&window) / window.len() as f32);
        row.add(self.steps_to(idx, self.good_before[idx]));
        row.add(self.steps_to(idx, self.good_after[idx]));
        for neighbour in [idx.checked_sub(2), idx.checked_sub(1), Some(idx + 1), Some(idx + 2)] {
            let block = neighbour.and_then(|neighbour| self.survey.blocks.get(neighbour));
            row.add(block.map_or(-1.0, |block| block.words()));
            row.add(block.map_or(-1.0, |block| block.link_density()));
            row.add(block.map_or(-1.0, |block| code(self.survey.elements[block.parent].tag)));
        }
        let heading = self.heading_of[idx];
        row.add(heading.map_or(-1.0, |heading| (idx - heading).min(50) as f32));
        row.add(heading.map_or(-1.0, |heading| self.phrase[heading]));
        row.add(heading.map_or(-1.0, |heading| self.survey.blocks[heading].words()));
    }

    fn containers(&self, idx: usize, row: &mut Numbers) {
        let parent_idx = self.survey.blocks[idx].parent;
        let around = &self.surroundings[parent_idx];
        let grandparent_idx = self.survey.elements[parent_idx].parent;
        row.add(f32::from(self.evidence.marks[parent_idx].n_against));
        row.add(f32::from(self.evidence.marks[grandparent_idx].n_against));
        row.add(f32::from(self.evidence.n_against[parent_idx]));
        row.add(f32::from(around.n_for));
        row.add(f32::from(around.n_foreign));
        row.flag(around.in_header);
        row.flag(around.in_figure);
        row.flag(around.in_list);
        row.flag(around.in_table);
        row.flag(around.in_quote);
        row.flag(around.in_article);
        row.flag(around.in_link);
        row.flag(around.is_hidden);
        row.add(f32::from(around.depth));
        let named = around.furniture.map(|(kind, idx)| (kind, &self.survey.elements[idx].blocks));
        row.add(named.map_or(0.0, |(kind, _)| 1.0 + f32::from(kind as u8)));
        row.add(named.map_or(0.0, |(_, blocks)| self.evidence.good.sum(blocks) / self.evidence.good.total().max(1.0)));
        let shape = &self.shapes[self.shape_of[idx] as usize];
        row.add(shape.n_blocks);
        row.add(shape.good / self.evidence.good.total().max(1.0));
        row.add(shape.words / shape.n_blocks.max(1.0));
        row.add(shape.linked / shape.chars.max(1.0));
    }

    fn subtrees(&self, idx: usize, row: &mut Numbers) {
        let elements = &self.survey.elements;
        let parent = self.survey.blocks[idx].parent;
        let grandparent = elements[parent].parent;
        let great = elements[grandparent].parent;
        for around in [parent, grandparent, great] {
            let blocks = &elements[around].blocks;
            row.add(self.evidence.link_density(blocks));
            row.add(self.fit(blocks));
        }
        for branch in [self.half[idx], self.fifth[idx]] {
            let blocks = &elements[branch as usize].blocks;
            row.add(self.evidence.link_density(blocks));
            row.add(self.evidence.good.sum(blocks) / self.evidence.good.total().max(1.0));
        }
    }

    fn page(&self, row: &mut Numbers) {
        row.add(self.evidence.good.total());
        row.add(self.evidence.good.total() / self.evidence.words.total().max(1.0));
        row.add(self.place.score);
    }

    /// How well a subtree fits as the place: see [`super::locate`].
    fn fit(&self, blocks: &Range<usize>) -> f32 {
        let sum = self.evidence.good.total() + self.evidence.words.sum(blocks);
        if sum > 0.0 { 2.0 * self.evidence.good.sum(blocks) / sum } else { 0.0 }
    }

    fn window(&self, idx: usize, reach: usize) -> Range<usize> {
        idx.saturating_sub(reach)..(idx + reach + 1).min(self.survey.blocks.len())
    }

    fn steps_to(&self, idx: usize, other: usize) -> f32 {
        const FAR: f32 = 60.0;
        if other == usize::MAX { FAR } else { (idx.abs_diff(other) as f32).min(FAR) }
    }

    fn root_of(&self, idx: usize) -> Option<usize> {
        self.place.roots.iter().copied().find(|root| self.survey.elements[*root].blocks.contains(&idx))
    }

    fn span(&self) -> Range<usize> {
        let first = self.place.roots.first().map_or(0, |root| self.survey.elements[*root].blocks.start);
        let last = self.place.roots.last().map_or(0, |root| self.survey.elements[*root].blocks.end);
        first..last
    }
}

/// Numbers written one after the other.
struct Numbers {
    row: Row,
    n: usize,
}

impl Numbers {
    fn add(&mut self, value: f32) {
        if let Some(place) = self.row.get_mut(self.n) {
            *place = value;
        }
        self.n += 1;
    }

    fn flag(&mut self, value: bool) {
        self.add(f32::from(u8::from(value)));
    }
}

/// A tag as a number, so that kin stand beside each other.
fn code(tag: Tag) -> f32 {
    match tag {
        Tag::Paragraph => 0.0,
        Tag::Quote => 1.0,
        Tag::Pre => 2.0,
        Tag::Item => 3.0,
        Tag::Definition => 4.0,
        Tag::Cell => 5.0,
        Tag::Heading(level) => 5.0 + f32::from(level),
        Tag::Article | Tag::Main | Tag::Section | Tag::Body => 12.0,
        Tag::Box => 13.0,
        Tag::Summary | Tag::Details => 14.0,
        Tag::Caption | Tag::TableCaption | Tag::Figure => 15.0,
        Tag::Header => 16.0,
        Tag::Aside => 17.0,
        Tag::Form | Tag::Button | Tag::Dialog => 18.0,
        Tag::Footer | Tag::Nav => 19.0,
        _ => 20.0,
    }
}

fn surroundings(survey: &Survey<'_>, evidence: &Evidence, place: &Place) -> Vec<Surroundings> {
    let mut all: Vec<Surroundings> = Vec::with_capacity(survey.elements.len());
    for (idx, element) in survey.elements.iter().enumerate() {
        let mut around = all.get(element.parent).copied().unwrap_or_default();
        around.depth = around.depth.saturating_add(1);
        around.n_for = around.n_for.saturating_add(u16::from(evidence.marks[idx].n_for));
        match element.tag {
            Tag::Nav | Tag::Footer | Tag::Aside | Tag::Form | Tag::Button | Tag::Dialog => {
                around.n_foreign = around.n_foreign.saturating_add(1);
            }
            Tag::Header => around.in_header = true,
            Tag::Figure | Tag::Caption => around.in_figure = true,
            Tag::List => around.in_list = true,
            Tag::Table => around.in_table = true,
            Tag::Quote | Tag::Pre => around.in_quote = true,
            Tag::Article | Tag::Main => around.in_article = true,
            Tag::Link => around.in_link = true,
            _ => {}
        }
        around.is_hidden |= element.is_hidden_from_readers;
        if around.furniture.is_none()
            && let Some(kind) = evidence.marks[idx].furniture
            && !place.roots.iter().any(|root| survey.is_within(*root, idx))
        {
            around.furniture = Some((kind, idx));
        }
        all.push(around);
    }
    all
}

fn shapes(survey: &Survey<'_>, evidence: &Evidence) -> (Vec<u32>, Vec<Shape>) {
    let mut known: Hashed<u32> = Hashed::default();
    let mut shapes: Vec<Shape> = Vec::new();
    let mut shape_of = Vec::with_capacity(survey.blocks.len());
    for (idx, block) in survey.blocks.iter().enumerate() {
        let parent = &survey.elements[block.parent];
        let names = key_of_two(parent.class, survey.elements[parent.parent].class);
        let key = names.wrapping_add(code(parent.tag) as u64);
        let number = *known.entry(key).or_insert_with(|| {
            shapes.push(Shape::default());
            (shapes.len() - 1) as u32
        });
        shape_of.push(number);
        let shape = &mut shapes[number as usize];
        shape.n_blocks += 1.0;
        shape.words += block.words();
        shape.good += if evidence.is_good[idx] { block.words() } else { 0.0 };
        shape.chars += block.measure.n_chars as f32;
        shape.linked += block.linked.n_chars as f32;
    }
    (shape_of, shapes)
}

/// By block, the nearest good block before and after; `usize::MAX` where there is none.
fn nearest_good(evidence: &Evidence) -> (Vec<usize>, Vec<usize>) {
    let n = evidence.is_good.len();
    let mut last = usize::MAX;
    let mut step = |idx: usize| if evidence.is_good[idx] { std::mem::replace(&mut last, idx) } else { last };
    let before: Vec<usize> = (0..n).map(&mut step).collect();
    last = usize::MAX;
    let mut step = |idx: usize| if evidence.is_good[idx] { std::mem::replace(&mut last, idx) } else { last };
    let mut after: Vec<usize> = (0..n).rev().map(&mut step).collect();
    after.reverse();
    (before, after)
}

/// By block, the last heading before it.
fn headings(survey: &Survey<'_>) -> Vec<Option<usize>> {
    let mut last = None;
    let mut heading_of = Vec::with_capacity(survey.blocks.len());
    for (idx, block) in survey.blocks.iter().enumerate() {
        heading_of.push(last);
        if matches!(survey.elements[block.parent].tag, Tag::Heading(_)) {
            last = Some(idx);
        }
    }
    heading_of
}

/// By block: the child, holding it, of the smallest subtree that holds such a share of the good text; that
/// subtree itself for text directly inside.
fn branches(survey: &Survey<'_>, evidence: &Evidence, share: f32) -> Vec<u32> {
    let enough = share * evidence.good.total();
    let mut branch = vec![0; survey.blocks.len()];
    // Parents come before children, so the innermost choice is the last one written.
    for (idx, element) in survey.elements.iter().enumerate() {
        if element.blocks.is_empty() || element.tag.is_phrasing() {
            continue;
        }
        let parent = &survey.elements[element.parent];
        let parent_holds_enough = evidence.good.sum(&parent.blocks) >= enough;
        if parent_holds_enough {
            branch[element.blocks.clone()].fill(idx as u32);
        }
    }
    branch
}
