//! Whole drafts and what becomes of them.

use super::*;
use crate::model::CanonicalUrl;

const BODY: &str = "<h1>Rain at last</h1><p>It rained for an hour, and the whole town went out to look at it, for the first time since spring.</p>\
    <p>Farmers said that it was enough for the beans and far too little for the <a href='/wells?utm_source=x'>wells</a>.</p><img src='rain.jpg' width='640'>";

fn link() -> Link {
    let mut link = Link::to(CanonicalUrl::parse("https://gazette.example/2024/rain-at-last").unwrap());
    link.title = Some("Rain at last".to_owned());
    link.published = super::super::date("2024-11-19T07:05:00Z", Tz::UTC, None);
    link
}

fn draft() -> Draft {
    Draft {
        title: Some("Rain at last - The Gazette".to_owned()),
        authors: vec!["By Ann Example".to_owned()],
        published: vec!["19 November 2024".to_owned()],
        updated: vec!["2024-11-19T09:00:00Z".to_owned()],
        language: Some("en-GB".to_owned()),
        canonical: Some("/2024/rain-at-last".to_owned()),
        image: Some("/img/lead.jpg".to_owned()),
        site_name: Some("The Gazette".to_owned()),
        categories: vec![
            "Weather".to_owned(),
            "#weather".to_owned(),
            "Uncategorized".to_owned(),
            "Farms &amp; Fields".to_owned(),
        ],
        body: BODY.to_owned(),
        confidence: 0.9,
        ..Draft::default()
    }
}

fn made(draft: Draft, link: &Link) -> Result<Normalised, Unfit> {
    let page = Url::parse("https://www.gazette.example/2024/rain-at-last?utm_source=rss").unwrap();
    let now = Timestamp::from_millis(1_732_100_000_000);
    let context =
        Context { page: &page, link, now, zone: Tz::UTC, language: None, source_title: Some("The Gazette - News") };
    article(draft, &context)
}

fn fed(link: &Link) -> Result<Normalised, Unfit> {
    let page = Url::parse("https://www.gazette.example/login").unwrap();
    let now = Timestamp::from_millis(1_732_100_000_000);
    from_entrance(&Context { page: &page, link, now, zone: Tz::UTC, language: None, source_title: None })
}

#[test]
fn a_page_and_its_entrance_make_one_article() {
    let made = made(draft(), &link()).unwrap().article;

    assert_eq!(made.title.as_str(), "Rain at last");
    assert_eq!(made.url.as_str(), "https://www.gazette.example/2024/rain-at-last");
    assert_eq!(made.authors, ["Ann Example"]);
    assert_eq!(made.published.unwrap().rfc3339(), "2024-11-19T07:05:00Z");
    assert_eq!(made.updated.unwrap().rfc3339(), "2024-11-19T09:00:00Z");
    assert_eq!(made.language.unwrap().as_str(), "en-GB");
    assert_eq!(made.image.unwrap().as_str(), "https://www.gazette.example/img/lead.jpg");
    assert_eq!(made.categories, ["Weather", "Farms & Fields"]);
    assert!(made.text.starts_with("It rained for an hour, "), "{}", made.text);
    assert!(made.summary.starts_with("It rained for an hour, "), "{}", made.summary);
    assert!(made.body.as_str().contains("href=\"https://www.gazette.example/wells\""), "{}", made.body);
    assert!(made.body.as_str().contains("src=\"https://www.gazette.example/2024/rain.jpg\""), "{}", made.body);
}

#[test]
fn a_base_moves_relative_addresses() {
    let draft =
        Draft { base: Some("//cdn.gazette.example/x/".to_owned()), image: Some("logo.png".to_owned()), ..draft() };

    let made = made(draft, &link()).unwrap().article;

    assert!(made.body.as_str().contains("src=\"https://cdn.gazette.example/x/rain.jpg\""), "{}", made.body);
    assert_eq!(made.image.unwrap().as_str(), "https://cdn.gazette.example/x/rain.jpg");
}

#[test]
fn the_entrances_body_stands_in_where_the_pages_is_poor() {
    let mut link = link();
    link.content = Some(format!("&lt;p&gt;{}&lt;/p&gt;", "The feed has it all. ".repeat(30)));
    let poor = Draft { body: "<p>Share this</p>".to_owned(), confidence: 0.1, ..draft() };

    let made_of_feed = made(poor.clone(), &link).unwrap();
    let made_of_page = made(Draft { confidence: 0.8, ..poor }, &link).unwrap();

    assert!(made_of_feed.article.text.starts_with("The feed has it all."), "{}", made_of_feed.article.text);
    assert!((made_of_feed.article.confidence - 0.5).abs() < 1e-9);
    assert!(made_of_feed.notes.iter().any(|note| note.starts_with("body: the entrance's")), "{:?}", made_of_feed.notes);
    assert_eq!(made_of_page.article.text, "Share this");
}

