//! What the rules say against a block, structure before words; how much that weighs is decided in `judge`.

use std::ops::Range;

use super::evidence::Evidence;
use super::locate::Place;
use super::marks::Furniture;
use super::metadata;
use super::phrases::{self, Announces};
use super::similar::Phrase;
use super::survey::Survey;
use super::tag::Tag;
use super::trial::{Part, Trial};

/// What a rule says against a block.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Objection {
    /// The rule, in words an operator understands.
    pub(super) rule: &'static str,
    /// The block stays only if it belongs to the article with at least this probability.
    pub(super) least: f32,
}

/// Against tags, names and phrases of furniture. Lower ones leak comment threads that read well.
const LEAST_AGAINST_A_NAME: f32 = 0.8;
/// Against what a known phrase announces as a whole: on short pages the model is too sure of such blocks.
const LEAST_AGAINST_A_PHRASE: f32 = 0.9;
/// Against lists of links and what follows the text: references look the same.
const LEAST_AGAINST_A_SHAPE: f32 = 0.5;
/// The share of the good text that a single rule about a container may never exceed.
const MAX_SHARE_OF_ONE_RULE: f32 = 0.3;
/// A class name at the very top is more often a wrapper's than furniture's.
const MIN_WORDS_BEFORE_NAMED_FURNITURE: f32 = 40.0;
/// Blocks above the article's place in which its headline and byline are looked for.
const REACH_ABOVE: usize = 12;
/// A line this much like the headline repeats it.
const MIN_LIKENESS: f32 = 0.8;
/// Longer blocks aren't looked up among the phrases of furniture.
const MAX_PHRASE_WORDS: f32 = 14.0;

/// The rule against small boxes around forms, which the model can't overrule.
const FORM_BOX: &str = "a box around a form";
/// Nothing between headline and text that says who wrote it, or when, is its first sentence.
const LEAST_AGAINST_A_BYLINE: f32 = 0.99;
/// Words of a box that introduces a form; longer ones are articles with a form in them.
const MAX_WORDS_OF_A_FORM_BOX: f32 = 80.0;

/// The rule that speaks against each block of the article's place, if any.
pub(super) fn objections(
    survey: &Survey<'_>,
    evidence: &Evidence,
    place: &Place,
    title: Option<&str>,
    trial: &Trial,
) -> Vec<Option<Objection>> {
    let against = vec![None; survey.blocks.len()];
    if !trial.has(Part::Rules) {
        return against;
    }
    let good = place.roots.iter().map(|root| evidence.good.sum(&survey.elements[*root].blocks)).sum();
    let start = place.roots.first().map_or(0, |root| survey.elements[*root].blocks.start);
    let end = place.roots.last().map_or(0, |root| survey.elements[*root].blocks.end);
    let mut prosecutor = Prosecutor { survey, evidence, place, title, good, span: start..end, against, trial };
    prosecutor.containers();
    prosecutor.headline();
    if trial.has(Part::Phrases) {
        prosecutor.announced();
    }
    prosecutor.links();
    prosecutor.tail();
    prosecutor.against
}

struct Prosecutor<'a, 'b> {
    survey: &'b Survey<'a>,
    evidence: &'b Evidence,
    place: &'b Place,
    title: Option<&'b str>,
    /// Good words of the place.
    good: f32,
    /// From its first block to its last.
    span: Range<usize>,
    against: Vec<Option<Objection>>,
    trial: &'b Trial,
}

impl Prosecutor<'_, '_> {
    /// Something that is hardly ever part of an article.
    fn remove(&mut self, blocks: Range<usize>, rule: &'static str) {
        // Boxes around forms are too rare in the middle of a text for the model to have learned them.
        let least = if rule == FORM_BOX { f32::INFINITY } else { LEAST_AGAINST_A_NAME };
        self.object(blocks, Objection { rule, least });
    }

    /// Something that often isn't.
    fn doubt(&mut self, blocks: Range<usize>, rule: &'static str) {
        self.object(blocks, Objection { rule, least: LEAST_AGAINST_A_SHAPE });
    }

    fn object(&mut self, blocks: Range<usize>, objection: Objection) {
        for against in &mut self.against[blocks] {
            against.get_or_insert(objection);
        }
    }

    /// Whether removing these blocks would take too much of the article.
    fn is_too_much(&self, blocks: &Range<usize>) -> bool {
        self.evidence.good.sum(blocks) > MAX_SHARE_OF_ONE_RULE * self.good
    }

    fn good_before(&self, block_idx: usize) -> f32 {
        self.evidence.good.sum(&(self.span.start..block_idx.max(self.span.start)))
    }

    fn good_from(&self, block_idx: usize) -> f32 {
        self.evidence.good.sum(&(block_idx.min(self.span.end)..self.span.end))
    }

