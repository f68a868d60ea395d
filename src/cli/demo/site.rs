//! The sample sites and what each of their articles says, without any furniture.

use std::sync::Arc;

use axum::Router;
use url::Url;

use super::edition::Edition;
use super::paper::{Answer, Paper, Printed};
use super::story::Story;
use super::{kirigahama, larkfield, markup, nafidha, northbank, selasar, web};
use crate::model::Timestamp;

/// A sample news site.
#[derive(Clone)]
pub struct Site {
    /// Its name in the demo, fit for a source's id.
    pub key: &'static str,
    /// Its name for people.
    pub title: &'static str,
    /// BCP 47.
    pub language: &'static str,
    /// Zone in which it writes its dates.
    pub timezone: &'static str,
    /// Path of the page that a reader of the site would enter in Offprint, such as `/`.
    pub entrance: &'static str,
    /// The `discover` setting in TOML, where the entrance can't be read without selectors.
    pub discover: Option<&'static str>,
    /// What is special about it, in a few words.
    pub about: &'static str,
    pub(crate) stories: Arc<[Story]>,
    pub(crate) path: fn(&Story) -> String,
    pub(crate) answer: fn(&Paper<'_>, &Request<'_>) -> Option<Answer>,
    pub(crate) not_found: fn(&Paper<'_>) -> String,
    pub(crate) robots: &'static str,
}

/// What is asked of a site.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Request<'a> {
    /// Percent-encoded, with its leading slash.
    pub(crate) path: &'a str,
    /// Without the question mark; empty where there is none.
    pub(crate) query: &'a str,
}

/// What an article of a sample site says: what an extractor should find on its page, and no more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Truth {
    /// The key of the site.
    pub site: &'static str,
    /// The article's name on the site.
    pub slug: &'static str,
    /// Where its page is, from the site's root: begins with a slash, percent-encoded.
    pub path: String,
    /// Its headline.
    pub title: String,
    /// In the order of the page.
    pub authors: Vec<String>,
    /// To the second.
    pub published: Timestamp,
    /// The sentence under the headline, which the page shows outside of the text; none on most sites.
    pub standfirst: Option<String>,
    /// The text as `offprint extract` gives it: blocks parted by an empty line; list items and table rows on lines of
    /// their own, cells joined by one space; sources of quotes as blocks, no captions; readings of ruby in `（）`.
    pub text: String,
    /// What stands under its pictures, in order.
    pub captions: Vec<String>,
}

/// All sample sites, in the order in which their later articles appear.
#[must_use]
pub fn sites() -> Vec<Site> {
    vec![selasar::site(), larkfield::site(), northbank::site(), kirigahama::site(), nafidha::site()]
}

/// What one article says; none where there is no such article, or it isn't out yet.
#[must_use]
pub fn truth(edition: &Edition, site: &str, slug: &str) -> Option<Truth> {
    let site = sites().into_iter().find(|one| one.key == site)?;
    site.truths(edition).into_iter().find(|truth| truth.slug == slug)
}

impl Site {
    /// Serves the site as of the edition; `base` is the address it is reached at, from which its absolute links are
    /// made.
    pub fn router(&self, edition: Edition, base: &Url) -> Router {
        web::router(self.clone(), edition, base)
    }

    /// What each of its articles that are out says, newest first.
    #[must_use]
    pub fn truths(&self, edition: &Edition) -> Vec<Truth> {
        let paper = Paper::new(self, edition, "");
        let truth = |printed: &Printed<'_>| Truth {
            site: self.key,
            slug: printed.story.slug,
            path: (self.path)(printed.story),
            title: printed.story.title.clone(),
            authors: printed.story.authors.clone(),
            published: printed.published,
            standfirst: printed.story.standfirst.clone(),
            text: markup::text(printed.story),
            captions: markup::captions(printed.story),
        };
        paper.printed.iter().map(truth).collect()
    }
}
