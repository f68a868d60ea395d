//! Which elements of a feed are read, and as what. Ranks tell which of several is taken; lower ones are better.

use super::markup::Tag;
use super::namespace::Family;

/// The two families of feeds; RSS of every age, and CDF, are the first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Dialect {
    Rss,
    Atom,
}

/// What an element is read as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Action {
    /// Left out with all inside.
    Skip,
    /// Nothing itself, but what is inside may be something.
    Structure,
    /// An item.
    Item,
    /// Text of a field, with its rank.
    Title(u8),
    Summary(u8),
    Content(u8),
    Id(u8),
    Published(u8),
    Updated(u8),
    Language,
    /// An address as text or in `href`.
    Link,
    /// The publisher's address behind a counting one.
    Original,
    Author,
    /// Somebody who is an author where there is no other.
    Podcaster,
    Category,
    /// A file in `url`.
    File,
    /// A picture in this attribute.
    Picture(&'static str),
    /// What a feed tells those who poll it.
    Hint,
}

impl Action {
    /// Whether it is one line of text, in which no other field can stand.
    pub(super) fn is_line(self) -> bool {
        matches!(
            self,
            Self::Title(_)
                | Self::Id(_)
                | Self::Published(_)
                | Self::Updated(_)
                | Self::Language
                | Self::Link
                | Self::Original
                | Self::Category
                | Self::Hint
        )
    }
}

/// What an element is read as, in a feed's head or in an item.
pub(super) fn action(dialect: Dialect, family: Family, tag: &Tag<'_>, in_item: bool) -> Action {
    let name = tag.local().to_ascii_lowercase();
    if in_item { of_item(dialect, family, tag, &name) } else { of_head(dialect, family, &name) }
}

fn of_head(dialect: Dialect, family: Family, name: &str) -> Action {
    match (family, name) {
        (Family::Core | Family::Atom, "item" | "entry") => Action::Item,
        // RDF's list of items wraps them in the oldest drafts; elsewhere it holds references only.
        (Family::Core | Family::Atom, "channel" | "items" | "entries" | "skiphours" | "skipdays") => Action::Structure,
        (Family::Core, "title") => Action::Title(0),
        (Family::Dublin | Family::Atom, "title") => Action::Title(1),
        (Family::Core | Family::Atom, "link") => Action::Link,
        (Family::Core | Family::Dublin, "language") => Action::Language,
        (Family::Core | Family::Atom, "author") if dialect == Dialect::Atom => Action::Author,
        (Family::Core, "ttl" | "hour" | "day" | "newlocation") => Action::Hint,
        (Family::Syndication, "updateperiod" | "updatefrequency" | "updatebase") => Action::Hint,
        (Family::Itunes, "new-feed-url") => Action::Hint,
        _ => Action::Skip,
    }
}

fn of_item(dialect: Dialect, family: Family, tag: &Tag<'_>, name: &str) -> Action {
    let is_core = family == Family::Core;
    match (family, name) {
        // One that was never closed ends where the next one starts.
        (Family::Core, "item" | "entry") => Action::Item,
        (Family::Core, "title") => Action::Title(0),
        (Family::Atom | Family::Dublin, "title") => Action::Title(1),
        (Family::Itunes, "title") => Action::Title(2),
        (Family::Media, "title") => Action::Title(3),
        (Family::Core | Family::Atom, "link") => Action::Link,
        (Family::Core, "guid") => Action::Id(if dialect == Dialect::Rss { 0 } else { 1 }),
        (Family::Core, "id") => Action::Id(if dialect == Dialect::Atom { 0 } else { 1 }),
        (Family::Atom, "id") => Action::Id(3),
        (Family::Dublin, "identifier") => Action::Id(6),
        (Family::Core, "summary") => Action::Summary(if dialect == Dialect::Atom { 0 } else { 1 }),
        (Family::Core, "description") => Action::Summary(if dialect == Dialect::Rss { 0 } else { 1 }),
        (Family::Core, "abstract" | "tagline" | "introduction") => Action::Summary(2),
        (Family::Dublin, "description") | (Family::Atom, "summary") => Action::Summary(3),
        (Family::Itunes, "summary") => Action::Summary(4),
        (Family::Media, "description") => Action::Summary(5),
        (Family::Content, "encoded") => Action::Content(if dialect == Dialect::Rss { 0 } else { 1 }),
        (Family::Core | Family::Atom, "content") if is_readable(tag) => {
            Action::Content(if dialect == Dialect::Atom { 0 } else { 2 })
        }
        (Family::Other, "body") => Action::Content(3),
        (Family::Core, "fullitem" | "body") => Action::Content(4),
        (Family::Core | Family::Dublin, "language") => Action::Language,
        (Family::Core, "author") | (Family::Dublin, "creator" | "author") => Action::Author,
        (Family::Atom, "author") | (Family::Core, "creator") => Action::Author,
        (Family::Itunes, "author") => Action::Podcaster,
        (Family::Core | Family::Atom, "category") | (Family::Dublin, "subject") => Action::Category,
        (Family::Core, "enclosure") | (Family::Media, "content") => Action::File,
        (Family::Media, "group") => Action::Structure,
        (Family::Media, "thumbnail") => Action::Picture("url"),
        (Family::Itunes, "image") => Action::Picture("href"),
        (Family::Feedburner, "origlink") => Action::Original,
        (Family::Core | Family::Atom | Family::Dublin | Family::Terms, _) => date_of_item(family, name, is_core),
        _ => Action::Skip,
    }
}

fn date_of_item(family: Family, name: &str, is_core: bool) -> Action {
    match name {
        "pubdate" | "published" if is_core => Action::Published(0),
        "published" => Action::Published(1),
        "issued" => Action::Published(2),
        "date" if family != Family::Terms => Action::Published(3),
        "created" => Action::Published(4),
        "updated" => Action::Updated(0),
        "modified" => Action::Updated(1),
        "lastbuilddate" => Action::Updated(2),
        _ => Action::Skip,
    }
}

/// Whether a link names the page itself.
pub(super) fn is_alternate(tag: &Tag<'_>) -> bool {
    tag.attribute("rel").is_none_or(|rel| rel.trim().is_empty() || rel.trim().eq_ignore_ascii_case("alternate"))
}

/// Whether an Atom content is one that can be read: neither elsewhere nor a picture.
fn is_readable(tag: &Tag<'_>) -> bool {
    tag.attribute("src").is_none()
        && tag.attribute("type").is_none_or(|kind| {
            let kind = kind.trim().to_ascii_lowercase();
            !kind.contains('/') || kind.contains("html") || kind.starts_with("text/") || kind.ends_with("xml")
        })
}
