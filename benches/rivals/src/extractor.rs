//! Those who are compared, each called as its documentation shows, with its defaults.

use std::hint::black_box;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::LazyLock;
use std::time::Duration;

use offprint::clock::{Clock, Stopwatch};
use offprint::model::{CanonicalUrl, Link, Rhythm, Source, Timestamp};
use offprint::normalise::{clean, plain_text};
use offprint::pipeline::{Site, read_page};
use offprint::{discover, extract};
use serde_json::{Value, json};

use crate::Page;

/// What an extractor says of a page.
#[derive(Debug, Default)]
pub struct Record {
    /// Headline.
    pub title: Option<String>,
    /// Authors' names, or the byline as a whole.
    pub authors: Vec<String>,
    /// Date, as RFC 3339 or as the page has it.
    pub published: Option<String>,
    /// The article as plain text; none where the extractor has a text of its own but glues its blocks together, so
    /// that its HTML tells more.
    pub text: Option<String>,
    /// The same as HTML.
    pub html: String,
}

/// One of those who are compared.
#[derive(Debug, Clone, Copy)]
pub struct Extractor {
    /// How it is called.
    pub name: &'static str,
    /// None where it finds no article, or only parses.
    run: fn(&Page) -> Option<Record>,
}

/// All, plain parsing first.
pub const EXTRACTORS: &[Extractor] = &[
    Extractor { name: "parse", run: parse },
    Extractor { name: "offprint", run: offprint },
    Extractor { name: "dom_smoothie", run: dom_smoothie },
    Extractor { name: "legible", run: legible },
    Extractor { name: "libreadability", run: libreadability },
    Extractor { name: "rs-trafilatura", run: rs_trafilatura },
];

impl Extractor {
    /// Reads a page; a panic counts as no article. The time ends when all but the record is freed again.
    pub fn read(&self, page: &Page) -> (Option<Record>, Duration) {
        let watch = Stopwatch::start();
        let record = black_box(catch_unwind(AssertUnwindSafe(|| (self.run)(black_box(page)))).ok().flatten());
        (record, watch.elapsed())
    }
}

impl Record {
    /// The line that `offprint extract` would print, without what a rival doesn't know.
    #[must_use]
    pub fn line(&self, page: &Page, took: Duration) -> Value {
        let text = self.text.clone().unwrap_or_else(|| plain_text(&clean(&self.html, &page.url)));
        json!({
            "id": page.id,
            "title": self.title,
            "authors": self.authors,
            "published": self.published,
            "text": text,
            "html": self.html,
            "seconds": took.as_secs_f64(),
        })
    }
}

/// The tree alone, made and freed.
fn parse(page: &Page) -> Option<Record> {
    black_box(scraper::Html::parse_document(&page.html));
    None
}

/// What `offprint extract` times: decoding, extraction, weighing of the fields and sanitising.
fn offprint(page: &Page) -> Option<Record> {
    static NOW: LazyLock<Timestamp> = LazyLock::new(|| Clock::system().now());
    let site = Site {
        source: Source {
            id: "page".parse().ok()?,
            url: page.url.clone(),
            title: None,
            tags: Vec::new(),
            language: None,
            timezone: chrono_tz::UTC,
            rhythm: Rhythm::Every(Duration::from_secs(3600)),
        },
        discover: discover::Config::default(),
        extract: extract::Config::default(),
        respects: Default::default(),
        identity: Default::default(),
    };
    let link = Link::to(CanonicalUrl::from_url(page.url.clone()).ok()?);
    let article = read_page(&page.bytes, None, &page.url, &link, &site, *NOW).article.ok()?.article;
    Some(Record {
        title: Some(article.title.to_string()),
        authors: article.authors,
        published: article.published.map(Timestamp::rfc3339),
        text: Some(article.text),
        html: article.body.to_string(),
    })
}

fn dom_smoothie(page: &Page) -> Option<Record> {
    let mut reader = dom_smoothie::Readability::new(page.html.as_str(), Some(page.url.as_str()), None).ok()?;
    let article = reader.parse().ok()?;
    Some(Record {
        title: Some(article.title),
        authors: article.byline.into_iter().collect(),
        published: article.published_time,
        text: None,
        html: article.content.to_string(),
    })
}

fn legible(page: &Page) -> Option<Record> {
    let article = legible::parse(&page.html, Some(page.url.as_str()), None).ok()?;
    Some(Record {
        title: Some(article.title),
        authors: article.byline.into_iter().collect(),
        published: article.published_time,
        text: None,
        html: article.content,
    })
}

fn libreadability(page: &Page) -> Option<Record> {
    let article = libreadability::extract(&page.html, Some(page.url.as_str())).ok()?;
    Some(Record {
        title: Some(article.title),
        authors: Some(article.byline).filter(|byline| !byline.is_empty()).into_iter().collect(),
        published: Some(article.published_time).filter(|time| !time.is_empty()),
        text: Some(article.text_content),
        html: article.content,
    })
}

fn rs_trafilatura(page: &Page) -> Option<Record> {
    let options = rs_trafilatura::Options { url: Some(page.url.to_string()), ..Default::default() };
    let result = rs_trafilatura::extract_with_options(&page.html, &options).ok()?;
    Some(Record {
        title: result.metadata.title,
        authors: result.metadata.author.into_iter().collect(),
        published: result.metadata.date.map(|date| date.to_rfc3339()),
        text: Some(result.content_text),
        html: result.content_html.unwrap_or_default(),
    })
}
