//! Content that a page streams after its shell, put where its script would put it.
//!
//! React sends `<template id="B:0">` where something is to come, and later `<div hidden id="S:0">` with it; a
//! script moves the one to the other. `P:` marks a part of such a part.

use std::borrow::Cow;
use std::collections::HashMap;

use ego_tree::NodeId;
use scraper::{Html, Node};

use crate::model::{Caps, Document};

/// More parts than these no page streams.
const MAX_PARTS: usize = 200;

/// Whether a page may hold streamed parts; cheap to ask.
fn is_likely(text: &str) -> bool {
    text.contains("S:") && text.contains("<template") && text.contains("hidden")
}

/// Parses a page, with its streamed parts in their places.
pub(super) fn parse(page: Cow<'_, str>) -> Document {
    let is_likely = is_likely(&page);
    let mut document = Document::parse(page, Caps::default());
    if is_likely {
        settle(document.html_mut());
    }
    document
}

/// Moves the streamed parts into their places and takes out what stood there while they were on their way.
fn settle(html: &mut Html) {
    let mut places: HashMap<&str, NodeId> = HashMap::new();
    let mut parts = Vec::new();
    for node in html.tree.nodes() {
        let Some(element) = node.value().as_element() else { continue };
        let Some(id) = element.id() else { continue };
        if element.name() == "template" {
            places.entry(id).or_insert(node.id());
        } else if let Some((prefix, number)) = id.split_once("S:")
            && element.attr("hidden").is_some()
        {
            parts.push((prefix, number, node.id()));
        }
    }
    let moves: Vec<(NodeId, NodeId)> = parts
        .iter()
        .filter_map(|(prefix, number, part)| {
            let place = ["B:", "P:"].iter().find_map(|kind| places.get(format!("{prefix}{kind}{number}").as_str()));
            place.map(|place| (*part, *place))
        })
        .take(MAX_PARTS)
        .collect();
    for (part, place) in moves {
        replace(html, part, place);
    }
}

fn replace(html: &mut Html, part: NodeId, place: NodeId) {
    let Some(holder) = html.tree.get(place) else { return };
    // A part that holds its own place would be nowhere at all, as would one moved to what was taken out.
    let is_on_page = holder.ancestors().last().is_some_and(|top| top.id() == html.tree.root().id());
    if !is_on_page || holder.ancestors().any(|ancestor| ancestor.id() == part) {
        return;
    }
    let (mut depth, mut fallback) = (0, Vec::new());
    let is_closed = holder.next_siblings().any(|sibling| {
        if let Node::Comment(comment) = sibling.value() {
            match &**comment {
                "/$" if depth == 0 => return true,
                "/$" => depth -= 1,
                "$" | "$?" | "$!" => depth += 1,
                _ => {}
            }
        }
        fallback.push(sibling.id());
        false
    });
    let children: Vec<NodeId> =
        html.tree.get(part).map_or_else(Vec::new, |part| part.children().map(|child| child.id()).collect());
    // Another part may have its place, or still be, in what is taken out: then that stays where it is.
    let holds_part = |id: &NodeId| {
        *id == part || html.tree.get(part).is_some_and(|part| part.ancestors().any(|ancestor| ancestor.id() == *id))
    };
    if is_closed && !fallback.iter().any(holds_part) {
        for id in fallback {
            if let Some(mut node) = html.tree.get_mut(id) {
                node.detach();
            }
        }
    }
    for child in children {
        if let Some(mut holder) = html.tree.get_mut(place) {
            holder.insert_id_before(child);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settled(page: &str) -> String {
        let mut document = Document::parse(page, Caps::default());
        settle(document.html_mut());
        document.html().root_element().text().collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn parts_come_where_their_places_are_and_the_waiting_text_goes() {
        let page = "<body><p>one</p><!--$?--><template id=B:0></template><i>wait</i><!--$--><i>wait</i><!--/$--><!--/$-->\
            <p>four</p><div hidden id=S:0><p>two</p><template id=P:1></template></div>\
            <div hidden id=S:1><p>three</p></div>";

        assert_eq!(settled(page), "one two three four");
    }

    #[test]
    fn parts_that_hold_each_others_places_stay() {
        let page = "<body><div hidden id=S:1>a<template id=B:1></template><template id=B:2></template></div>\
            <div hidden id=S:2>b<template id=B:1></template></div>";

        let text = settled(page);

        assert!(text.contains('a') && text.contains('b'), "{text}");
    }
}
