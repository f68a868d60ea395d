//! What the rules say against a block, structure before words; how much that weighs is decided in `judge`.

use std::ops::Range;

use super::contents;
use super::evidence::Evidence;
use super::locate::Place;
use super::marks::Furniture;
use super::metadata;
use super::phrases::{self, Announces};
use super::similar::Phrase;
use super::survey::{Piece, Survey};
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
/// Of the text so much may be a standfirst, with the byline below it.
const MAX_SHARE_OF_A_STANDFIRST: f32 = 0.25;
/// Longer blocks aren't looked up among the phrases of furniture.
const MAX_PHRASE_WORDS: f32 = 14.0;
/// Against what a known heading announces where the text has ended: there the model takes well-read lines of a short
/// page for its last paragraphs.
const LEAST_AFTER_THE_END: f32 = 0.99;
/// The share of the text before a heading from which on it may head what follows the text.
const MIN_PASSED: f32 = 0.6;
/// A biography or an offer of a newsletter has no more words than these.
const MAX_WORDS_OF_A_NOTE: f32 = 80.0;
/// "Author: …" before fewer words is a fact among others.
const MIN_WORDS_OF_A_BIO: f32 = 8.0;
/// A box of so few words isn't the page's wrapper, whatever stands before it.
const MAX_WORDS_OF_A_LEAF: f32 = 40.0;

/// The rule against small boxes around forms, which the model can't overrule.
const FORM_BOX: &str = "a box around a form";
/// Nothing between headline and text that says who wrote it, or when, is its first sentence.
const LEAST_AGAINST_A_BYLINE: f32 = 0.99;
/// Words of a box that introduces a form; longer ones are articles with a form in them.
const MAX_WORDS_OF_A_FORM_BOX: f32 = 80.0;

