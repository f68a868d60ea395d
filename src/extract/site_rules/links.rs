//! Where the rest of an article is, by the rules of its site; following the links is the caller's task.

use scraper::Html;
use url::Url;

use super::{Matching, Name, Question, Rule, SiteRules, Value};
use crate::model::{Caps, Document};

/// Links of a page to more of the same article.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PageLinks {
    /// The whole article on one page.
    pub single_page: Option<Url>,
    /// The next part.
    pub next_page: Option<Url>,
}

/// Asks the site rules where the rest of a page's article is. Links to the page itself and to what isn't of the web
/// don't count.
#[must_use]
pub fn page_links(html: &str, url: &Url, rules: &SiteRules) -> PageLinks {
    let matching = rules.matching(url);
    if matching.all().all(|(_, rules)| rules.single_page.is_empty() && rules.next_page.is_empty()) {
        return PageLinks::default();
    }
    let document = Document::parse(matching.replaced(html.into()), Caps::default());
    found(document.html(), url, matching)
}

fn found(html: &Html, url: &Url, matching: Matching<'_>) -> PageLinks {
    let mut question = Question::about(html, false);
    let base = question.tree.elements().find_map(|idx| {
        let is_base = question.tree.name(idx) == "base";
        question.tree.attribute(idx, "href").filter(|_| is_base)
    });
    let base = base.and_then(|base| url.join(base.trim()).ok()).unwrap_or_else(|| url.clone());
    let mut links = PageLinks::default();
    for (name, rules) in matching.all() {
        if links.single_page.is_none() {
            links.single_page = first(&mut question, name, &rules.single_page, url, &base);
        }
        if links.next_page.is_none() {
            links.next_page = first(&mut question, name, &rules.next_page, url, &base);
        }
    }
    links
}

/// The address of the first rule that finds one which leads elsewhere.
fn first(question: &mut Question<'_>, name: &Name, rules: &[Rule], url: &Url, base: &Url) -> Option<Url> {
    let elsewhere = |address: &str| {
        let mut target = base.join(address.trim()).ok().filter(|_| !address.trim().is_empty())?;
        target.set_fragment(None);
        let mut page = url.clone();
        page.set_fragment(None);
        (matches!(target.scheme(), "http" | "https") && target != page).then_some(target)
    };
    rules.iter().find_map(|rule| match question.value(name, rule)? {
        Value::Text(text) => elsewhere(&text),
        Value::Nodes(nodes) => nodes.iter().find_map(|idx| {
            if question.tree.is_element(*idx) {
                return question.tree.attribute(*idx, "href").and_then(elsewhere);
            }
            question.text(*idx).and_then(|text| elsewhere(&text))
        }),
        Value::Number(_) | Value::Truth(_) => None,
    })
}
