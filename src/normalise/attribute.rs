//! Which attributes stay on which element.

use url::Url;

use super::address;
use super::markup::Attributes;
use super::writer::push_attribute;
use crate::model::{Language, collapse};

/// What every link says of our relation to its target.
pub(super) const REL: &str = " rel=\"noopener noreferrer\"";

/// The direction of most scripts, as it is written.
pub(super) const LEFT_TO_RIGHT: &str = " dir=\"ltr\"";

/// The attributes of a block, as they are written.
pub(super) fn of_block(tag: &str, attributes: &Attributes<'_>, base: &Url) -> String {
    let mut out = String::new();
    let number = |name: &str| attributes.get(name).and_then(|value| value.trim().parse::<i32>().ok());
    match tag {
        "blockquote" => push_citation(&mut out, attributes, base),
        "ol" => {
            if let Some(start) = number("start").filter(|start| *start != 1) {
                push_attribute(&mut out, "start", &start.to_string());
            }
            if attributes.get("reversed").is_some() {
                push_attribute(&mut out, "reversed", "");
            }
            if let Some(kind) = attributes.get("type").filter(|kind| matches!(kind.as_ref(), "a" | "A" | "i" | "I")) {
                push_attribute(&mut out, "type", &kind);
            }
        }
        "li" => {
            if let Some(value) = number("value") {
                push_attribute(&mut out, "value", &value.to_string());
            }
        }
        "td" | "th" => {
            for name in ["colspan", "rowspan"] {
                if let Some(span) = number(name).filter(|span| (2..=1000).contains(span)) {
                    push_attribute(&mut out, name, &span.to_string());
                }
            }
            let scopes = ["row", "col", "rowgroup", "colgroup"];
            if let Some(scope) = attributes.get("scope").filter(|scope| scopes.contains(&scope.as_ref())) {
                push_attribute(&mut out, "scope", &scope);
            }
        }
        _ => {}
    }
    push_language(&mut out, attributes);
    out.push_str(&direction(attributes));
    out
}

/// The attributes of an element in a line, as they are written; none where without them the element is nothing.
pub(super) fn of_inline(tag: &str, attributes: &Attributes<'_>, base: &Url) -> Option<String> {
    let mut out = String::new();
    match tag {
        "a" => {
            let href = attributes.get("href")?;
            // Such links only carry a script.
            if href.trim() == "#" || href.trim().starts_with("#!") {
                return None;
            }
            push_attribute(&mut out, "href", &address::link(&href, base)?);
        }
        "q" | "del" | "ins" => push_citation(&mut out, attributes, base),
        _ => {}
    }
    if matches!(tag, "a" | "abbr" | "dfn") {
        let title = collapse(&attributes.get("title").unwrap_or_default());
        if !title.is_empty() {
            push_attribute(&mut out, "title", &title);
        }
    }
    push_language(&mut out, attributes);
    out.push_str(&direction(attributes));
    match tag {
        "span" | "bdo" if out.is_empty() => None,
        "a" => Some(out + REL),
        _ => Some(out),
    }
}

/// The writing direction, as it is written.
pub(super) fn direction(attributes: &Attributes<'_>) -> String {
    let Some(direction) = attributes.get("dir") else { return String::new() };
    match direction.trim().to_ascii_lowercase().as_str() {
        "rtl" => " dir=\"rtl\"".to_owned(),
        "ltr" => LEFT_TO_RIGHT.to_owned(),
        "auto" => " dir=\"auto\"".to_owned(),
        _ => String::new(),
    }
}

fn push_language(out: &mut String, attributes: &Attributes<'_>) {
    if let Some(language) = attributes.get("lang").and_then(|tag| Language::parse(&tag)) {
        push_attribute(out, "lang", language.as_str());
    }
}

fn push_citation(out: &mut String, attributes: &Attributes<'_>, base: &Url) {
    if let Some(url) = attributes.get("cite").and_then(|raw| address::resource(&raw, base)) {
        push_attribute(out, "cite", url.as_str());
    }
}
