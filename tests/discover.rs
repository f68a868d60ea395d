//! Feeds by data: each folder of `tests/fixtures/feeds` holds a feed as it is met and the items it has.
//! A new case is two files; `UPDATE_EXPECT=1` writes the second one, to be reviewed.

use std::fs;
use std::path::Path;

use offprint::discover::{self, Contents};
use offprint::fetch::decode;
use proptest::prelude::*;
use serde_json::{Value, json};
use url::Url;

const URL: &str = "https://feeds.example/dir/feed.xml";

struct Case {
    name: String,
    bytes: Vec<u8>,
    content_type: Option<String>,
    expected: std::path::PathBuf,
}

fn cases() -> Vec<Case> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/feeds");
    let mut cases: Vec<Case> = fs::read_dir(&folder)
        .expect("the fixtures are there")
        .map(|entry| {
            let folder = entry.expect("a folder can be listed").path();
            let bytes = fs::read(folder.join("feed.xml"))
                .or_else(|_| fs::read(folder.join("feed.json")))
                .expect("a case has a feed");
            let content_type = fs::read_to_string(folder.join("content_type")).ok();
            Case {
                name: folder.file_name().expect("a case has a name").to_string_lossy().into_owned(),
                bytes,
                content_type: content_type.map(|kind| kind.trim().to_owned()),
                expected: folder.join("expected.json"),
            }
        })
        .collect();
    cases.sort_by(|a, b| a.name.cmp(&b.name));
    cases
}

fn read(bytes: &[u8], content_type: Option<&str>) -> Contents {
    let text = decode(bytes, content_type);
    let url = Url::parse(URL).expect("a constant that fits");
    discover::contents(&text, content_type, &url, &discover::Config::default(), chrono_tz::UTC)
}

/// Everything that isn't its default, so that an expectation shows what its case is about.
fn shown(contents: &Contents) -> Value {
    let items = contents.items.iter().map(|item| {
        without_nothing(json!({
            "guid": item.guid,
            "address": item.address,
            "title": item.title,
            "published": item.published,
            "updated": item.updated,
            "authors": item.authors,
            "categories": item.categories,
            "summary": item.summary,
            "content": item.content,
            "image": item.image,
            "enclosures": item.enclosures,
        }))
    });
    let hints = &contents.hints;
    without_nothing(json!({
        "kind": format!("{:?}", contents.kind),
        "title": contents.title,
        "site": contents.site,
        "language": contents.language,
        "items": items.collect::<Vec<_>>(),
        "hints": without_nothing(json!({
            "ttl": hints.ttl.map(|wait| wait.as_secs()),
            "skip_hours": hints.skip_hours,
            "skip_days": hints.skip_days,
            "update_every": hints.update_every.map(|wait| wait.as_secs()),
            "update_base": hints.update_base,
            "hubs": hints.hubs,
            "own_address": hints.own_address,
            "moved_to": hints.moved_to,
        })),
        "notes": contents.notes,
    }))
}

fn without_nothing(value: Value) -> Value {
    let Value::Object(mut fields) = value else { return value };
    fields.retain(|_, value| match value {
        Value::Null => false,
        Value::Array(list) => !list.is_empty(),
        Value::Object(fields) => !fields.is_empty(),
        _ => true,
    });
    Value::Object(fields)
}

#[test]
fn every_feed_gives_the_items_it_has() {
    let cases = cases();
    for case in &cases {
        let found = shown(&read(&case.bytes, case.content_type.as_deref()));

        if std::env::vars().any(|(name, _)| name == "UPDATE_EXPECT") {
            fs::write(&case.expected, serde_json::to_string_pretty(&found).unwrap() + "\n").unwrap();
        }
        let expected: Value = serde_json::from_str(&fs::read_to_string(&case.expected).unwrap()).unwrap();
        assert_eq!(found, expected, "{}", case.name);
    }
    assert!(cases.len() >= 40);
}

/// What happens to bytes on their way.
#[derive(Debug, Clone)]
enum Damage {
    Cut(usize),
    Remove(usize, usize),
    Set(usize, u8),
    Repeat(usize, usize),
}

fn damage() -> impl Strategy<Value = Damage> {
    prop_oneof![
        any::<usize>().prop_map(Damage::Cut),
        (any::<usize>(), 1..40_usize).prop_map(|(at, n)| Damage::Remove(at, n)),
        (any::<usize>(), any::<u8>()).prop_map(|(at, byte)| Damage::Set(at, byte)),
        (any::<usize>(), 1..40_usize).prop_map(|(at, n)| Damage::Repeat(at, n)),
    ]
}

fn damaged(mut bytes: Vec<u8>, damages: &[Damage]) -> Vec<u8> {
    for damage in damages {
        let length = bytes.len().max(1);
        match *damage {
            Damage::Cut(at) => bytes.truncate(at % length),
            Damage::Remove(at, n) => {
                let at = at % length;
                let end = (at + n).min(bytes.len());
                bytes.drain(at.min(end)..end);
            }
            Damage::Set(at, byte) => {
                if let Some(place) = bytes.get_mut(at % length) {
                    *place = byte;
                }
            }
            Damage::Repeat(at, n) => {
                let at = at % length;
                let again = bytes[at.min(bytes.len())..(at + n).min(bytes.len())].to_vec();
                bytes.splice(at.min(bytes.len())..at.min(bytes.len()), again);
            }
        }
    }
    bytes
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]
    #[test]
    fn a_damaged_feed_gives_items_or_says_why_not(place: usize, damages in prop::collection::vec(damage(), 1..6)) {
        let cases = cases();
        let case = &cases[place % cases.len()];

        let found = read(&damaged(case.bytes.clone(), &damages), case.content_type.as_deref());

        prop_assert!(!found.items.is_empty() || !found.notes.is_empty(), "{}: {:?}", case.name, found);
    }

    #[test]
    fn no_bytes_panic(bytes: Vec<u8>) {
        for start in [&b"<rss><channel><item>"[..], b"<feed><entry>", b"{\"items\":[{", b""] {
            let _ = read(&[start, &bytes].concat(), None);
        }
    }
}

/// B4: what a document says of its charset is believed as far as it can be.
#[test]
fn b4_a_wrong_charset_neither_hides_the_tags_nor_makes_some() {
    let item =
        |title: &str| format!("<rss><channel><item><title>{title}</title><link>/1</link></item></channel></rss>");
    let text = item("+ADw-script+AD4-x");
    let url = Url::parse("https://blog.example/").unwrap();
    let utf_16: Vec<u8> = item("né").encode_utf16().flat_map(u16::to_le_bytes).collect();
    for (declared, bytes, title) in [
        ("utf-7", text.clone().into_bytes(), "+ADw-script+AD4-x"),
        ("ibm037", item("né").into_bytes(), "né"),
        ("ebcdic-cp-us", item("ne").into_bytes(), "ne"),
        ("utf-16", item("né").into_bytes(), "né"),
        ("utf-8", utf_16, "né"),
    ] {
        let content_type = format!("text/xml; charset={declared}");
        let text = decode(&bytes, Some(&content_type));
        let found = discover::entrance(&text, Some(&content_type), &url, &discover::Config::default(), chrono_tz::UTC);

        let titles: Vec<_> = found.links.iter().filter_map(|link| link.title.as_deref()).collect();
        assert_eq!(titles, [title], "{declared}");
    }
}
