//! Keys that nobody knows: found, explained, and left out so that reading goes on.

use std::ops::Range;

use serde_json::Value;
use toml::Spanned;
use toml::de::DeValue;

use super::report::Problems;
use super::schema;
use super::suggest::nearest;
use super::tree::Node;

/// Keys that the design names and a later version brings: (table, key, what to do until then). `*` is any element.
const LATER: [(&str, &str, &str); 8] = [
    ("source.*", "filter", "leave it out until then"),
    ("source.*", "expect", "leave it out until then"),
    ("source.*", "dedup", "leave it out until then"),
    ("source.*.extract", "next_page", "only an article's first page is read until then"),
    ("", "dedup", "leave it out until then"),
    ("", "include", "keep all sources in this file until then"),
    ("", "filter", "leave it out until then"),
    ("feed.*", "filter", "leave it out until then"),
];

/// Takes out the keys that the schema doesn't know, each with a problem.
pub(super) fn refuse_unknown(root: &mut Node<'_>, schema: &Value, problems: &mut Problems<'_>) {
    Walk { whole: schema, problems }.table(root, schema, "");
}

struct Walk<'w, 't> {
    whole: &'w Value,
    problems: &'w mut Problems<'t>,
}

impl Walk<'_, '_> {
    fn node(&mut self, node: &mut Node<'_>, schema: &Value, path: &str) {
        let is_table = schema.get("properties").is_some();
        // A table that `false` turns off.
        let is_switch =
            schema.get("type").and_then(Value::as_array).is_some_and(|kinds| kinds.contains(&"boolean".into()));
        let tables = schema.get("items").filter(|items| items.get("properties").is_some());
        let span = node.span();
        match node.get_mut() {
            DeValue::Table(_) if is_table => self.table(node, schema, path),
            DeValue::Array(items) if let Some(inner) = tables => {
                items.iter_mut().for_each(|item| self.node(item, inner, &join(path, "*")));
            }
            DeValue::Table(_) if let Some(inner) = tables => {
                let help = format!("write `[[{path}]]` with two brackets: there may be several");
                self.settle(span.clone(), format!("`[{path}]` is a list"), help);
                self.table(node, inner, &join(path, "*"));
                *node = Spanned::new(span, DeValue::Array([node.clone()].into_iter().collect()));
            }
            DeValue::Array(_) if is_table => {
                let help = format!("write `[{path}]` with single brackets, and only once");
                self.settle(span, format!("`{path}` is one table, not several"), help);
            }
            DeValue::Boolean(_) if is_switch => {}
            _ if is_switch => {
                let keys: Vec<&str> = schema::keys(schema).collect();
                let help = format!("write `true`, `false`, or a table with {}", keys.join(" and "));
                self.settle(span, format!("`{path}` is neither a switch nor a table"), help);
            }
            _ if is_table || tables.is_some() => {
                let keys: Vec<&str> = schema::keys(tables.unwrap_or(schema)).take(3).collect();
                let help = format!("it holds keys such as {}", keys.join(", "));
                self.settle(span, format!("`{path}` isn't a table"), help);
            }
            _ => {}
        }
    }

    fn table(&mut self, node: &mut Node<'_>, schema: &Value, path: &str) {
        let (DeValue::Table(table), Some(known)) = (node.get_mut(), schema.get("properties")) else { return };
        let mut unknown = Vec::new();
        for (key, value) in table.iter_mut() {
            let name = key.get_ref().as_ref();
            match known.get(name) {
                Some(inner) => self.node(value, inner, &join(path, name)),
                None => unknown.push((name.to_owned(), key.span())),
            }
        }
        for (name, span) in unknown {
            table.remove(name.as_str());
            let (message, help) = self.explain(&name, schema, path);
            self.problems.push_safe(span, message, Some(help));
        }
    }

    fn settle(&mut self, span: Range<usize>, message: String, help: String) {
        self.problems.push_safe(span.clone(), message, Some(help));
        self.problems.settle(span);
    }

    fn explain(&self, name: &str, schema: &Value, path: &str) -> (String, String) {
        if let Some((_, _, meanwhile)) = LATER.iter().find(|(table, key, _)| *table == path && *key == name) {
            return (format!("`{name}` isn't supported yet"), format!("it comes in a later version; {meanwhile}"));
        }
        let message = format!("unknown key `{}`", shortened(name));
        if let Some(near) = nearest(name, schema::keys(schema)) {
            return (message, format!("did you mean `{near}`?"));
        }
        let sections = schema::keys(self.whole).filter_map(|section| {
            let table = self.whole.get("properties")?.get(section)?;
            let (table, written) = match table.get("items") {
                Some(items) => (items, format!("[[{section}]]")),
                None => (table, format!("[{section}]")),
            };
            schema::keys(table).any(|key| key == name).then_some(written)
        });
        let sections: Vec<String> = sections.collect();
        if !sections.is_empty() {
            return (message, format!("`{name}` belongs under `{}`", sections.join("` or `")));
        }
        let known: Vec<&str> = schema::keys(schema).collect();
        (message, format!("known here: {}", known.join(", ")))
    }
}

fn join(path: &str, step: &str) -> String {
    if path.is_empty() { step.to_owned() } else { format!("{path}.{step}") }
}

fn shortened(name: &str) -> String {
    name.chars().take(80).collect()
}