    /// Containers that are never part of an article, by their tag or by their name.
    fn containers(&mut self) {
        for root_idx in 0..self.place.roots.len() {
            let root = self.place.roots[root_idx];
            let mut idx = root + 1;
            let end = self.survey.elements[root].inside.end;
            while idx < end {
                let element = &self.survey.elements[idx];
                let blocks = element.blocks.clone();
                let next = element.inside.end;
                let rule = if blocks.is_empty() { None } else { self.container_rule(idx) };
                match rule {
                    Some(rule) => {
                        self.remove(blocks, rule);
                        idx = next;
                    }
                    None => idx += 1,
                }
            }
        }
    }

    fn container_rule(&self, idx: usize) -> Option<&'static str> {
        let element = &self.survey.elements[idx];
        if self.is_too_much(&element.blocks) {
            return None;
        }
        let by_tag = match element.tag {
            Tag::Nav => Some("navigation"),
            Tag::Footer => Some("footer"),
            Tag::Dialog => Some("dialog"),
            Tag::Form => Some("form"),
            Tag::Button => Some("button"),
            Tag::Aside => Some("aside"),
            _ if element.is_hidden_from_readers => Some("hidden from screen readers"),
            _ if self.is_box_around_a_form(idx) => Some(FORM_BOX),
            _ if element.attr("role") == Some("complementary") => Some("aside"),
            _ => None,
        };
        if by_tag.is_some() {
            return by_tag;
        }
        let furniture = self.evidence.marks[idx].furniture.filter(|_| self.trial.has(Part::Names))?;
        let has_headline =
            self.survey.elements[element.inside.clone()].iter().any(|inner| inner.tag == Tag::Heading(1));
        let words_before = self.evidence.words.sum(&(self.span.start..element.blocks.start.max(self.span.start)));
        let is_early = words_before < MIN_WORDS_BEFORE_NAMED_FURNITURE;
        let reads_well = self.evidence.good.sum(&element.blocks) > 0.0;
        if has_headline || (is_early && reads_well) || (furniture == Furniture::Meta && reads_well) {
            return None;
        }
        Some(furniture.rule())
    }

    /// Whether an element is a small box whose purpose is a form: a sign-up, a search, a poll. Some sites wrap the
    /// whole page in a form, so the box has to be small.
    fn is_box_around_a_form(&self, idx: usize) -> bool {
        let element = &self.survey.elements[idx];
        matches!(element.tag, Tag::Box)
            && self.evidence.words.sum(&element.blocks) <= MAX_WORDS_OF_A_FORM_BOX
            && self.survey.elements[element.inside.clone()].iter().any(|inner| inner.tag == Tag::Form)
    }

    /// The headline itself, what stands above it, lines that repeat it, and the byline under it.
    fn headline(&mut self) {
        let elements = &self.survey.elements;
        let is_h1 = |idx: &usize| elements[self.survey.blocks[*idx].parent].tag == Tag::Heading(1);
        let headline = self.span.clone().find(is_h1).filter(|idx| self.good_before(*idx) <= 0.1 * self.good);
        if let Some(block_idx) = headline {
            self.remove(self.span.start..block_idx, "above the headline");
            let heading = &elements[self.survey.blocks[block_idx].parent];
            self.remove(heading.blocks.clone(), "headline");
        }
        // The headline and the byline may also stand above the place.
        let above = self.span.start.saturating_sub(REACH_ABOVE);
        let first_good = (self.span.start..self.span.end).find(|idx| self.evidence.is_good[*idx]);
        let title = self.title.map(Phrase::new);
        for block_idx in above..self.span.end {
            let block = &self.survey.blocks[block_idx];
            if block.words() > 40.0 || self.good_before(block_idx) > 0.2 * self.good {
                continue;
            }
            let text = self.survey.line(block_idx, 400);
            let is_above_the_text = first_good.is_none_or(|first| block_idx < first);
            if title.as_ref().is_some_and(|title| title.likeness(&text) >= MIN_LIKENESS) {
                self.remove(block_idx..block_idx + 1, "repeats the headline");
            } else if is_above_the_text && block.words() <= MAX_PHRASE_WORDS && metadata::is_byline(&text) {
                let objection = Objection { rule: "date or byline", least: LEAST_AGAINST_A_BYLINE };
                self.object(block_idx..block_idx + 1, objection);
            }
        }
    }

    /// Something that a known phrase announces.
    fn announce(&mut self, blocks: Range<usize>, rule: &'static str) {
        self.object(blocks, Objection { rule, least: LEAST_AGAINST_A_PHRASE });
    }

    /// What known phrases announce: related articles, comments, share bars.
    fn announced(&mut self) {
        for block_idx in self.span.clone() {
            let block = &self.survey.blocks[block_idx];
            if self.against[block_idx].is_some() || block.words() > 40.0 {
                continue;
            }
            let text = self.survey.line(block_idx, 200);
            let is_phrase = block.words() <= MAX_PHRASE_WORDS;
            if let Some(announced) = phrases::heading(&text).filter(|_| is_phrase) {
                self.section(block_idx, announced);
            } else if let Some(announced) = phrases::opening(&text) {
                let is_linked = block.n_links > 0 && block.link_density() > 0.3;
                if is_linked && matches!(announced, Announces::Related | Announces::Tags | Announces::Share) {
                    self.announce(block_idx..block_idx + 1, announced.rule());
                }
            }
        }
    }

    /// Removes a heading of furniture and what it heads.
    fn section(&mut self, block_idx: usize, announced: Announces) {
        let rule = announced.rule();
        let elements = &self.survey.elements;
        let heading = self.survey.blocks[block_idx].parent;
        let is_heading = matches!(elements[heading].tag, Tag::Heading(_));
        self.announce(block_idx..block_idx + 1, rule);
        if matches!(announced, Announces::Advertisement | Announces::Share | Announces::Navigation) {
            return;
        }
        // A box that begins with the heading goes as a whole.
        let mut around = heading;
        while elements[around].parent != around {
            let parent = elements[around].parent;
            let blocks = &elements[parent].blocks;
            if blocks.start != block_idx || self.place.roots.contains(&parent) || self.is_too_much(blocks) {
                break;
            }
            around = parent;
        }
        let boxed = elements[around].blocks.clone();
        let passed = self.good_before(block_idx) / self.good.max(1.0);
        let is_far = passed >= 0.6 || matches!(announced, Announces::Related | Announces::Newsletter);
        if boxed.len() > 1 && is_far {
            self.announce(boxed, rule);
            return;
        }
        match announced {
            Announces::Comments if passed >= 0.6 && self.good_from(block_idx) <= 0.5 * self.good => {
                self.announce(block_idx..self.span.end, rule);
            }
            Announces::Related | Announces::Tags | Announces::Author | Announces::Newsletter
                if is_heading || passed >= 0.6 =>
            {
                let is_end = passed >= 0.6 && !matches!(announced, Announces::Tags);
                let mut end = block_idx + 1;
                while end < self.span.end {
                    let next = &self.survey.blocks[end];
                    let is_next_heading = matches!(elements[next.parent].tag, Tag::Heading(_));
                    let is_linked = next.link_density() >= 0.5;
                    let stops = if self.evidence.is_good[end] {
                        !(is_end && matches!(announced, Announces::Author))
                    } else {
                        is_next_heading && !is_linked && !is_end
                    };
                    if stops {
                        break;
                    }
                    end += 1;
                }
                self.announce(block_idx..end, rule);
            }
            _ => {}
        }
    }

    /// Lists of links and lines that are nothing but a link.
    fn links(&mut self) {
        for block_idx in self.span.clone() {
            if self.against[block_idx].is_some() || self.evidence.is_good[block_idx] {
                continue;
            }
            let block = &self.survey.blocks[block_idx];
            let own = block.link_density();
            let around = block_idx.saturating_sub(5).max(self.span.start)..(block_idx + 6).min(self.span.end);
            let around = self.evidence.link_density(&around);
            let tag = self.survey.elements[block.parent].tag;
            let is_heading = matches!(tag, Tag::Heading(_));
            let in_table = matches!(tag, Tag::Cell);
            if around >= 0.5 {
                self.doubt(block_idx..block_idx + 1, "among links");
            } else if own >= 0.8 && around >= 0.2 && !is_heading && !in_table {
                self.doubt(block_idx..block_idx + 1, "links only");
            } else if own >= 0.8 && matches!(tag, Tag::Paragraph | Tag::Box) && block.words() <= 25.0 {
                self.doubt(block_idx..block_idx + 1, "a line that is a link");
            }
        }
    }

    /// After the last good block only what continues it stays.
    fn tail(&mut self) {
        let last = self.span.clone().rev().find(|idx| self.evidence.is_good[*idx] && self.against[*idx].is_none());
        let Some(last) = last else { return };
        for block_idx in last + 1..self.span.end {
            let block = &self.survey.blocks[block_idx];
            let tag = self.survey.elements[block.parent].tag;
            let continues = match tag {
                Tag::Item | Tag::Cell | Tag::Quote | Tag::Pre | Tag::Definition => block.link_density() < 0.5,
                Tag::Paragraph => block.link_density() < 0.3 && block.is_sentence,
                _ => false,
            };
            if !continues {
                self.doubt(block_idx..block_idx + 1, "nothing follows it");
            }
        }
    }
}
