//! The walk itself: which nodes count, where a block begins and ends, what the head says.

use std::cell::OnceCell;

use ego_tree::NodeRef;
use html5ever::local_name;
use scraper::{Html, Node};

use super::{Block, Element, Head, Piece, Survey, attr};
use crate::extract::measure::{Measure, ends_like_a_sentence};
use crate::extract::tag::Tag;
use crate::extract::{embeds, formula};

/// Lays a page out.
pub(super) fn walk(html: &Html) -> Survey<'_> {
    let (n_elements, n_texts) = html.tree.values().fold((0, 0), |(n_elements, n_texts), node| {
        (n_elements + usize::from(node.is_element()), n_texts + usize::from(node.is_text()))
    });
    let mut walk = Walk::new(n_elements, n_texts);
    let root = html.tree.root();
    let mut node = root;
    loop {
        let child = if walk.enter(node) { node.first_child() } else { None };
        if let Some(child) = child {
            node = child;
            continue;
        }
        loop {
            walk.leave(node);
            if let Some(next) = node.next_sibling() {
                node = next;
                break;
            }
            match node.parent() {
                Some(parent) if parent.id() != root.id() => node = parent,
                _ => return walk.finish(),
            }
        }
    }
}

/// Signs by which a heading links to itself; shown on hover, and no part of it.
const SECTION_MARKS: [&str; 6] = ["#", "¶", "§", "🔗", "🔗\u{fe0e}", "\u{200b}#"];

/// Whether a link is nothing but a heading's link to itself.
fn is_section_mark(link: NodeRef<'_, Node>) -> bool {
    let text = link.first_child().filter(|only| only.next_sibling().is_none());
    let is_mark = text.and_then(|text| text.value().as_text()).is_some_and(|text| SECTION_MARKS.contains(&text.trim()));
    is_mark && attr(link, "href").is_some_and(|href| href.contains('#'))
}

/// The state of the walk.
struct Walk<'a> {
    survey: Survey<'a>,
    /// Indices of the open elements.
    open: Vec<usize>,
    /// The open phrasing elements: index, and whether a block ended inside.
    phrasing: Vec<(usize, bool)>,
    n_open_links: usize,
    n_open_pres: usize,
    run: Run<'a>,
    /// The last image, as long as no text followed.
    last_image: Option<usize>,
}

/// The block being gathered.
#[derive(Default)]
struct Run<'a> {
    tape_start: usize,
    measure: Measure,
    linked: Measure,
    n_links: u32,
    last_text: &'a str,
    /// Whether the last thing was a line break, so that another one ends the block.
    is_at_break: bool,
}

impl<'a> Walk<'a> {
    /// The lists get all the room that they may need: moving to a larger place, they would take both for a while.
    fn new(n_elements: usize, n_texts: usize) -> Self {
        Self {
            survey: Survey {
                elements: Vec::with_capacity(n_elements),
                blocks: Vec::with_capacity(n_texts),
                tape: Vec::with_capacity(2 * n_elements + n_texts),
                head: Head::default(),
            },
            open: Vec::new(),
            phrasing: Vec::new(),
            n_open_links: 0,
            n_open_pres: 0,
            run: Run::default(),
            last_image: None,
        }
    }

    /// Takes a node in; says whether its children matter.
    fn enter(&mut self, node: NodeRef<'a, Node>) -> bool {
        match node.value() {
            Node::Document | Node::Fragment => true,
            Node::Text(text) => {
                if !self.open.is_empty() {
                    self.text(text);
                }
                false
            }
            Node::Element(element) => self.enter_element(node, element),
            _ => false,
        }
    }

