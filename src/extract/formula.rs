//! Formulas as lines of text, since feeds can show nothing else.

use ego_tree::NodeRef;
use scraper::Node;

use super::survey::attr;

/// What to write for a `math` element: as it was typed, where the page tells that, or else its letters.
pub(super) fn of_math<'a>(node: NodeRef<'a, Node>) -> Vec<&'a str> {
    let is_named = |node: &NodeRef<'a, Node>, name: &str| {
        node.value().as_element().is_some_and(|element| element.name().starts_with(name))
    };
    let is_typed = |node: &NodeRef<'a, Node>| {
        is_named(node, "annotation") && attr(*node, "encoding").is_some_and(|encoding| encoding.contains("tex"))
    };
    let typed = node.descendants().find(is_typed).and_then(own_text).or_else(|| attr(node, "alttext"));
    if let Some(typed) = typed {
        return vec![typed];
    }
    let is_note = |text: &NodeRef<'a, Node>| text.ancestors().take(3).any(|around| is_named(&around, "annotation"));
    let texts = node.descendants().filter(|text| text.value().is_text() && !is_note(text));
    texts.filter_map(|text| text.value().as_text()).map(|text| &**text).collect()
}

/// What to write for a script that holds a formula and hasn't been run.
pub(super) fn of_script(node: NodeRef<'_, Node>) -> Option<&str> {
    attr(node, "type").filter(|kind| kind.starts_with("math/tex"))?;
    let before = node.prev_sibling().filter(|before| attr(*before, "class").is_some_and(|c| c.contains("MathJax")));
    let is_drawn = before.is_some_and(|drawn| drawn.descendants().any(|inner| inner.value().is_text()));
    own_text(node).filter(|_| !is_drawn)
}

fn own_text(node: NodeRef<'_, Node>) -> Option<&str> {
    node.first_child().and_then(|child| child.value().as_text()).map(|text| &**text)
}
