//! The page that tells why an article came out as it did.

use std::sync::Mutex;
use std::sync::mpsc;

use super::*;
use crate::model::{Article, Explanation, Note, Verdict};

const DAY: Duration = Duration::from_secs(24 * 3600);

fn raw(newsroom: &Newsroom) -> RawPage {
    let url = "https://gazette.example/a?page".parse().unwrap();
    RawPage { url, content_type: None, fetched: newsroom.app.clock.now(), zstd: vec![1, 2, 3] }
}

fn note(place: &str, text: &str, verdict: Verdict, rule: &str) -> Note {
    Note { place: place.to_owned(), text: text.to_owned(), verdict, rule: rule.to_owned() }
}

fn explained(article: Result<Article, String>) -> Explanation {
    Explanation {
        article,
        fields: vec!["title: the page says `Else`".to_owned(), "other: <b>odd</b>".to_owned()],
        blocks: vec![
            note("p", "It began on Tuesday.", Verdict::Kept, "text of the article"),
            note("div.share", "<script>alert(1)</script>", Verdict::Removed, "share bar"),
            note("extract.content", "div.gone", Verdict::Kept, "the configured selector finds nothing"),
        ],
    }
}

impl Newsroom {
    /// A newsroom with one article whose page is kept, explained by `explain`.
    async fn explaining(
        explain: impl Fn(&Entry, &RawPage) -> Option<Explanation> + Send + Sync + 'static,
    ) -> (Self, String) {
        let mut newsroom = Self::open().await;
        newsroom.app.explainer = Explainer::new(30, Arc::new(explain));
        let mut entry = sample::entry("gazette", "a", "First <b>", "<p>Text.</p>");
        entry.article.authors = vec!["Ana <i>".to_owned()];
        let raw = raw(&newsroom);
        let entry = newsroom.publish_with(entry, Judgement::New, Some(raw)).await;
        (newsroom, format!("/articles/{}/explain", entry.id))
    }
}

#[tokio::test]
async fn each_block_and_field_is_shown_as_text_with_its_reason() {
    let (newsroom, target) = Newsroom::explaining(|entry, raw| {
        assert_eq!((raw.url.as_str(), raw.zstd.as_slice()), ("https://gazette.example/a?page", &[1, 2, 3][..]));
        let authors = vec!["Bo".to_owned()];
        Some(explained(Ok(Article { authors, ..entry.article.clone() })))
    })
    .await;
    let router = newsroom.router();

    let answer = get(&router, &target).await;

    assert_eq!(answer.status, StatusCode::OK);
    assert!(answer.header("content-security-policy").starts_with("default-src 'none';"));
    let text = answer.text();
    assert!(!text.contains("<script") && !text.contains("<b>") && !text.contains("<i>"), "{text}");
    for shown in [
        "<p dir=\"auto\">It began on Tuesday.</p>",
        "<span>kept: text of the article</span><code>p</code>",
        "<del>&#60;script&#62;alert(1)&#60;/script&#62;</del>",
        "<span>removed: share bar</span><code>div.share</code>",
        "1 block kept, 1 block removed",
        "<code>extract.content</code> <code>div.gone</code>:</strong> the configured selector finds nothing.",
        "First &#60;b&#62;",
        "<span class=\"meta\">the page says <code>Else</code></span>",
        "<bdi>Ana &#60;i&#62;</bdi>",
        "<q><bdi>Bo</bdi></q>",
        "other: &#60;b&#62;odd&#60;/b&#62;",
        "100 % sure",
        "href=\"https://gazette.example/a?page\"",
    ] {
        assert!(text.contains(shown), "no {shown} in {text}");
    }
    let article = get(&router, target.trim_end_matches("/explain")).await;
    assert!(article.text().contains(&format!("href=\"/offprint{target}\"")), "{}", article.text());
}

#[tokio::test]
async fn a_page_that_is_no_article_by_itself_says_why() {
    let (newsroom, target) = Newsroom::explaining(|_, _| Some(explained(Err("it asks for consent".to_owned())))).await;

    let answer = get(&newsroom.router(), &target).await;

    assert!(answer.text().contains("The page alone is no article now:</strong> it asks for consent."));
    assert!(answer.text().contains("as the feed gave it"), "{}", answer.text());
}

