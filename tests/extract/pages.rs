//! Extraction by data: each folder of `tests/fixtures/extract` holds a page and what a reader should get of it.
//! A new case is two files; `UPDATE_EXPECT=1` writes the second one, to be reviewed; `CASE=german` reads some only.

use std::fs;
use std::path::{Path, PathBuf};

use offprint::model::{CanonicalUrl, Link, Timestamp};
use offprint::{extract, normalise};
use scraper::{ElementRef, Html};
use serde::{Deserialize, Serialize};
use url::Url;

/// What stays of a page when it has become an article.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Expected {
    title: String,
    authors: Vec<String>,
    published: Option<String>,
    language: Option<String>,
    /// The texts of paragraphs, headings, items, cells and captions, in order.
    blocks: Vec<String>,
    media: Vec<String>,
}

#[test]
fn every_page_gives_what_its_reader_should_get() {
    let cases = cases();
    let mut wrong = String::new();
    for case in &cases {
        let page = fs::read_to_string(case.join("page.html")).unwrap();
        let found = read(&page);

        let file = case.join("expected.json");
        if std::env::vars().any(|(name, _)| name == "UPDATE_EXPECT") {
            fs::write(&file, serde_json::to_string_pretty(&found).unwrap() + "\n").unwrap();
        }
        let expected: Expected = serde_json::from_str(&fs::read_to_string(&file).unwrap()).unwrap();
        if found != expected {
            wrong.push_str(&format!("{}\n{}", case.display(), differences(&found, &expected)));
        }
    }

    assert!(!cases.is_empty() && wrong.is_empty(), "{wrong}");
}

/// The folders of all pages, in order.
pub(crate) fn cases() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/extract");
    let wanted = std::env::vars().find(|(name, _)| name == "CASE").map(|(_, value)| value).unwrap_or_default();
    let mut cases: Vec<PathBuf> = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    cases.retain(|case| case.to_string_lossy().contains(&wanted));
    cases.sort();
    cases
}

/// The page as the pipeline reads it, after the year that the pages are of.
fn read(page: &str) -> Expected {
    let url = Url::parse("https://site.example/story").unwrap();
    let link = Link::to(CanonicalUrl::from_url(url.clone()).unwrap());
    let context = normalise::Context {
        page: &url,
        link: &link,
        now: Timestamp::EPOCH + std::time::Duration::from_secs(1_767_225_600),
        zone: chrono_tz::UTC,
        language: None,
        source_title: None,
    };
    let draft = extract::draft(page, &url, &extract::Config::default());
    let article = match normalise::article(draft, &context) {
        Ok(normalised) => normalised.article,
        Err(unfit) => return nothing(&unfit.to_string()),
    };
    let (blocks, media) = content(article.body.as_str());
    Expected {
        title: article.title.to_string(),
        authors: article.authors,
        published: article.published.map(|at| at.to_string()),
        language: article.language.map(|language| language.to_string()),
        blocks,
        media,
    }
}

/// What a page that is no article gives, with the reason as its title.
fn nothing(reason: &str) -> Expected {
    Expected {
        title: format!("no article: {reason}"),
        authors: Vec::new(),
        published: None,
        language: None,
        blocks: Vec::new(),
        media: Vec::new(),
    }
}

fn content(body: &str) -> (Vec<String>, Vec<String>) {
    let body = Html::parse_fragment(&body.replace("<br>", " <br>"));
    let (mut blocks, mut media) = (Vec::new(), Vec::new());
    for node in body.root_element().descendants() {
        let Some(element) = ElementRef::wrap(node) else { continue };
        match element.value().name() {
            "p" | "h2" | "h3" | "h4" | "h5" | "h6" | "li" | "pre" | "td" | "th" | "dt" | "dd" | "caption"
            | "summary" | "figcaption" => {
                let text = offprint::model::collapse(&element.text().collect::<String>());
                blocks.extend((!text.is_empty()).then_some(text));
            }
            "img" | "iframe" | "video" | "audio" | "source" => media.extend(element.attr("src").map(str::to_owned)),
            _ => {}
        }
    }
    (blocks, media)
}

/// What leaked, what is missing and which facts are wrong, a line each.
fn differences(found: &Expected, expected: &Expected) -> String {
    let mut lines = String::new();
    let mut fact = |name: &str, is: String, should: String| {
        if is != should {
            lines.push_str(&format!("  {name} is {is}, not {should}\n"));
        }
    };
    fact("title", format!("{:?}", found.title), format!("{:?}", expected.title));
    fact("authors", format!("{:?}", found.authors), format!("{:?}", expected.authors));
    fact("published", format!("{:?}", found.published), format!("{:?}", expected.published));
    fact("language", format!("{:?}", found.language), format!("{:?}", expected.language));
    fact("media", format!("{:?}", found.media), format!("{:?}", expected.media));
    for block in found.blocks.iter().filter(|block| !expected.blocks.contains(block)) {
        lines.push_str(&format!("  too much: {block}\n"));
    }
    for block in expected.blocks.iter().filter(|block| !found.blocks.contains(block)) {
        lines.push_str(&format!("  missing: {block}\n"));
    }
    if lines.is_empty() {
        lines.push_str("  the blocks are in another order or number\n");
    }
    lines
}