#[test]
fn an_entrance_alone_makes_an_article_of_less_confidence() {
    let mut link = link();
    link.summary = Some("<p>Only a <b>summary</b> &amp; no more of it is in this feed.</p>".to_owned());
    link.authors = vec!["ann@gazette.example (Ann Example)".to_owned()];

    let made = fed(&link).unwrap().article;

    assert_eq!(made.text, "Only a summary & no more of it is in this feed.");
    assert_eq!(made.url.as_str(), "https://gazette.example/2024/rain-at-last");
    assert_eq!(made.authors, ["Ann Example"]);
    assert!(made.confidence < LOW_CONFIDENCE);
}

#[test]
fn an_item_without_title_is_called_by_its_first_words() {
    let mut link = Link::to(CanonicalUrl::parse("https://micro.example/1").unwrap());
    link.content = Some("<p>A short note. With more.</p><p>And more.</p>".to_owned());

    assert_eq!(fed(&link).unwrap().article.title.as_str(), "A short note. With more.");
}

#[test]
fn what_is_no_article_is_refused_with_its_reason() {
    let plain_link = Link::to(CanonicalUrl::parse("https://gazette.example/a").unwrap());
    let check = |draft: Draft, expected: Unfit| assert_eq!(made(draft, &plain_link), Err(expected));

    check(Draft { title: None, body: String::new(), ..draft() }, Unfit::NoText);
    check(Draft { body: "<div> <p>&nbsp;</p></div>".to_owned(), ..draft() }, Unfit::NoText);
    check(
        Draft { title: Some("Just a moment...".to_owned()), body: "<p>Wait</p>".to_owned(), ..draft() },
        Unfit::Challenge,
    );
    check(Draft { body: "<p>Subscribe to continue reading.</p>".to_owned(), ..draft() }, Unfit::Paywall);
    check(
        Draft { title: Some("404 Not Found".to_owned()), body: "<p>nginx</p>".to_owned(), ..draft() },
        Unfit::NotFound,
    );
    assert_eq!(fed(&plain_link), Err(Unfit::NoText));
    assert!(made(Draft { body: "<img src=/comic.png width=800>".to_owned(), ..draft() }, &plain_link).is_ok());
}

/// C6: the future is clamped and noted; an update before the publication is none.
#[test]
fn c6_dates_keep_their_order() {
    let draft =
        Draft { published: vec!["2031-01-01T00:00:00Z".to_owned()], updated: vec!["2020-01-01".to_owned()], ..draft() };
    let link = Link { published: None, ..link() };

    let made = made(draft, &link).unwrap();

    assert_eq!(made.article.published.unwrap().as_millis(), 1_732_100_000_000);
    assert_eq!(made.article.updated, None);
    assert!(made.notes.iter().any(|note| note.contains("yet to come")), "{:?}", made.notes);
}

/// What stands at the headline is the day of publication, however long ago the last change is.
#[test]
fn the_day_at_the_headline_says_nothing_of_the_last_change() {
    let draft = Draft {
        published: vec!["2024-05-14T10:00:00Z".to_owned()],
        updated: vec!["2024-09-20T16:02:00Z".to_owned()],
        shown: vec!["May 14, 2024".to_owned()],
        ..draft()
    };
    let link = Link { published: None, updated: None, ..link() };

    let made = made(draft, &link).unwrap();

    assert_eq!(made.updated.unwrap().rfc3339(), "2024-09-20T16:02:00Z");
}

proptest::proptest! {
    #[test]
    fn no_draft_panics(text in "\\PC{0,60}", more in "\\PC{0,60}", confidence in proptest::num::f64::ANY) {
        let some = |text: &str| Some(text.to_owned());
        let draft = Draft {
            title: some(&text), authors: vec![more.clone()], published: vec![text.clone()], language: some(&more), canonical: some(&more),
            base: some(&text), image: some(&text), summary: some(&more), site_name: some(&more), categories: vec![text.clone()],
            body: format!("{text}{more}"), confidence, ..Draft::default()
        };

        let _ = made(draft, &link());
    }
}
