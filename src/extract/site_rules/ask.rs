//! Asks the rules about one page: what they find, and what they want changed before the article is looked for.

use std::borrow::Cow;

use ego_tree::NodeId;
use scraper::Html;

use super::{Changes, Matching, Name, Rule, Rules, Value, XPath};
use crate::extract::xpath::{Budget, Stop, Tree};
use crate::model::{Note, Verdict, collapse};

/// Steps of work that all rules together may take on one page: about a tenth of a second.
const MAX_STEPS: u64 = 20_000_000;
/// Steps that one rule may take: those after it shall have their turn.
const MAX_STEPS_OF_RULE: u64 = 5_000_000;
/// Most authors, dates or parts of a body that one rule finds.
const MAX_FINDS: usize = 50;
/// More notes than these nobody reads.
const MAX_NOTES: usize = 500;
/// Characters of a text in its note.
const MAX_TEXT_CHARS: usize = 80;

/// The rule of what site rules take out.
const STRIPPED: &str = "removed by the site rules";

/// What the rules say of a page.
#[derive(Debug, Default)]
pub(in crate::extract) struct Findings {
    pub(in crate::extract) title: Option<String>,
    pub(in crate::extract) authors: Vec<String>,
    pub(in crate::extract) dates: Vec<String>,
    /// What the rules for all pages find: it fills gaps, since they know less of a page than we do.
    pub(in crate::extract) spare_title: Option<String>,
    pub(in crate::extract) spare_authors: Vec<String>,
    pub(in crate::extract) spare_dates: Vec<String>,
    /// The elements that hold the article, in reading order; none inside another.
    pub(in crate::extract) body: Vec<NodeId>,
    pub(in crate::extract) changes: Changes,
    pub(in crate::extract) notes: Vec<Note>,
}

/// A page, and what may still be spent on it.
pub(in crate::extract) struct Question<'a> {
    pub(super) tree: Tree<'a>,
    budget: Budget,
    is_explained: bool,
    /// Rules that took too much work, as notes.
    notes: Vec<Note>,
}

/// What a text is wanted for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Wanted {
    Text,
    Date,
}

impl<'a> Question<'a> {
    pub(in crate::extract) fn about(html: &'a Html, is_explained: bool) -> Self {
        Self { tree: Tree::of(html), budget: Budget::new(MAX_STEPS), is_explained, notes: Vec::new() }
    }

    /// Asks all rules, in the order of Full-Text RSS: facts, then what is taken out, then the body of what is left.
    pub(in crate::extract) fn ask(mut self, matching: Matching<'_>) -> Findings {
        let mut found = Findings::default();
        if let Some((name, rules)) = matching.own {
            found.title = self.texts(name, "title", &rules.title, Wanted::Text).into_iter().next();
            found.authors = self.texts(name, "author", &rules.author, Wanted::Text);
            found.dates = self.texts(name, "date", &rules.date, Wanted::Date);
            if let Some(rule) = rules.native_ad.iter().find(|rule| self.holds(name, rule)) {
                self.note(name, Some(rule), "the page says that it is an advertisement");
            }
        }
        if let Some((name, rules)) = matching.global {
            let n_notes = self.notes.len();
            found.spare_title = self.texts(name, "title", &rules.title, Wanted::Text).into_iter().next();
            found.spare_authors = self.texts(name, "author", &rules.author, Wanted::Text);
            found.spare_dates = self.texts(name, "date", &rules.date, Wanted::Date);
            // Rules for all pages find nothing on most.
            self.notes.truncate(n_notes);
        }
        for (name, rules) in matching.all() {
            self.strip(name, rules, &mut found.changes);
            for (tag, rule) in &rules.wraps {
                let elements = self.nodes(name, rule).into_iter().filter(|idx| {
                    self.tree.is_element(*idx) && !matches!(self.tree.name(*idx), "html" | "head" | "body")
                });
                found.changes.wraps.extend(elements.take(MAX_FINDS).map(|idx| (self.tree.id(idx), tag.clone())));
            }
        }
        if let Some((name, rules)) = matching.own {
            found.body = self.body(name, &rules.body);
        }
        found.notes = self.notes;
        found
    }

