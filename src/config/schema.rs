//! The JSON Schema of the file, made from the types: editors use it, and unknown keys are found with it.

use schemars::generate::{SchemaGenerator, SchemaSettings};
use schemars::{JsonSchema, Schema};
use serde_json::{Map, Value, json};

use super::tables::{DefaultPace, DefaultPages, FeedTable, Heading, SourceTable};
use crate::{fetch, schedule, serve, store};

/// The JSON Schema (draft 7, which editors know) of `offprint.toml`.
#[must_use]
pub fn schema() -> Value {
    let settings = SchemaSettings::draft07().with(|settings| settings.inline_subschemas = true);
    let mut types = settings.into_generator();
    let mut server = table::<serve::Config>(&mut types);
    add_keys(&mut server, table::<Heading>(&mut types));
    let mut fetch = table::<fetch::Config>(&mut types);
    add_keys(&mut fetch, table::<DefaultPace>(&mut types));
    let storage = table::<store::Config>(&mut types);
    let extract = table::<DefaultPages>(&mut types);
    let schedule = table::<schedule::Config>(&mut types);
    let source = table::<SourceTable>(&mut types);
    let feed = table::<FeedTable>(&mut types);
    json!({
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "Offprint",
        "description": "Configuration of Offprint: which news blogs are read, how often, and which feeds are made of them.",
        "type": "object",
        "additionalProperties": false,
        "properties": {
            "server": server,
            "storage": storage,
            "fetch": fetch,
            "extract": extract,
            "schedule": schedule,
            "source": {"type": "array", "description": "The sites that are read.", "items": source},
            "feed": {"type": "array", "description": "Feeds that gather several sources.", "items": feed},
        },
    })
}

/// The part of a schema that describes a dotted path such as `source.0.url`.
pub(super) fn at<'s>(schema: &'s Value, path: &str) -> Option<&'s Value> {
    path.split('.').try_fold(schema, |schema, step| match schema.get("items") {
        Some(items) => Some(items),
        None => schema.get("properties")?.get(step),
    })
}

/// The keys that a schema knows.
pub(super) fn keys(schema: &Value) -> impl Iterator<Item = &str> {
    schema.get("properties").and_then(Value::as_object).into_iter().flat_map(Map::keys).map(String::as_str)
}

/// The keys of a type's table.
pub(super) fn keys_of<T: JsonSchema>() -> Vec<String> {
    let mut types = SchemaSettings::draft07().with(|settings| settings.inline_subschemas = true).into_generator();
    keys(&table::<T>(&mut types)).map(str::to_owned).collect()
}

fn table<T: JsonSchema>(types: &mut SchemaGenerator) -> Value {
    let mut schema: Value = Schema::into(T::json_schema(types));
    tidy(&mut schema);
    schema
}

/// Makes a table the sum of two: the second one's keys join the first one's.
fn add_keys(table: &mut Value, mut other: Value) {
    let more = other.get_mut("properties").and_then(Value::as_object_mut).map(std::mem::take);
    if let (Some(keys), Some(more)) = (table.get_mut("properties").and_then(Value::as_object_mut), more) {
        keys.extend(more);
    }
}

/// TOML has no null, so what may be left out isn't nullable; and editors show descriptions without line breaks.
fn tidy(schema: &mut Value) {
    match schema {
        Value::Array(items) => items.iter_mut().for_each(tidy),
        Value::Object(map) => {
            // A table's default is that of its keys.
            map.retain(|key, value| !(key == "default" && (value.is_null() || value.is_object())));
            // Rust's own words, which editors don't know.
            map.retain(|key, value| !(key == "format" && value.as_str().is_some_and(|name| name.starts_with("uint"))));
            map.remove("writeOnly");
            if let Some(Value::Array(kinds)) = map.get_mut("type") {
                kinds.retain(|kind| kind != "null");
                if let [only] = kinds.as_slice() {
                    let only = only.clone();
                    map.insert("type".to_owned(), only);
                }
            }
            if let Some(Value::Array(mut choices)) = map.remove("anyOf") {
                choices.retain(|choice| choice.get("type").is_none_or(|kind| kind != "null"));
                if let [Value::Object(only)] = choices.as_mut_slice() {
                    // What stands beside the choice, such as the key's description, wins over the type's own.
                    only.append(map);
                    *map = std::mem::take(only);
                } else {
                    map.insert("anyOf".to_owned(), Value::Array(choices));
                }
            }
            if let Some(Value::String(text)) = map.get_mut("description") {
                *text = text.split_whitespace().collect::<Vec<_>>().join(" ");
            }
            if map.contains_key("properties") {
                map.insert("additionalProperties".to_owned(), Value::Bool(false));
            }
            map.values_mut().for_each(tidy);
        }
        _ => {}
    }
}
