//! Rich text as content systems store it (lists of typed blocks with nested children), written as markup.

use serde_json::{Map, Value};

/// Keys that hold what a node contains, the most telling first.
const CONTENT: &[&str] = &[
    "children",
    "content",
    "nodes",
    "blocks",
    "items",
    "innerBlocks",
    "paragraphs",
    "root",
    "document",
    "data",
    "attributes",
    "fields",
    "value",
    "body",
];
/// Keys that hold a node's own text.
const TEXT: &[&str] =
    &["text", "value", "html", "innerHTML", "content", "rendered", "body", "copy", "markup", "paragraph"];
/// Keys that name a node's kind.
const KIND: &[&str] =
    &["nodeType", "_type", "type", "blockName", "kind", "__typename", "tagName", "tag", "component", "name"];
/// A string shorter than this isn't a paragraph.
const MIN_PARAGRAPH_BYTES: usize = 40;

/// Whether a list's items are the blocks of one text: strings, or typed nodes that aren't stories themselves.
pub(super) fn is_block_list(list: &[Value]) -> bool {
    let is_block = |value: &Value| match value {
        Value::String(text) => text.len() >= MIN_PARAGRAPH_BYTES && text.contains(char::is_whitespace),
        Value::Object(object) => is_node(object),
        _ => false,
    };
    let n_blocks = list.iter().filter(|value| is_block(value)).count();
    n_blocks >= 2 && 2 * n_blocks > list.len()
}

/// A node says what it is and holds a text or further nodes; a story also has an address.
fn is_node(object: &Map<String, Value>) -> bool {
    let is_story = ["slug", "headline", "canonicalUrl", "permalink"].iter().any(|key| object.contains_key(*key))
        || (object.contains_key("title") && (object.contains_key("url") || object.contains_key("href")));
    let holds = |key: &str| object.get(key).is_some_and(|value| !value.is_null());
    !is_story && kind(object).is_some() && (TEXT.iter().any(|key| holds(key)) || CONTENT.iter().any(|key| holds(key)))
}

/// The list of blocks of a document that isn't a list itself.
pub(super) fn content(object: &Map<String, Value>) -> Option<&[Value]> {
    let inner =
        CONTENT.iter().find_map(|key| object.get(*key).filter(|value| value.is_array() || value.is_object()))?;
    match inner {
        Value::Array(list) => Some(list),
        Value::Object(inner) => CONTENT.iter().find_map(|key| inner.get(*key)?.as_array()).map(Vec::as_slice),
        _ => None,
    }
}

/// Blocks stored as a string of JSON.
pub(super) fn nested(text: &str) -> Option<Value> {
    let text = text.trim_start();
    (text.starts_with("{\"") || text.starts_with("[{")).then(|| serde_json::from_str(text).ok())?
}

/// A string as markup, where it is a text: markup already, or lines of which some are sentences.
pub(super) fn of_text(text: &str) -> Option<String> {
    if text.contains("</p>") || text.contains("<br") || text.contains("</div>") || text.contains("</h2>") {
        return Some(text.to_owned());
    }
    if text.contains("&lt;p") {
        let plain = text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&");
        return Some(plain);
    }
    paragraphs(text)
}

/// Plain lines as paragraphs; none where the text is code, a style or a list of addresses.
pub(super) fn paragraphs(text: &str) -> Option<String> {
    let n_odd = text.chars().filter(|c| matches!(c, '{' | '}' | ';' | '=' | '\\' | '|')).count();
    if n_odd * 50 > text.len() || text.contains("function(") {
        return None;
    }
    let lines = text.split('\n').map(str::trim).filter(|line| !line.is_empty());
    Some(lines.map(|line| format!("<p>{}</p>", escaped(line))).collect())
}

/// What a node is in a text.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Kind {
    Paragraph,
    Heading(u8),
    List,
    Ordered,
    Item,
    Quote,
    Code,
    Link,
    Image,
    Break,
    Text,
    /// Advertisements, boxes and players: nothing to read.
    Nothing,
    Unknown,
}

fn kind(object: &Map<String, Value>) -> Option<Kind> {
    let written = KIND.iter().find_map(|key| object.get(*key)?.as_str())?;
    if object.get("listItem").is_some_and(Value::is_string) {
        return Some(Kind::Item);
    }
    let style = object.get("style").and_then(Value::as_str).filter(|_| written == "block");
    Some(kind_of(&style.unwrap_or(written).to_ascii_lowercase(), object))
}

