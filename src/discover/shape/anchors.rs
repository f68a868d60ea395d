//! The links of a page, each with where it stands.

use std::collections::HashMap;

use ego_tree::NodeId;
use ego_tree::iter::Edge;
use scraper::{ElementRef, Node};
use url::Url;

use crate::discover::address::is_same_site;
use crate::discover::text::head;
use crate::model::{CanonicalUrl, Document, collapse};

/// More links than these are no listing that somebody reads.
const MAX_ANCHORS: usize = 2000;
/// A link after so much text of its block stands in a sentence.
const MAX_CHARS_BEFORE: usize = 60;
/// A link with so much text around it in its block, before it too, stands in a paragraph.
const MAX_CHARS_AROUND: usize = 140;
/// No more of an element's text is looked at: it's longer than a teaser.
const MAX_BYTES_OF_TEXT: usize = 8 * 1024;
const MAX_NODES_OF_TEXT: usize = 500;
/// No more of a block is looked at for that.
const MAX_NODES_OF_PARAGRAPH: usize = 200;
/// A longer text of a link is its teaser too.
const MAX_HEADLINE_CHARS: usize = 300;

/// Letters of a headline, on the whole; those of scripts without spaces count for several.
pub(super) const HEADLINE_CHARS: usize = 24;
/// Parts of classes that headlines have, in the languages of their authors.
const HEADLINES: [&str; 11] =
    ["title", "headline", "heading", "hdline", "ttl", "midashi", "judul", "titul", "titre", "titel", "titol"];

/// Classes and ids of blocks that lead around the site.
const MENUS: [&str; 21] = [
    "nav",
    "navbar",
    "navigation",
    "menu",
    "submenu",
    "megamenu",
    "breadcrumb",
    "breadcrumbs",
    "footer",
    "pagination",
    "pager",
    "social",
    "share",
    "sharing",
    "topbar",
    "tagcloud",
    "tags",
    "language",
    "languages",
    "cookie",
    "consent",
];
/// Classes and ids of blocks beside the list.
const SIDES: [&str; 20] = [
    "sidebar",
    "widget",
    "widgets",
    "related",
    "popular",
    "trending",
    "recommended",
    "recommendations",
    "promo",
    "promoted",
    "sponsored",
    "advertisement",
    "ads",
    "newsletter",
    "comments",
    "comment",
    "aside",
    "archives",
    "blogroll",
    "testimonials",
];

/// What surrounds a link.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub(super) enum Place {
    /// The page's own matter.
    #[default]
    Body,
    /// Beside it.
    Side,
    /// What leads around the site.
    Menu,
}

/// A link to a page of the same site.
#[derive(Debug)]
pub(super) struct Anchor<'a> {
    pub(super) element: ElementRef<'a>,
    pub(super) url: Url,
    /// What all spellings of the address share.
    pub(super) key: String,
    /// Its text on one line; that of the heading inside, if there is one.
    pub(super) text: String,
    /// Whether it stands in a heading or holds one.
    pub(super) has_heading: bool,
    pub(super) place: Place,
    /// Whether it stands in a sentence.
    pub(super) is_in_text: bool,
    /// Where it starts in the document's order.
    pub(super) at: u32,
}

/// The links of a page and where each element starts and ends in the document's order.
#[derive(Debug)]
pub(super) struct Anchors<'a> {
    pub(super) anchors: Vec<Anchor<'a>>,
    spans: HashMap<NodeId, (u32, u32)>,
}

impl Anchors<'_> {
    /// Where the element starts and ends in the document's order.
    pub(super) fn span(&self, element: ElementRef<'_>) -> (u32, u32) {
        self.spans.get(&element.id()).copied().unwrap_or_default()
    }
}

/// Reads the links in one walk.
pub(super) fn read<'a>(document: &'a Document, url: &Url, base: &Url) -> Anchors<'a> {
    let mut walk = Walk::new(url, base);
    for edge in document.html().tree.root().traverse() {
        match edge {
            Edge::Open(node) => match node.value() {
                Node::Element(_) => {
                    if let Some(element) = ElementRef::wrap(node) {
                        walk.open(element);
                    }
                }
                Node::Text(text) => walk.text(text),
                _ => {}
            },
            Edge::Close(node) => {
                if let Some(element) = ElementRef::wrap(node) {
                    walk.close(element);
                }
            }
        }
    }
    Anchors { anchors: walk.anchors, spans: walk.spans }
}