#[tokio::test]
async fn without_its_page_an_article_says_how_pages_are_kept_longer() {
    let mut newsroom = Newsroom::open().await;
    let entry = newsroom.publish(sample::entry("gazette", "a", "First", "<p>Text.</p>")).await;
    let target = format!("/articles/{}/explain", entry.id);

    let young = get(&newsroom.router(), &target).await;
    newsroom.app.clock.advance(DAY * 31);
    let old = get(&newsroom.router(), &target).await;
    newsroom.app.explainer = Explainer::new(0, Arc::new(|_, _| None));
    let never = get(&newsroom.router(), &target).await;

    assert!(young.text().contains("Pages are kept for 30 days here, and this article is younger"), "{}", young.text());
    assert!(young.text().contains("offprint preview 'https://gazette.example/a' --explain"));
    assert!(old.text().contains("are kept for 30 days here; the article itself stays"), "{}", old.text());
    assert!(never.text().contains("This server keeps no pages"), "{}", never.text());
    for answer in [old, never] {
        assert_eq!(answer.status, StatusCode::OK);
        assert!(answer.text().contains("[storage.raw_pages]"));
    }
}

#[tokio::test]
async fn a_damaged_page_costs_only_its_explanation() {
    let (newsroom, target) = Newsroom::explaining(|_, _| None).await;

    let answer = get(&newsroom.router(), &target).await;

    assert!(answer.text().contains("Its page is damaged."), "{}", answer.text());
}

#[tokio::test]
async fn pages_are_explained_one_at_a_time_and_who_comes_too_many_is_told_when() {
    let (begun, begin) = tokio::sync::oneshot::channel();
    let (release, held) = mpsc::channel::<()>();
    let locked = Mutex::new((Some(begun), held));
    let (mut newsroom, target) = Newsroom::explaining(move |entry, _| {
        let mut locked = locked.lock().unwrap();
        if let Some(begun) = locked.0.take() {
            begun.send(()).unwrap();
            locked.1.recv().unwrap();
        }
        Some(explained(Ok(entry.article.clone())))
    })
    .await;
    newsroom.app.explainer.patience = Duration::ZERO;
    let router = newsroom.router();

    let (first, second) = tokio::join!(get(&router, &target), async {
        begin.await.unwrap();
        let second = get(&router, &target).await;
        release.send(()).unwrap();
        second
    });
    let third = get(&router, &target).await;

    assert_eq!((first.status, third.status), (StatusCode::OK, StatusCode::OK));
    assert_eq!((second.status, second.header("retry-after")), (StatusCode::SERVICE_UNAVAILABLE, "5"));
    assert!(second.text().contains("one at a time"), "{}", second.text());
}

/// Who waits holds no page, or as many would be in memory as there are askers.
#[tokio::test]
async fn a_page_is_loaded_only_in_its_turn() {
    let (mut newsroom, target) = Newsroom::explaining(|entry, _| Some(explained(Ok(entry.article.clone())))).await;
    newsroom.app.explainer.patience = Duration::ZERO;
    let bare = newsroom.publish(sample::entry("gazette", "b", "Second", "<p>Text.</p>")).await;
    let without_page = format!("/articles/{}/explain", bare.id);
    let router = newsroom.router();

    let turn = newsroom.app.explainer.turn().await.ok().unwrap();
    let while_taken = [get(&router, &target).await.status, get(&router, &without_page).await.status];
    drop(turn);

    assert_eq!(while_taken, [StatusCode::SERVICE_UNAVAILABLE; 2]);
    for target in [&target, &without_page, &target] {
        assert_eq!(get(&router, target).await.status, StatusCode::OK);
    }
}

#[tokio::test]
async fn an_extractor_that_panics_costs_one_answer() {
    let (newsroom, target) = Newsroom::explaining(|_, _| panic!("a bug")).await;
    let router = newsroom.router();

    let answers = [get(&router, &target).await, get(&router, &target).await];

    for answer in answers {
        assert_eq!(answer.status, StatusCode::INTERNAL_SERVER_ERROR);
    }
}

#[tokio::test]
async fn an_article_that_is_not_there_has_no_explanation() {
    let newsroom = Newsroom::open().await;
    let id = sample::entry("gazette", "a", "A", "").id;

    for target in [format!("/articles/{id}/explain"), "/articles/x/explain".to_owned()] {
        assert_eq!(get(&newsroom.router(), &target).await.status, StatusCode::NOT_FOUND, "{target}");
    }
}
