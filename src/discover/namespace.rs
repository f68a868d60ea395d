//! Which vocabulary a feed's element belongs to, told by address or, where that is missing or odd, by prefix.

use super::markup::Tag;

/// A vocabulary.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Family {
    /// The feed's own: RSS in RSS, Atom in Atom.
    Core,
    /// Atom within RSS.
    Atom,
    /// The content module of RSS 1.0.
    Content,
    /// Dublin Core elements.
    Dublin,
    /// Dublin Core terms.
    Terms,
    /// Media RSS.
    Media,
    /// Apple's podcast elements.
    Itunes,
    /// What a counting proxy adds.
    Feedburner,
    /// How often a feed changes.
    Syndication,
    /// Everything else.
    Other,
}

/// The prefixes a feed's root declares.
pub(super) struct Spaces {
    prefixes: Vec<(String, Family)>,
    is_atom: bool,
}

impl Spaces {
    /// Reads the declarations of the root element.
    pub(super) fn of_root(root: &Tag<'_>) -> Self {
        let is_atom = ["feed", "entry"].iter().any(|name| root.local().eq_ignore_ascii_case(name));
        let mut prefixes: Vec<(String, Family)> = root
            .attributes()
            .filter_map(|(name, uri)| Some((name.strip_prefix("xmlns:")?.to_owned(), by_address(&uri, is_atom)?)))
            .collect();
        // Whatever the root's prefix stands for, what has it is of the feed itself; but not in RDF.
        if let Some((prefix, _)) = root.name.split_once(':').filter(|_| !root.local().eq_ignore_ascii_case("rdf")) {
            prefixes.retain(|(known, _)| known != prefix);
            prefixes.push((prefix.to_owned(), Family::Core));
        }
        Self { prefixes, is_atom }
    }

    /// The vocabulary of an element, which may bring its own declaration.
    pub(super) fn family(&self, tag: &Tag<'_>) -> Family {
        let Some((prefix, _)) = tag.name.split_once(':') else {
            let own = tag.attribute("xmlns");
            return own.map_or(Family::Core, |uri| by_address(&uri, self.is_atom).unwrap_or(Family::Other));
        };
        let own = tag.attribute(&format!("xmlns:{prefix}")).and_then(|uri| by_address(&uri, self.is_atom));
        let declared = self.prefixes.iter().find(|(name, _)| name == prefix).map(|(_, family)| *family);
        own.or(declared).unwrap_or_else(|| by_prefix(prefix))
    }
}

/// Addresses are compared loosely: `mrss` without its slash and `https` for `http` are common.
fn by_address(uri: &str, is_atom: bool) -> Option<Family> {
    let uri = uri.trim().to_ascii_lowercase();
    let is = |part: &str| uri.contains(part);
    Some(match () {
        () if is("purl.org/rss/1.0/modules/content") => Family::Content,
        () if is("purl.org/dc/elements") => Family::Dublin,
        () if is("purl.org/dc/terms") => Family::Terms,
        () if is("search.yahoo.com/mrss") => Family::Media,
        () if is("itunes.com/dtds/podcast") => Family::Itunes,
        () if is("rssnamespace.org/feedburner") => Family::Feedburner,
        () if is("rss/1.0/modules/syndication") => Family::Syndication,
        () if is("w3.org/2005/atom") || is("purl.org/atom") => {
            if is_atom {
                Family::Core
            } else {
                Family::Atom
            }
        }
        () if !is_atom && (is("purl.org/rss/1.0/") && !is("modules") || is("rdf/simple/0.9") || is("userland")) => {
            Family::Core
        }
        () if is("/rss/1.0/modules") || is("w3.org/1999") || is("podcastindex") => Family::Other,
        () => return None,
    })
}

fn by_prefix(prefix: &str) -> Family {
    match prefix.to_ascii_lowercase().as_str() {
        "content" => Family::Content,
        "dc" => Family::Dublin,
        "dcterms" => Family::Terms,
        "media" => Family::Media,
        "atom" | "atom10" | "a10" => Family::Atom,
        "itunes" => Family::Itunes,
        "feedburner" => Family::Feedburner,
        "sy" | "syn" => Family::Syndication,
        "rss" => Family::Core,
        _ => Family::Other,
    }
}
