//! Holds the kit to itself: a site is what it says it is.

use std::collections::BTreeSet;

use scraper::Html;

use crate::html::{escape, json};
use crate::site::{Ends, Missing, Site};

/// Whether the truth about a site agrees with its pages.
pub fn check(site: &Site) {
    let name = site.name;
    let is_refusing = matches!(site.ends, Ends::Fails(_));
    let n_needed = site.articles.iter().filter(|truth| truth.is_needed).count();
    assert!(is_refusing == (n_needed == 0), "{name}: {n_needed} articles");
    assert!(is_refusing || (8..=40).contains(&n_needed), "{name}: {n_needed} articles");
    let titles: BTreeSet<&str> = site.articles.iter().map(|truth| truth.title.as_str()).collect();
    assert_eq!(titles.len(), site.articles.len(), "{name}: two articles with one headline");
    assert_eq!(site.paths().len(), site.articles.len(), "{name}: two articles with one address");

    let entrances: String = site.entrances.iter().map(|path| site.pages[path].body.as_str()).collect();
    for truth in &site.articles {
        let page = site.pages.get(&truth.path).unwrap_or_else(|| panic!("{name}: no page {}", truth.path));
        assert_eq!(page.status, 200, "{name}: {}", truth.path);
        let forms = |text: &str| [text.to_owned(), escape(text), inner(text), inner(&escape(text))];
        let says = |text: &str| forms(text).iter().any(|form| holds(&page.body, form) || holds(&entrances, form));
        assert!(says(&truth.title), "{name}: {} doesn't have its headline {:?}", truth.path, truth.title);
        assert!(says(&truth.first_words), "{name}: {} doesn't begin so: {:?}", truth.path, truth.first_words);
        assert!(truth.is_on_two_pages(site) || says(&truth.last_words), "{name}: {} doesn't end so", truth.path);
        let last = truth.path.trim_end_matches('/').rsplit('/').next().unwrap();
        assert!(!truth.is_needed || entrances.contains(last), "{name}: nothing leads to {}", truth.path);
    }
    for (path, page) in site.pages.iter().filter(|(_, page)| page.content_type.starts_with("text/html")) {
        if path.contains("feed") || path.contains("rss") {
            continue;
        }
        let document = Html::parse_document(&page.body);
        let n_elements = document.tree.values().filter(|node| node.is_element()).count();
        assert!(n_elements > 4, "{name}: {path} is no page");
    }
    if matches!(site.missing, Missing::NotFound) {
        let dangling = site.dangling();
        assert!(dangling.is_empty(), "{name}: links that lead nowhere: {dangling:?}");
    }
    assert!(is_refusing || site.pages.contains_key(&site.start), "{name}: there is no {}", site.start);
}

/// How a text stands inside a JSON string.
fn inner(text: &str) -> String {
    json(text).trim_matches('"').to_owned()
}

/// Whether a page has the text, whatever the white space.
fn holds(body: &str, text: &str) -> bool {
    body.contains(text) || body.split_whitespace().collect::<Vec<_>>().join(" ").contains(text)
}

impl crate::site::Truth {
    /// Whether the article goes on on a page whose address begins like that of the first.
    fn is_on_two_pages(&self, site: &Site) -> bool {
        let stem = self.path.trim_end_matches('/').trim_end_matches(".html");
        site.pages.range(stem.to_owned()..).take_while(|(path, _)| path.starts_with(stem)).any(|(path, page)| {
            *path != self.path && (holds(&page.body, &escape(&self.last_words)) || holds(&page.body, &self.last_words))
        })
    }
}