fn kind_of(name: &str, object: &Map<String, Value>) -> Kind {
    let name = name.rsplit(['/', '.']).next().unwrap_or(name);
    let has = |words: &[&str]| words.iter().any(|word| name.contains(word));
    match name {
        "a" => return Kind::Link,
        "ul" => return Kind::List,
        "ol" => return Kind::Ordered,
        "li" => return Kind::Item,
        "br" => return Kind::Break,
        "p" | "normal" | "unstyled" => return Kind::Paragraph,
        "text" | "span" | "strong" | "b" | "em" | "i" => return Kind::Text,
        "ad" | "ads" => return Kind::Nothing,
        _ => {}
    }
    if has(&["heading", "header", "subhead", "crosshead"]) || (name.len() == 2 && name.starts_with('h')) {
        let tagged = object.get("tag").and_then(Value::as_str).unwrap_or(name);
        return Kind::Heading(level(tagged, object));
    }
    if has(&["advert", "newsletter", "related", "promo", "embed", "video", "iframe", "author", "readmore", "paywall"]) {
        Kind::Nothing
    } else if has(&["listitem", "list-item", "list_item"]) {
        Kind::Item
    } else if has(&["list"]) {
        let is_ordered = (has(&["order", "number"]) && !has(&["unorder"]))
            || object
                .get("format")
                .or_else(|| object.get("listType"))
                .and_then(Value::as_str)
                .is_some_and(|f| f.starts_with("ord") || f == "number");
        if is_ordered { Kind::Ordered } else { Kind::List }
    } else if has(&["quote"]) {
        Kind::Quote
    } else if has(&["code"]) {
        Kind::Code
    } else if has(&["link"]) {
        Kind::Link
    } else if has(&["image", "picture", "photo", "figure", "img", "asset"]) {
        Kind::Image
    } else if has(&["break"]) {
        Kind::Break
    } else if has(&["paragraph", "text", "body"]) {
        Kind::Paragraph
    } else {
        Kind::Unknown
    }
}

/// A heading's level: in its name, in words too, or beside it.
fn level(name: &str, object: &Map<String, Value>) -> u8 {
    const WORDS: [&str; 6] = ["one", "two", "three", "four", "five", "six"];
    let in_words = WORDS.iter().position(|word| name.ends_with(word)).map(|at| at as u64 + 1);
    let in_digits = || name.chars().last().and_then(|c| c.to_digit(10)).map(u64::from);
    let beside = || {
        let own = object.get("level").and_then(Value::as_u64);
        own.or_else(|| ["data", "attrs", "attributes"].iter().find_map(|key| object.get(*key)?.get("level")?.as_u64()))
    };
    let level = in_words.or_else(in_digits).or_else(beside).unwrap_or(2);
    u8::try_from(level.clamp(2, 6)).unwrap_or(2)
}

/// Writes a list of blocks. Recursion is bounded: the parser of JSON allows 128 levels.
pub(super) fn write(list: &[Value]) -> String {
    let mut out = String::new();
    let mut in_list = false;
    for value in list {
        let is_item = value.as_object().and_then(kind) == Some(Kind::Item);
        if is_item != in_list {
            out.push_str(if is_item { "<ul>" } else { "</ul>" });
            in_list = is_item;
        }
        match value {
            Value::String(text) if text.contains('<') => out.push_str(text),
            Value::String(text) => out.push_str(&format!("<p>{}</p>", escaped(text))),
            value => node(value, &mut out),
        }
    }
    if in_list {
        out.push_str("</ul>");
    }
    out
}

fn node(value: &Value, out: &mut String) {
    let object = match value {
        Value::String(text) => return push_text(text, out),
        Value::Array(list) => return list.iter().for_each(|value| node(value, out)),
        Value::Object(object) => object,
        _ => return,
    };
    let (open, close) = match kind(object).unwrap_or(Kind::Text) {
        Kind::Nothing => return,
        Kind::Break => return out.push_str("<br>"),
        Kind::Image => return image(object, out),
        Kind::Link => match address(object, &["href", "uri", "url"]) {
            Some(url) => (format!("<a href=\"{}\">", escaped(url)), "</a>".to_owned()),
            None => Default::default(),
        },
        Kind::Heading(level) => (format!("<h{level}>"), format!("</h{level}>")),
        Kind::List => ("<ul>".to_owned(), "</ul>".to_owned()),
        Kind::Ordered => ("<ol>".to_owned(), "</ol>".to_owned()),
        Kind::Item => ("<li>".to_owned(), "</li>".to_owned()),
        Kind::Quote => ("<blockquote>".to_owned(), "</blockquote>".to_owned()),
        Kind::Code => ("<pre>".to_owned(), "</pre>".to_owned()),
        Kind::Paragraph => ("<p>".to_owned(), "</p>".to_owned()),
        Kind::Text | Kind::Unknown => Default::default(),
    };
    out.push_str(&open);
    let is_list = open.starts_with("<ul") || open.starts_with("<ol");
    inside(object, is_list, out);
    out.push_str(&close);
}

/// A node's own text, or else the nodes inside it.
fn inside(object: &Map<String, Value>, is_list: bool, out: &mut String) {
    if let Some(text) = TEXT.iter().find_map(|key| object.get(*key)?.as_str()).filter(|text| !text.is_empty()) {
        return push_text(text, out);
    }
    // `data` of a link beside its `content` holds the address alone, so lists come first.
    let list = CONTENT.iter().find_map(|key| object.get(*key)?.as_array());
    if let Some(list) = list {
        for value in list {
            match value {
                Value::String(text) if is_list => {
                    out.push_str("<li>");
                    push_text(text, out);
                    out.push_str("</li>");
                }
                value => node(value, out),
            }
        }
    } else if let Some(inner) = CONTENT.iter().find_map(|key| object.get(*key)?.as_object()) {
        inside(inner, is_list, out);
    }
}

