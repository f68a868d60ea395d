//! A site: its pages, and the truth about its articles.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use scraper::{Html, Selector};
use url::Url;

use crate::story::{Blog, Story};

/// Stands in pages for the address that the site gets when it is served.
pub const ORIGIN: &str = "http://origin.invalid";

/// Stands in pages for the moment of the request.
pub const NOW: &str = "2038-01-01T00:00:00+00:00";

pub struct Site {
    pub name: &'static str,
    /// What a newcomer would type.
    pub start: String,
    pub pages: BTreeMap<String, Page>,
    pub articles: Vec<Truth>,
    /// The pages that lead to the articles, for the self-check.
    pub entrances: Vec<String>,
    pub ends: Ends,
    pub missing: Missing,
}

pub struct Page {
    pub status: u16,
    pub content_type: &'static str,
    pub headers: Vec<(&'static str, String)>,
    pub body: String,
    /// Compressed as a file, not as a transfer.
    pub is_gzipped: bool,
}

/// What is known of an article.
pub struct Truth {
    pub path: String,
    pub title: String,
    pub published: Option<DateTime<Utc>>,
    pub first_words: String,
    pub last_words: String,
    /// Whether the first crawl has to yield it; older ones may be found, and needn't.
    pub is_needed: bool,
}

/// How `add` ends.
#[derive(Clone, Copy)]
pub enum Ends {
    /// With a source that yields the articles.
    Articles,
    /// With an explanation that has one of these words.
    Fails(&'static [&'static str]),
}

/// What the site answers to an address that it doesn't have.
pub enum Missing {
    NotFound,
    /// Status 200 and a page that says sorry, or that is the same for all addresses.
    Soft(String),
    /// The home page.
    Home,
    /// This status and page, whatever is asked for.
    Always(u16, String),
    /// The login page, whatever is asked for.
    Login(String),
}

impl Site {
    pub fn new(name: &'static str, start: &str) -> Self {
        Self {
            name,
            start: start.to_owned(),
            pages: BTreeMap::new(),
            articles: Vec::new(),
            entrances: Vec::new(),
            ends: Ends::Articles,
            missing: Missing::NotFound,
        }
    }

    pub fn page(&mut self, path: &str, content_type: &'static str, body: String) -> &mut Page {
        let page = Page { status: 200, content_type, headers: Vec::new(), body, is_gzipped: false };
        self.pages.insert(path.to_owned(), page);
        self.pages.get_mut(path).unwrap()
    }

    pub fn html(&mut self, path: &str, body: String) -> &mut Page {
        self.page(path, "text/html; charset=utf-8", body)
    }

    /// A page that leads to articles.
    pub fn entrance(&mut self, path: &str, content_type: &'static str, body: String) -> &mut Page {
        self.entrances.push(path.to_owned());
        self.page(path, content_type, body)
    }

    /// An article that the first crawl has to yield.
    pub fn article(&mut self, blog: &Blog, story: &Story, path: &str, html: String) {
        self.tell(blog, story, path, true);
        self.html(path, html);
    }

    /// An article that exists, but that the entrance needn't lead to.
    pub fn older(&mut self, blog: &Blog, story: &Story, path: &str, html: String) {
        self.tell(blog, story, path, false);
        self.html(path, html);
    }

    /// The truth about an article whose page is added otherwise.
    pub fn tell(&mut self, blog: &Blog, story: &Story, path: &str, is_needed: bool) {
        self.articles.push(Truth {
            path: path.to_owned(),
            title: story.title.clone(),
            published: Some(story.at),
            first_words: story.first_words(blog.tongue),
            last_words: story.last_words(blog.tongue),
            is_needed,
        });
    }

    pub fn redirect(&mut self, path: &str, status: u16, to: &str) {
        let page = self.html(path, format!("<title>Moved</title><a href=\"{to}\">here</a>"));
        page.status = status;
        page.headers.push(("location", to.to_owned()));
    }

    /// Makes the pages that others link to and that nobody wrote yet: sections, authors, tags, about, privacy.
    /// `make` gets the address and the link's text.
    pub fn fill(&mut self, make: impl Fn(&str, &str) -> String) {
        for _ in 0..4 {
            let missing = self.dangling();
            if missing.is_empty() {
                return;
            }
            for (path, text) in missing {
                let html = make(&path, &text);
                self.html(&path, html);
            }
        }
    }

    /// Links within the site that lead nowhere, with their text.
    pub fn dangling(&self) -> BTreeMap<String, String> {
        let mut missing = BTreeMap::new();
        for (path, page) in self.pages.iter().filter(|(_, page)| page.content_type.starts_with("text/html")) {
            for (target, text) in links(path, &page.body) {
                if !self.pages.contains_key(&target) && !is_asset(&target) && !missing.contains_key(&target) {
                    missing.insert(target, text);
                }
            }
        }
        missing
    }

    /// Addresses that the articles have.
    pub fn paths(&self) -> BTreeSet<&str> {
        self.articles.iter().map(|truth| truth.path.as_str()).collect()
    }
}

/// The links of a page to pages of its own site, as path and query, with their texts.
pub fn links(path: &str, html: &str) -> Vec<(String, String)> {
    let document = Html::parse_document(html);
    let mut base = Url::parse(&format!("{ORIGIN}{path}")).unwrap();
    if let Some(stated) = document.select(&Selector::parse("base[href]").unwrap()).next() {
        base = base.join(stated.attr("href").unwrap()).unwrap();
    }
    let mut links = Vec::new();
    for anchor in document.select(&Selector::parse("a[href]").unwrap()) {
        let Ok(target) = base.join(anchor.attr("href").unwrap()) else { continue };
        if target.scheme() == "http" && target.host_str() == Some("origin.invalid") {
            let query = target.query().map(|query| format!("?{query}")).unwrap_or_default();
            let text = anchor.text().collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ");
            links.push((format!("{}{query}", target.path()), text));
        }
    }
    links
}

/// Pictures, styles and scripts: served, but empty.
pub fn is_asset(path: &str) -> bool {
    let path = path.split('?').next().unwrap_or(path);
    [".jpg", ".png", ".webp", ".svg", ".ico", ".css", ".js", ".woff2"].iter().any(|end| path.ends_with(end))
}
