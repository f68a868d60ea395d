//! What each HTML element means to extraction.

use html5ever::{LocalName, local_name};

/// The role of an element, by its name alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tag {
    /// `a`.
    Link,
    /// Phrasing that a reader can show: `em`, `sup`, `q` …
    Inline,
    /// Phrasing without a meaning of its own: `span`, `font`, `label` …
    Span,
    /// `time`.
    Time,
    /// `p`.
    Paragraph,
    /// `div` and every other container without a meaning of its own.
    Box,
    Article,
    Main,
    Section,
    Header,
    Footer,
    Aside,
    Nav,
    Form,
    Button,
    Dialog,
    /// `h1` to `h6`.
    Heading(u8),
    /// `ul` and `ol`.
    List,
    /// `li`.
    Item,
    /// `dl`.
    Definitions,
    /// `dt` and `dd`.
    Definition,
    Table,
    /// `thead`, `tbody`, `tfoot`.
    TablePart,
    /// `tr`.
    Row,
    /// `td` and `th`.
    Cell,
    /// A table's `caption`.
    TableCaption,
    Quote,
    Pre,
    Figure,
    Caption,
    Details,
    Summary,
    Image,
    Picture,
    /// `iframe`, `video`, `audio`, `embed`, `object`.
    Player,
    Break,
    Rule,
    Noscript,
    Html,
    Body,
    /// What stands in the head of a page: `title`.
    Title,
    Meta,
    LinkElement,
    Base,
    Script,
    /// Never read: styles, vector graphics, form controls, templates.
    Silent,
}

impl Tag {
    /// The role of the element of this name.
    pub(super) fn of(name: &LocalName) -> Self {
        // The most frequent come first: this is asked for each element of each page.
        match *name {
            local_name!("div") => Self::Box,
            local_name!("a") => Self::Link,
            local_name!("span") => Self::Span,
            local_name!("li") => Self::Item,
            local_name!("p") => Self::Paragraph,
            local_name!("img") => Self::Image,
            local_name!("script") => Self::Script,
            local_name!("meta") => Self::Meta,
            local_name!("link") => Self::LinkElement,
            local_name!("svg") | local_name!("style") => Self::Silent,
            local_name!("ul") | local_name!("ol") | local_name!("menu") => Self::List,
            local_name!("strong") | local_name!("em") | local_name!("b") | local_name!("i") => Self::Inline,
            local_name!("br") => Self::Break,
            local_name!("h1") => Self::Heading(1),
            local_name!("h2") => Self::Heading(2),
            local_name!("h3") => Self::Heading(3),
            local_name!("h4") => Self::Heading(4),
            local_name!("h5") => Self::Heading(5),
            local_name!("h6") => Self::Heading(6),
            local_name!("section") => Self::Section,
            local_name!("article") => Self::Article,
            local_name!("button") => Self::Button,
            local_name!("figure") => Self::Figure,
            local_name!("figcaption") => Self::Caption,
            local_name!("picture") => Self::Picture,
            local_name!("time") => Self::Time,
            local_name!("td") | local_name!("th") => Self::Cell,
            local_name!("tr") => Self::Row,
            local_name!("table") => Self::Table,
            local_name!("tbody") | local_name!("thead") | local_name!("tfoot") => Self::TablePart,
            local_name!("caption") => Self::TableCaption,
            local_name!("noscript") => Self::Noscript,
            local_name!("nav") => Self::Nav,
            local_name!("header") => Self::Header,
            local_name!("footer") => Self::Footer,
            local_name!("aside") => Self::Aside,
            local_name!("form") => Self::Form,
            local_name!("dialog") => Self::Dialog,
            local_name!("main") => Self::Main,
            local_name!("blockquote") => Self::Quote,
            local_name!("pre") => Self::Pre,
            local_name!("dl") => Self::Definitions,
            local_name!("dt") | local_name!("dd") => Self::Definition,
            local_name!("details") => Self::Details,
            local_name!("summary") => Self::Summary,
            local_name!("hr") => Self::Rule,
            local_name!("iframe")
            | local_name!("video")
            | local_name!("audio")
            | local_name!("embed")
            | local_name!("object") => Self::Player,
            local_name!("code")
            | local_name!("sup")
            | local_name!("sub")
            | local_name!("small")
            | local_name!("s")
            | local_name!("u")
            | local_name!("q")
            | local_name!("cite")
            | local_name!("abbr")
            | local_name!("kbd")
            | local_name!("samp")
            | local_name!("var")
            | local_name!("mark")
            | local_name!("del")
            | local_name!("ins")
            | local_name!("dfn")
            | local_name!("bdi")
            | local_name!("bdo")
            | local_name!("ruby")
            | local_name!("rt")
            | local_name!("rp")
            | local_name!("strike")
            | local_name!("tt") => Self::Inline,
            local_name!("font")
            | local_name!("label")
            | local_name!("big")
            | local_name!("acronym")
            | local_name!("data")
            | local_name!("nobr")
            | local_name!("wbr") => Self::Span,
            local_name!("title") => Self::Title,
            local_name!("base") => Self::Base,
            local_name!("html") => Self::Html,
            local_name!("body") => Self::Body,
            local_name!("template")
            | local_name!("select")
            | local_name!("option")
            | local_name!("datalist")
            | local_name!("textarea")
            | local_name!("input")
            | local_name!("canvas")
            | local_name!("math")
            | local_name!("map")
            | local_name!("noembed")
            | local_name!("noframes")
            | local_name!("frameset") => Self::Silent,
            _ => Self::of_custom(name),
        }
    }

    /// Elements that only scripts know: those of AMP, and players that load late.
    fn of_custom(name: &str) -> Self {
        match name.split_once('-') {
            Some(("amp", "img" | "anim")) => Self::Image,
            Some((
                "amp",
                "video" | "audio" | "iframe" | "youtube" | "vimeo" | "dailymotion" | "twitter" | "instagram"
                | "soundcloud" | "facebook" | "reddit" | "tiktok" | "gist",
            ))
            | Some(("lite", "youtube" | "vimeo"))
            | Some(("twitter", "widget")) => Self::Player,
            Some(("amp", "ad" | "sidebar" | "consent" | "analytics" | "sticky-ad" | "list" | "state")) => Self::Silent,
            // Drawn formulas; the same formula for screen readers stands beside.
            Some(("mjx", "math")) => Self::Silent,
            Some(("mjx", _)) => Self::Span,
            _ => Self::Box,
        }
    }

    /// Whether the element flows inside a line.
    pub(super) fn is_phrasing(self) -> bool {
        matches!(self, Self::Link | Self::Inline | Self::Span | Self::Time)
    }

    /// Whether text directly inside needs a paragraph around it.
    pub(super) fn is_bare_container(self) -> bool {
        matches!(
            self,
            Self::Box
                | Self::Article
                | Self::Main
                | Self::Section
                | Self::Header
                | Self::Footer
                | Self::Aside
                | Self::Nav
                | Self::Form
                | Self::Button
                | Self::Dialog
                | Self::Body
                | Self::Html
                | Self::Figure
                | Self::List
                | Self::Definitions
                | Self::Table
                | Self::TablePart
                | Self::Row
        )
    }

    /// Whether it shows something that isn't text.
    pub(super) fn is_media(self) -> bool {
        matches!(self, Self::Image | Self::Player)
    }
}
