//! What is gathered of an item while it is read: of several candidates for one field, the best-ranked stays.

use url::Url;

use super::MAX_LISTED;
use crate::model::{Enclosure, Timestamp};

/// Text of a feed, which is markup or isn't.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Text {
    /// As it was meant: entities of XML are decoded.
    pub(super) value: String,
    /// Whether `<` and `&` mean themselves.
    pub(super) is_plain: bool,
}

/// The best of what was offered; of equals, the first.
#[derive(Debug, Clone)]
pub(super) struct Best<T>(Option<(u8, T)>);

impl<T> Best<T> {
    /// Keeps the value if nothing as good was offered before; lower ranks are better.
    pub(super) fn offer(&mut self, rank: u8, value: T) {
        if self.0.as_ref().is_none_or(|(known, _)| rank < *known) {
            self.0 = Some((rank, value));
        }
    }

    /// The value.
    pub(super) fn get(&self) -> Option<&T> {
        self.0.as_ref().map(|(_, value)| value)
    }

    /// The value, owned.
    pub(super) fn take(self) -> Option<T> {
        self.0.map(|(_, value)| value)
    }
}

impl<T> Default for Best<T> {
    fn default() -> Self {
        Self(None)
    }
}

/// A feed's head, or one of its items.
#[derive(Debug, Clone, Default)]
pub(super) struct Draft {
    pub(super) title: Best<Text>,
    pub(super) address: Best<String>,
    pub(super) guid: Best<String>,
    pub(super) published: Best<Timestamp>,
    pub(super) updated: Best<Timestamp>,
    pub(super) summary: Best<Text>,
    pub(super) content: Best<Text>,
    pub(super) language: Best<String>,
    pub(super) authors: Vec<String>,
    /// Who is named where nobody else is.
    pub(super) podcasters: Vec<String>,
    pub(super) categories: Vec<String>,
    pub(super) images: Vec<Url>,
    pub(super) enclosures: Vec<Enclosure>,
}

impl Draft {
    /// Those who wrote it.
    pub(super) fn names(&self) -> &[String] {
        if self.authors.is_empty() { &self.podcasters } else { &self.authors }
    }
}

/// Appends what isn't there yet, as long as there are few enough to be compared.
pub(super) fn add<T: PartialEq>(list: &mut Vec<T>, value: T) {
    if list.len() < MAX_LISTED && !list.contains(&value) {
        list.push(value);
    }
}