struct Walk<'a, 'u> {
    page: &'u Url,
    base: &'u Url,
    anchors: Vec<Anchor<'a>>,
    spans: HashMap<NodeId, (u32, u32)>,
    at: u32,
    /// Places that are open, each with the element that opened it.
    places: Vec<(NodeId, Place)>,
    n_headings: u32,
    n_hidden: u32,
    n_links: u32,
    /// Text of the block so far, without that of links.
    n_chars: usize,
}

impl<'a, 'u> Walk<'a, 'u> {
    fn new(page: &'u Url, base: &'u Url) -> Self {
        Self {
            page,
            base,
            anchors: Vec::new(),
            spans: HashMap::new(),
            at: 0,
            places: Vec::new(),
            n_headings: 0,
            n_hidden: 0,
            n_links: 0,
            n_chars: 0,
        }
    }

    fn open(&mut self, element: ElementRef<'a>) {
        self.at += 1;
        self.spans.insert(element.id(), (self.at, self.at));
        let name = element.value().name();
        let place = place_of(element).max(self.places.last().map_or(Place::Body, |(_, place)| *place));
        if self.places.last().map_or(Place::Body, |(_, open)| *open) != place {
            self.places.push((element.id(), place));
        }
        self.n_headings += u32::from(is_heading(name));
        self.n_hidden += u32::from(is_hidden(name));
        if is_block(name) {
            self.n_chars = 0;
        }
        if name == "a" {
            self.n_links += 1;
            if self.n_hidden == 0 && self.anchors.len() < MAX_ANCHORS {
                self.anchors.extend(self.anchor(element, place));
            }
        }
    }

    fn close(&mut self, element: ElementRef<'a>) {
        let name = element.value().name();
        if let Some(span) = self.spans.get_mut(&element.id()) {
            span.1 = self.at;
        }
        if self.places.last().is_some_and(|(id, _)| *id == element.id()) {
            self.places.pop();
        }
        self.n_headings -= u32::from(is_heading(name));
        self.n_hidden -= u32::from(is_hidden(name));
        self.n_links -= u32::from(name == "a");
        if is_block(name) {
            self.n_chars = 0;
        }
    }

    fn text(&mut self, text: &str) {
        if self.n_links == 0 && self.n_hidden == 0 {
            self.n_chars += text.trim().chars().count();
        }
    }

