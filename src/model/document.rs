//! A parsed HTML page whose tree is bounded in depth and size.
//!
//! html5ever scans its stack of open elements for many tags, so its time is quadratic in nesting: 200 000
//! nested `<div>`s took 238 s. Capping the tree afterwards doesn't help, and counting tags in the text
//! miscounts self-closing ones; so start tags are dropped on their way into the tree builder, by the depth
//! that the tree really has there.

mod raw;
mod reference;
mod tokenizer;

use std::borrow::Cow;
use std::cell::{Cell, Ref, RefCell};
use std::collections::HashMap;

use ego_tree::{NodeId, Tree};
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{TagKind, Token, TokenSink, TokenSinkResult};
use html5ever::tree_builder::{ElementFlags, NodeOrText, QuirksMode, TreeBuilder, TreeBuilderOpts, TreeSink};
use html5ever::{Attribute, LocalName, QualName};
use memchr::memchr_iter;
use scraper::{Html, HtmlTreeSink, Node};

/// How large a tree may grow.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Caps {
    /// Deepest nesting of elements; deeper start tags are dropped, their text stays. Browsers use 512.
    pub max_depth: usize,
    /// Most nodes; what follows is dropped. A node takes some 500 bytes until its page is read.
    pub max_nodes: usize,
    /// Most bytes of text outside of scripts and styles; what follows is dropped. A long novel has one million.
    pub max_text_bytes: usize,
}

impl Default for Caps {
    fn default() -> Self {
        Self { max_depth: 512, max_nodes: 80_000, max_text_bytes: 2 << 20 }
    }
}

/// Which caps a page ran into.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Overflow {
    /// Elements nested deeper than allowed were flattened.
    pub depth: bool,
    /// The rest of the page after the last allowed node is missing.
    pub nodes: bool,
}

/// A page as a tree. `<noscript>` is parsed as a browser without scripts does.
#[derive(Debug, Clone)]
pub struct Document {
    html: Html,
    overflow: Overflow,
}

impl Document {
    /// Parses any text; never fails. Time is linear in the text's length times the depth cap at worst. A text that is
    /// given away is gone before the tree grows.
    #[must_use]
    pub fn parse<'a>(text: impl Into<Cow<'a, str>>, caps: Caps) -> Self {
        Self::parsed(text.into(), caps)
    }

    fn parsed(text: Cow<'_, str>, caps: Caps) -> Self {
        // The tree's list would otherwise be moved a dozen times while it grows. Two tags are
        // hardly ever more than three nodes: an element and two texts.
        let n_expected = memchr_iter(b'<', text.as_bytes()).count().min(caps.max_nodes);
        let mut html = Html::new_document();
        html.tree = Tree::with_capacity(Node::Document, n_expected + n_expected / 2 + 16);
        let sink = CappedSink { inner: HtmlTreeSink::new(html), asked: Cell::new(None), n_nodes: Cell::new(0) };
        let options = TreeBuilderOpts { scripting_enabled: false, ..TreeBuilderOpts::default() };
        let gate = Gate {
            builder: TreeBuilder::new(sink, options),
            caps,
            free_tags: Cell::new(caps.max_depth / 2),
            is_deepest: Cell::new(false),
            dropped: RefCell::default(),
            overflow: Cell::default(),
            n_text_bytes: Cell::new(0),
            is_raw: Cell::new(false),
        };
        let gate = tokenizer::feed(text, gate);
        let overflow = gate.overflow.get();
        Self { html: gate.builder.sink.finish(), overflow }
    }

    /// The tree.
    #[must_use]
    pub fn html(&self) -> &Html {
        &self.html
    }

    /// The tree, to change it.
    pub fn html_mut(&mut self) -> &mut Html {
        &mut self.html
    }

    /// What had to be left out.
    #[must_use]
    pub fn overflow(&self) -> Overflow {
        self.overflow
    }
}

