//! Extraction by data: each folder of `tests/fixtures/extract` holds a page and what a reader should get of it.
//! A new case is two files; `UPDATE_EXPECT=1` writes the second one, to be reviewed.

use std::fs;
use std::path::Path;

use offprint::extract;
use scraper::{ElementRef, Html};
use serde::{Deserialize, Serialize};
use url::Url;

#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Expected {
    title: Option<String>,
    authors: Vec<String>,
    published: Option<String>,
    language: Option<String>,
    blocks: Vec<String>,
    media: Vec<String>,
}

#[test]
fn every_page_gives_what_its_reader_should_get() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/extract");
    let mut n_cases = 0;
    for entry in fs::read_dir(&folder).unwrap() {
        let case = entry.unwrap().path();
        let page = fs::read_to_string(case.join("page.html")).unwrap();
        let url = Url::parse("https://site.example/story").unwrap();

        let found = read(&extract::draft(&page, &url, &extract::Config::default()));

        let file = case.join("expected.json");
        if std::env::vars().any(|(name, _)| name == "UPDATE_EXPECT") {
            fs::write(&file, serde_json::to_string_pretty(&found).unwrap() + "\n").unwrap();
        }
        let expected: Expected = serde_json::from_str(&fs::read_to_string(&file).unwrap()).unwrap();
        assert_eq!(found, expected, "{}", case.display());
        n_cases += 1;
    }
    assert!(n_cases >= 10);
}

fn read(draft: &offprint::model::Draft) -> Expected {
    let body = Html::parse_fragment(&draft.body);
    let mut blocks = Vec::new();
    let mut media = Vec::new();
    for node in body.root_element().descendants() {
        let Some(element) = ElementRef::wrap(node) else { continue };
        match element.value().name() {
            "p" | "h2" | "h3" | "h4" | "li" | "pre" | "td" | "th" | "figcaption" => {
                let text = offprint::model::collapse(&element.text().collect::<String>());
                blocks.extend((!text.is_empty()).then_some(text));
            }
            "img" | "iframe" | "video" | "audio" => media.extend(element.attr("src").map(str::to_owned)),
            _ => {}
        }
    }
    Expected {
        title: draft.title.clone(),
        authors: draft.authors.clone(),
        published: draft.published.first().cloned(),
        language: draft.language.clone(),
        blocks,
        media,
    }
}