    fn anchor(&self, element: ElementRef<'a>, place: Place) -> Option<Anchor<'a>> {
        let href = element.attr("href")?.trim();
        if href.is_empty() || href.starts_with('#') || is_of_another_kind(element) {
            return None;
        }
        let url = CanonicalUrl::from_url(self.base.join(href).ok()?).ok()?;
        if !is_same_site(url.as_url(), self.page) {
            return None;
        }
        let key = url.identity();
        let own = CanonicalUrl::from_url(self.page.clone()).ok()?.identity();
        let inner = inside(element).find(|inner| is_heading(inner.value().name()));
        let text = match inner {
            Some(heading) => words(heading),
            None => headline_of(element),
        };
        let is_front = url.as_url().path() == "/" && url.as_url().query().is_none();
        (key != own && !is_front).then(|| Anchor {
            element,
            url: url.as_url().clone(),
            key,
            has_heading: self.n_headings > 0 || inner.is_some(),
            is_in_text: self.n_chars > MAX_CHARS_BEFORE
                || text.chars().count() > MAX_HEADLINE_CHARS
                || self.n_chars > 0 && is_in_paragraph(element),
            text,
            place,
            at: self.at,
        })
    }
}

/// The element and all inside, in order.
pub(super) fn inside(element: ElementRef<'_>) -> impl Iterator<Item = ElementRef<'_>> {
    element.descendants().filter_map(ElementRef::wrap)
}

/// Letters of scripts that write no spaces say more each.
pub(super) fn width(c: char) -> usize {
    if c >= '\u{2e80}' { 3 } else { 1 }
}

/// The words of an element without those of scripts and style sheets, as far as a card has any.
pub(super) fn words(element: ElementRef<'_>) -> String {
    let mut out = String::new();
    for node in element.descendants().take(MAX_NODES_OF_TEXT) {
        let Node::Text(text) = node.value() else { continue };
        let is_shown = node.parent().and_then(ElementRef::wrap).is_none_or(|of| !is_hidden(of.value().name()));
        if is_shown {
            out.push_str(head(text, MAX_BYTES_OF_TEXT));
            out.push(' ');
        }
        if out.len() > MAX_BYTES_OF_TEXT {
            break;
        }
    }
    collapse(&out)
}

/// The headline in a link that holds a whole card without a heading: what is called so, else the first text that is
/// long enough, since a kicker stands before it and a teaser after it.
fn headline_of(link: ElementRef<'_>) -> String {
    let whole = words(link);
    if whole.chars().map(width).sum::<usize>() < 2 * HEADLINE_CHARS {
        return whole;
    }
    let is_called_so = |inner: &ElementRef<'_>| {
        let is_strong = matches!(inner.value().name(), "strong" | "b");
        is_strong
            || inner.value().classes().any(|name| {
                let name = name.to_ascii_lowercase();
                HEADLINES.iter().any(|known| name.contains(known))
            })
    };
    let is_text = |text: &str| text.chars().any(char::is_alphanumeric);
    let called = || inside(link).skip(1).filter(is_called_so).map(words).find(|text| is_text(text));
    let leaf = |inner: &ElementRef<'_>| !inner.children().any(|child| child.value().is_element());
    let is_long = |text: &String| text.chars().map(width).sum::<usize>() >= HEADLINE_CHARS;
    let long = || inside(link).skip(1).filter(leaf).map(words).find(is_long);
    called().or_else(long).unwrap_or(whole)
}

/// Whether the link's block has much text beside that of links.
fn is_in_paragraph(link: ElementRef<'_>) -> bool {
    let block = link.ancestors().take(4).filter_map(ElementRef::wrap).find(|outer| is_block(outer.value().name()));
    let Some(block) = block else { return false };
    let mut n_chars = 0;
    for node in block.descendants().take(MAX_NODES_OF_PARAGRAPH) {
        let Node::Text(text) = node.value() else { continue };
        let is_linked = node.ancestors().take(3).filter_map(ElementRef::wrap).any(|outer| outer.value().name() == "a");
        n_chars += if is_linked { 0 } else { text.trim().chars().count() };
        if n_chars > MAX_CHARS_AROUND {
            return true;
        }
    }
    false
}

/// By what its author said of the link: other sites' matter, tags, persons and pages of the list.
fn is_of_another_kind(element: ElementRef<'_>) -> bool {
    let has = |name, words: &[&str]| {
        let value = element.attr(name).unwrap_or_default();
        value.split_ascii_whitespace().any(|word| words.iter().any(|known| word.eq_ignore_ascii_case(known)))
    };
    has("rel", &["tag", "author", "category", "next", "prev", "alternate", "license", "search", "help", "sponsored"])
        || has("itemprop", &["author"])
        || has("class", &["author", "byline", "fn", "p-author", "u-author", "tag", "category"])
}

fn place_of(element: ElementRef<'_>) -> Place {
    let name = element.value().name();
    match name {
        // They say something of the whole page.
        "html" | "body" | "main" | "article" => return Place::Body,
        "nav" | "footer" if !is_in_article(element) => return Place::Menu,
        "aside" => return Place::Side,
        _ => {}
    }
    match element.attr("role").unwrap_or_default() {
        "navigation" | "menu" | "menubar" | "contentinfo" | "search" => return Place::Menu,
        "complementary" => return Place::Side,
        _ => {}
    }
    let names = element.value().classes().chain(element.value().id());
    let mut place = Place::Body;
    for name in names {
        let name = name.to_ascii_lowercase();
        let mut parts = name.split(['-', '_']).filter(|part| !part.is_empty());
        // `nav`, `site-footer`, `main-menu`: the last part says what it is, the others of what.
        let last = parts.next_back().unwrap_or_default();
        if MENUS.contains(&last) || last == "wrapper" && parts.any(|part| MENUS.contains(&part)) {
            return Place::Menu;
        }
        if SIDES.contains(&last) {
            place = Place::Side;
        }
    }
    place
}

fn is_in_article(element: ElementRef<'_>) -> bool {
    element.ancestors().take(4).filter_map(ElementRef::wrap).any(|outer| outer.value().name() == "article")
}

pub(super) fn is_heading(name: &str) -> bool {
    matches!(name, "h1" | "h2" | "h3" | "h4" | "h5" | "h6")
}

pub(super) fn is_hidden(name: &str) -> bool {
    matches!(name, "script" | "style" | "template" | "noscript" | "svg" | "select" | "form")
}

fn is_block(name: &str) -> bool {
    is_heading(name)
        || matches!(
            name,
            "p" | "li"
                | "div"
                | "td"
                | "th"
                | "dd"
                | "dt"
                | "article"
                | "section"
                | "ul"
                | "ol"
                | "table"
                | "tr"
                | "header"
                | "footer"
                | "main"
                | "aside"
                | "figure"
                | "figcaption"
                | "blockquote"
                | "nav"
                | "body"
        )
}
