//! Media and markup by data: fragments of pages in `tests/fixtures/media` and what a reader gets of each.
//!
//! A case is `== name`, the fragment, `--` and the expected markup. Lines that start with `@head ` go to the page's
//! head. The fragment stands in the middle of an article, whose own paragraphs are left out of what is compared;
//! so is what every link says of our relation to its target. `UPDATE_EXPECT=1` writes what comes out, to be reviewed.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use offprint::model::{CanonicalUrl, Link, Timestamp};
use offprint::{extract, normalise};
use url::Url;

const PARAGRAPHS: [&str; 5] = [
    "The ferry left the harbour at dawn with forty people on board, most of whom had slept badly because of the wind.",
    "By noon the captain had turned back twice, and the passengers, who were told little, began to ask for their money.",
    "The company said on Tuesday that it would pay for hotels, meals and new tickets, but that the weather was to blame.",
    "Its engineers have since looked at the rudder, which was replaced last winter, and found that a bolt had come loose.",
    "A second crossing is planned for Saturday, when the sea should be calmer, and the captain says that he will be there.",
];

#[test]
fn every_fragment_gives_what_its_reader_should_get() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/media");
    let is_update = std::env::vars().any(|(name, _)| name == "UPDATE_EXPECT");
    let mut n_cases = 0;
    let mut wrong = String::new();
    for entry in fs::read_dir(&folder).unwrap() {
        let file = entry.unwrap().path();
        let cases = fs::read_to_string(&file).unwrap();
        let mut rewritten = String::new();
        for case in cases.split("== ").skip(1) {
            let (name, case) = case.split_once('\n').unwrap();
            let (fragment, expected) = case.split_once("\n--\n").unwrap();

            let found = shown(fragment);

            let _ = write!(rewritten, "== {name}\n{fragment}\n--\n{found}\n\n");
            if found != expected.trim() {
                let file = file.file_name().unwrap().display();
                let _ = write!(wrong, "\n{file}: {name}\n   found: {found}\nexpected: {}\n", expected.trim());
            }
            n_cases += 1;
        }
        if is_update {
            fs::write(&file, rewritten.trim_end().to_owned() + "\n").unwrap();
        }
    }
    assert!(is_update || wrong.is_empty(), "{wrong}");
    assert!(n_cases > 0);
}

/// The article's markup without its own paragraphs; they all have to be there.
fn shown(fragment: &str) -> String {
    let (head, fragment): (Vec<&str>, Vec<&str>) = fragment.lines().partition(|line| line.starts_with("@head "));
    let head: String = head.iter().filter_map(|line| line.strip_prefix("@head ")).collect();
    let [first, second, third, fourth, fifth] = PARAGRAPHS;
    let page = format!(
        "<!DOCTYPE html><html lang=en><head><title>Ferry turns back | The Gazette</title>{head}</head><body>\
         <nav><a href=/>Home</a></nav><main><article><h1>Ferry turns back</h1><div class=entry-content>\
         <p>{first}</p><p>{second}</p>{}<p>{third}</p><p>{fourth}</p><p>{fifth}</p></div></article></main>\
         </body></html>",
        fragment.join("\n")
    );
    let url = Url::parse("https://gazette.example/2024/ferry").expect("an address");
    let link = Link::to(CanonicalUrl::parse("https://gazette.example/2024/ferry").expect("an address"));
    let context = normalise::Context {
        page: &url,
        link: &link,
        now: Timestamp::from_millis(1_735_689_600_000),
        zone: chrono_tz::UTC,
        language: None,
        source_title: None,
    };
    let draft = extract::draft(&page, &url, &extract::Config::default());
    let body = normalise::article(draft, &context).expect("an article").article.body.to_string();
    let mut rest = body.replace(" rel=\"noopener noreferrer\"", "");
    for paragraph in PARAGRAPHS {
        let written = format!("<p>{paragraph}</p>");
        assert!(rest.contains(&written), "`{paragraph}` is gone from {body} for {fragment:?}");
        rest = rest.replacen(&written, "", 1);
    }
    rest.trim().to_owned()
}
