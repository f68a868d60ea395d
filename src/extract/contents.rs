//! Which links to other places of the same page are its navigation and not its text.

use std::ops::Range;

use super::evidence::Evidence;
use super::phrases::{self, Announces};
use super::survey::{Piece, Survey};
use super::tag::Tag;

/// A longer link to another place of the page is a sentence.
const MAX_WORDS_OF_AN_ENTRY: f32 = 16.0;
/// Fewer lines are navigation only below a label.
const MIN_ENTRIES: usize = 3;
const MAX_BYTES_OF_A_LABEL: usize = 120;

/// The runs of lines that are nothing but a link to another place of the page, as far as they are navigation.
pub(super) fn boxes(survey: &Survey<'_>, evidence: &Evidence, span: &Range<usize>) -> Vec<Range<usize>> {
    let mut runs: Vec<Range<usize>> = Vec::new();
    for block_idx in span.clone().filter(|idx| !evidence.is_good[*idx] && is_entry(survey, *idx)) {
        match runs.last_mut() {
            Some(run) if run.end == block_idx => run.end += 1,
            _ => runs.push(block_idx..block_idx + 1),
        }
    }
    runs.retain(|run| {
        let is_before_the_text = evidence.good.sum(&(span.start..run.start)) == 0.0;
        is_before_the_text || is_navigation(survey, run)
    });
    runs
}

/// Whether a run is a box of contents, or of buttons: its label, its container or its links say so. A list that the
/// text introduces is text, and so may a question over its answer be.
fn is_navigation(survey: &Survey<'_>, run: &Range<usize>) -> bool {
    let has_label = run.start.checked_sub(1).is_some_and(|above| {
        matches!(phrases::heading(&survey.line(above, MAX_BYTES_OF_A_LABEL)), Some(Announces::Navigation))
    });
    has_label || (run.len() >= MIN_ENTRIES && (stands_aside(survey, run) || lead_nowhere(survey, run)))
}

/// Whether the page's author set the run apart, with a line above it at most.
fn stands_aside(survey: &Survey<'_>, run: &Range<usize>) -> bool {
    let around = survey.lineage(survey.blocks[run.start].parent).map(|idx| &survey.elements[idx]);
    around
        .take_while(|element| element.blocks.start + 1 >= run.start && element.blocks.end <= run.end)
        .any(|element| matches!(element.tag, Tag::Nav | Tag::Aside | Tag::Details) && element.blocks.end == run.end)
}

/// Whether all links are a script's buttons.
fn lead_nowhere(survey: &Survey<'_>, run: &Range<usize>) -> bool {
    run.clone().all(|idx| hrefs(survey, idx).all(|href| href == "#"))
}

/// Whether a short line is a link and all its links lead to the page itself.
fn is_entry(survey: &Survey<'_>, block_idx: usize) -> bool {
    let block = &survey.blocks[block_idx];
    let tag = survey.elements[block.parent].tag;
    block.link_density() >= 0.8
        && block.words() <= MAX_WORDS_OF_AN_ENTRY
        && matches!(tag, Tag::Paragraph | Tag::Item | Tag::Box | Tag::List)
        && hrefs(survey, block_idx).next().is_some()
        && hrefs(survey, block_idx).all(|href| href.starts_with('#'))
}

/// Where the links of a block, or the ones around it, lead.
fn hrefs<'a>(survey: &'a Survey<'_>, block_idx: usize) -> impl Iterator<Item = &'a str> {
    let block = &survey.blocks[block_idx];
    let inner = survey.tape[block.tape.clone()].iter().filter_map(|piece| match piece {
        Piece::Open(idx) => Some(*idx),
        _ => None,
    });
    inner
        .chain(survey.lineage(block.parent).take(3))
        .filter(|idx| survey.elements[*idx].tag == Tag::Link)
        .filter_map(|idx| survey.elements[idx].attr("href").map(str::trim))
}