/// Stands between tokenizer and tree builder and drops the start tags that would go too deep.
struct Gate {
    builder: TreeBuilder<NodeId, CappedSink>,
    caps: Caps,
    /// Start tags that may pass before the depth has to be measured again: each adds one level at most.
    free_tags: Cell<usize>,
    /// Whether nothing was closed since there was no room: the depth needn't be measured for each tag that is dropped.
    is_deepest: Cell<bool>,
    /// End tags to swallow, since their start tags were dropped.
    dropped: RefCell<HashMap<LocalName, usize>>,
    overflow: Cell<Overflow>,
    n_text_bytes: Cell<usize>,
    /// Whether the text that comes is that of a script or style.
    is_raw: Cell<bool>,
}

impl Gate {
    /// Whether a text may pass. Scripts may hold the data of a whole site.
    fn has_room_for(&self, text: &str) -> bool {
        if self.is_raw.get() {
            return true;
        }
        self.n_text_bytes.set(self.n_text_bytes.get() + text.len());
        self.n_text_bytes.get() <= self.caps.max_text_bytes
    }

    /// Whether a start tag may pass.
    fn has_room(&self) -> bool {
        if self.free_tags.get() == 0 && !self.is_deepest.get() {
            // An element brings a few implied ones (`tbody`, `tr`), so a margin is left.
            self.free_tags.set(self.caps.max_depth.saturating_sub(self.depth()) / 4);
        }
        match self.free_tags.get() {
            0 => {
                self.is_deepest.set(true);
                false
            }
            n => {
                self.free_tags.set(n - 1);
                true
            }
        }
    }

    /// How deep the element is that is open now. The builder doesn't tell which one that is, but this question
    /// makes it ask the sink for that element's name.
    fn depth(&self) -> usize {
        let sink = &self.builder.sink;
        self.builder.adjusted_current_node_present_but_not_in_html_namespace();
        let html = sink.inner.0.borrow();
        sink.asked.get().and_then(|id| html.tree.get(id)).map_or(0, |node| node.ancestors().count())
    }

    fn note(&self, change: impl FnOnce(&mut Overflow)) {
        let mut overflow = self.overflow.get();
        change(&mut overflow);
        self.overflow.set(overflow);
    }
}

impl TokenSink for Gate {
    type Handle = NodeId;

    fn process_token(&self, token: Token, line_number: u64) -> TokenSinkResult<NodeId> {
        let is_full = self.builder.sink.n_nodes.get() >= self.caps.max_nodes;
        match &token {
            Token::ParseError(_) => return TokenSinkResult::Continue,
            Token::TagToken(tag) if tag.kind == TagKind::StartTag => {
                if is_full {
                    self.note(|overflow| overflow.nodes = true);
                    return TokenSinkResult::Continue;
                }
                if !self.has_room() {
                    self.note(|overflow| overflow.depth = true);
                    if !tag.self_closing {
                        *self.dropped.borrow_mut().entry(tag.name.clone()).or_default() += 1;
                    }
                    return TokenSinkResult::Continue;
                }
            }
            Token::TagToken(tag) => {
                let mut dropped = self.dropped.borrow_mut();
                if !dropped.is_empty()
                    && let Some(n) = dropped.get_mut(&tag.name)
                {
                    *n -= 1;
                    if *n == 0 {
                        dropped.remove(&tag.name);
                    }
                    return TokenSinkResult::Continue;
                }
                self.is_deepest.set(false);
            }
            Token::CommentToken(_) | Token::CharacterTokens(_) if is_full => {
                self.note(|overflow| overflow.nodes = true);
                return TokenSinkResult::Continue;
            }
            Token::CharacterTokens(text) if !self.has_room_for(text) => {
                self.note(|overflow| overflow.nodes = true);
                return TokenSinkResult::Continue;
            }
            _ => {}
        }
        let is_tag = matches!(token, Token::TagToken(_));
        let result = self.builder.process_token(token, line_number);
        if is_tag {
            self.is_raw.set(matches!(result, TokenSinkResult::RawData(RawKind::ScriptData | RawKind::Rawtext)));
        }
        result
    }

