//! All formats: the documents as they stand, and what a reader gets out of them.

use std::time::Duration;

use feed_rs::model::Feed as Parsed;
use proptest::prelude::*;
use quick_xml::Reader;
use quick_xml::events::Event;
use url::Url;

use super::{atom, etag, json, opml, rss, sample};
use crate::model::{CleanHtml, Feed, FeedSpec, Language, Timestamp, Title};

fn check(name: &str, bytes: &[u8]) {
    let text = std::str::from_utf8(bytes).unwrap();
    let settings = {
        let mut settings = insta::Settings::clone_current();
        settings.set_snapshot_path("../../tests/fixtures/publish");
        settings.set_prepend_module_to_snapshot(false);
        settings
    };
    settings.bind(|| insta::assert_snapshot!(name, text));
}

fn read(bytes: &[u8]) -> Parsed {
    feed_rs::parser::parse(bytes).unwrap_or_else(|error| panic!("{error}: {}", String::from_utf8_lossy(bytes)))
}

/// Reads the document more strictly than feed readers do.
fn assert_well_formed(bytes: &[u8]) {
    let text = std::str::from_utf8(bytes).unwrap();
    assert!(text.chars().all(|c| !c.is_control() || c == '\n' || c == '\t'), "{text}");
    let mut reader = Reader::from_str(text);
    loop {
        match reader.read_event().unwrap_or_else(|error| panic!("{error}: {text}")) {
            Event::Start(tag) | Event::Empty(tag) => {
                for attribute in tag.attributes() {
                    let value = attribute.unwrap().value;
                    let value = std::str::from_utf8(&value).unwrap();
                    assert!(quick_xml::escape::unescape(value).is_ok() && !value.contains('<'), "{value}");
                }
            }
            Event::Text(text) => assert!(!text.windows(3).any(|three| three == b"]]>")),
            Event::GeneralRef(name) => {
                assert!(["amp", "lt", "gt", "quot", "apos"].contains(&std::str::from_utf8(&name).unwrap()));
            }
            Event::Eof => return,
            _ => {}
        }
    }
}

#[test]
fn b10_f8_a_nasty_feed_in_every_format() {
    let feed = sample::nasty();

    assert_well_formed(&rss(&feed));
    assert_well_formed(&atom(&feed));
    check("nasty.rss", &rss(&feed));
    check("nasty.atom", &atom(&feed));
    check("nasty.json", &json(&feed));
}

#[test]
fn f8_a_feed_without_items_is_a_whole_document() {
    let feed = sample::feed("tech", Vec::new());

    check("empty.rss", &rss(&feed));
    check("empty.atom", &atom(&feed));
    check("empty.json", &json(&feed));
    assert_eq!(read(&rss(&feed)).entries.len(), 0);
    assert_eq!(read(&atom(&feed)).entries.len(), 0);
}

#[test]
fn opml_lists_every_feed() {
    let public = Url::parse("https://reader.example/offprint/").unwrap();
    let feeds = ["tech", "all"].map(|id| FeedSpec {
        id: id.parse().unwrap(),
        title: format!("\"{id}\" & <more>\u{0}"),
        sources: Vec::new(),
        folds: true,
    });

    assert_well_formed(&opml("Offprint & co", &feeds, &public));
    check("feeds.opml", &opml("Offprint & co", &feeds, &public));
}

#[test]
fn i7_the_same_feed_gives_the_same_bytes_and_tag() {
    let (one, two) = (sample::nasty(), sample::nasty());

    for write in [rss, atom, json] {
        assert_eq!(etag(&write(&one)), etag(&write(&two)));
    }
    assert_ne!(etag(&rss(&one)), etag(&atom(&one)));
}

#[test]
fn i3_ids_outlive_a_move_of_the_server() {
    let mut moved = sample::nasty();
    moved.public = Url::parse("http://127.0.0.1:8080/").unwrap();

    let (before, after) = (read(&atom(&sample::nasty())), read(&atom(&moved)));

    assert_eq!(before.id, after.id);
    assert_eq!(ids(&before), ids(&after));
    assert!(!String::from_utf8(rss(&moved)).unwrap().contains("reader.example/offprint/feeds/all.rss"));
}

