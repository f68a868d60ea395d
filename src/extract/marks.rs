//! What class names and ids say of an element.
//!
//! A name alone never decides: such words also sit on wrappers of the whole page.

use std::sync::LazyLock;

use super::hashed::{Hashed, key};
use super::vocabulary::{AGAINST, FOR, NAMES};

/// What a class name or id says a container is, when the whole name says it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Furniture {
    Comments,
    Related,
    Sidebar,
    Newsletter,
    Share,
    Breadcrumbs,
    AuthorBox,
    Tags,
    Promotion,
    Consent,
    Navigation,
    Meta,
}

impl Furniture {
    /// The rule's name, for an operator.
    pub(super) fn rule(self) -> &'static str {
        match self {
            Self::Comments => "comments, by the name of their container",
            Self::Related => "related articles, by the name of their container",
            Self::Sidebar => "sidebar, by the name of its container",
            Self::Newsletter => "newsletter box, by the name of its container",
            Self::Share => "share bar, by the name of its container",
            Self::Breadcrumbs => "breadcrumbs, by the name of their container",
            Self::AuthorBox => "author box, by the name of its container",
            Self::Tags => "tags, by the name of their container",
            Self::Promotion => "advertisement, by the name of its container",
            Self::Consent => "consent notice, by the name of its container",
            Self::Navigation => "navigation, by the name of its container",
            Self::Meta => "date and byline, by the name of their container",
        }
    }
}

/// What the class and id of one element say.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Marks {
    pub(super) furniture: Option<Furniture>,
    /// Words that speak against the element.
    pub(super) n_against: u8,
    /// Words that speak for it.
    pub(super) n_for: u8,
}

impl Marks {
    /// Reads a class attribute and an id.
    pub(super) fn of(class: &str, id: &str) -> Self {
        let mut marks = Self::default();
        let names = class.split_ascii_whitespace().take(MAX_NAMES).chain((!id.is_empty()).then_some(id));
        let mut name = String::new();
        for written in names.filter(|written| written.len() <= MAX_NAME_BYTES) {
            spell(written, &mut name);
            marks.furniture = marks.furniture.or_else(|| LEXICON.names.get(&key(&name)).copied());
            for word in name.as_bytes().split(|byte| *byte == b'-') {
                match LEXICON.words.get(&key(word)) {
                    Some(true) => marks.n_for = marks.n_for.saturating_add(1),
                    Some(false) => marks.n_against = marks.n_against.saturating_add(1),
                    None => {}
                }
            }
        }
        marks
    }
}

/// Classes read of one element: utility frameworks write hundreds.
const MAX_NAMES: usize = 24;
/// A longer class name is generated.
const MAX_NAME_BYTES: usize = 60;

/// A name in lower case with `-` between its words: `relatedPosts`, `related_posts` become `related-posts`.
fn spell(name: &str, out: &mut String) {
    out.clear();
    let mut was_lower = false;
    for byte in name.bytes() {
        if byte.is_ascii_uppercase() && was_lower {
            out.push('-');
        }
        was_lower = byte.is_ascii_lowercase() || byte.is_ascii_digit();
        match byte {
            b'a'..=b'z' | b'0'..=b'9' => out.push(char::from(byte)),
            b'A'..=b'Z' => out.push(char::from(byte.to_ascii_lowercase())),
            _ if out.ends_with('-') || out.is_empty() => {}
            _ => out.push('-'),
        }
    }
    if out.ends_with('-') {
        out.pop();
    }
}

/// The vocabulary, ready to be asked.
struct Lexicon {
    names: Hashed<Furniture>,
    /// Whether a word speaks for a block.
    words: Hashed<bool>,
}

static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| Lexicon {
    names: NAMES.iter().flat_map(|(kind, names)| names.split(' ').map(|name| (key(name), *kind))).collect(),
    words: AGAINST
        .split(' ')
        .map(|word| (key(word), false))
        .chain(FOR.split(' ').map(|word| (key(word), true)))
        .collect(),
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_word_speaks_both_for_and_against() {
        assert!(FOR.split(' ').all(|word| AGAINST.split(' ').all(|against| against != word)));
    }

    #[test]
    fn a_name_is_read_in_any_spelling() {
        for name in ["related-posts", "relatedPosts", "Related_Posts", "related__posts"] {
            assert_eq!(Marks::of(name, "").furniture, Some(Furniture::Related), "{name}");
        }
        assert_eq!(Marks::of("has-sidebar content", "").furniture, None);
        assert_eq!(Marks::of("entry-content", "main").n_for, 3);
        assert_eq!(Marks::of("box", "share-bar").n_against, 1);
    }
}
