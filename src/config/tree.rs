//! The parsed file before it has a shape: every value knows its place.

use std::ops::Range;

use serde::de::DeserializeOwned;
use toml::Spanned;
use toml::de::{DeArray, DeTable, DeValue, Deserializer};

use super::report::Problems;

/// A value with its place.
pub(super) type Node<'a> = Spanned<DeValue<'a>>;

/// The whole file as a table.
#[derive(Debug, Clone)]
pub(super) struct Tree<'a> {
    pub(super) root: Node<'a>,
}

impl<'a> Tree<'a> {
    /// Parses as much as is TOML; the rest becomes problems, one a line at most.
    pub(super) fn parse(text: &'a str, problems: &mut Problems<'_>) -> Self {
        let (root, errors) = DeTable::parse_recoverable(text);
        let mut lines = Vec::new();
        for error in errors {
            let span = error.span().unwrap_or(0..0);
            let line = text.get(..span.start).unwrap_or(text).matches('\n').count();
            // What follows on the same line is mostly the echo of the first.
            if !lines.contains(&line) {
                lines.push(line);
                let (message, help) = explain(text.get(span.start..).unwrap_or_default(), error.message());
                let help = help.filter(|_| !problems.is_hidden(&span));
                problems.push(span, message, help);
            }
        }
        let span = root.span();
        Self { root: Spanned::new(span, DeValue::Table(root.into_inner())) }
    }

    /// The value at a dotted path such as `source.0.url`.
    pub(super) fn value(&self, path: &str) -> Option<&Node<'a>> {
        path.split('.').try_fold(&self.root, |node, step| child(node, step))
    }

    /// The place of the value at a dotted path, or of the nearest that holds it.
    pub(super) fn span(&self, path: &str) -> Range<usize> {
        let mut node = &self.root;
        for step in path.split('.') {
            match child(node, step) {
                Some(inner) => node = inner,
                None => break,
            }
        }
        node.span()
    }

    /// A top-level table; empty where there is none or where it isn't a table.
    pub(super) fn section(&self, name: &str) -> Spanned<DeTable<'a>> {
        match self.value(name) {
            Some(node) => table(node),
            None => Spanned::new(0..0, DeTable::new()),
        }
    }

    /// The elements of a top-level array of tables.
    pub(super) fn elements(&self, name: &str) -> Vec<Spanned<DeTable<'a>>> {
        match self.value(name).map(Spanned::get_ref) {
            Some(DeValue::Array(array)) => array.iter().map(table).collect(),
            _ => Vec::new(),
        }
    }
}

/// Reads a table into its type. What doesn't fit becomes a problem and is left out, and the rest is read again, so
/// that all problems are found at once; none where a required key is missing. `path` is where the table stands,
/// `cure` turns (path of the value, message) into (message, help).
pub(super) fn read<T: DeserializeOwned>(
    mut table: Spanned<DeTable<'_>>,
    path: &str,
    cure: impl Fn(&str, &str) -> (String, Option<String>),
    problems: &mut Problems<'_>,
) -> Option<T> {
    let mut n_removed = 0;
    loop {
        let error = match T::deserialize(Deserializer::from(table.clone())) {
            Ok(value) => return Some(value),
            Err(error) => error,
        };
        let is_missing = error.message().starts_with("missing field");
        let span = error.span().filter(|_| !is_missing).unwrap_or_else(|| table.span());
        if is_missing && n_removed > 0 {
            return None;
        }
        let removed = remove(table.get_mut(), &span, path);
        let (message, help) = cure(removed.as_deref().unwrap_or(path), error.message());
        problems.push(span, message, help);
        removed.as_ref()?;
        n_removed += 1;
    }
}

/// The same value with all its places moved to one.
pub(super) fn moved<'a>(value: &DeValue<'a>, span: &Range<usize>) -> Node<'a> {
    let value = match value {
        DeValue::Array(array) => {
            DeValue::Array(array.iter().map(|item| moved(item.get_ref(), span)).collect::<DeArray<'_>>())
        }
        DeValue::Table(table) => DeValue::Table(
            table
                .iter()
                .map(|(key, value)| (Spanned::new(span.clone(), key.get_ref().clone()), moved(value.get_ref(), span)))
                .collect(),
        ),
        plain => plain.clone(),
    };
    Spanned::new(span.clone(), value)
}

/// The parser's words for people: (message, help). `rest` is the text from the place on.
fn explain(rest: &str, message: &str) -> (String, Option<String>) {
    let word: String = rest.chars().take_while(|c| c.is_alphanumeric() || matches!(c, '.' | ':' | '/' | '-')).collect();
    match message {
        _ if message.starts_with("invalid float") && word.starts_with(char::is_alphabetic) => {
            ("text needs quotes".to_owned(), Some(format!("write `\"{word}\"`")))
        }
        _ if message.starts_with("invalid basic string") => {
            ("this text isn't closed".to_owned(), Some("end it with `\"` on the same line".to_owned()))
        }
        "duplicate key" => ("this key was set already".to_owned(), Some("keep one of the two".to_owned())),
        _ => (message.to_owned(), None),
    }
}

fn child<'t, 'a>(node: &'t Node<'a>, step: &str) -> Option<&'t Node<'a>> {
    match node.get_ref() {
        DeValue::Table(table) => table.get(step),
        DeValue::Array(array) => array.get(step.parse::<usize>().ok()?),
        _ => None,
    }
}

fn table<'a>(node: &Node<'a>) -> Spanned<DeTable<'a>> {
    let table = match node.get_ref() {
        DeValue::Table(table) => table.clone(),
        _ => DeTable::new(),
    };
    Spanned::new(node.span(), table)
}

/// Takes out the innermost entry that holds the place; gives its path.
fn remove(table: &mut DeTable<'_>, span: &Range<usize>, path: &str) -> Option<String> {
    let mut holder = None;
    for (key, value) in table.iter_mut() {
        let inner_path = if path.is_empty() { key.get_ref().to_string() } else { format!("{path}.{}", key.get_ref()) };
        let place = value.span();
        // A table under a header of its own isn't within its parent's place, so every table is looked into.
        if let DeValue::Table(inner) = value.get_mut()
            && let Some(removed) = remove(inner, span, &inner_path)
        {
            return Some(removed);
        }
        if place.start <= span.start && span.end <= place.end {
            holder = Some((key.get_ref().to_string(), inner_path));
        }
    }
    let (key, path) = holder?;
    table.remove(key.as_str());
    Some(path)
}
