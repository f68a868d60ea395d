//! Changes that rules want made to a page's tree.

use ego_tree::NodeId;
use html5ever::tendril::StrTendril;
use html5ever::{LocalName, QualName, ns};
use scraper::node::Element;
use scraper::{Html, Node};

/// What is to be changed, in the order in which it is done.
#[derive(Debug, Default)]
pub(in crate::extract) struct Changes {
    /// Images and the addresses they are to have.
    pub(super) sources: Vec<(NodeId, String)>,
    /// Attributes that go.
    pub(super) attributes: Vec<(NodeId, String)>,
    /// Elements and texts that go.
    pub(super) detached: Vec<NodeId>,
    /// Elements and the tags that are put around them.
    pub(super) wraps: Vec<(NodeId, String)>,
}

impl Changes {
    pub(in crate::extract) fn is_empty(&self) -> bool {
        let Self { sources, attributes, detached, wraps } = self;
        sources.is_empty() && attributes.is_empty() && detached.is_empty() && wraps.is_empty()
    }

    pub(in crate::extract) fn make(&self, html: &mut Html) {
        for (id, address) in &self.sources {
            with_attributes(html, *id, |attributes| {
                attributes.retain(|(name, _)| name.local.as_str() != "src");
                attributes.push((name_of("src", false), StrTendril::from(address.as_str())));
                // They are found by bisection.
                attributes.sort_unstable_by(|a, b| a.0.cmp(&b.0));
            });
        }
        for (id, gone) in &self.attributes {
            with_attributes(html, *id, |attributes| attributes.retain(|(name, _)| name.local.as_str() != gone));
        }
        for id in &self.detached {
            if let Some(mut node) = html.tree.get_mut(*id) {
                node.detach();
            }
        }
        for (id, tag) in &self.wraps {
            // What was detached, or is the page itself, has nothing around it.
            let Some(mut node) = html.tree.get_mut(*id) else { continue };
            if node.parent().is_none() {
                continue;
            }
            let wrap = node.insert_before(Node::Element(Element::new(name_of(tag, true), Vec::new()))).id();
            if let Some(mut wrap) = html.tree.get_mut(wrap) {
                wrap.append_id(*id);
            }
        }
    }
}

fn with_attributes(html: &mut Html, id: NodeId, change: impl FnOnce(&mut Vec<(QualName, StrTendril)>)) {
    if let Some(mut node) = html.tree.get_mut(id)
        && let Node::Element(element) = node.value()
    {
        change(&mut element.attrs);
    }
}

fn name_of(local: &str, is_element: bool) -> QualName {
    QualName::new(None, if is_element { ns!(html) } else { ns!() }, LocalName::from(local))
}