    /// What the first rule finds that finds anything; a note where none does.
    fn texts(&mut self, name: &Name, what: &str, rules: &[Rule], wanted: Wanted) -> Vec<String> {
        for rule in rules {
            let texts: Vec<String> = match self.value(name, rule) {
                Some(Value::Text(text)) => vec![collapse(&text)],
                Some(Value::Number(number)) => vec![number.to_string()],
                Some(Value::Nodes(nodes)) => {
                    nodes.iter().take(MAX_FINDS).flat_map(|idx| self.texts_of(*idx, wanted)).collect()
                }
                Some(Value::Truth(_)) | None => Vec::new(),
            };
            let texts: Vec<String> = texts.into_iter().filter(|text| !text.is_empty()).collect();
            if !texts.is_empty() {
                return texts;
            }
        }
        if let Some(first) = rules.first() {
            self.note(name, Some(first), &format!("no `{what}` rule finds anything, so the automatic choice stands"));
        }
        Vec::new()
    }

    /// A node's text; of a date first what stands there for machines.
    fn texts_of(&self, idx: u32, wanted: Wanted) -> Vec<String> {
        let mut texts = Vec::new();
        if wanted == Wanted::Date && self.tree.is_element(idx) {
            let exact = ["datetime", "content"].iter().find_map(|name| self.tree.attribute(idx, name));
            texts.extend(exact.map(collapse));
        }
        texts.extend(self.text(idx).map(|text| collapse(&text)));
        texts
    }

    fn strip(&mut self, name: &Name, rules: &Rules, changes: &mut Changes) {
        for attribute in &rules.lazy {
            for idx in self.tree.elements().filter(|idx| self.tree.name(*idx) == "img") {
                if let Some(address) = self.tree.attribute(idx, attribute).filter(|address| !address.trim().is_empty())
                {
                    changes.sources.push((self.tree.id(idx), address.to_owned()));
                }
            }
        }
        for rule in rules.strip.iter().chain(&rules.strip_attributes) {
            let nodes = self.nodes(name, rule);
            self.take_out(name, Some(rule.line), &nodes, changes);
        }
        for part in &rules.strip_names {
            if !self.pays_for_all_elements() {
                return;
            }
            let is_named = |idx: &u32| {
                let has_part = |attribute| self.tree.attribute(*idx, attribute).is_some_and(|it| it.contains(part));
                // A page says in its own class what else it shows.
                !matches!(self.tree.name(*idx), "html" | "body") && (has_part("class") || has_part("id"))
            };
            let nodes: Vec<u32> = self.tree.elements().filter(is_named).collect();
            self.take_out(name, None, &nodes, changes);
        }
        for part in &rules.strip_images {
            if !self.pays_for_all_elements() {
                return;
            }
            let is_image = |idx: &u32| {
                self.tree.name(*idx) == "img" && self.tree.attribute(*idx, "src").is_some_and(|it| it.contains(part))
            };
            let nodes: Vec<u32> = self.tree.elements().filter(is_image).collect();
            self.take_out(name, None, &nodes, changes);
        }
    }

    fn take_out(&mut self, name: &Name, line: Option<usize>, nodes: &[u32], changes: &mut Changes) {
        let mut end = 0;
        for idx in nodes.iter().copied() {
            if self.tree.is_attribute(idx) {
                changes.attributes.push((self.tree.id(idx), self.tree.name(idx).to_owned()));
                self.tree.take_out(idx);
                continue;
            }
            // What is inside of another goes with it; the page itself can't go.
            if idx < end || idx == 0 {
                continue;
            }
            end = self.tree.end(idx);
            if self.is_explained && self.notes.len() < MAX_NOTES {
                let text = self.text(idx).unwrap_or_default();
                let text = collapse(&text.chars().take(4 * MAX_TEXT_CHARS).collect::<String>());
                self.notes.push(Note {
                    place: place_name(&self.tree, idx),
                    text: text.chars().take(MAX_TEXT_CHARS).collect(),
                    verdict: Verdict::Removed,
                    rule: match line {
                        Some(line) => format!("{STRIPPED} {}:{line}", name.file()),
                        None => format!("{STRIPPED} {}", name.file()),
                    },
                });
            }
            changes.detached.push(self.tree.id(idx));
            self.tree.take_out(idx);
        }
    }

