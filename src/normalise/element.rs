//! What each element of a page becomes in an article.

/// What the writer does with an element.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// It goes, with all that's in it.
    Dropped,
    /// It goes, its content stays and stands apart from what is around it.
    Wrapper,
    /// It goes, its content stays in the line.
    Passive,
    /// Its text becomes a paragraph.
    Paragraph,
    /// A block.
    Block(&'static str, Holds),
    /// A part of a line, under this name.
    Inline(&'static str),
    /// A line break.
    Break,
    /// A place where a word may break.
    WordBreak,
    /// A rule between parts.
    Rule,
    /// A picture.
    Image,
    /// A video or a sound with its sources.
    Media(&'static str),
    /// One file of a video or sound.
    Source,
    /// A frame on another page.
    Embed,
    /// A formula, which feed readers can't show but as text.
    Formula,
}

/// What may stand directly in a block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Holds {
    /// Blocks; text gets a paragraph.
    Flow,
    /// Blocks and pictures; text gets a paragraph.
    Figure,
    /// Text; ends before any block.
    Paragraph,
    /// Text; blocks in it are dissolved.
    Phrasing,
    /// Text with its white space.
    Preformatted,
    /// `li`.
    List,
    /// `dt` and `dd`.
    Terms,
    /// Text and blocks.
    Item,
    /// `caption`, `tbody` and such.
    Table,
    /// `tr`.
    Section,
    /// `td` and `th`.
    Row,
    /// `source`.
    Media,
}

/// What becomes of the element of this name.
pub(super) fn kind(name: &str) -> Kind {
    use Kind::{Block, Dropped, Inline, Passive, Wrapper};
    match name {
        "script" | "style" | "template" | "svg" | "canvas" | "button" | "input" | "select" | "textarea" | "title"
        | "meta" | "link" | "base" | "map" | "area" | "dialog" | "datalist" | "option" | "param" | "track"
        | "noembed" | "noframes" | "frameset" | "frame" | "colgroup" | "col" => Dropped,
        "html" | "body" | "div" | "section" | "article" | "main" | "header" | "footer" | "nav" | "aside" | "center"
        | "address" | "form" | "fieldset" | "legend" | "hgroup" | "search" => Wrapper,
        "head" => Passive,
        "p" => Kind::Paragraph,
        "h1" | "h2" => Block("h2", Holds::Phrasing),
        "h3" => Block("h3", Holds::Phrasing),
        "h4" => Block("h4", Holds::Phrasing),
        "h5" => Block("h5", Holds::Phrasing),
        "h6" => Block("h6", Holds::Phrasing),
        "pre" | "listing" | "xmp" | "plaintext" => Block("pre", Holds::Preformatted),
        "blockquote" => Block("blockquote", Holds::Flow),
        "details" => Block("details", Holds::Flow),
        "summary" => Block("summary", Holds::Phrasing),
        "figure" => Block("figure", Holds::Figure),
        "figcaption" => Block("figcaption", Holds::Phrasing),
        "ul" | "menu" | "dir" => Block("ul", Holds::List),
        "ol" => Block("ol", Holds::List),
        "li" => Block("li", Holds::Item),
        "dl" => Block("dl", Holds::Terms),
        "dt" => Block("dt", Holds::Phrasing),
        "dd" => Block("dd", Holds::Item),
        "table" => Block("table", Holds::Table),
        "caption" => Block("caption", Holds::Phrasing),
        "thead" => Block("thead", Holds::Section),
        "tbody" => Block("tbody", Holds::Section),
        "tfoot" => Block("tfoot", Holds::Section),
        "tr" => Block("tr", Holds::Row),
        "td" => Block("td", Holds::Item),
        "th" => Block("th", Holds::Item),
        "a" => Inline("a"),
        "abbr" | "acronym" => Inline("abbr"),
        "b" => Inline("b"),
        "bdi" => Inline("bdi"),
        "bdo" => Inline("bdo"),
        "cite" => Inline("cite"),
        "code" | "tt" => Inline("code"),
        "del" => Inline("del"),
        "dfn" => Inline("dfn"),
        "em" => Inline("em"),
        "i" => Inline("i"),
        "ins" => Inline("ins"),
        "kbd" => Inline("kbd"),
        "mark" => Inline("mark"),
        "q" => Inline("q"),
        "rp" => Inline("rp"),
        "rt" => Inline("rt"),
        "ruby" => Inline("ruby"),
        "s" | "strike" => Inline("s"),
        "samp" => Inline("samp"),
        "small" => Inline("small"),
        "span" => Inline("span"),
        "strong" => Inline("strong"),
        "sub" => Inline("sub"),
        "sup" => Inline("sup"),
        "u" => Inline("u"),
        "var" => Inline("var"),
        "br" => Kind::Break,
        "wbr" => Kind::WordBreak,
        "hr" => Kind::Rule,
        "img" | "image" | "amp-img" => Kind::Image,
        "video" | "amp-video" => Kind::Media("video"),
        "audio" | "amp-audio" => Kind::Media("audio"),
        "source" => Kind::Source,
        "iframe" | "embed" | "amp-iframe" => Kind::Embed,
        "math" => Kind::Formula,
        _ => Passive,
    }
}
