//! Extraction with something left out, to learn what it is worth; the usual one leaves out nothing.

use super::forest::{FOREST, Forest};

/// A part of the extraction that can be left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    /// Everything that rules object to.
    Rules,
    /// What rules conclude from class names.
    Names,
    /// What rules conclude from known phrases.
    Phrases,
    /// The search for threads and further stories.
    Others,
    /// The check against the text in JSON-LD.
    Agreement,
    /// Bodies from elsewhere than the tree.
    Alternatives,
    /// The removal of second copies.
    Copies,
    /// The lower bar for sentences that continue good text.
    Sentences,
    /// The removal of headings without a section.
    Headings,
}

/// Which model judges, and which parts are left out.
#[derive(Debug, Default)]
pub(super) struct Trial {
    forest: Option<Forest>,
    without: Vec<Part>,
}

impl Trial {
    /// A trial of another model; none where the bytes are none, or a part has no such name.
    pub(super) fn new(model: &[u8], without: &[&str]) -> Option<Self> {
        let part = |name: &&str| {
            Some(match *name {
                "rules" => Part::Rules,
                "names" => Part::Names,
                "phrases" => Part::Phrases,
                "others" => Part::Others,
                "agreement" => Part::Agreement,
                "alternatives" => Part::Alternatives,
                "copies" => Part::Copies,
                "sentences" => Part::Sentences,
                "headings" => Part::Headings,
                _ => return None,
            })
        };
        let without = without.iter().map(part).collect::<Option<_>>()?;
        Some(Self { forest: Some(Forest::read(model)?), without })
    }

    /// The model.
    pub(super) fn forest(&self) -> &Forest {
        self.forest.as_ref().unwrap_or(&FOREST)
    }

    /// Whether a part is in use.
    pub(super) fn has(&self, part: Part) -> bool {
        !self.without.contains(&part)
    }
}
