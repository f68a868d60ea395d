//! Where else a page may keep its article, asked only when its tree shows little: JSON-LD, the data of its
//! scripts, `<template>` and `<noscript>`.

use scraper::{ElementRef, Html};

use super::similar::likeness;
use super::state;

/// With fewer words the tree is asked for more; a sure answer needs none.
const LITTLE: f32 = 150.0;
/// A sure answer with so many words needs no alternative.
const SURE: f64 = 0.9;
/// An alternative needs this many times the words of the tree's answer.
const MIN_GAIN: f32 = 1.8;
/// Without a headline that matches, a text has to be this long to be taken for an article.
const MIN_WORDS_UNTITLED: f32 = 120.0;
/// With a headline that matches, or words that do, a short one is enough.
const MIN_WORDS: f32 = 25.0;
/// Characters compared to see whether one text continues the other.
const N_COMPARED: usize = 60;

/// A text from elsewhere than the tree.
#[derive(Debug)]
pub(super) struct Alternative {
    /// A fragment of HTML, to be judged like any page.
    pub(super) html: String,
    /// Where it was found, for the notes.
    pub(super) source: &'static str,
}

/// What the tree itself gave.
#[derive(Debug, Clone, Copy)]
pub(super) struct Answer<'a> {
    pub(super) body: &'a str,
    pub(super) n_words: f32,
    pub(super) confidence: f64,
    pub(super) title: Option<&'a str>,
}

/// The best text elsewhere, where the tree has little and this has clearly more.
pub(super) fn find(html: &Html, article_body: Option<&str>, answer: Answer<'_>) -> Option<Alternative> {
    if answer.n_words >= LITTLE || (answer.confidence >= SURE && answer.n_words >= LITTLE / 3.0) {
        return None;
    }
    let start = letters(&without_tags(answer.body)).chars().take(N_COMPARED).collect::<String>();
    let continues =
        |text: &str| start.chars().count() >= N_COMPARED / 2 && letters(&without_tags(text)).contains(&start);
    // How much speaks for a text; none where it is too short or another story's.
    let weigh = |text: &str, n_words: f32, is_titled: Option<bool>| {
        let is_linked = is_titled == Some(true) || continues(text);
        let is_own = is_linked || (is_titled.is_none() && n_words >= MIN_WORDS_UNTITLED && answer.n_words < MIN_WORDS);
        let is_more = n_words >= MIN_WORDS && n_words >= MIN_GAIN * answer.n_words;
        (is_own && is_more).then_some(if is_linked { 2.0 * n_words } else { n_words })
    };
    let mut best: Option<(f32, Alternative)> = None;
    let mut offer = |html: String, source: &'static str, weight: Option<f32>| {
        let Some(weight) = weight else { return };
        if best.as_ref().is_none_or(|(highest, _)| weight > *highest) {
            best = Some((weight, Alternative { html, source }));
        }
    };
    for found in state::find(html, answer.title) {
        let weight = weigh(&found.html, found.n_words, found.is_titled);
        offer(found.html, "the data of a script", weight);
    }
    if let Some(body) = article_body {
        let markup = state::text(body);
        // JSON-LD describes this very page; but it is often cut, so state wins a tie.
        let weight = weigh(&markup, state::words(&markup), Some(true)).map(|weight| 0.9 * weight);
        offer(markup, "JSON-LD", weight);
    }
    for (text, n_words, source) in unshown(html) {
        let is_titled = answer.title.is_some_and(|title| heads(&text, title)).then_some(true);
        let weight = weigh(&text, n_words, is_titled);
        offer(text, source, weight);
    }
    best.map(|(_, alternative)| alternative)
}

/// What `<template>` and `<noscript>` hold, where it is text.
fn unshown(html: &Html) -> Vec<(String, f32, &'static str)> {
    const MAX: usize = 50;
    let of = |node| {
        let element = ElementRef::wrap(node)?;
        let source = match element.value().name() {
            "template" => "a template",
            "noscript" => "what is shown without scripts",
            _ => return None,
        };
        let n_words = element.text().map(|text| super::measure::Measure::of(text).words()).sum();
        (n_words >= MIN_WORDS).then(|| (element.inner_html(), n_words, source))
    };
    html.tree.nodes().filter_map(of).take(MAX).collect()
}

/// Whether a text begins with a headline like this one.
fn heads(text: &str, title: &str) -> bool {
    let heading = text.split_once("<h1").and_then(|(_, after)| after.split_once("</h1")).map(|(inside, _)| inside);
    let heading = heading.and_then(|inside| inside.split_once('>')).map(|(_, inside)| without_tags(inside));
    heading.is_some_and(|heading| likeness(title, &heading) >= 0.6)
}

fn without_tags(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    while let Some((text, tagged)) = rest.split_once('<') {
        out.push_str(text);
        rest = tagged.split_once('>').map_or("", |(_, after)| after);
    }
    out + rest
}

/// Letters and digits only, in lower case: what white space, quotation marks and entities leave alone.
pub(super) fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
