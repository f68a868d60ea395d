//! What others found out about single sites: rule files in the format of FiveFilters' Full-Text RSS, by host.
//!
//! A file is read leniently (`read`), looked up by a page's host (`lookup`) and asked about the page (`ask`). What it
//! wants changed is changed in the page's tree (`change`) before the article is looked for.

mod ask;
mod change;
mod links;
mod lookup;
mod read;

use std::borrow::Cow;

use super::xpath::{Value, XPath};
pub(super) use ask::{Findings, Question};
pub(super) use change::Changes;
pub use links::{PageLinks, page_links};
pub(super) use lookup::Matching;
pub use lookup::{Name, SiteRules};
pub use read::{Parsed, Remark};

/// The rules of one file.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Rules {
    title: Vec<Rule>,
    author: Vec<Rule>,
    date: Vec<Rule>,
    body: Vec<Rule>,
    strip: Vec<Rule>,
    strip_attributes: Vec<Rule>,
    next_page: Vec<Rule>,
    single_page: Vec<Rule>,
    single_page_in_feed: Vec<Rule>,
    native_ad: Vec<Rule>,
    /// Tags and what they are put around.
    wraps: Vec<(String, Rule)>,
    /// Parts of ids and class names of what is taken out.
    strip_names: Vec<String>,
    /// Parts of addresses of images that are taken out.
    strip_images: Vec<String>,
    /// Attributes that hold the address of an image which isn't loaded yet.
    lazy: Vec<String>,
    replacements: Vec<Replacement>,
    headers: Vec<(String, String)>,
    samples: Vec<Sample>,
    /// Whether the rules for all sites are left out.
    is_alone: bool,
}

/// One expression and the line it stands on.
#[derive(Debug, Clone, PartialEq)]
struct Rule {
    path: XPath,
    line: usize,
    /// What must be on the page for the rule to count.
    condition: Option<XPath>,
}

/// A text of the page's source and what takes its place.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Replacement {
    find: String,
    with: String,
}

/// A page on which the rules can be tried.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Sample {
    /// Where it is, as written.
    pub url: String,
    /// Texts that its article holds.
    pub contains: Vec<String>,
}

impl Rules {
    /// Headers that the site wants to see, such as `User-Agent`, `Referer` and `Cookie`: name and value.
    pub fn headers(&self) -> impl Iterator<Item = (&str, &str)> {
        self.headers.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// Pages on which the rules can be tried.
    #[must_use]
    pub fn samples(&self) -> &[Sample] {
        &self.samples
    }

    /// The links to the whole article that stand beside the item in a feed, evaluated on the item's own HTML.
    #[must_use]
    pub fn has_single_page_link_in_feed(&self) -> bool {
        !self.single_page_in_feed.is_empty()
    }
}

/// Makes the replacements in a page's source, one after the other; one that would swell the page is left out.
fn replaced<'h>(html: &'h str, replacements: &[Replacement]) -> Cow<'h, str> {
    let limit = 2 * html.len() + MAX_GROWTH;
    let mut html = Cow::Borrowed(html);
    for Replacement { find, with } in replacements {
        let n_hits = html.matches(find.as_str()).count();
        let n_bytes = html.len() + n_hits.saturating_mul(with.len());
        if n_hits > 0 && n_bytes - n_hits * find.len() <= limit {
            html = Cow::Owned(html.replace(find.as_str(), with));
        }
    }
    html
}

/// What replacements may add to a page beside its own length, in bytes.
const MAX_GROWTH: usize = 1 << 20;

#[cfg(test)]
mod tests;
