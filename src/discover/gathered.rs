//! Links of one entrance, each address once.

use std::collections::HashMap;

use crate::model::Link;

/// So many single notes on skipped items; the rest are counted.
const MAX_SKIP_NOTES: usize = 5;
/// More links than these are an archive, not news: the rest is left out.
const MAX_LINKS: usize = 5000;

/// Gathers links and what there is to say of those that are none.
pub(super) struct Gathered {
    links: Vec<Link>,
    known: HashMap<String, usize>,
    notes: Vec<String>,
    n_repeated: usize,
    n_skipped: usize,
    n_beyond: usize,
}

impl Gathered {
    /// Nothing yet but what was noted before.
    pub(super) fn new(notes: Vec<String>) -> Self {
        Self { links: Vec::new(), known: HashMap::new(), notes, n_repeated: 0, n_skipped: 0, n_beyond: 0 }
    }

    /// Adds a link, or fills the gaps of the one that was there with this address.
    pub(super) fn add(&mut self, link: Link) {
        let key = link.url.identity();
        if let Some(known) = self.known.get(&key).and_then(|idx| self.links.get_mut(*idx)) {
            self.n_repeated += 1;
            fill(known, link);
        } else if self.links.len() < MAX_LINKS {
            self.known.insert(key, self.links.len());
            self.links.push(link);
        } else {
            self.n_beyond += 1;
        }
    }

    /// Whether a link with this address is there.
    pub(super) fn knows(&self, link: &Link) -> bool {
        self.known.contains_key(&link.url.identity())
    }

    /// Notes why an item gives no link.
    pub(super) fn skip(&mut self, idx: usize, title: Option<&str>, reason: &str) {
        self.n_skipped += 1;
        if self.n_skipped <= MAX_SKIP_NOTES {
            let title: String = title.unwrap_or_default().chars().take(60).collect();
            let title = if title.is_empty() { title } else { format!(" (`{title}`)") };
            self.notes.push(format!("item {}{title} is left out: {reason}", idx + 1));
        }
    }

    /// The links in order, and all notes.
    pub(super) fn finish(mut self) -> (Vec<Link>, Vec<String>) {
        match self.n_skipped.saturating_sub(MAX_SKIP_NOTES) {
            0 => {}
            n => self.notes.push(format!("{n} more left out in the same way")),
        }
        match self.n_repeated {
            0 => {}
            1 => self.notes.push("an item repeats the address of another".to_owned()),
            n => self.notes.push(format!("{n} items repeat the address of another")),
        }
        if self.n_beyond > 0 {
            self.notes.push(format!("of {} items, only the first {MAX_LINKS} are read", MAX_LINKS + self.n_beyond));
        }
        (self.links, self.notes)
    }
}

fn fill(known: &mut Link, other: Link) {
    known.guid = known.guid.take().or(other.guid);
    known.title = known.title.take().or(other.title);
    known.published = known.published.or(other.published);
    known.updated = known.updated.or(other.updated);
    known.summary = known.summary.take().or(other.summary);
    known.content = known.content.take().or(other.content);
    known.image = known.image.take().or(other.image);
    known.language = known.language.take().or(other.language);
    if known.authors.is_empty() {
        known.authors = other.authors;
    }
    if known.categories.is_empty() {
        known.categories = other.categories;
    }
    if known.enclosures.is_empty() {
        known.enclosures = other.enclosures;
    }
}