/// The rule that speaks against each block of the article's place, if any, and of what follows it up to `reach`.
pub(super) fn objections(
    survey: &Survey<'_>,
    evidence: &Evidence,
    place: &Place,
    title: Option<&str>,
    reach: usize,
    trial: &Trial,
) -> Vec<Option<Objection>> {
    let against = vec![None; survey.blocks.len()];
    if !trial.has(Part::Rules) {
        return against;
    }
    let good = place.roots.iter().map(|root| evidence.good.sum(&survey.elements[*root].blocks)).sum();
    let start = place.roots.first().map_or(0, |root| survey.elements[*root].blocks.start);
    let end = place.roots.last().map_or(0, |root| survey.elements[*root].blocks.end);
    let reach = reach.max(end);
    let mut prosecutor =
        Prosecutor { survey, evidence, place, title, good, span: start..end, reach, announced: 0.0, against, trial };
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
    /// One past the last block that may stay, in the place or below it.
    reach: usize,
    /// Good words up to there that a known phrase announces as something else.
    announced: f32,
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
        for block_idx in blocks {
            let known = self.against[block_idx].map_or(0.0, |known| known.least);
            if known < objection.least {
                self.against[block_idx] = Some(objection);
            }
            let is_announced = known < LEAST_AGAINST_A_PHRASE && objection.least >= LEAST_AGAINST_A_PHRASE;
            if is_announced && (self.span.start..self.reach).contains(&block_idx) {
                self.announced += self.evidence.good.sum(&(block_idx..block_idx + 1));
            }
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
        self.evidence.good.sum(&(block_idx.min(self.reach)..self.reach)) - self.announced
    }

    /// Good words that no known phrase has taken yet.
    fn good_left(&self) -> f32 {
        self.good_from(self.span.start)
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
        let is_leaf = element.blocks.len() == 1 && self.evidence.words.sum(&element.blocks) <= MAX_WORDS_OF_A_LEAF;
        let is_wrapper = !(is_leaf && furniture == Furniture::Promotion);
        if has_headline || (is_early && reads_well && is_wrapper) || (furniture == Furniture::Meta && reads_well) {
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
            if block.words() > 40.0 || self.good_before(block_idx) > MAX_SHARE_OF_A_STANDFIRST * self.good {
                continue;
            }
            let text = self.survey.line(block_idx, 400);
            // A standfirst may come between the headline and the byline.
            let is_above_the_text = first_good.is_none_or(|first| block_idx < first)
                || self.survey.lineage(block.parent).any(|idx| elements[idx].tag == Tag::Header);
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
        // From the end, so that a section is seen without the furniture below it.
        for block_idx in (self.span.start..self.reach).rev() {
            let block = &self.survey.blocks[block_idx];
            let is_late = self.good_before(block_idx) >= MIN_PASSED * self.good_left();
            if block.words() > if is_late { MAX_WORDS_OF_A_NOTE } else { MAX_WORDS_OF_A_LEAF } {
                continue;
            }
            let text = self.survey.line(block_idx, 200);
            let is_phrase = block.words() <= MAX_PHRASE_WORDS;
            if is_phrase && self.is_among_cells(block_idx) {
                continue;
            }
            if let Some(announced) = phrases::heading(&text).filter(|_| is_phrase) {
                self.section(block_idx, announced);
            } else if let Some(announced) = phrases::opening(&text).or_else(|| self.label(block_idx)) {
                self.line(block_idx, announced, &text);
            }
        }
    }

    /// Whether a block stands in a cell of a table of several columns, where "Category" names a column.
    fn is_among_cells(&self, block_idx: usize) -> bool {
        let elements = &self.survey.elements;
        let mut around = self.survey.lineage(self.survey.blocks[block_idx].parent).take(3).map(|idx| &elements[idx]);
        let cell = around.find(|element| element.tag == Tag::Cell);
        cell.is_some_and(|cell| cell.blocks.len() == 1 && elements[cell.parent].blocks.len() > 1)
    }

    /// What the words before the first link of a block announce.
    fn label(&self, block_idx: usize) -> Option<Announces> {
        let block = &self.survey.blocks[block_idx];
        if block.n_links == 0 || block.is_sentence {
            return None;
        }
        let tape = block.tape.clone();
        let is_link =
            |piece: &Piece<'_>| matches!(piece, Piece::Open(idx) if self.survey.elements[*idx].tag == Tag::Link);
        let end = self.survey.tape[tape.clone()].iter().position(is_link)?;
        phrases::heading(&self.survey.text(tape.start..tape.start + end, 120))
    }

    /// Objects to a line whose first words say what it is.
    fn line(&mut self, block_idx: usize, announced: Announces, text: &str) {
        let block = &self.survey.blocks[block_idx];
        let (rule, least) = (announced.rule(), LEAST_AFTER_THE_END);
        let is_linked = block.n_links > 0 && block.link_density() > 0.3;
        // "Author: … Released: … Genre: …" are facts about a book.
        let is_bio = block.words() >= MIN_WORDS_OF_A_BIO && text.matches([':', '：']).count() < 2;
        match announced {
            Announces::Related | Announces::Tags | Announces::Share if is_linked => {
                self.object(block_idx..block_idx + 1, Objection { rule, least });
            }
            Announces::Author if is_bio && self.is_at_the_end(block_idx) => {
                self.object(block_idx..block_idx + 1, Objection { rule, least });
            }
            _ => {}
        }
    }

    /// Whether most of the text has been and little is left.
    fn is_at_the_end(&self, block_idx: usize) -> bool {
        let good = self.good_left();
        self.good_before(block_idx) >= MIN_PASSED * good && self.good_from(block_idx) <= 0.5 * good
    }

    /// Removes a heading of furniture and what it heads.
    fn section(&mut self, block_idx: usize, announced: Announces) {
        let rule = announced.rule();
        let elements = &self.survey.elements;
        let heading = self.survey.blocks[block_idx].parent;
        let is_heading = matches!(elements[heading].tag, Tag::Heading(_));
        self.announce(block_idx..block_idx + 1, rule);
        let is_action =
            self.survey.lineage(heading).take(3).any(|idx| matches!(elements[idx].tag, Tag::Button | Tag::Form));
        if is_action || matches!(announced, Announces::Advertisement | Announces::Share | Announces::Navigation) {
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
        let passed = self.good_before(block_idx) / self.good_left().max(1.0);
        let is_far = passed >= MIN_PASSED || matches!(announced, Announces::Related | Announces::Newsletter);
        let is_end = self.is_at_the_end(block_idx);
        if boxed.len() > 1 && is_far {
            if !is_end {
                self.announce(boxed, rule);
            } else if announced == Announces::Comments && self.is_last_section(block_idx) {
                self.finish(block_idx..self.reach, rule);
            } else {
                self.finish(boxed, rule);
            }
            return;
        }
        match announced {
            Announces::Comments if is_end && self.is_last_section(block_idx) => {
                self.finish(block_idx..self.reach, rule)
            }
            Announces::Comments if is_end => {
                self.announce(block_idx..self.next_section(block_idx), rule);
            }
            Announces::Related | Announces::Tags | Announces::Author | Announces::Newsletter
                if is_heading || passed >= MIN_PASSED =>
            {
                let is_end = passed >= MIN_PASSED && !matches!(announced, Announces::Tags);
                let mut end = block_idx + 1;
                while end < self.reach {
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
        if is_end && matches!(announced, Announces::Author | Announces::Newsletter) {
            self.finish(block_idx..self.end_of_a_note(block_idx), rule);
        }
        if matches!(announced, Announces::Related | Announces::Tags) {
            let is_linked = |idx: &usize| self.survey.blocks[*idx].link_density() >= 0.8;
            let end = (block_idx + 1..self.reach).find(|idx| !is_linked(idx)).unwrap_or(self.reach);
            if end > block_idx + 1 {
                self.finish(block_idx..end, rule);
            }
        }
    }

    /// What a heading announces where the text has ended.
    fn finish(&mut self, blocks: Range<usize>, rule: &'static str) {
        self.object(blocks, Objection { rule, least: LEAST_AFTER_THE_END });
    }

    /// Whether no other section with a text of its own follows: a paper's discussion is no thread.
    fn is_last_section(&self, heading_idx: usize) -> bool {
        self.next_section(heading_idx) == self.reach
    }

    /// The next heading with a text of its own.
    fn next_section(&self, heading_idx: usize) -> usize {
        let is_heading =
            |idx: usize| matches!(self.survey.elements[self.survey.blocks[idx].parent].tag, Tag::Heading(_));
        // A date or a count may stand between the two.
        let has_text = |idx: usize| {
            let mut below = (idx + 1..self.reach).take(2).take_while(|idx| !is_heading(*idx));
            below.any(|idx| self.evidence.is_good[idx])
        };
        let is_section = |idx: usize| {
            is_heading(idx)
                && has_text(idx)
                && phrases::heading(&self.survey.text(self.survey.blocks[idx].tape.clone(), 200)).is_none()
        };
        (heading_idx + 1..self.reach).find(|idx| is_section(*idx)).unwrap_or(self.reach)
    }

    /// One past the last block of a few sentences under a heading.
    fn end_of_a_note(&self, heading_idx: usize) -> usize {
        let mut words = 0.0;
        let goes_on = |idx: &usize| {
            let block = &self.survey.blocks[*idx];
            words += block.words();
            words <= MAX_WORDS_OF_A_NOTE && !matches!(self.survey.elements[block.parent].tag, Tag::Heading(_))
        };
        heading_idx + 1 + (heading_idx + 1..self.reach).take_while(goes_on).count()
    }

    /// Lists of links and lines that are nothing but a link.
    fn links(&mut self) {
        for run in contents::boxes(self.survey, self.evidence, &self.span) {
            self.finish(run, "links to other places of the page");
        }
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

    /// Whether a line is "Page 1 of 3" beside a row of such links, or the row.
    fn is_page_number(&self, block_idx: usize) -> bool {
        let numbers = |block_idx: usize| {
            let block = &self.survey.blocks[block_idx];
            let text = self.survey.text(block.tape.clone(), 80);
            let n = text.split(|c: char| !c.is_numeric()).filter(|part| !part.is_empty()).count();
            (n as f32 >= 0.4 * block.words() && block.words() <= 12.0).then_some(n).filter(|n| *n >= 2)
        };
        let is_linked = |idx: usize| self.survey.blocks[idx].link_density() >= 0.3;
        let around = block_idx.saturating_sub(1)..(block_idx + 2).min(self.span.end);
        numbers(block_idx).is_some() && around.clone().any(|idx| is_linked(idx) && numbers(idx).is_some())
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
            if self.is_page_number(block_idx) {
                self.finish(block_idx..block_idx + 1, "the numbers of further pages");
            }
        }
    }
}
