//! Which elements of a feed are read, and what is written for them.

use super::markup::Tag;
use super::namespace::Family;

/// What becomes of an element.
pub(super) enum Action {
    /// Left out with all inside.
    Skip,
    /// Not written, but what is inside may be.
    Structure,
    /// An item.
    Item(&'static str),
    /// Written under this name with these attributes.
    Element(&'static str, &'static [&'static str]),
    /// A media content, whose type may stand in `medium` alone.
    Media,
    /// Written as a picture whose address is in this attribute.
    Thumbnail(&'static str),
    /// Read whole, and written as text under this name.
    Text(&'static str),
}

/// What becomes of an element of RSS of any age.
pub(super) fn rss(family: Family, tag: &Tag<'_>, in_item: bool) -> Action {
    let name = tag.local().to_ascii_lowercase();
    match (family, name.as_str()) {
        (Family::Core, "channel") => Action::Structure,
        (Family::Core, "item") => Action::Item("item"),
        (Family::Core | Family::Dublin, "title") => Action::Text("title"),
        (Family::Core, "link") => Action::Text("link"),
        (Family::Atom, "link") if in_item => {
            if is_alternate(tag) {
                Action::Text("link")
            } else {
                Action::Skip
            }
        }
        (Family::Core | Family::Dublin, "description") => Action::Text("description"),
        (Family::Content, "encoded") => Action::Text("content:encoded"),
        (Family::Other, "body") if in_item => Action::Text("content:encoded"),
        (Family::Core | Family::Dublin, "language") => Action::Element("language", &[]),
        (Family::Core, "pubdate" | "published") | (Family::Atom, "published") if in_item => {
            Action::Element("pubDate", &[])
        }
        (Family::Terms, "created" | "issued") if in_item => Action::Element("pubDate", &[]),
        (Family::Dublin, "date") if in_item => Action::Element("dc:date", &[]),
        (Family::Core | Family::Atom, "updated") if in_item => Action::Element("atom:updated", &[]),
        (Family::Terms, "modified") if in_item => Action::Element("atom:updated", &[]),
        (Family::Core, "guid") if in_item => Action::Text("guid"),
        (Family::Core, "author") | (Family::Dublin, "creator") if in_item => Action::Text("dc:creator"),
        (Family::Core, "category") | (Family::Dublin, "subject") if in_item => Action::Element("category", &[]),
        // feed-rs drops an enclosure where there is a media content as well.
        (Family::Core, "enclosure") if in_item => Action::Media,
        _ => media(family, &name, in_item),
    }
}

/// What becomes of an element of Atom; before 1.0, dates had other names.
pub(super) fn atom(family: Family, tag: &Tag<'_>, in_item: bool, is_old: bool) -> Action {
    let name = tag.local().to_ascii_lowercase();
    if !matches!(family, Family::Core | Family::Atom) {
        return media(family, &name, in_item);
    }
    match name.as_str() {
        "entry" => Action::Item("entry"),
        "title" => Action::Text("title"),
        "summary" if in_item => Action::Text("summary"),
        "content" if in_item && is_markup_type(tag) => Action::Text("content"),
        "id" => Action::Element("id", &[]),
        "updated" => Action::Element("updated", &[]),
        "modified" if is_old => Action::Element("updated", &[]),
        "published" => Action::Element("published", &[]),
        "issued" if is_old => Action::Element("published", &[]),
        "author" => Action::Element("author", &[]),
        "name" => Action::Element("name", &[]),
        "link" => Action::Element("link", &["href", "rel", "type", "hreflang", "title", "length", "xml:base"]),
        "category" => Action::Element("category", &["term", "label", "scheme"]),
        _ => Action::Skip,
    }
}

/// Whether a link names the page itself.
pub(super) fn is_alternate(tag: &Tag<'_>) -> bool {
    tag.attribute("rel").is_none_or(|rel| rel.trim().eq_ignore_ascii_case("alternate"))
}

/// What both dialects have in common.
fn media(family: Family, name: &str, in_item: bool) -> Action {
    match (family, name) {
        _ if !in_item => Action::Skip,
        (Family::Media, "content") => Action::Media,
        (Family::Media, "group") => Action::Element("media:group", &[]),
        (Family::Media, "thumbnail") => Action::Thumbnail("url"),
        (Family::Itunes, "image") => Action::Thumbnail("href"),
        (Family::Feedburner, "origlink") => Action::Text("original"),
        _ => Action::Skip,
    }
}

/// Whether an Atom content is one that can be read: neither elsewhere nor a file in base 64.
fn is_markup_type(tag: &Tag<'_>) -> bool {
    tag.attribute("src").is_none()
        && tag.attribute("type").is_none_or(|kind| {
            let kind = kind.trim().to_ascii_lowercase();
            kind.is_empty()
                || matches!(kind.as_str(), "text" | "html" | "xhtml")
                || kind.contains("html")
                || kind == "text/plain"
        })
}
