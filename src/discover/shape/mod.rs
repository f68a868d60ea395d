//! Articles of a listing found by its shape: blocks that repeat, each with one link that reads like a headline.
//!
//! Every link that leads to a page of the same site is a candidate; links to the same page are one. Around each, the
//! block that holds no other candidate is its card, with the heading, date, picture and teaser inside. Cards that
//! stand in the same place of the page's structure are judged together, so that one odd headline doesn't cost its
//! list, nor one odd menu entry make one.

mod anchors;
mod card;
mod choice;

use chrono_tz::Tz;
use url::Url;

use super::Gathered;
use crate::model::{CanonicalUrl, Document, Link};

/// The articles that the page lists, in its order; none where it doesn't look like a listing.
pub(super) fn read(document: &Document, url: &Url, base: &Url, zone: Tz) -> Vec<Link> {
    let page = anchors::read(document, url, base);
    let cards = card::cards(&page, base, zone);
    let mut gathered = Gathered::new(Vec::new());
    for card in choice::chosen(cards) {
        let Ok(url) = CanonicalUrl::from_url(card.url) else { continue };
        gathered.add(Link {
            title: Some(card.title),
            published: card.published,
            summary: card.summary,
            image: card.image,
            ..Link::to(url)
        });
    }
    gathered.finish().0
}

#[cfg(test)]
mod tests;