    /// The elements of the first rule that finds any with a text or an image.
    fn body(&mut self, name: &Name, rules: &[Rule]) -> Vec<NodeId> {
        for rule in rules {
            let mut end = 0;
            let mut outer = Vec::new();
            for idx in self.nodes(name, rule) {
                if self.tree.is_element(idx) && idx >= end {
                    end = self.tree.end(idx);
                    outer.push(self.tree.id(idx));
                }
            }
            if !outer.is_empty() {
                return outer;
            }
        }
        if let Some(first) = rules.first() {
            self.note(name, Some(first), "no `body` rule finds anything, so the automatic choice stands");
        }
        Vec::new()
    }

    fn nodes(&mut self, name: &Name, rule: &Rule) -> Vec<u32> {
        match self.value(name, rule) {
            Some(Value::Nodes(nodes)) => nodes,
            _ => Vec::new(),
        }
    }

    fn holds(&mut self, name: &Name, rule: &Rule) -> bool {
        match self.value(name, rule) {
            Some(Value::Nodes(nodes)) => !nodes.is_empty(),
            Some(Value::Truth(truth)) => truth,
            _ => false,
        }
    }

    /// What a rule gives; nothing where its condition isn't met, or where it takes too much work.
    pub(super) fn value(&mut self, name: &Name, rule: &Rule) -> Option<Value<'a>> {
        if let Some(condition) = &rule.condition {
            let is_met = match self.evaluate(condition) {
                Ok(Value::Nodes(nodes)) => !nodes.is_empty(),
                Ok(Value::Text(text)) => !text.is_empty(),
                Ok(Value::Truth(truth)) => truth,
                Ok(Value::Number(_)) | Err(_) => false,
            };
            if !is_met {
                return None;
            }
        }
        match self.evaluate(&rule.path) {
            Ok(value) => Some(value),
            Err(Stop::NoNodes) => None,
            Err(Stop::Work) => {
                self.note(name, Some(rule), "the rule takes too much work on this page, so it is left out");
                None
            }
        }
    }

    /// A node's text; none where the page's work is used up.
    pub(super) fn text(&self, idx: u32) -> Option<Cow<'a, str>> {
        self.tree.text(idx, &self.budget).ok()
    }

    fn evaluate(&self, path: &XPath) -> Result<Value<'a>, Stop> {
        let budget = Budget::new(self.budget.left().min(MAX_STEPS_OF_RULE));
        let before = budget.left();
        let value = path.evaluate(&self.tree, &budget);
        self.budget.spend(before - budget.left());
        value
    }

    fn pays_for_all_elements(&self) -> bool {
        self.budget.spend(self.tree.len() as u64 / 2);
        self.budget.left() > 0
    }

    fn note(&mut self, name: &Name, rule: Option<&Rule>, text: &str) {
        if self.notes.len() >= MAX_NOTES {
            return;
        }
        self.notes.push(Note {
            place: match rule {
                Some(rule) => format!("{}:{}", name.file(), rule.line),
                None => name.file(),
            },
            text: rule.map(|rule| rule.path.as_str().chars().take(MAX_TEXT_CHARS).collect()).unwrap_or_default(),
            verdict: Verdict::Kept,
            rule: text.to_owned(),
        });
    }
}

fn place_name(tree: &Tree<'_>, idx: u32) -> String {
    let name = if tree.is_element(idx) { tree.name(idx) } else { "text" };
    let class = tree.attribute(idx, "class").and_then(|class| class.split_ascii_whitespace().next());
    match (tree.attribute(idx, "id").map(str::trim).filter(|id| !id.is_empty()), class) {
        (Some(id), _) => format!("{name}#{id}"),
        (None, Some(class)) => format!("{name}.{class}"),
        (None, None) => name.to_owned(),
    }
}