    fn end(&self) {
        self.builder.end();
    }

    fn adjusted_current_node_present_but_not_in_html_namespace(&self) -> bool {
        self.builder.adjusted_current_node_present_but_not_in_html_namespace()
    }
}

/// scraper's sink, which also knows which element was last asked for and how much was built.
struct CappedSink {
    inner: HtmlTreeSink,
    asked: Cell<Option<NodeId>>,
    n_nodes: Cell<usize>,
}

impl CappedSink {
    fn count(&self) {
        self.n_nodes.set(self.n_nodes.get() + 1);
    }
}

impl TreeSink for CappedSink {
    type Handle = NodeId;
    type Output = Html;
    type ElemName<'a> = Ref<'a, QualName>;

    fn finish(self) -> Html {
        self.inner.finish()
    }

    fn parse_error(&self, _: Cow<'static, str>) {}

    fn set_quirks_mode(&self, mode: QuirksMode) {
        self.inner.set_quirks_mode(mode);
    }

    fn get_document(&self) -> NodeId {
        self.inner.get_document()
    }

    fn same_node(&self, x: &NodeId, y: &NodeId) -> bool {
        x == y
    }

    fn elem_name<'a>(&'a self, target: &'a NodeId) -> Ref<'a, QualName> {
        self.asked.set(Some(*target));
        self.inner.elem_name(target)
    }

    fn create_element(&self, name: QualName, attrs: Vec<Attribute>, flags: ElementFlags) -> NodeId {
        self.count();
        self.inner.create_element(name, attrs, flags)
    }

    fn create_comment(&self, text: StrTendril) -> NodeId {
        self.count();
        self.inner.create_comment(text)
    }

    fn create_pi(&self, target: StrTendril, data: StrTendril) -> NodeId {
        self.count();
        self.inner.create_pi(target, data)
    }

    fn append(&self, parent: &NodeId, child: NodeOrText<NodeId>) {
        if matches!(child, NodeOrText::AppendText(_)) {
            self.count();
        }
        self.inner.append(parent, child);
    }

    fn append_based_on_parent_node(&self, element: &NodeId, prev_element: &NodeId, child: NodeOrText<NodeId>) {
        self.inner.append_based_on_parent_node(element, prev_element, child);
    }

    fn append_doctype_to_document(&self, name: StrTendril, public_id: StrTendril, system_id: StrTendril) {
        self.inner.append_doctype_to_document(name, public_id, system_id);
    }

    fn get_template_contents(&self, target: &NodeId) -> NodeId {
        self.inner.get_template_contents(target)
    }

    fn append_before_sibling(&self, sibling: &NodeId, new_node: NodeOrText<NodeId>) {
        self.inner.append_before_sibling(sibling, new_node);
    }

    fn add_attrs_if_missing(&self, target: &NodeId, attrs: Vec<Attribute>) {
        self.inner.add_attrs_if_missing(target, attrs);
    }

    fn remove_from_parent(&self, target: &NodeId) {
        self.inner.remove_from_parent(target);
    }

    fn reparent_children(&self, node: &NodeId, new_parent: &NodeId) {
        self.inner.reparent_children(node, new_parent);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn depth(document: &Document) -> usize {
        document.html().tree.nodes().map(|node| node.ancestors().count()).max().unwrap_or(0)
    }

    fn text(document: &Document) -> String {
        document.html().root_element().text().collect()
    }

    #[test]
    fn b6_nesting_is_flattened_and_the_text_survives() {
        for (open, close) in
            [("<div>", "</div>"), ("<ul><li>", "</li></ul>"), ("<b a=1><i>", ""), ("<svg><foreignObject>", "")]
        {
            let page = format!("<p>before</p>{}deep{}<p>after</p>", open.repeat(20_000), close.repeat(20_000));

            let document = Document::parse(&page, Caps::default());

            assert!(document.overflow().depth, "{open}");
            assert!(depth(&document) <= 520, "{open}: {}", depth(&document));
            assert!(text(&document).contains("before") && text(&document).contains("deep"), "{open}");
            assert!(text(&document).contains("after"), "{open}");
        }
    }

    #[test]
    fn b6_many_flat_elements_are_no_depth() {
        let page = format!("<svg>{}</svg><p>after</p>", "<path/>".repeat(12_000));

        let document = Document::parse(&page, Caps::default());

        assert_eq!(document.overflow(), Overflow::default());
        assert!(text(&document).contains("after"));
    }

    #[test]
    fn b6_formatting_elements_that_multiply_stop_at_the_node_cap() {
        let open: String = (0..400).map(|n| format!("<b class={n}>")).collect();
        let page = format!("<p>{open}{}", "<p>x".repeat(20_000));

        let document = Document::parse(&page, Caps::default());

        assert!(document.overflow().nodes);
        assert!(document.html().tree.nodes().count() < 90_000);
    }

    #[test]
    fn b6_what_is_large_and_flat_stops_at_the_cap_and_ends_soon() {
        let attributes: String = (0..1_000_000).map(|n| format!(" a{n}")).collect();
        for page in [
            "<template>".repeat(100_000),
            "<svg><foreignObject><math><mi>".repeat(50_000),
            "<table><tr><td>".repeat(100_000),
            "<p>".repeat(1_000_000),
            "<a href=x>y".repeat(200_000),
            // Each of these was once sought through the whole rest of the page.
            "<title>t</title><textarea>x</textarea>".repeat(100_000),
            "<script><!--<script>x</script>--></script>".repeat(100_000),
            format!("<div{attributes}>{}", "<p/x>".repeat(10)),
            "word ".repeat(2_000_000),
        ] {
            let document = Document::parse(&page, Caps::default());

            let n_nodes = document.html().tree.nodes().count();
            assert!(n_nodes < 90_000 && depth(&document) <= 520, "{}: {n_nodes}", &page[..20]);
        }
    }

    #[test]
    fn b6_a_text_has_an_end_and_the_data_of_scripts_has_not() {
        let page = format!("<script>{}</script><p>{}</p>last", "x".repeat(5 << 20), "word ".repeat(5 << 20));

        let document = Document::parse(&page, Caps::default());

        assert!(document.overflow().nodes);
        let texts: Vec<usize> = document.html().tree.values().filter_map(|node| Some(node.as_text()?.len())).collect();
        assert_eq!(texts.iter().max(), Some(&(5 << 20)));
        assert!(texts.iter().sum::<usize>() <= (5 << 20) + (2 << 20), "{texts:?}");
        let short = Document::parse(format!("<p>{}", "word ".repeat(100_000)), Caps::default());
        assert_eq!(short.overflow(), Overflow::default());
    }

    #[test]
    fn b6_a_tree_as_deep_as_it_gets_fits_a_small_stack() {
        let small = std::thread::Builder::new().stack_size(2 << 20);
        let done = small.spawn(|| {
            let document = Document::parse("<div>".repeat(200_000), Caps::default());
            let text = document.html().html();
            drop(document);
            text.len()
        });

        assert!(done.unwrap().join().unwrap() > 512 * 5);
    }

    #[test]
    fn a_page_after_a_deep_part_is_read_as_usual() {
        let page = format!("{}x{}<main><p>one<p>two</main>", "<div>".repeat(600), "</div>".repeat(600));

        let document = Document::parse(&page, Caps::default());
        let selector = scraper::Selector::parse("main > p").unwrap();

        assert_eq!(document.html().select(&selector).count(), 2);
    }

    #[test]
    fn noscript_is_read_as_markup() {
        let document = Document::parse("<body><noscript><img src=a></noscript>", Caps::default());
        let selector = scraper::Selector::parse("noscript > img").unwrap();

        assert_eq!(document.html().select(&selector).count(), 1);
    }
}