    fn enter_element(&mut self, node: NodeRef<'a, Node>, element: &'a scraper::node::Element) -> bool {
        let tag = Tag::of(&element.name.local);
        match tag {
            Tag::Silent => {
                if element.name.local == local_name!("math") && !self.open.is_empty() {
                    formula::of_math(node).into_iter().for_each(|text| self.text(text));
                }
                return false;
            }
            Tag::Script if embeds::is_writing_script(node) => {
                self.flush();
                self.push(node, element, Tag::Player);
                self.leave(node);
                return false;
            }
            Tag::Script if let Some(typed) = formula::of_script(node) => {
                self.text(typed);
                return false;
            }
            Tag::Script | Tag::Meta | Tag::LinkElement | Tag::Title | Tag::Base => {
                self.read_head(node, tag);
                return false;
            }
            Tag::Noscript => {
                self.noscript(node);
                return false;
            }
            Tag::Break => {
                self.line_break();
            }
            Tag::Link if is_section_mark(node) => return false,
            Tag::Html => self.survey.head.language = attr(node, "lang").or_else(|| attr(node, "xml:lang")),
            _ => {}
        }
        if !tag.is_phrasing() && !matches!(tag, Tag::Break | Tag::Image) {
            self.flush();
        }
        self.push(node, element, tag);
        match tag {
            // The same formula once more, in hundreds of boxes.
            Tag::Span if self.open.last().is_some_and(|idx| self.survey.elements[*idx].class == "katex-html") => {
                return false;
            }
            Tag::Link => {
                self.n_open_links += 1;
                self.run.n_links += 1;
            }
            Tag::Pre => self.n_open_pres += 1,
            Tag::Image => self.last_image = self.open.last().copied(),
            Tag::Player => return false,
            _ => {}
        }
        true
    }

    /// Opens an element.
    fn push(&mut self, node: NodeRef<'a, Node>, element: &'a scraper::node::Element, tag: Tag) {
        let idx = self.survey.elements.len();
        let parent = self.open.last().copied().unwrap_or(idx);
        let tape = self.survey.tape.len();
        let mut entry = Element {
            node,
            tag,
            parent,
            inside: idx..idx + 1,
            blocks: self.survey.blocks.len()..self.survey.blocks.len(),
            tape: tape..tape,
            n_own_blocks: 0,
            class: "",
            id: "",
            itemprop: "",
            is_hidden_from_readers: false,
            twin: None,
        };
        for (name, value) in &element.attrs {
            match name.local {
                local_name!("class") => entry.class = value,
                local_name!("id") => entry.id = value,
                local_name!("itemprop") => entry.itemprop = value,
                // RDFa says the same by another attribute.
                _ if &*name.local == "property" && entry.itemprop.is_empty() => {
                    entry.itemprop = value.trim_start_matches("schema:");
                }
                _ if &*name.local == "aria-hidden" => entry.is_hidden_from_readers = &**value == "true",
                _ => {}
            }
        }
        self.survey.elements.push(entry);
        self.survey.tape.push(Piece::Open(idx));
        self.open.push(idx);
        if tag.is_phrasing() {
            self.phrasing.push((idx, false));
        } else if self.run.measure.n_chars == 0 {
            self.run.tape_start = self.survey.tape.len();
        }
    }

    /// Takes leave of a node, after its children.
    fn leave(&mut self, node: NodeRef<'a, Node>) {
        let Some(&idx) = self.open.last() else { return };
        if self.survey.elements[idx].node.id() != node.id() {
            return;
        }
        let tag = self.survey.elements[idx].tag;
        if tag.is_phrasing() {
            // What a block ended inside is a container, whatever its name.
            if self.phrasing.last().is_some_and(|(_, is_split)| *is_split) {
                self.flush();
            }
            self.phrasing.pop();
        } else if !matches!(tag, Tag::Break | Tag::Image) {
            self.flush();
        }
        match tag {
            Tag::Link => self.n_open_links -= 1,
            Tag::Pre => self.n_open_pres -= 1,
            _ => {}
        }
        self.open.pop();
        self.survey.tape.push(Piece::Close(idx));
        if !tag.is_phrasing() && self.run.measure.n_chars == 0 {
            self.run.tape_start = self.survey.tape.len();
        }
        let end = self.survey.elements.len();
        let element = &mut self.survey.elements[idx];
        element.tape.end = self.survey.tape.len();
        element.blocks.end = self.survey.blocks.len();
        element.inside.end = end;
    }

