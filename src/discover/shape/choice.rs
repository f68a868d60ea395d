//! Which cards of a page are its list of articles.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::anchors::{HEADLINE_CHARS, Place, width};
use super::card::Card;
use crate::discover::address::{Look, look, worth};

/// Points of a card from which on it tells of an article by itself.
const SURE: i32 = 6;
/// Mean points of a group from which on it is a list of articles.
const LIST: f64 = 4.0;
/// Cards that make a list.
const MIN_CARDS: usize = 3;
/// A group that is worse than this share of the best one's mean is beside the matter.
const NEAR_BEST: f64 = 0.6;

struct Group {
    /// Places in the page's order.
    cards: Vec<usize>,
    mean: f64,
}

/// The cards that are articles, in the page's order.
pub(super) fn chosen(cards: Vec<Card>) -> Vec<Card> {
    let points: Vec<i32> = cards.iter().map(points).collect();
    let mut by_spot: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (idx, card) in cards.iter().enumerate() {
        by_spot.entry(&card.spot).or_default().push(idx);
    }
    let groups: Vec<Group> = by_spot
        .into_values()
        .map(|cards| {
            let sum: i32 = cards.iter().filter_map(|idx| points.get(*idx)).sum();
            Group { mean: f64::from(sum) / cards.len() as f64, cards }
        })
        .collect();
    let is_list = |group: &&Group| group.cards.len() >= MIN_CARDS && group.mean >= LIST;
    // The list that has most to say, not the one with the single best card.
    let weight = |group: &Group| group.mean * (group.cards.len() as f64).min(30.0);
    let best =
        groups.iter().filter(is_list).map(|group| (weight(group), group.mean)).max_by(|a, b| a.0.total_cmp(&b.0));
    let Some((_, best_mean)) = best else {
        // A young blog has one or two articles.
        let sure = groups.iter().filter(|group| group.mean >= f64::from(SURE + 1)).flat_map(|group| &group.cards);
        return pick(cards, sure.copied().collect());
    };
    let mut picked: HashSet<usize> = HashSet::new();
    for group in groups.iter().filter(is_list).filter(|group| group.mean >= best_mean * NEAR_BEST) {
        picked.extend(&group.cards);
    }
    // What looks like the articles of the lists is one, also where it stands alone on the page.
    let looks: HashMap<Look, usize> =
        picked.iter().filter_map(|idx| cards.get(*idx)).fold(HashMap::new(), |mut looks, card| {
            *looks.entry(look(&card.url)).or_default() += 1;
            looks
        });
    let n_picked = picked.len();
    let is_known = |card: &Card| looks.get(&look(&card.url)).is_some_and(|n| *n >= 2 || n_picked < 4);
    for (idx, card) in cards.iter().enumerate() {
        let Some(points) = points.get(idx) else { continue };
        let is_alone = *points >= SURE || is_known(card) && *points >= 3;
        if is_alone && card.place == Place::Body {
            picked.insert(idx);
        }
        // And what looks like none of them, and not like an article, isn't.
        if worth(&card.url) < 0 && !is_known(card) || *points < 0 {
            picked.remove(&idx);
        }
    }
    pick(cards, picked)
}

fn pick(cards: Vec<Card>, picked: HashSet<usize>) -> Vec<Card> {
    cards.into_iter().enumerate().filter(|(idx, _)| picked.contains(idx)).map(|(_, card)| card).collect()
}

/// How much a card looks like an article's, about -8 to 13.
fn points(card: &Card) -> i32 {
    let n_chars: usize = card.title.chars().map(width).sum();
    let n_words = card.title.split_whitespace().count();
    let of_title = match n_chars {
        n if n >= HEADLINE_CHARS => 2,
        n if n >= HEADLINE_CHARS / 2 && n_words >= 2 => 1,
        _ if n_words <= 1 && n_chars < HEADLINE_CHARS / 2 => -2,
        _ => 0,
    };
    let of_place = match card.place {
        Place::Body => 0,
        Place::Side => -3,
        Place::Menu => -5,
    };
    of_title
        + of_place
        + worth(&card.url)
        + 2 * i32::from(card.has_heading)
        + 2 * i32::from(card.published.is_some())
        + i32::from(card.image.is_some())
        + i32::from(card.summary.is_some())
        + i32::from(card.is_marked)
}
