//! The article's text as JSON-LD has it, held against what the tree shows: a check, not the text itself.

use super::alternatives::letters;
use super::evidence::{Evidence, Prefix};
use super::judge::Verdicts;
use super::locate::{self, Place};
use super::state;
use super::survey::Survey;

/// The rule of what JSON-LD's text doesn't have.
pub(super) const ELSEWHERE: &str = "not in the text that the page describes as its own";
/// Shorter texts in JSON-LD are summaries.
const MIN_WORDS: f32 = 60.0;
/// Letters at the start of a block that are looked for.
const N_COMPARED: usize = 40;
/// Of the text in JSON-LD this much has to be on the page before it may choose the place.
const MIN_ON_PAGE: f32 = 0.5;
/// The chosen place is given up when it holds less than this of what both have.
const MIN_IN_PLACE: f32 = 0.5;

/// Which blocks stand in the text of JSON-LD.
#[derive(Debug)]
pub(super) struct Agreement {
    matched: Prefix,
    n_words: f32,
}

impl Agreement {
    /// Compares; none where JSON-LD has no text worth it.
    pub(super) fn of(survey: &Survey<'_>, body: Option<&str>) -> Option<Self> {
        let body = body?;
        let n_words = state::words(body);
        if n_words < MIN_WORDS {
            return None;
        }
        let whole = letters(body);
        let matched = Prefix::of(survey.blocks.iter().map(|block| {
            let start: String =
                letters(&survey.text(block.tape.clone(), 3 * N_COMPARED)).chars().take(N_COMPARED).collect();
            let is_long = block.words() >= 8.0;
            if is_long && whole.contains(&start) { block.words() } else { 0.0 }
        }));
        Some(Self { matched, n_words })
    }

    /// A better place than the one that looks best, where that one holds little of the text.
    pub(super) fn place(&self, survey: &Survey<'_>, evidence: &Evidence, chosen: &Place) -> Option<Place> {
        let in_place: f32 = chosen.roots.iter().map(|root| self.matched.sum(&survey.elements[*root].blocks)).sum();
        let all = self.matched.total();
        // A text that is only cut short there has its place; so nothing is narrowed.
        if all < MIN_ON_PAGE * self.n_words || in_place >= MIN_IN_PLACE * all {
            return None;
        }
        locate::best(survey, evidence, &self.matched)
    }

    /// Changes the confidence by what both say of the text's length: 0.0 to 1.0 again.
    pub(super) fn weigh(&self, survey: &Survey<'_>, verdicts: &Verdicts, confidence: f64) -> f64 {
        let (mut kept, mut kept_of_matched) = (0.0, 0.0);
        for (idx, block) in survey.blocks.iter().enumerate().filter(|(idx, _)| verdicts.is_kept(*idx)) {
            kept += block.words();
            kept_of_matched += self.matched.sum(&(idx..idx + 1));
        }
        if kept_of_matched >= 0.85 * kept.max(self.n_words) {
            // Both tell the same: half of the doubt goes.
            1.0 - (1.0 - confidence) * 0.5
        } else if kept < 0.5 * self.n_words {
            // What is here is a part of it.
            confidence * 0.3
        } else {
            confidence
        }
    }
}
