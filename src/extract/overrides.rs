//! What the operator's selectors find on a page.

use std::collections::HashMap;

use scraper::{ElementRef, Html};

use super::config::Config;
use super::locate::Place;
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
            let matches = elements(css);
            let mut roots: Vec<usize> = Vec::new();
            for idx in matches {
                // Matches come in reading order, so an outer one comes before those inside it.
                if !survey.elements[idx].blocks.is_empty()
                    && !roots.last().is_some_and(|root| survey.is_within(idx, *root))
                {
                    roots.push(idx);
                }
            }
            match roots.is_empty() {
                true => found.missed("content", css),
                false => found.place = Some(Place { roots, score: 1.0 }),
            }
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
