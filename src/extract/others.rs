//! Texts of others that read as well as the article: threads of comments, and further stories below it.

use std::ops::Range;

use super::evidence::Evidence;
use super::measure::Measure;
use super::phrases::{self, Announces};
use super::similar::Phrase;
use super::survey::{Element, Survey};
use super::tag::Tag;

const THREAD: &str = "a thread of comments, by its shape";
const DIALOG: &str = "a dialog over the page";
const FURTHER: &str = "a further story below the first";

/// Fewer alike are no thread.
const MIN_ENTRIES: usize = 4;
/// Of the entries this share has to look the part.
const MIN_SHARE: f32 = 0.75;
/// Good words of a story of its own.
const MIN_STORY_WORDS: f32 = 40.0;
/// Blocks above a thread in which its heading is looked for.
const REACH_ABOVE: usize = 4;

/// The blocks of others, each with the rule that found them.
pub(super) fn find(survey: &Survey<'_>, evidence: &Evidence, title: Option<&str>) -> Vec<(Range<usize>, &'static str)> {
    let title = title.map(Phrase::new);
    let mut found = Vec::new();
    let mut idx = 0;
    while idx < survey.elements.len() {
        let element = &survey.elements[idx];
        let is_worth = evidence.good.sum(&element.blocks) >= MIN_STORY_WORDS && !element.tag.is_phrasing();
        if !is_worth {
            idx = element.inside.end;
            continue;
        }
        if is_dialog(survey, element) {
            found.push((element.blocks.clone(), DIALOG));
            idx = element.inside.end;
            continue;
        }
        if is_thread(survey, evidence, element) {
            found.push((element.blocks.clone(), THREAD));
            idx = element.inside.end;
            continue;
        }
        if let Some(title) = &title {
            found.extend(further_stories(survey, evidence, element, title).map(|blocks| (blocks, FURTHER)));
        }
        idx += 1;
    }
    found
}

/// Whether an element says that it lies over the page, such as a wall of consent; one with a headline is the page.
fn is_dialog(survey: &Survey<'_>, element: &Element<'_>) -> bool {
    let says_so =
        matches!(element.attr("role"), Some("dialog" | "alertdialog")) || element.attr("aria-modal") == Some("true");
    says_so && !survey.elements[element.inside.clone()].iter().any(|inner| inner.tag == Tag::Heading(1))
}

/// The children of an element, by index.
fn children<'a>(survey: &'a Survey<'_>, element: &Element<'_>) -> impl Iterator<Item = usize> + 'a {
    let (mut next, end) = (element.inside.start + 1, element.inside.end);
    std::iter::from_fn(move || {
        let idx = (next < end).then_some(next)?;
        next = survey.elements[idx].inside.end;
        Some(idx)
    })
}

/// Entries alike, of which nearly each begins with a linked name and a time and ends with the same linked word
/// ("Reply"); under a heading that says so, a name or a time is enough.
fn is_thread(survey: &Survey<'_>, evidence: &Evidence, element: &Element<'_>) -> bool {
    let words_before = evidence.good.sum(&(0..element.blocks.start));
    if words_before < MIN_STORY_WORDS || element.blocks.len() < 2 * MIN_ENTRIES {
        return false;
    }
    let entries: Vec<&Element<'_>> =
        children(survey, element).map(|idx| &survey.elements[idx]).filter(|child| !child.blocks.is_empty()).collect();
    let Some(first) = entries.first() else { return false };
    let is_alike = |entry: &&&Element<'_>| entry.tag == first.tag && entry.blocks.len() >= 2;
    if entries.len() < MIN_ENTRIES
        || (entries.iter().filter(is_alike).count() as f32) < MIN_SHARE * entries.len() as f32
    {
        return false;
    }
    let (mut n_signed, mut n_timed, mut n_same_end) = (0.0, 0.0, 0.0);
    let end_of = |entry: &Element<'_>| {
        let last = &survey.blocks[entry.blocks.end - 1];
        let is_action = last.words() <= 4.0
            && (last.link_density() > 0.5
                || survey.lineage(last.parent).take(2).any(|idx| survey.elements[idx].tag == Tag::Button));
        is_action.then(|| survey.text(last.tape.clone(), 60))
    };
    let first_end = end_of(first);
    for entry in &entries {
        let blocks = &survey.blocks[entry.blocks.clone()];
        let inner = &survey.elements[entry.inside.clone()];
        if inner.iter().any(|inner| matches!(inner.tag, Tag::Heading(1..=3)) && !inner.blocks.is_empty()) {
            return false;
        }
        let head = blocks.iter().take(3).filter(|block| block.words() <= 8.0);
        n_signed += f32::from(u8::from(head.clone().any(|block| block.n_links > 0)));
        let is_timed =
            inner.iter().any(|inner| inner.tag == Tag::Time) || head.clone().any(|block| block.measure.n_digits > 0);
        n_timed += f32::from(u8::from(is_timed));
        n_same_end += f32::from(u8::from(first_end.is_some() && end_of(entry) == first_end));
    }
    let enough = MIN_SHARE * entries.len() as f32;
    let above = element.blocks.start.saturating_sub(REACH_ABOVE)..element.blocks.start;
    let is_announced = survey.blocks[above].iter().any(|block| {
        block.words() <= 8.0 && phrases::heading(&survey.text(block.tape.clone(), 120)) == Some(Announces::Comments)
    });
    (n_signed >= enough && n_timed >= enough && n_same_end >= enough)
        || (is_announced && (n_signed >= enough || n_timed >= enough))
}

/// Of several stories side by side, each with a first-level headline of its own, all but the one whose headline
/// is the page's.
fn further_stories<'a>(
    survey: &'a Survey<'_>,
    evidence: &'a Evidence,
    element: &Element<'_>,
    title: &Phrase,
) -> impl Iterator<Item = Range<usize>> + 'a {
    let mut stories: Vec<(usize, f32)> = Vec::new();
    for idx in children(survey, element) {
        let child = &survey.elements[idx];
        if evidence.good.sum(&child.blocks) < MIN_STORY_WORDS {
            continue;
        }
        let inner = child.inside.clone();
        let is_headline =
            |idx: &usize| survey.elements[*idx].tag == Tag::Heading(1) && !survey.elements[*idx].blocks.is_empty();
        let Some(headline) = inner.clone().find(is_headline) else { continue };
        let is_story = child.tag == Tag::Article || inner.clone().any(|idx| survey.elements[idx].tag == Tag::Time);
        // The sections of one article aren't dated one by one.
        if is_story && evidence.good.sum(&(child.blocks.start..survey.elements[headline].blocks.start)) == 0.0 {
            stories.push((idx, title.likeness(&survey.element_text(headline))));
        }
    }
    let own = stories.iter().find(|(_, likeness)| *likeness >= 0.6).map(|(idx, _)| *idx);
    let others: Vec<usize> = match own {
        Some(own) => stories.iter().map(|(idx, _)| *idx).filter(|idx| *idx != own).collect(),
        None => Vec::new(),
    };
    others.into_iter().map(|idx| survey.elements[idx].blocks.clone())
}

/// Words of a text that asks for consent rather than tells something; few, and the same all over the web.
pub(super) fn asks_for_consent(text: &str) -> bool {
    const WORDS: &[&str] =
        &["cookie", "consent", "einwilligung", "gdpr", "rgpd", "zgod", "クッキー", "captcha", "cloudflare"];
    let lower = text.to_lowercase();
    let n = WORDS.iter().map(|word| lower.matches(word).count()).sum::<usize>();
    n > 0 && n as f32 * 60.0 >= Measure::of(text).words()
}