fn image(object: &Map<String, Value>, out: &mut String) {
    let Some(src) = address(object, &["src", "url", "uri"]) else { return };
    out.push_str(&format!("<figure><img src=\"{}\">", escaped(src)));
    if let Some(caption) = address(object, &["caption", "description"]).filter(|caption| !caption.contains('<')) {
        out.push_str(&format!("<figcaption>{}</figcaption>", escaped(caption)));
    }
    out.push_str("</figure>");
}

/// The string of a key, of the object itself or of an object inside it, a few levels down.
fn address<'a>(object: &'a Map<String, Value>, keys: &[&str]) -> Option<&'a str> {
    let mut level: Vec<&Map<String, Value>> = vec![object];
    for _ in 0..5 {
        for key in keys {
            if let Some(text) = level.iter().find_map(|object| object.get(*key)?.as_str()) {
                return Some(text);
            }
        }
        level = level.iter().flat_map(|object| object.values().filter_map(Value::as_object)).take(50).collect();
    }
    None
}

fn push_text(text: &str, out: &mut String) {
    // Markup inside a text is meant as such; a lone sign isn't.
    if text.contains("</") || text.contains("<br") {
        out.push_str(text);
    } else {
        out.push_str(&escaped(text));
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn the_rich_text_of_many_systems_becomes_the_same_markup() {
        let long = "A sentence of the text that is long enough to be seen.";
        let expected = format!("<h2>Part</h2><p>{long}</p><p>{long}</p>");
        for blocks in [
            json!([{"nodeType": "heading-2", "content": [{"nodeType": "text", "value": "Part"}]},
                   {"nodeType": "paragraph", "data": {}, "content": [{"nodeType": "text", "value": long, "marks": []}]},
                   {"nodeType": "paragraph", "data": {}, "content": [{"nodeType": "text", "value": long, "marks": []}]}]),
            json!([{"_type": "block", "style": "h2", "children": [{"_type": "span", "text": "Part"}]},
                   {"_type": "block", "style": "normal", "markDefs": [], "children": [{"_type": "span", "text": long}]},
                   {"_type": "block", "style": "normal", "markDefs": [], "children": [{"_type": "span", "text": long}]}]),
            json!([{"type": "header-two", "text": "Part", "entityRanges": []},
                   {"type": "unstyled", "text": long}, {"type": "unstyled", "text": long}]),
            json!([{"type": "heading", "attrs": {"level": 2}, "content": [{"type": "text", "text": "Part"}]},
                   {"type": "paragraph", "content": [{"type": "text", "text": long}]},
                   {"type": "paragraph", "content": [{"type": "text", "text": long}]}]),
            json!([{"type": "header", "data": {"text": "Part", "level": 2}},
                   {"type": "paragraph", "data": {"text": long}}, {"type": "paragraph", "data": {"text": long}}]),
            json!([{"name": "core/heading", "attributes": {"content": "Part"}},
                   {"name": "core/paragraph", "attributes": {"content": long}},
                   {"name": "core/paragraph", "attributes": {"content": long}}]),
        ] {
            let list = blocks.as_array().unwrap();

            assert!(is_block_list(list), "{blocks}");
            assert_eq!(write(list), expected, "{blocks}");
        }
    }

    #[test]
    fn lists_links_and_images_keep_their_meaning() {
        let blocks = json!([
            {"_type": "block", "style": "normal", "listItem": "bullet", "children": [{"_type": "span", "text": "one"}]},
            {"_type": "block", "style": "normal", "listItem": "bullet", "children": [{"_type": "span", "text": "two"}]},
            {"nodeType": "paragraph", "content": [
                {"nodeType": "hyperlink", "data": {"uri": "/a?b&c"}, "content": [{"nodeType": "text", "value": "a < b"}]}]},
            {"type": "list", "data": {"style": "unordered", "items": ["x", "y"]}},
            {"type": "image", "data": {"file": {"url": "/i.jpg"}, "caption": "Pier"}},
            {"type": "advert", "text": "LEAK"},
        ]);

        assert_eq!(
            write(blocks.as_array().unwrap()),
            "<ul><li>one</li><li>two</li></ul><p><a href=\"/a?b&amp;c\">a &lt; b</a></p><ul><li>x</li><li>y</li></ul>\
             <figure><img src=\"/i.jpg\"><figcaption>Pier</figcaption></figure>"
        );
    }

    #[test]
    fn stories_are_no_blocks_and_code_is_no_text() {
        let stories = json!([{"type": "article", "title": "One", "url": "/1", "text": "x"},
                             {"type": "article", "title": "Two", "url": "/2", "text": "y"}]);

        assert!(!is_block_list(stories.as_array().unwrap()));
        assert_eq!(paragraphs("a{color:red;} b{color:blue;} c{color:green;}"), None);
    }
}
