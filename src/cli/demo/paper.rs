//! A site at one moment: what is out on it, and what it answers.

use super::edition::Edition;
use super::markup;
use super::site::Site;
use super::story::{Figure, Story};
use crate::model::Timestamp;

/// A site with the articles that are out.
pub(crate) struct Paper<'a> {
    pub(crate) site: &'a Site,
    /// Where the site is reached, without a trailing slash.
    pub(crate) base: &'a str,
    /// Newest first.
    pub(crate) printed: Vec<Printed<'a>>,
}

/// An article that is out.
#[derive(Clone, Copy)]
pub(crate) struct Printed<'a> {
    pub(crate) story: &'a Story,
    pub(crate) published: Timestamp,
    /// Its place among all articles of the site, late ones included; it never changes.
    pub(crate) number: usize,
}

/// What a site sends back.
pub(crate) enum Answer {
    Document {
        content_type: &'static str,
        body: String,
    },
    /// Permanently, to this address.
    Moved(String),
}

impl Answer {
    /// A page.
    pub(crate) fn html(body: String) -> Self {
        Self::Document { content_type: "text/html; charset=utf-8", body }
    }

    /// A style sheet.
    pub(crate) fn css(body: &str) -> Self {
        Self::Document { content_type: "text/css; charset=utf-8", body: body.to_owned() }
    }
}

impl<'a> Paper<'a> {
    pub(crate) fn new(site: &'a Site, edition: &Edition, base: &'a str) -> Self {
        let printed = |(number, story)| {
            let published = edition.published(site, story)?;
            Some(Printed { story, published, number })
        };
        let mut printed: Vec<Printed<'_>> = site.stories.iter().enumerate().filter_map(printed).collect();
        printed.sort_by_key(|printed| std::cmp::Reverse(printed.published));
        Self { site, base, printed }
    }

    /// When anything on the site last changed.
    pub(crate) fn updated(&self) -> Timestamp {
        self.printed.first().map_or(Timestamp::EPOCH, |newest| newest.published)
    }

    /// The article's address from the site's root.
    pub(crate) fn path(&self, story: &Story) -> String {
        (self.site.path)(story)
    }

    /// The article's whole address.
    pub(crate) fn url(&self, story: &Story) -> String {
        format!("{}{}", self.base, self.path(story))
    }

    /// The article whose page this is.
    pub(crate) fn at(&self, path: &str) -> Option<Printed<'a>> {
        self.printed.iter().copied().find(|printed| self.path(printed.story).eq_ignore_ascii_case(path))
    }

    /// Other articles, the same for every visitor: those that follow it in the order of the site.
    pub(crate) fn others(&self, than: Printed<'_>, n: usize) -> Vec<Printed<'a>> {
        let after = self.printed.iter().rev().filter(|other| other.number > than.number);
        let before = self.printed.iter().rev().filter(|other| other.number < than.number);
        let early = |other: &&Printed<'_>| other.story.age.is_some();
        after.chain(before).filter(early).take(n).copied().collect()
    }

    /// The blocks of an article as HTML; figures are the site's own way.
    pub(crate) fn blocks(&self, story: &Story, figure: &dyn Fn(&Figure) -> String) -> Vec<String> {
        markup::html(story, &markup::Style { address: &|target| self.address(target), figure })
    }

    /// A link's target as an article's file names it: another article of the site, or an address.
    pub(crate) fn address(&self, target: &str) -> String {
        let named = target
            .strip_prefix("story:")
            .and_then(|slug| self.site.stories.iter().find(|story| story.slug == slug).map(|story| self.path(story)));
        named.unwrap_or_else(|| target.to_owned())
    }
}