#[test]
fn f1_an_update_before_the_publication_is_moved_to_it() {
    let mut entry = sample::entry("gazette", "a", "A", "<p>a</p>");
    entry.updated = entry.published.minus(Duration::from_secs(60));

    let parsed = read(&atom(&sample::feed("gazette", vec![entry])));

    assert_eq!(parsed.entries[0].updated, parsed.entries[0].published);
}

#[test]
fn a_source_of_its_own_feed_is_not_named_twice() {
    let entry = sample::entry("gazette", "a", "A", "<p>a</p>");

    let own = String::from_utf8(rss(&sample::feed("gazette", vec![entry.clone()]))).unwrap();
    let merged = String::from_utf8(rss(&sample::feed("tech", vec![entry]))).unwrap();

    assert!(!own.contains("<source"), "{own}");
    assert!(
        merged.contains("<source url=\"https://reader.example/offprint/feeds/gazette.rss\">gazette.example</source>")
    );
}

fn ids(parsed: &Parsed) -> Vec<String> {
    parsed.entries.iter().map(|entry| entry.id.clone()).collect()
}

/// Text as the worst of publishers writes it.
fn nasty_text() -> impl Strategy<Value = String> {
    prop::collection::vec(
        prop_oneof![
            any::<char>().prop_map(|c| c.to_string()),
            any::<String>(),
            Just("]]>".to_owned()),
            Just("&#xD800; &amp;lt;".to_owned()),
            Just("<p>".to_owned()),
            Just("\u{202e}".to_owned()),
            Just("word ".to_owned()),
        ],
        0..12,
    )
    .prop_map(|parts| parts.concat())
}

prop_compose! {
    fn any_feed()(
        items in prop::collection::vec(
            (nasty_text(), nasty_text(), nasty_text(), 0i64..4_000_000_000_000, prop::option::of(0usize..4)),
            0..6,
        ),
        title in nasty_text(),
    ) -> Feed {
        let entries = items
            .into_iter()
            .enumerate()
            .filter_map(|(n, (title, body, author, published, language))| {
                let mut entry = sample::entry("gazette", &n.to_string(), "A", "");
                entry.article.title = Title::new(&title)?;
                entry.article.body = CleanHtml::for_test(&body);
                entry.article.authors = vec![author.clone()];
                entry.article.summary = author.clone();
                entry.article.categories = vec![author];
                entry.article.language = language.and_then(|n| Language::parse(["en", "ar", "zh-Hans", "id"][n]));
                entry.published = Timestamp::from_millis(published);
                entry.updated = entry.published + Duration::from_millis(1);
                Some(entry)
            })
            .collect();
        Feed { title, ..sample::feed("tech", entries) }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_format_gives_back_the_same_ids_dates_and_titles(feed in any_feed()) {
        let millis = [1000, 1, 1];
        for (write, unit) in [rss, atom, json].into_iter().zip(millis) {
            let bytes = write(&feed);
            let parsed = read(&bytes);

            if bytes.starts_with(b"<?xml") {
                assert_well_formed(&bytes);
            }
            prop_assert_eq!(parsed.entries.len(), feed.entries.len());
            for (was, is) in feed.entries.iter().zip(&parsed.entries) {
                prop_assert_eq!(&was.id.urn(), &is.id);
                let title = is.title.as_ref().map(|title| title.content.as_str());
                let wanted = super::item::line(was.article.title.as_str());
                prop_assert_eq!(Some(wanted.as_str()).filter(|t| !t.is_empty()), title.filter(|t| !t.is_empty()));
                let published = is.published.unwrap().timestamp_millis();
                prop_assert_eq!(was.published.as_millis() / unit, published / unit);
            }
        }
    }
}
