//! Environment variables that override the file: `OFFPRINT__SERVER__LISTEN=0.0.0.0:80`, and `PORT`.

use std::borrow::Cow;
use std::net::SocketAddr;
use std::ops::Range;

use serde_json::Value;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::Env;
use super::report::Problems;
use super::schema;
use super::suggest::nearest;
use super::tree::{Node, Tree, moved};

/// How the names of overriding variables start; the rest is the path in capitals, two underscores between.
const PREFIX: &str = "OFFPRINT__";
/// Hosting platforms tell by this variable which port to listen on.
const PORT: &str = "PORT";

/// Puts the values of the variables in the place of the file's.
pub(super) fn apply<'a>(tree: &mut Tree<'a>, env: &'a Env, schema: &Value, problems: &mut Problems<'_>) {
    for (name, text) in env.with_prefix(PREFIX) {
        let span = problems.place_of_variable(&format!("{PREFIX}{name}"));
        let path: Vec<String> = name.split("__").map(str::to_ascii_lowercase).collect();
        match find(schema, &path) {
            Ok(kind) => {
                let value = value(text, kind, &span);
                // What names a rhythm in the environment replaces the file's rhythm of either kind.
                let rival = match path.last().map(String::as_str) {
                    Some("every") => Some("cron"),
                    Some("cron") => Some("every"),
                    _ => None,
                };
                if let Some(rival) = rival.filter(|rival| !is_set(env, &path, rival)) {
                    remove(&mut tree.root, &path, rival);
                }
                insert(&mut tree.root, &path, value, &span);
            }
            Err((message, help)) => problems.push_safe(span, message, Some(help)),
        }
    }
}

/// The address to listen on, with the port that `PORT` asks for, unless the environment names a whole address.
pub(super) fn listen(configured: SocketAddr, env: &Env, problems: &mut Problems<'_>) -> SocketAddr {
    let Some(text) = env.get(PORT) else { return configured };
    if env.get("OFFPRINT__SERVER__LISTEN").is_some() {
        return configured;
    }
    match text.trim().parse() {
        Ok(port) => SocketAddr::new(configured.ip(), port),
        Err(_) => {
            let span = problems.place_of_variable(PORT);
            let help = "set it to a whole number from 0 to 65535, or unset it";
            problems.push_safe(span, format!("`{text}` isn't a port"), Some(help.to_owned()));
            configured
        }
    }
}

/// What the schema says of a path, or (message, help).
fn find<'s>(schema: &'s Value, path: &[String]) -> Result<&'s Value, (String, String)> {
    let mut here = schema;
    for (depth, step) in path.iter().enumerate() {
        if let Some(inner) = here.get("properties").and_then(|keys| keys.get(step))
            && inner.get("items").is_none_or(|items| items.get("properties").is_none())
        {
            here = inner;
            continue;
        }
        if depth == 0 && (step == "source" || step == "feed") {
            let message = format!("a `[[{step}]]` can't be set by a variable");
            return Err((message, "write it into the file; its values may use `${env:NAME}`".to_owned()));
        }
        let help = match nearest(step, schema::keys(here)) {
            Some(near) => {
                let mut meant = path.to_vec();
                if let Some(wrong) = meant.get_mut(depth) {
                    *wrong = near.to_owned();
                }
                format!("did you mean `{PREFIX}{}`?", meant.join("__").to_ascii_uppercase())
            }
            None => "unset it; `offprint schema` lists all keys".to_owned(),
        };
        return Err((format!("no key is named `{}`", path.join(".")), help));
    }
    Ok(here)
}

/// A variable's text as the type that its key takes: as TOML where it is, else as a string.
fn value<'a>(text: &'a str, kind: &Value, span: &Range<usize>) -> Node<'a> {
    let wants_text = kind.get("type").is_some_and(|kind| kind == "string");
    let parsed = DeValue::parse(text).ok().filter(|value| !wants_text || value.get_ref().is_str());
    match parsed {
        Some(value) => moved(value.get_ref(), span),
        None => Spanned::new(span.clone(), DeValue::String(Cow::Borrowed(text))),
    }
}

fn is_set(env: &Env, path: &[String], sibling: &str) -> bool {
    let mut path = path.to_vec();
    path.pop();
    path.push(sibling.to_owned());
    env.get(&format!("{PREFIX}{}", path.join("__").to_ascii_uppercase())).is_some()
}

fn remove(root: &mut Node<'_>, path: &[String], sibling: &str) {
    let Some((_, parents)) = path.split_last() else { return };
    let mut node = root;
    for step in parents {
        let DeValue::Table(table) = node.get_mut() else { return };
        let Some(inner) = table.get_mut(step.as_str()) else { return };
        node = inner;
    }
    if let DeValue::Table(table) = node.get_mut() {
        table.remove(sibling);
    }
}

fn insert<'a>(node: &mut Node<'a>, path: &[String], value: Node<'a>, span: &Range<usize>) {
    let Some((step, rest)) = path.split_first() else {
        *node = value;
        return;
    };
    if !node.get_ref().is_table() {
        *node = Spanned::new(span.clone(), DeValue::Table(DeTable::new()));
    }
    if let DeValue::Table(table) = node.get_mut() {
        if table.get(step.as_str()).is_none() {
            let key = Spanned::new(span.clone(), Cow::Owned(step.clone()));
            table.insert(key, Spanned::new(span.clone(), DeValue::Table(DeTable::new())));
        }
        if let Some(inner) = table.get_mut(step.as_str()) {
            insert(inner, rest, value, span);
        }
    }
}
