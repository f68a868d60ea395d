//! The article in the data that a page carries for its scripts: found by its shape, whatever its keys are called.

mod rich;

use scraper::Html;
use serde_json::{Map, Value};

use super::measure::Measure;
use super::similar::Phrase;
use crate::model::page_data;

/// A text that may be the article.
#[derive(Debug)]
pub(super) struct Found {
    /// As markup.
    pub(super) html: String,
    /// Words, tags not counted as far as that is known cheaply.
    pub(super) n_words: f32,
    /// Whether the object around it is titled as the page is; none where it has no title.
    pub(super) is_titled: Option<bool>,
}

/// Values looked at in all scripts of a page.
const MAX_VALUES: usize = 300_000;
/// Texts kept to choose from.
const MAX_FOUND: usize = 20;
/// A shorter text isn't worth the look.
const MIN_WORDS: f32 = 25.0;
/// Of two short headlines this much is the same.
const MIN_LIKENESS: f32 = 0.6;

/// All texts of a page's data that look like an article.
pub(super) fn find(html: &Html, title: Option<&str>) -> Vec<Found> {
    let mut search = Search { title: title.map(Phrase::new), found: Vec::new(), n_left: MAX_VALUES };
    for data in page_data(html) {
        search.walk(&data);
    }
    search.found
}

/// Parts of the data that hold other texts than the article's.
const FOREIGN: &[&str] = &[
    "comment",
    "related",
    "recommend",
    "recirc",
    "trending",
    "mostread",
    "popular",
    "latest",
    "sidebar",
    "footer",
    "header",
    "navigation",
    "menu",
    "translation",
    "i18n",
    "locale",
    "messages",
    "config",
    "cookie",
    "consent",
    "legal",
    "terms",
    "advert",
    "newsletter",
    "author",
    "seo",
    "meta",
    "schema",
    "script",
    "style",
    "disclaimer",
];

struct Search {
    title: Option<Phrase>,
    found: Vec<Found>,
    n_left: usize,
}

impl Search {
    /// Looks at every value, outer before inner; the depth is what the parser allows.
    fn walk(&mut self, data: &Value) {
        let mut waiting: Vec<(&Value, Option<bool>)> = vec![(data, None)];
        while let Some((value, is_titled)) = waiting.pop() {
            if self.n_left == 0 || self.found.len() >= MAX_FOUND {
                return;
            }
            self.n_left -= 1;
            match value {
                Value::String(text) => self.text(text, is_titled),
                Value::Array(list) if self.blocks(list, is_titled) => {}
                Value::Array(list) => waiting.extend(list.iter().rev().map(|item| (item, is_titled))),
                Value::Object(object) => {
                    let is_titled = self.is_titled(object).or(is_titled);
                    let own = object.iter().filter(|(key, _)| !is_foreign(key));
                    waiting.extend(own.map(|(_, value)| (value, is_titled)));
                }
                _ => {}
            }
        }
    }

    /// Whether an object's own headline is the page's.
    fn is_titled(&self, object: &Map<String, Value>) -> Option<bool> {
        let page = self.title.as_ref()?;
        let own = ["headline", "title", "name", "heading"].iter().find_map(|key| match object.get(*key)? {
            Value::String(text) => Some(text.as_str()),
            Value::Object(inner) => {
                ["rendered", "text", "value", "main"].iter().find_map(|key| inner.get(*key)?.as_str())
            }
            _ => None,
        })?;
        Some(page.likeness(own) >= MIN_LIKENESS)
    }

    /// A string that is markup, or several lines of plain text.
    fn text(&mut self, text: &str, is_titled: Option<bool>) {
        if text.len() < 100 {
            return;
        }
        if let Some(inner) = rich::nested(text) {
            // Some systems store their blocks as a string of JSON.
            let before = self.found.len();
            if let Value::Array(list) = &inner {
                self.blocks(list, is_titled);
            } else if let Some(list) = inner.as_object().and_then(rich::content) {
                self.blocks(list, is_titled);
            }
            if self.found.len() > before {
                return;
            }
        }
        let Some(html) = rich::of_text(text) else { return };
        self.add(html, is_titled);
    }

    /// A list of paragraphs or of rich-text blocks; says whether it was one.
    fn blocks(&mut self, list: &[Value], is_titled: Option<bool>) -> bool {
        if !rich::is_block_list(list) {
            return false;
        }
        let html = rich::write(list);
        let n_before = self.found.len();
        self.add(html, is_titled);
        self.found.len() > n_before
    }

    fn add(&mut self, html: String, is_titled: Option<bool>) {
        let n_words = words(&html);
        if n_words >= MIN_WORDS {
            self.found.push(Found { html, n_words, is_titled });
        }
    }
}

/// Words of a text, whatever stands in its tags not counted.
pub(super) fn words(html: &str) -> f32 {
    let mut n = 0.0;
    let mut rest = html;
    while let Some((text, tagged)) = rest.split_once('<') {
        n += Measure::of(text).words();
        rest = tagged.split_once('>').map_or("", |(_, after)| after);
    }
    n + Measure::of(rest).words()
}

/// A text from elsewhere as markup: as it is, or its lines as paragraphs.
pub(super) fn text(text: &str) -> String {
    rich::of_text(text).unwrap_or_default()
}

fn is_foreign(key: &str) -> bool {
    let key = key.to_ascii_lowercase();
    FOREIGN.iter().any(|word| key.starts_with(word))
}
