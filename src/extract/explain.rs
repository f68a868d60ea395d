//! Why each block stayed or went, and how sure the whole is.

use super::judge::{OUTSIDE, Verdicts};
use super::locate::Place;
use super::survey::Survey;
use crate::model::{Note, Verdict};

/// Characters of a block's text in its note.
const MAX_TEXT_CHARS: usize = 80;
/// Shorter blocks outside the article's place aren't worth a note.
const MIN_WORDS_OUTSIDE: f32 = 12.0;
/// More notes than these nobody reads.
const MAX_NOTES: usize = 2000;

/// A note for each block of the article's place, and for each longer one outside.
pub(super) fn notes(survey: &Survey<'_>, place: &Place, verdicts: &Verdicts) -> Vec<Note> {
    let rule_of_kept = if place.score >= 1.0 { "inside the configured content" } else { "text of the article" };
    let is_told =
        |idx: &usize| verdicts.removed_by[*idx] != Some(OUTSIDE) || survey.blocks[*idx].words() >= MIN_WORDS_OUTSIDE;
    let note = |idx: usize| {
        let block = &survey.blocks[idx];
        let text = survey.text(block.tape.clone(), 2 * MAX_TEXT_CHARS);
        Note {
            place: place_name(survey, block.parent),
            text: text.chars().take(MAX_TEXT_CHARS).collect(),
            verdict: if verdicts.is_kept(idx) { Verdict::Kept } else { Verdict::Removed },
            rule: verdicts.removed_by[idx].unwrap_or(rule_of_kept).to_owned(),
        }
    };
    (0..survey.blocks.len()).filter(is_told).take(MAX_NOTES).map(note).collect()
}

/// `div.related`, or the same of the nearest ancestor that has a name.
fn place_name(survey: &Survey<'_>, element_idx: usize) -> String {
    let named = survey.lineage(element_idx).take(4).find(|idx| {
        let element = &survey.elements[*idx];
        !element.id.trim().is_empty() || !element.class.trim().is_empty()
    });
    let element = &survey.elements[named.unwrap_or(element_idx)];
    let class = element.class.split_ascii_whitespace().next();
    match (element.id.trim(), class) {
        ("", None) => element.name().to_owned(),
        ("", Some(class)) => format!("{}.{class}", element.name()),
        (id, _) => format!("{}#{id}", element.name()),
    }
}

/// How sure it is that what stays is the article and only the article: 0.0 to 1.0.
///
/// From the blocks' probabilities follows the F1 to expect; a logistic curve, fitted to pages of a truth by
/// five-fold predictions, turns it into the share of such pages whose word F1 is at least 0.9.
pub(super) fn confidence(survey: &Survey<'_>, verdicts: &Verdicts) -> f64 {
    const SLOPE: f32 = 31.2;
    const MIDDLE: f32 = 0.8815;
    let (mut kept, mut right, mut wanted) = (0.0, 0.0, 0.0);
    for (idx, block) in survey.blocks.iter().enumerate() {
        let probable = block.words() * verdicts.probability[idx];
        wanted += probable;
        if verdicts.is_kept(idx) {
            kept += block.words();
            right += probable;
        }
    }
    if kept == 0.0 {
        return 0.0;
    }
    let expected = 2.0 * right / (kept + wanted);
    f64::from(1.0 / (1.0 + (-SLOPE * (expected - MIDDLE)).exp()))
}