    fn text(&mut self, text: &'a str) {
        let measure = Measure::of(text);
        if measure.n_chars > 0 {
            self.run.last_text = text;
            self.run.is_at_break = false;
            self.run.measure.add(&measure);
            if self.n_open_links > 0 {
                self.run.linked.add(&measure);
            }
            self.last_image = None;
        }
        self.survey.tape.push(Piece::Text(text));
    }

    fn line_break(&mut self) {
        if self.n_open_pres > 0 {
            return;
        }
        if self.run.is_at_break {
            self.flush();
        }
        self.run.is_at_break = true;
    }

    /// Ends the block being gathered.
    fn flush(&mut self) {
        let end = self.survey.tape.len();
        let run = std::mem::replace(&mut self.run, Run { tape_start: end, ..Run::default() });
        for (_, is_split) in &mut self.phrasing {
            *is_split = true;
        }
        if run.measure.n_chars == 0 {
            return;
        }
        let block_level = |idx: &&usize| !self.survey.elements[**idx].tag.is_phrasing();
        let Some(&parent) = self.open.iter().rev().find(block_level) else { return };
        self.survey.elements[parent].n_own_blocks += 1;
        self.survey.blocks.push(Block {
            parent,
            tape: run.tape_start..end,
            measure: run.measure,
            linked: run.linked,
            n_links: run.n_links.max(u32::from(self.n_open_links > 0)),
            is_sentence: ends_like_a_sentence(run.last_text),
            line: OnceCell::new(),
        });
    }

    /// `<noscript>` matters for the image it holds, the twin of the one before it, or one of its own; or for a player.
    fn noscript(&mut self, node: NodeRef<'a, Node>) {
        let named =
            |name: &str| node.descendants().find(|child| child.value().as_element().is_some_and(|e| e.name() == name));
        let Some(image) = named("img") else {
            if let Some((player, element)) =
                named("iframe").and_then(|player| Some((player, player.value().as_element()?)))
                && !self.open.is_empty()
            {
                self.flush();
                self.push(player, element, Tag::Player);
                self.leave(player);
            }
            return;
        };
        match self.last_image {
            Some(idx) => self.survey.elements[idx].twin = Some(image),
            None if self.open.is_empty() => {}
            None => {
                if let Some(element) = image.value().as_element() {
                    self.push(image, element, Tag::Image);
                    self.leave(image);
                }
            }
        }
    }

    fn read_head(&mut self, node: NodeRef<'a, Node>, tag: Tag) {
        let own_text = || node.first_child().and_then(|child| child.value().as_text()).map(|text| &**text);
        let head = &mut self.survey.head;
        match tag {
            Tag::Title if head.title.is_none() => head.title = own_text(),
            Tag::Base if head.base.is_none() => head.base = attr(node, "href"),
            Tag::Script if attr(node, "type").is_some_and(|kind| kind.trim().starts_with("application/ld+json")) => {
                head.json_ld.extend(own_text());
            }
            Tag::Meta => {
                let name = attr(node, "property")
                    .or_else(|| attr(node, "name"))
                    .or_else(|| attr(node, "itemprop"))
                    .or_else(|| attr(node, "http-equiv"));
                if let (Some(name), Some(content)) = (name, attr(node, "content")) {
                    head.metas.push((name.trim(), content.trim()));
                }
            }
            Tag::LinkElement => {
                if let (Some(rel), Some(href)) = (attr(node, "rel"), attr(node, "href")) {
                    head.links.push((rel, href));
                }
            }
            _ => {}
        }
    }

    fn finish(mut self) -> Survey<'a> {
        self.flush();
        self.survey
    }
}
