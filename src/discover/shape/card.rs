//! The block of a page that tells of one article.

use std::collections::HashMap;

use chrono_tz::Tz;
use scraper::{ElementRef, Node};
use url::Url;

use super::anchors::{Anchor, Anchors, Place, inside, is_heading, is_hidden, width, words};
use crate::discover::address::worth;
use crate::discover::date::date;
use crate::discover::listing;
use crate::model::Timestamp;

/// Letters from which on a link's text may be a headline.
const MIN_HEADLINE_CHARS: usize = 12;
/// A card is at most so many elements above its headline.
const MAX_CARD_HEIGHT: usize = 10;
/// So many paragraphs of a card are looked at for its teaser.
const MAX_PARAGRAPHS: usize = 12;
/// No more of a card is looked at: a card is small.
const MAX_NODES: usize = 400;
/// A shorter text is no teaser.
const MIN_SUMMARY_CHARS: usize = 60;
/// A longer text beside a headline is no date.
const MAX_DATE_CHARS: usize = 48;
/// A longer block isn't a teaser but the article.
const MAX_SUMMARY_CHARS: usize = 2000;

/// What a page shows of one article.
#[derive(Debug, Clone)]
pub(super) struct Card {
    pub(super) url: Url,
    pub(super) title: String,
    pub(super) published: Option<Timestamp>,
    pub(super) summary: Option<String>,
    pub(super) image: Option<Url>,
    pub(super) has_heading: bool,
    /// Whether the markup says that it is an article of its own.
    pub(super) is_marked: bool,
    pub(super) place: Place,
    /// Where it stands in the page's structure; cards of one list share it.
    pub(super) spot: String,
}

/// All links to one page.
struct Target<'p, 'a> {
    best: &'p Anchor<'a>,
    all: Vec<&'p Anchor<'a>>,
}

/// The cards of a page in its order.
pub(super) fn cards(page: &Anchors<'_>, base: &Url, zone: Tz) -> Vec<Card> {
    let mut n_targets_of_text: HashMap<&str, Vec<&str>> = HashMap::new();
    for anchor in &page.anchors {
        let targets = n_targets_of_text.entry(anchor.text.as_str()).or_default();
        if !targets.contains(&anchor.key.as_str()) && targets.len() < 3 {
            targets.push(anchor.key.as_str());
        }
    }
    // A text that leads to several pages («Read more», «Selengkapnya») is nobody's headline.
    let is_own = |anchor: &Anchor<'_>| n_targets_of_text.get(anchor.text.as_str()).is_none_or(|keys| keys.len() < 2);
    let targets = targets(page, &is_own);
    let heads = targets.iter().map(|target| target.best).filter(|anchor| is_headline(anchor) && is_own(anchor));
    let mut heads: Vec<Head<'_>> =
        heads.map(|anchor| Head { at: anchor.at, key: &anchor.key, is_strong: is_strong(anchor) }).collect();
    heads.sort_unstable_by_key(|head| head.at);
    let mut cards = Vec::new();
    for target in &targets {
        cards.extend(card(target, page, &heads, base, zone, is_own(target.best)));
    }
    cards
}

fn targets<'p, 'a>(page: &'p Anchors<'a>, is_own: &dyn Fn(&Anchor<'_>) -> bool) -> Vec<Target<'p, 'a>> {
    let mut targets: Vec<Target<'p, 'a>> = Vec::new();
    let mut known: HashMap<&str, usize> = HashMap::new();
    for anchor in page.anchors.iter().filter(|anchor| !anchor.is_in_text) {
        match known.get(anchor.key.as_str()).and_then(|idx| targets.get_mut(*idx)) {
            Some(target) => {
                // Of several links, the heading's, then what isn't beside the list, then the longest.
                let rank = |anchor: &Anchor<'_>| {
                    let n_chars = if is_own(anchor) { anchor.text.chars().count() } else { 0 };
                    (std::cmp::Reverse(anchor.place), anchor.has_heading && n_chars > 0, n_chars)
                };
                if rank(anchor) > rank(target.best) {
                    target.best = anchor;
                }
                target.all.push(anchor);
            }
            None => {
                known.insert(anchor.key.as_str(), targets.len());
                targets.push(Target { best: anchor, all: vec![anchor] });
            }
        }
    }
    targets
}

/// A link that may be a headline.
struct Head<'p> {
    at: u32,
    key: &'p str,
    is_strong: bool,
}

fn is_strong(anchor: &Anchor<'_>) -> bool {
    let n_chars: usize = anchor.text.chars().map(width).sum();
    anchor.has_heading || n_chars >= 30 && worth(&anchor.url) >= 1
}

fn is_headline(anchor: &Anchor<'_>) -> bool {
    let n_chars: usize = anchor.text.chars().map(width).sum();
    anchor.has_heading && n_chars > 0 || n_chars >= MIN_HEADLINE_CHARS && worth(&anchor.url) >= -1
}

