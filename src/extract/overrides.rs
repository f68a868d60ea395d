//! What the operator's selectors find on a page.

use std::collections::{HashMap, HashSet};

use ego_tree::NodeId;
use scraper::{ElementRef, Html};

use super::config::Config;
use super::locate::Place;
use super::site_rules::Findings;
use super::survey::Survey;
use crate::model::{Css, Note, Verdict, collapse};

/// The rule of what a configured selector removed.
pub(super) const REMOVED: &str = "removed by the configuration";

/// What the configuration decides on this page.
#[derive(Debug, Default)]
pub(super) struct Overrides {
    pub(super) place: Option<Place>,
    /// Elements to take out of the body.
    pub(super) removed: Vec<usize>,
    pub(super) title: Option<String>,
    pub(super) authors: Vec<String>,
    pub(super) dates: Vec<String>,
    pub(super) image: Option<String>,
    /// Selectors that found nothing.
    pub(super) notes: Vec<Note>,
}

impl Overrides {
    /// Applies the selectors; one that finds nothing leaves a note.
    pub(super) fn find(survey: &Survey<'_>, html: &Html, config: &Config) -> Self {
        let mut found = Self::default();
        if *config == Config::default() {
            return found;
        }
        let indices: HashMap<_, _> =
            survey.elements.iter().enumerate().map(|(idx, element)| (element.node.id(), idx)).collect();
        let elements = |css: &Css| -> Vec<usize> {
            html.select(css.selector()).filter_map(|element| indices.get(&element.id()).copied()).collect()
        };
        if let Some(css) = &config.content {
            found.place = place(survey, elements(css));
            found.note_if(found.place.is_none(), "content", css);
        }
        for css in &config.remove {
            let matches = elements(css);
            found.note_if(matches.is_empty(), "remove", css);
            found.removed.extend(matches);
        }
        let texts = |css: &Css| -> Vec<String> {
            let of = |element: ElementRef<'_>| {
                let attribute = ["datetime", "content"].iter().find_map(|name| element.attr(name));
                collapse(&attribute.map_or_else(|| element.text().collect(), str::to_owned))
            };
            html.select(css.selector()).map(of).filter(|text| !text.is_empty()).collect()
        };
        if let Some(css) = &config.title {
            found.title = texts(css).into_iter().next();
            found.note_if(found.title.is_none(), "title", css);
        }
        if let Some(css) = &config.author {
            found.authors = texts(css);
            found.note_if(found.authors.is_empty(), "author", css);
        }
        if let Some(css) = &config.date {
            found.dates = texts(css);
            found.note_if(found.dates.is_empty(), "date", css);
        }
        if let Some(css) = &config.image {
            let address = |element: ElementRef<'_>| {
                ["content", "data-src", "src", "href"].iter().find_map(|name| element.attr(name)).map(str::to_owned)
            };
            found.image = html.select(css.selector()).find_map(address);
            found.note_if(found.image.is_none(), "image", css);
        }
        found
    }

    /// Adds what the rules of the site found, where the operator's own selectors found nothing.
    pub(super) fn add(&mut self, survey: &Survey<'_>, findings: Findings) {
        if self.place.is_none() && !findings.body.is_empty() {
            let wanted: HashSet<NodeId> = findings.body.into_iter().collect();
            let elements = survey.elements.iter().enumerate();
            let matches = elements.filter(|(_, element)| wanted.contains(&element.node.id())).map(|(idx, _)| idx);
            self.place = place(survey, matches.collect());
            if self.place.is_none() {
                self.notes.push(Note {
                    place: "site rules".to_owned(),
                    text: String::new(),
                    verdict: Verdict::Kept,
                    rule: "what the `body` rule finds holds no text, so the automatic choice stands".to_owned(),
                });
            }
        }
        self.title = self.title.take().or(findings.title);
        if self.authors.is_empty() {
            self.authors = findings.authors;
        }
        if self.dates.is_empty() {
            self.dates = findings.dates;
        }
        self.notes.extend(findings.notes);
    }

    fn note_if(&mut self, is_missed: bool, key: &str, css: &Css) {
        if is_missed {
            self.missed(key, css);
        }
    }

    fn missed(&mut self, key: &str, css: &Css) {
        self.notes.push(Note {
            place: format!("extract.{key}"),
            text: css.as_str().chars().take(80).collect(),
            verdict: Verdict::Kept,
            rule: match key {
                "remove" => "the configured selector finds nothing to remove",
                _ => "the configured selector finds nothing, so the automatic choice stands",
            }
            .to_owned(),
        });
    }
}

/// The place that elements make, which come in reading order; none where they hold no text.
fn place(survey: &Survey<'_>, matches: Vec<usize>) -> Option<Place> {
    let mut roots: Vec<usize> = Vec::new();
    for idx in matches {
        // An outer one comes before those inside it.
        if !survey.elements[idx].blocks.is_empty() && !roots.last().is_some_and(|root| survey.is_within(idx, *root)) {
            roots.push(idx);
        }
    }
    (!roots.is_empty()).then_some(Place { roots, score: 1.0 })
}
