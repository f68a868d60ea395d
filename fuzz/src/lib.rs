//! What holds for every input: the bodies of the fuzz targets, which `tests/extract` also drives on stable Rust.

mod allowed;

use offprint::model::{CanonicalUrl, Link, Timestamp};
use offprint::{extract, normalise};
use url::Url;

/// A page of any bytes gives a draft and an article that keep their promises, or none.
pub fn extract(bytes: &[u8]) {
    let html = String::from_utf8_lossy(bytes);
    let Ok(page) = Url::parse("https://site.example/2024/11/19/story") else { return };
    let Ok(url) = CanonicalUrl::from_url(page.clone()) else { return };
    let link = Link::to(url);

    let draft = extract::draft(&*html, &page, &extract::Config::default());

    assert!((0.0..=1.0).contains(&draft.confidence), "confidence {}", draft.confidence);
    for note in &draft.notes {
        assert!(!note.rule.trim().is_empty(), "a note without a reason: {note:?}");
        assert!(!note.place.trim().is_empty(), "a note without a place: {note:?}");
    }
    let context = normalise::Context {
        page: &page,
        link: &link,
        now: Timestamp::EPOCH + std::time::Duration::from_secs(1_800_000_000),
        zone: chrono_tz::UTC,
        language: None,
        source_title: None,
    };
    let Ok(normalised) = normalise::article(draft, &context) else { return };
    let article = normalised.article;
    assert!((0.0..=1.0).contains(&article.confidence), "confidence {}", article.confidence);
    assert!(!article.title.to_string().trim().is_empty(), "a blank title");
    allowed::check(article.body.as_str());
    check_text(&article.text);
    check_line(&article.summary);
    article.authors.iter().for_each(|name| check_line(name));
}

/// Markup of any bytes becomes allowed markup, and cleaning that again changes nothing.
pub fn clean(bytes: &[u8]) {
    let html = String::from_utf8_lossy(bytes);
    let Ok(base) = Url::parse("https://site.example/story") else { return };

    let once = normalise::clean(&html, &base);

    allowed::check(once.as_str());
    let twice = normalise::clean(once.as_str(), &base);
    assert_eq!(twice.as_str(), once.as_str(), "cleaning twice");
    check_text(&normalise::plain_text(&once));
}

/// Whatever is written as a date is read or isn't; what is read can be read again.
pub fn date(bytes: &[u8]) {
    let written = String::from_utf8_lossy(bytes);

    let Some(at) = normalise::date(&written, chrono_tz::UTC, None) else { return };

    assert_eq!(normalise::date(&at.to_string(), chrono_tz::UTC, None), Some(at), "{written:?}");
}

/// A page whose JSON-LD is any bytes is still a page.
pub fn json_ld(bytes: &[u8]) {
    let mut page = b"<html lang=en><title>Storm at the pier</title><script type=\"application/ld+json\">".to_vec();
    page.extend_from_slice(bytes);
    page.extend_from_slice(
        b"</script><h1>Storm at the pier</h1><p>The storm took the end of the pier on Sunday night, when nobody was there \
          to see it, and by noon the harbour master had closed the rest.</p><p>It will be built again in oak, the town \
          said, because oak is what the first one was made of, and that one stood for eighty years.</p>",
    );
    extract(&page);
}

/// Plain text has no control characters but line ends and tabs between cells.
fn check_text(text: &str) {
    let odd = text.chars().find(|c| c.is_control() && !matches!(c, '\n' | '\t'));
    assert!(odd.is_none(), "{odd:?} in {text:?}");
}

/// What stands in one line has no control characters.
fn check_line(text: &str) {
    let odd = text.chars().find(|c| c.is_control());
    assert!(odd.is_none(), "{odd:?} in {text:?}");
}
