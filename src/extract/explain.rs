//! Why each block stayed or went, and how sure the whole is.

use super::judge::{COPY, OUTSIDE, Verdicts};
use super::locate::Place;
use super::marks::Marks;
use super::others;
use super::survey::Survey;
use super::tag::Tag;
use crate::model::{Note, Verdict};

/// Characters of a block's text in its note.
const MAX_TEXT_CHARS: usize = 80;
/// Fewer words may be anything: a wall, a form, a page that isn't there.
const FEW_WORDS: f32 = 80.0;
/// How far few words are trusted that ask for consent.
const CONSENT: f64 = 0.3;
/// How far few words are trusted on a page without a date and without an author.
const UNSIGNED: f64 = 0.5;
/// How far a page is trusted whose headings lead to further pages of its site.
const LISTING: f64 = 0.3;
/// More notes than these nobody reads.
const MAX_NOTES: usize = 2000;

/// A note for each block of the page.
pub(super) fn notes(survey: &Survey<'_>, marks: &[Marks], place: &Place, verdicts: &Verdicts) -> Vec<Note> {
    let rule_of_kept = if place.score >= 1.0 { "inside the configured content" } else { "text of the article" };
    let note = |idx: usize| {
        let block = &survey.blocks[idx];
        let text = survey.text(block.tape.clone(), 2 * MAX_TEXT_CHARS);
        let rule = match verdicts.removed_by[idx] {
            None => rule_of_kept,
            Some(OUTSIDE) => survey.lineage(block.parent).find_map(|idx| region(survey, marks, idx)).unwrap_or(OUTSIDE),
            Some(rule) => rule,
        };
        Note {
            place: place_name(survey, block.parent),
            text: text.chars().take(MAX_TEXT_CHARS).collect(),
            verdict: if verdicts.is_kept(idx) { Verdict::Kept } else { Verdict::Removed },
            rule: rule.to_owned(),
        }
    };
    (0..survey.blocks.len()).take(MAX_NOTES).map(note).collect()
}

/// What an element around a block outside the article is, by its tag or its name.
fn region(survey: &Survey<'_>, marks: &[Marks], idx: usize) -> Option<&'static str> {
    Some(match survey.elements[idx].tag {
        Tag::Nav => "navigation",
        Tag::Header => "header",
        Tag::Footer => "footer",
        Tag::Aside => "aside",
        Tag::Form => "form",
        Tag::Button => "button",
        Tag::Dialog => "dialog",
        // The names of wrappers of the whole page say nothing of a block.
        Tag::Body | Tag::Html => return None,
        _ => marks[idx].furniture?.rule(),
    })
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
/// five-fold predictions, turns it into the share of such pages whose word F1 is at least 0.9. Few words that ask
/// for consent, or that nobody signed or dated, are hardly an article.
pub(super) fn confidence(survey: &Survey<'_>, verdicts: &Verdicts, is_signed: bool, host: &str) -> f64 {
    const SLOPE: f32 = 36.0;
    const MIDDLE: f32 = 0.9;
    /// Where the model is at a loss with text that reads well, two pages in five still come out right.
    const FLOOR: f32 = 0.4;
    let (mut kept, mut right, mut wanted) = (0.0, 0.0, 0.0);
    for (idx, block) in survey.blocks.iter().enumerate() {
        // A copy is missed by nobody.
        if verdicts.removed_by[idx] == Some(COPY) {
            continue;
        }
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
    let floor = FLOOR * ((expected - 0.5) / 0.3).clamp(0.0, 1.0);
    let sure = f64::from(floor + (1.0 - floor) / (1.0 + (-SLOPE * (expected - MIDDLE)).exp()));
    if !is_signed && is_listing(survey, verdicts, host) {
        return sure * LISTING;
    }
    if kept >= FEW_WORDS {
        return sure;
    }
    let shown = survey.blocks.iter().enumerate().filter(|(idx, _)| verdicts.is_kept(*idx));
    let text: String = shown.map(|(_, block)| survey.text(block.tape.clone(), 2000) + "\n").collect();
    let doubt = if others::asks_for_consent(&text) { CONSENT } else { 1.0 };
    sure * doubt * if is_signed { 1.0 } else { f64::from(kept / FEW_WORDS).min(UNSIGNED) }
}

/// Whether what stays is a list of the site's stories: nearly each heading is a link to another page of the site.
fn is_listing(survey: &Survey<'_>, verdicts: &Verdicts, host: &str) -> bool {
    const MIN_HEADINGS: usize = 5;
    let (mut n_headings, mut n_linked) = (0, 0);
    for (_, block) in survey.blocks.iter().enumerate().filter(|(idx, _)| verdicts.is_kept(*idx)) {
        let heading = &survey.elements[block.parent];
        if !matches!(heading.tag, Tag::Heading(_)) {
            continue;
        }
        n_headings += 1;
        if block.link_density() < 0.8 {
            continue;
        }
        let around = survey.lineage(block.parent).take(3).chain(heading.inside.clone());
        let href = around
            .filter(|idx| survey.elements[*idx].tag == Tag::Link)
            .find_map(|idx| survey.elements[idx].attr("href"));
        let is_own = href.is_some_and(|href| {
            let leads_out =
                href.split_once("//").is_some_and(|(_, rest)| !rest.split('/').next().unwrap_or("").ends_with(host));
            !href.starts_with('#') && !leads_out
        });
        n_linked += usize::from(is_own);
    }
    n_headings >= MIN_HEADINGS && 10 * n_linked >= 7 * n_headings
}
