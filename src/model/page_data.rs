//! The JSON of a page's scripts: whole scripts, assignments to variables, and streams of pieces.

use scraper::{Html, Node};
use serde_json::{Map, Value};

use super::JsonBudget;

/// Scripts are read up to this many bytes in all.
const MAX_BYTES: usize = 6 << 20;
/// Values made of a flat list, so that references which repeat don't multiply it.
const MAX_UNFOLDED: usize = 100_000;
/// Deepest nesting of an unfolded value.
const MAX_DEPTH: usize = 60;

/// What the scripts of a page hold, in the page's order.
pub fn page_data(html: &Html) -> Vec<Value> {
    let (mut found, mut stream, mut n_bytes) = (Vec::new(), String::new(), 0);
    let mut budget = JsonBudget::default();
    for node in html.tree.nodes() {
        let Node::Element(element) = node.value() else { continue };
        if element.name() != "script" {
            continue;
        }
        let Some(text) = node.first_child().and_then(|child| child.value().as_text()) else { continue };
        n_bytes += text.len();
        if n_bytes > MAX_BYTES {
            break;
        }
        if !budget.takes(text) {
            continue;
        }
        let kind = element.attr("type").unwrap_or_default().trim();
        match kind {
            "application/json" => found.extend(serde_json::from_str(text.trim()).ok().map(|value| {
                let is_flat = element.id() == Some("__NUXT_DATA__") || element.attr("data-nuxt-data").is_some();
                if is_flat { unfolded(value) } else { value }
            })),
            "" | "text/javascript" | "application/javascript" | "module" => {
                found.extend(assigned(text, &mut budget));
                pushed(text, &mut stream);
            }
            _ => {}
        }
    }
    if budget.takes(&stream) {
        rows(&stream, &mut found);
    }
    found
}

/// `window.__STATE__ = {…}`, `… = JSON.parse("…")`: the value after the first sign of equality that has one.
fn assigned(script: &str, budget: &mut JsonBudget) -> Option<Value> {
    let mut rest = script;
    // A few assignments of configuration often stand before that of the state.
    for _ in 0..40 {
        let (_, after) = rest.split_once('=')?;
        rest = after;
        let value = after.trim_start();
        let value = match value.strip_prefix("JSON.parse(") {
            Some(argument) => first_value(argument).and_then(|text| {
                let text = text.as_str().filter(|text| budget.takes(text))?;
                serde_json::from_str(text).ok()
            }),
            None if value.starts_with(['{', '[']) => first_value(value),
            None => None,
        };
        let is_large = |value: &Value| match value {
            Value::Object(object) => !object.is_empty(),
            Value::Array(list) => list.len() > 1,
            _ => false,
        };
        if let Some(value) = value.filter(is_large) {
            // The largest one matters; small ones are followed by others.
            if value_is_deep(&value) {
                return Some(value);
            }
        }
    }
    None
}

fn value_is_deep(value: &Value) -> bool {
    let children: Vec<&Value> = match value {
        Value::Object(object) => object.values().collect(),
        Value::Array(list) => list.iter().collect(),
        _ => return false,
    };
    children.iter().any(|child| child.is_object() || child.is_array() || child.as_str().is_some_and(|s| s.len() > 100))
}

/// The JSON value at the start of a text.
fn first_value(text: &str) -> Option<Value> {
    serde_json::Deserializer::from_str(text).into_iter::<Value>().next()?.ok()
}

/// `self.__next_f.push([1,"…"])`: pieces of one stream.
fn pushed(script: &str, stream: &mut String) {
    let mut rest = script;
    while let Some((_, after)) = rest.split_once("__next_f.push(") {
        rest = after;
        if let Some(Value::Array(piece)) = first_value(after)
            && let Some(text) = piece.get(1).and_then(Value::as_str)
        {
            stream.push_str(text);
        }
    }
}

/// The rows of a stream: `1a:{…}` is JSON, `1b:T4f2,…` a text of so many bytes.
fn rows(stream: &str, found: &mut Vec<Value>) {
    let mut rest = stream;
    while let Some((head, after)) = rest.split_once(':') {
        let body = head.bytes().all(|byte| byte.is_ascii_hexdigit()).then_some(after);
        let text = body.and_then(|body| {
            let (length, text) = body.strip_prefix('T')?.split_once(',')?;
            let length = usize::from_str_radix(length, 16).ok()?;
            Some((text.get(..length)?, text.get(length..)?))
        });
        if let Some((text, after)) = text {
            found.push(Value::String(text.to_owned()));
            rest = after;
            continue;
        }
        let (line, next) = rest.split_once('\n').unwrap_or((rest, ""));
        if body.is_some() {
            found.extend(line.split_once(':').and_then(|(_, json)| serde_json::from_str(json).ok()));
        }
        rest = next;
    }
}

/// Nuxt writes all values into one list, and refers to them by their place in it.
fn unfolded(value: Value) -> Value {
    let Value::Array(flat) = value else { return value };
    let mut n_left = MAX_UNFOLDED;
    unfold(&flat, 0, 0, &mut n_left)
}

fn unfold(flat: &[Value], at: usize, depth: usize, n_left: &mut usize) -> Value {
    if depth > MAX_DEPTH || *n_left == 0 {
        return Value::Null;
    }
    *n_left -= 1;
    let mut reference = |value: &Value| {
        let place = value.as_u64().and_then(|place| usize::try_from(place).ok());
        place.map_or(Value::Null, |place| unfold(flat, place, depth + 1, n_left))
    };
    match flat.get(at) {
        Some(Value::Object(object)) => {
            Value::Object(object.iter().map(|(key, value)| (key.clone(), reference(value))).collect::<Map<_, _>>())
        }
        Some(Value::Array(list)) => match list.first() {
            // `["Reactive", 1]` wraps a value.
            Some(Value::String(_)) => list.get(1).map_or(Value::Null, &mut reference),
            _ => Value::Array(list.iter().map(&mut reference).collect()),
        },
        Some(value) => value.clone(),
        None => Value::Null,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_flat_list_is_unfolded_and_circles_end() {
        let flat = json!([["Reactive", 1], {"title": 2, "self": 1, "body": 3}, "Storm", [2, 2]]);

        let value = unfolded(flat);

        assert_eq!(value["title"], "Storm");
        assert_eq!(value["body"], json!(["Storm", "Storm"]));
    }

    #[test]
    fn a_stream_of_pieces_is_read_row_by_row() {
        let mut stream = String::new();
        pushed(
            r#"self.__next_f.push([1,"1:{\"a\":"]);self.__next_f.push([1,"[1]}\n2:T5,<p>é\n3:\"x\""])"#,
            &mut stream,
        );
        let mut found = Vec::new();

        rows(&stream, &mut found);

        assert_eq!(found, [json!({"a": [1]}), json!("<p>é"), json!("x")]);
    }

    #[test]
    fn assignments_are_read_as_far_as_they_are_json() {
        for script in [
            r#"window.a=1;window.__STATE__ = {"post":{"body":"x"}};(function(){})()"#,
            r#"window.__STATE__=JSON.parse("{\"post\":{\"body\":\"x\"}}");"#,
        ] {
            assert_eq!(assigned(script, &mut JsonBudget::default()), Some(json!({"post": {"body": "x"}})), "{script}");
        }
        assert_eq!(assigned("a = function(){ b == {} }", &mut JsonBudget::default()), None);
    }
}