fn card(
    target: &Target<'_, '_>,
    page: &Anchors<'_>,
    heads: &[Head<'_>],
    base: &Url,
    zone: Tz,
    is_own: bool,
) -> Option<Card> {
    let best = target.best;
    let mut block = best.element;
    let mut path: Vec<&str> = Vec::new();
    for outer in best.element.ancestors().filter_map(ElementRef::wrap).take(MAX_CARD_HEIGHT) {
        let (start, end) = page.span(outer);
        let from = heads.partition_point(|head| head.at < start);
        let mut others = heads[from..].iter().take_while(|head| head.at <= end).filter(|head| head.key != best.key);
        // A headline in a heading isn't bothered by the small links around it.
        let is_shared = others.any(|head| head.is_strong || !best.has_heading);
        if is_shared || matches!(outer.value().name(), "body" | "html" | "main") {
            break;
        }
        path.push(block.value().name());
        block = outer;
    }
    let heading = || inside(block).take(MAX_NODES).find(|inner| is_heading(inner.value().name())).map(words);
    let is_worded = best.text.chars().map(width).sum::<usize>() >= MIN_HEADLINE_CHARS || best.has_heading;
    let title = match (is_own && is_worded, heading().filter(|title| !title.is_empty())) {
        (true, _) => best.text.clone(),
        (false, Some(title)) => title,
        (false, None) if is_own && !best.text.is_empty() => best.text.clone(),
        (false, None) => return None,
    };
    Some(Card {
        url: best.url.clone(),
        has_heading: best.has_heading || inside(block).take(MAX_NODES).any(|inner| is_heading(inner.value().name())),
        published: published(block, &title, zone),
        summary: summary(block, &title),
        image: inside(block)
            .take(MAX_NODES)
            .find(|inner| inner.value().name() == "img")
            .and_then(|picture| listing::image(picture, base)),
        is_marked: is_marked(block) || block.ancestors().take(2).filter_map(ElementRef::wrap).any(is_marked),
        place: target.all.iter().map(|anchor| anchor.place).min().unwrap_or(best.place),
        spot: spot(block, &path),
        title,
    })
}

/// Names of the elements from the page to the block and from there to the link, with what its list is called.
fn spot(block: ElementRef<'_>, path: &[&str]) -> String {
    let mut spot = String::new();
    for outer in block.ancestors().filter_map(ElementRef::wrap) {
        spot.push_str(outer.value().name());
        spot.push('<');
    }
    if let Some(list) = block.parent().and_then(ElementRef::wrap) {
        let mut names: Vec<&str> =
            list.value().classes().filter(|name| !name.contains(|c: char| c.is_ascii_digit())).collect();
        names.sort_unstable();
        spot.push_str(&names.join("."));
    }
    spot.push('|');
    spot.push_str(block.value().name());
    spot.push('|');
    // A picture more or less makes no other list.
    spot.push_str(path.iter().rev().find(|name| is_heading(name)).copied().unwrap_or_default());
    spot
}

/// An `article`, an entry of microformats, or a posting of schema.org.
fn is_marked(element: ElementRef<'_>) -> bool {
    let kind = element.attr("itemtype").unwrap_or_default();
    element.value().name() == "article"
        || element.value().classes().any(|name| matches!(name, "hentry" | "h-entry" | "type-post"))
        || ["Article", "BlogPosting", "Posting"].iter().any(|end| kind.ends_with(end))
}

/// The date that stands in the block, beside its headline.
fn published(block: ElementRef<'_>, title: &str, zone: Tz) -> Option<Timestamp> {
    let time = inside(block).take(MAX_NODES).find(|inner| {
        inner.value().name() == "time" || inner.attr("itemprop").is_some_and(|name| name == "datePublished")
    });
    if let Some(found) = time.and_then(|time| listing::published(time, zone)) {
        return Some(found.into());
    }
    for node in block.descendants().take(MAX_NODES) {
        let Node::Text(text) = node.value() else { continue };
        let text = text
            .trim()
            .trim_matches(|c: char| matches!(c, '|' | ':' | ',' | '·' | '•' | '–' | '—' | '-' | '/' | ' ' | '\u{a0}'));
        let n_chars = text.chars().count();
        if !(6..=MAX_DATE_CHARS).contains(&n_chars) || title.contains(text) || !text.chars().any(|c| c.is_ascii_digit())
        {
            continue;
        }
        let is_hidden = node.parent().and_then(ElementRef::wrap).is_some_and(|of| is_hidden(of.value().name()));
        if let Some(found) = date(text, zone).filter(|_| !is_hidden && is_whole_date(text)) {
            return Some(found.into());
        }
    }
    None
}

/// A number alone is a count of something.
fn is_whole_date(text: &str) -> bool {
    !text.bytes().all(|b| b.is_ascii_digit())
}

fn summary(block: ElementRef<'_>, title: &str) -> Option<String> {
    let paragraphs = inside(block).take(MAX_NODES).filter(|inner| {
        let is_named = inner.value().classes().any(|name| {
            let name = name.to_ascii_lowercase();
            ["excerpt", "summary", "teaser", "description", "lead", "snippet"].iter().any(|known| name.contains(known))
        });
        inner.value().name() == "p" || is_named
    });
    let mut texts = paragraphs.take(MAX_PARAGRAPHS).map(|paragraph| (words(paragraph), paragraph));
    let fits = |text: &str| (MIN_SUMMARY_CHARS..=MAX_SUMMARY_CHARS).contains(&text.chars().map(width).sum());
    let (_, found) = texts.find(|(text, _)| fits(text) && !title.contains(text.as_str()))?;
    Some(found.inner_html().trim().to_owned())
}
