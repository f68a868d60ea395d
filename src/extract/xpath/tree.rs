//! A page as XPath sees it: one list in reading order, each subtree a range of it.

use std::borrow::Cow;

use ego_tree::NodeId;
use ego_tree::iter::Edge;
use scraper::{Html, Node};

use super::{Budget, Stop};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Root,
    Element,
    Attribute,
    Text,
    Comment,
}

#[derive(Debug)]
pub(super) struct Place<'a> {
    pub(super) kind: Kind,
    /// Of elements and attributes, else empty.
    pub(super) name: &'a str,
    /// Of attributes, texts and comments, else empty.
    value: &'a str,
    id: NodeId,
    pub(super) parent: Option<u32>,
    /// The first node after the subtree.
    pub(super) end: u32,
    is_gone: bool,
}

/// The page, of which parts can be taken out.
#[derive(Debug)]
pub(in crate::extract) struct Tree<'a> {
    pub(super) places: Vec<Place<'a>>,
}

impl<'a> Tree<'a> {
    pub(in crate::extract) fn of(html: &'a Html) -> Self {
        let root = html.tree.root();
        let mut tree = Self { places: Vec::new() };
        let top = tree.push(Kind::Root, "", "", root.id(), None);
        let mut open = vec![top];
        // What a template holds isn't part of the page.
        let mut n_fragments = 0_usize;
        for edge in root.traverse() {
            match edge {
                Edge::Open(node) => match node.value() {
                    Node::Fragment => n_fragments += 1,
                    _ if n_fragments > 0 => {}
                    Node::Element(element) => {
                        let parent = open.last().copied();
                        let idx = tree.push(Kind::Element, element.name(), "", node.id(), parent);
                        for (name, value) in element.attrs() {
                            tree.push(Kind::Attribute, name, value, node.id(), Some(idx));
                        }
                        open.push(idx);
                    }
                    Node::Text(text) => {
                        tree.push(Kind::Text, "", text, node.id(), open.last().copied());
                    }
                    Node::Comment(comment) => {
                        tree.push(Kind::Comment, "", comment, node.id(), open.last().copied());
                    }
                    Node::Document | Node::Doctype(_) | Node::ProcessingInstruction(_) => {}
                },
                Edge::Close(node) => match node.value() {
                    Node::Fragment => n_fragments = n_fragments.saturating_sub(1),
                    Node::Element(_) if n_fragments == 0 => {
                        if let Some(idx) = open.pop() {
                            tree.close(idx);
                        }
                    }
                    _ => {}
                },
            }
        }
        tree.close(top);
        tree
    }

    fn push(&mut self, kind: Kind, name: &'a str, value: &'a str, id: NodeId, parent: Option<u32>) -> u32 {
        let idx = u32::try_from(self.places.len()).unwrap_or(u32::MAX);
        self.places.push(Place { kind, name, value, id, parent, end: idx.saturating_add(1), is_gone: false });
        idx
    }

    fn close(&mut self, idx: u32) {
        let end = u32::try_from(self.places.len()).unwrap_or(u32::MAX);
        if let Some(place) = self.places.get_mut(idx as usize) {
            place.end = end;
        }
    }

    pub(super) fn place(&self, idx: u32) -> &Place<'a> {
        &self.places[idx as usize]
    }

    /// Whether a node that an iterator gave wasn't taken out.
    pub(super) fn is_here(&self, idx: u32) -> bool {
        !self.place(idx).is_gone
    }

    /// Takes a node out, with all it holds: from now on no expression finds it.
    pub(in crate::extract) fn take_out(&mut self, idx: u32) {
        self.places[idx as usize].is_gone = true;
    }

    /// The element or text in the page's tree; of an attribute, its element.
    pub(in crate::extract) fn id(&self, idx: u32) -> NodeId {
        self.place(idx).id
    }

    pub(in crate::extract) fn is_element(&self, idx: u32) -> bool {
        self.place(idx).kind == Kind::Element
    }

    pub(in crate::extract) fn is_attribute(&self, idx: u32) -> bool {
        self.place(idx).kind == Kind::Attribute
    }

    pub(in crate::extract) fn name(&self, idx: u32) -> &'a str {
        self.place(idx).name
    }

    /// The first node after a subtree.
    pub(in crate::extract) fn end(&self, idx: u32) -> u32 {
        self.place(idx).end
    }

    /// How many nodes there are, with those taken out.
    pub(in crate::extract) fn len(&self) -> usize {
        self.places.len()
    }

    /// The value of an element's attribute.
    pub(in crate::extract) fn attribute(&self, idx: u32, name: &str) -> Option<&'a str> {
        self.attributes(idx).find(|at| self.place(*at).name == name).map(|at| self.place(at).value)
    }

    /// All elements that are still there, in reading order.
    pub(in crate::extract) fn elements(&self) -> impl Iterator<Item = u32> + '_ {
        self.inside(0..self.place(0).end).filter(|idx| self.is_element(*idx) && self.is_here(*idx))
    }

    /// The attributes of an element; they follow it in the list.
    pub(super) fn attributes(&self, idx: u32) -> impl Iterator<Item = u32> + '_ {
        let end = if self.is_element(idx) { self.place(idx).end } else { idx + 1 };
        (idx + 1..end).take_while(|at| self.is_attribute(*at))
    }

    /// The children that aren't attributes, with those taken out.
    pub(super) fn children(&self, idx: u32) -> impl Iterator<Item = u32> + '_ {
        let end = self.place(idx).end;
        let mut at = idx + 1;
        std::iter::from_fn(move || {
            while at < end {
                let place = self.place(at);
                let this = at;
                at = place.end;
                if place.kind != Kind::Attribute {
                    return Some(this);
                }
            }
            None
        })
    }

    /// The nodes of a range that aren't attributes; of a part taken out only its top.
    pub(super) fn inside(&self, range: std::ops::Range<u32>) -> impl Iterator<Item = u32> + '_ {
        let mut at = range.start;
        std::iter::from_fn(move || {
            while at < range.end {
                let place = self.place(at);
                let this = at;
                at = if place.is_gone { place.end } else { at + 1 };
                if place.kind != Kind::Attribute {
                    return Some(this);
                }
            }
            None
        })
    }

    /// The text of a node: of an element, all text inside.
    pub(in crate::extract) fn text(&self, idx: u32, budget: &Budget) -> Result<Cow<'a, str>, Stop> {
        let place = self.place(idx);
        if !matches!(place.kind, Kind::Root | Kind::Element) {
            budget.pay_text(place.value.len())?;
            return Ok(Cow::Borrowed(place.value));
        }
        let mut text = Cow::Borrowed("");
        for at in self.inside(idx + 1..place.end) {
            budget.pay(1)?;
            let piece = self.place(at);
            if piece.kind == Kind::Text && !piece.is_gone {
                budget.pay_text(piece.value.len())?;
                match text.is_empty() {
                    true => text = Cow::Borrowed(piece.value),
                    false => text.to_mut().push_str(piece.value),
                }
            }
        }
        Ok(text)
    }
}
