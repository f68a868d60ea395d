//! Which blocks of a page belong to its article: the model decides, the rules tip the scales.

use std::collections::HashSet;

use super::evidence::Evidence;
use super::features::{Row, Scene};
use super::locate::Place;
use super::rules;
use super::survey::Survey;
use super::tag::Tag;
use super::trial::{Part, Trial};

/// What became of each block of the page.
#[derive(Debug)]
pub(super) struct Verdicts {
    /// By block, the rule that removed it, or none where it stays.
    pub(super) removed_by: Vec<Option<&'static str>>,
    /// By block, how likely it belongs to the article: 0.0 to 1.0.
    pub(super) probability: Vec<f32>,
}

impl Verdicts {
    /// Whether a block stays.
    pub(super) fn is_kept(&self, block_idx: usize) -> bool {
        self.removed_by[block_idx].is_none()
    }
}

/// The rule of everything outside the article's place.
pub(super) const OUTSIDE: &str = "outside the article";
/// The rule of what comes twice.
pub(super) const COPY: &str = "a second copy of the same text";
/// The numbers of so many blocks stay in the nearest cache, and of a long page they aren't all there at once.
const BLOCKS_AT_ONCE: usize = 64;
const UNLIKE: &str = "unlike the text around it";
/// Least probability of a block that stays.
const THRESHOLD: f32 = 0.42;
/// Least probability of a sentence that continues good text.
const THRESHOLD_OF_A_SENTENCE: f32 = 0.25;
/// Least probability of a heading that stays although its section is gone.
const LEAST_OF_A_LONE_HEADING: f32 = 0.6;

/// Of the text of long blocks at least this share has to come twice before copies go.
const MIN_SHARE_OF_COPIES: f32 = 0.15;

/// Judges every block of a page.
pub(super) fn verdicts(
    survey: &Survey<'_>,
    evidence: &Evidence,
    place: &Place,
    title: Option<&str>,
    trial: &Trial,
) -> Verdicts {
    let forest = trial.forest();
    let scene = Scene::new(survey, evidence, place, title);
    let mut probability: Vec<f32> = Vec::with_capacity(survey.blocks.len());
    let mut rows: Vec<Row> = Vec::with_capacity(BLOCKS_AT_ONCE);
    for start in (0..survey.blocks.len()).step_by(BLOCKS_AT_ONCE) {
        let end = (start + BLOCKS_AT_ONCE).min(survey.blocks.len());
        rows.clear();
        rows.extend((start..end).map(|idx| scene.row(idx)));
        probability.extend(forest.probabilities(&rows));
    }
    let reach =
        probability.iter().rposition(|probability| *probability >= THRESHOLD_OF_A_SENTENCE).map_or(0, |last| last + 1);
    let objections = rules::objections(survey, evidence, place, title, reach, trial);
    let mut removed_by: Vec<Option<&str>> = Vec::with_capacity(survey.blocks.len());
    for (idx, probability) in probability.iter().enumerate() {
        let is_inside = || place.roots.iter().any(|root| survey.elements[*root].blocks.contains(&idx));
        let threshold = if trial.has(Part::Sentences) && continues(survey, evidence, &removed_by, idx) {
            THRESHOLD_OF_A_SENTENCE
        } else {
            THRESHOLD
        };
        let least = objections[idx].map_or(threshold, |objection| objection.least);
        removed_by.push(match (*probability >= least, objections[idx]) {
            _ if evidence.foreign.get(idx).is_some_and(Option::is_some) => evidence.foreign[idx],
            (true, _) => None,
            (false, Some(objection)) => Some(objection.rule),
            (false, None) => Some(if is_inside() { UNLIKE } else { OUTSIDE }),
        });
    }
    if trial.has(Part::Copies) {
        second_copies(survey, &mut removed_by);
    }
    if trial.has(Part::Headings) {
        orphaned_headings(survey, &probability, &mut removed_by);
    }
    Verdicts { removed_by, probability }
}

/// Whether a block is a sentence in the same element as the text before it, without a link: short news ends so. What
/// rules object to may stand between the two.
fn continues(survey: &Survey<'_>, evidence: &Evidence, removed_by: &[Option<&'static str>], idx: usize) -> bool {
    /// Lines between two paragraphs: a heading of furniture and some links.
    const MOST_BETWEEN: usize = 4;
    let is_paragraph = |idx: usize| {
        let block = &survey.blocks[idx];
        survey.elements[block.parent].tag == Tag::Paragraph && block.is_sentence && block.n_links == 0
    };
    let container = |idx: usize| survey.elements[survey.blocks[idx].parent].parent;
    let is_between = |idx: &usize| !evidence.is_good[*idx] && removed_by[*idx].is_some() && !is_paragraph(*idx);
    let skipped = (0..idx).rev().take(MOST_BETWEEN).take_while(is_between).count();
    let Some(before) = idx.checked_sub(skipped + 1) else { return false };
    let is_text = evidence.is_good[before] || (removed_by[before].is_none() && is_paragraph(before));
    is_paragraph(idx) && is_text && container(idx) == container(before)
}

/// Removes what comes twice where most of a page does: once for telephones and once for desks, say. Where little
/// is repeated it is meant: a pull quote, a refrain.
fn second_copies(survey: &Survey<'_>, removed_by: &mut [Option<&'static str>]) {
    const MIN_WORDS: f32 = 12.0;
    const MAX_BYTES: usize = 160;
    let kept = |idx: &usize| removed_by[*idx].is_none();
    let is_long = |idx: &usize| survey.blocks[*idx].words() >= MIN_WORDS;
    // Two blocks are the same when they begin the same and are as long.
    let key = |idx: usize| {
        let block = &survey.blocks[idx];
        (block.measure.n_chars, survey.text(block.tape.clone(), MAX_BYTES))
    };
    let (mut all, mut repeated) = (0.0, 0.0);
    let mut first_copy = None;
    let mut seen = HashSet::new();
    for idx in (0..survey.blocks.len()).filter(kept).filter(is_long) {
        all += survey.blocks[idx].words();
        if !seen.insert(key(idx)) {
            repeated += survey.blocks[idx].words();
            first_copy = first_copy.or(Some(idx));
        }
    }
    let Some(first_copy) = first_copy.filter(|_| repeated >= MIN_SHARE_OF_COPIES * all) else { return };
    let mut seen = HashSet::new();
    let mut copies: Vec<usize> = (0..survey.blocks.len()).filter(kept).filter(|idx| !seen.insert(key(*idx))).collect();
    // Before the second copy begins, short repeats are labels of lists and tables.
    copies.retain(|idx| *idx >= first_copy);
    for idx in copies {
        removed_by[idx] = Some(COPY);
    }
}

/// Removes the headings whose section is gone.
fn orphaned_headings(survey: &Survey<'_>, probability: &[f32], removed_by: &mut [Option<&'static str>]) {
    // From the end: for each level, whether something that stays came since the last heading as high.
    let mut has_text = [false; 7];
    for block_idx in (0..survey.blocks.len()).rev() {
        let is_kept = removed_by[block_idx].is_none();
        match survey.elements[survey.blocks[block_idx].parent].tag {
            Tag::Heading(level) if is_kept => {
                let level = usize::from(level);
                if has_text[level] {
                    has_text[level..].fill(false);
                    has_text[..level].fill(true);
                } else if probability[block_idx] < LEAST_OF_A_LONE_HEADING {
                    removed_by[block_idx] = Some("heading of a section that is gone");
                }
            }
            _ if is_kept => has_text = [true; 7],
            _ => {}
        }
    }
}
