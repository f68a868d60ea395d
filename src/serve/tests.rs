//! Answers as a client gets them, from a real store.

mod explanation;

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::http::header::{HeaderMap, HeaderName};
use axum::http::{Method, Request, StatusCode};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::sync::watch;
use tower::ServiceExt;

use super::*;
use crate::lifecycle::Lifecycle;
use crate::model::{Entry, Fingerprint, Judgement, Language, Link, Rhythm, Timestamp};
use crate::publish::sample;
use crate::store::{Claim, NewArticle, Outcome, PollReport, RawPage, Saved};

const LEASE: Duration = Duration::from_secs(60);

struct Newsroom {
    app: App,
    catalogue: watch::Sender<Arc<Catalogue>>,
    claims: Vec<Claim>,
    _folder: tempfile::TempDir,
}

impl Newsroom {
    /// Two sources, `gazette` and `herald`, with their feeds and `all`; no article yet.
    async fn open() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let clock = Clock::mock(sample::morning());
        let url = format!("sqlite:{}", folder.path().join("store.db").display());
        let config = crate::store::Config { url, ..Default::default() };
        let store = Store::open(&config, clock.clone()).await.unwrap();
        let sources = ["gazette", "herald"].map(source).to_vec();
        store.sync(&sources).await.unwrap();
        let claims = store.claim_due(10, LEASE).await.unwrap();
        let feeds =
            vec![feed("all", &["gazette", "herald"]), feed("gazette", &["gazette"]), feed("herald", &["herald"])];
        let public = "https://reader.example/offprint/".parse().unwrap();
        let (sender, receiver) = watch::channel(Arc::new(Catalogue { public, max_items: 50, sources, feeds }));
        let explainer = Explainer::new(30, Arc::new(|_, _| None));
        let app = App { store, catalogue: receiver, clock, explainer };
        Self { app, catalogue: sender, claims, _folder: folder }
    }

    fn router(&self) -> Router {
        super::router(self.app.clone())
    }

    async fn publish(&self, entry: Entry) -> Entry {
        self.publish_as(entry, Judgement::New).await
    }

    async fn publish_as(&self, entry: Entry, judgement: Judgement) -> Entry {
        self.publish_with(entry, judgement, None).await
    }

    async fn publish_with(&self, entry: Entry, judgement: Judgement, raw: Option<RawPage>) -> Entry {
        let claim = self.claims.iter().find(|claim| claim.source == entry.source).unwrap();
        let new = NewArticle {
            link: Link::to(entry.article.url.clone()),
            article: entry.article,
            found: self.app.clock.now(),
            fallback_date: self.app.clock.now(),
            fingerprint: Fingerprint { bands: Vec::new(), shingles: Vec::new(), facts: Vec::new() },
            page: None,
            raw,
        };
        let saved = self.app.store.save(claim, &new, &|_, _| judgement.clone(), Timestamp::EPOCH).await.unwrap();
        let (Saved::New { id, .. } | Saved::Known { id }) = saved;
        self.app.store.entry(id).await.unwrap().unwrap()
    }
}

fn source(id: &str) -> Source {
    Source {
        id: id.parse().unwrap(),
        url: format!("https://{id}.example/").parse().unwrap(),
        title: None,
        tags: Vec::new(),
        language: None,
        timezone: chrono_tz::UTC,
        rhythm: Rhythm::Every(Duration::from_secs(3600)),
    }
}

fn feed(id: &str, sources: &[&str]) -> FeedSpec {
    let sources: Vec<SourceId> = sources.iter().map(|id| id.parse().unwrap()).collect();
    FeedSpec { id: id.parse().unwrap(), title: format!("Feed {id}"), folds: sources.len() > 1, sources }
}

struct Answer {
    status: StatusCode,
    headers: HeaderMap,
    body: Vec<u8>,
}

impl Answer {
    fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    fn text(&self) -> &str {
        std::str::from_utf8(&self.body).unwrap()
    }
}

async fn ask(router: &Router, method: Method, target: &str, headers: &[(&str, &str)]) -> Answer {
    let mut request = Request::builder().method(method).uri(target);
    for (name, value) in headers {
        request = request.header(name.parse::<HeaderName>().unwrap(), *value);
    }
    let response = router.clone().oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
    let (head, body) = response.into_parts();
    Answer {
        status: head.status,
        headers: head.headers,
        body: axum::body::to_bytes(body, usize::MAX).await.unwrap().to_vec(),
    }
}

async fn get(router: &Router, target: &str) -> Answer {
    ask(router, Method::GET, target, &[]).await
}

#[tokio::test]
async fn f1_each_format_comes_with_its_type_and_a_self_link_from_the_configured_address() {
    let newsroom = Newsroom::open().await;
    let entry = newsroom.publish(sample::entry("gazette", "a", "First", "<p>Text.</p>")).await;
    let router = newsroom.router();
    let cases = [
        ("rss", "application/rss+xml; charset=utf-8"),
        ("atom", "application/atom+xml; charset=utf-8"),
        ("json", "application/feed+json; charset=utf-8"),
    ];

    for (format, content_type) in cases {
        let target = format!("/feeds/gazette.{format}");
        let answer = ask(&router, Method::GET, &target, &[("host", "evil.example")]).await;

        assert_eq!((answer.status, answer.header("content-type")), (StatusCode::OK, content_type));
        assert!(answer.text().contains(&format!("https://reader.example/offprint{target}")), "{}", answer.text());
        assert!(answer.text().contains(&entry.id.urn()) && !answer.text().contains("evil.example"));
        assert_eq!(answer.header("vary"), "Accept-Encoding");
        assert_eq!(answer.header("x-content-type-options"), "nosniff");
        assert_eq!(answer.header("last-modified"), sample::morning().http_date());
        assert!(answer.header("cache-control").starts_with("public, max-age=300, stale-while-revalidate="));
        assert!(answer.header("cache-control").ends_with("stale-if-error=86400"));
    }
}

#[tokio::test]
async fn f1_who_has_the_feed_gets_304_with_the_same_headers() {
    let newsroom = Newsroom::open().await;
    newsroom.publish(sample::entry("gazette", "a", "First", "<p>Text.</p>")).await;
    let router = newsroom.router();
    let full = get(&router, "/feeds/all.rss").await;
    let (tag, date) = (full.header("etag").to_owned(), full.header("last-modified").to_owned());
    let cases = [
        (vec![("if-none-match", tag.clone())], StatusCode::NOT_MODIFIED),
        (vec![("if-none-match", format!("\"x\", W/{tag}"))], StatusCode::NOT_MODIFIED),
        (vec![("if-none-match", "*".to_owned())], StatusCode::NOT_MODIFIED),
        (vec![("if-modified-since", date.clone())], StatusCode::NOT_MODIFIED),
        (vec![("if-none-match", "\"x\"".to_owned()), ("if-modified-since", date)], StatusCode::OK),
        (vec![("if-modified-since", "Tue, 19 Nov 2024 00:00:00 GMT".to_owned())], StatusCode::OK),
    ];

    for (headers, expected) in cases {
        let headers: Vec<(&str, &str)> = headers.iter().map(|(name, value)| (*name, value.as_str())).collect();
        for method in [Method::GET, Method::HEAD] {
            let answer = ask(&router, method, "/feeds/all.rss", &headers).await;

            assert_eq!(answer.status, expected, "{headers:?}");
            for name in ["etag", "cache-control", "vary", "last-modified"] {
                assert_eq!(answer.header(name), full.header(name), "{headers:?}");
            }
            assert!(answer.status != StatusCode::NOT_MODIFIED || answer.body.is_empty());
        }
    }
}

#[tokio::test]
async fn head_says_what_get_would_and_gzip_has_a_tag_of_its_own() {
    let newsroom = Newsroom::open().await;
    newsroom.publish(sample::entry("gazette", "a", "First", &"<p>Text.</p>".repeat(500))).await;
    let router = newsroom.router();

    let plain = get(&router, "/feeds/all.atom").await;
    let head = ask(&router, Method::HEAD, "/feeds/all.atom", &[]).await;
    let small = ask(&router, Method::GET, "/feeds/all.atom", &[("accept-encoding", "br, gzip")]).await;

    assert!(head.body.is_empty());
    assert_eq!(head.header("content-length"), plain.body.len().to_string());
    assert_eq!(head.header("etag"), plain.header("etag"));
    assert_eq!(small.header("content-encoding"), "gzip");
    assert_ne!(small.header("etag"), plain.header("etag"));
    let mut text = Vec::new();
    std::io::Read::read_to_end(&mut flate2::read::GzDecoder::new(&small.body[..]), &mut text).unwrap();
    assert_eq!(text, plain.body);
    assert!(small.body.len() < plain.body.len() / 4);
}

#[tokio::test]
async fn a_new_article_is_in_the_next_answer_and_a_restart_changes_no_byte() {
    let newsroom = Newsroom::open().await;
    newsroom.publish(sample::entry("gazette", "a", "First", "<p>Text.</p>")).await;
    let router = newsroom.router();
    let before = get(&router, "/feeds/all.rss").await;
    let again = get(&newsroom.router(), "/feeds/all.rss").await;

    newsroom.app.clock.advance(Duration::from_secs(90));
    let mut late = sample::entry("herald", "b", "Second", "<p>Other.</p>");
    late.article.published = Some(Timestamp::EPOCH);
    newsroom.publish(late).await;
    let after = get(&router, "/feeds/all.rss").await;

    assert_eq!((before.header("etag"), &before.body), (again.header("etag"), &again.body));
    assert!(after.text().contains("Second") && !before.text().contains("Second"));
    assert_ne!(after.header("etag"), before.header("etag"));
    // The newcomer bears an old date; who asks by date has to hear of it all the same.
    assert_eq!(after.header("last-modified"), newsroom.app.clock.now().http_date());
}

#[tokio::test]
async fn a_reloaded_configuration_is_served_at_once() {
    let newsroom = Newsroom::open().await;
    let router = newsroom.router();
    let before = get(&router, "/feeds/all.rss").await;

    newsroom.catalogue.send_modify(|catalogue| {
        let mut changed = Catalogue::clone(catalogue);
        changed.feeds.push(feed("tech", &["gazette", "herald"]));
        changed.public = "https://moved.example/".parse().unwrap();
        *catalogue = Arc::new(changed);
    });

    assert!(before.text().contains("https://reader.example/offprint/feeds/all.rss"));
    assert!(get(&router, "/feeds/all.rss").await.text().contains("https://moved.example/feeds/all.rss"));
    assert_eq!(get(&router, "/feeds/tech.json").await.status, StatusCode::OK);
}

#[tokio::test]
async fn i4_while_the_store_is_away_the_last_good_feed_is_served_and_never_an_error() {
    let newsroom = Newsroom::open().await;
    newsroom.publish(sample::entry("gazette", "a", "First", "<p>Text.</p>")).await;
    let router = newsroom.router();
    let good = get(&router, "/feeds/all.rss").await;

    newsroom.app.store.close().await;
    let stale = get(&router, "/feeds/all.rss").await;
    let unchanged = ask(&router, Method::GET, "/feeds/all.rss", &[("if-none-match", good.header("etag"))]).await;
    let never = get(&router, "/feeds/herald.rss").await;
    let page = get(&router, "/").await;

    assert_eq!((stale.status, &stale.body), (StatusCode::OK, &good.body));
    assert!(stale.header("warning").starts_with("110"));
    assert_eq!(unchanged.status, StatusCode::NOT_MODIFIED);
    for answer in [never, page] {
        assert_eq!((answer.status, answer.header("retry-after")), (StatusCode::SERVICE_UNAVAILABLE, "30"));
        assert_eq!(
            (answer.header("content-type"), answer.header("cache-control")),
            ("text/html; charset=utf-8", "no-store")
        );
    }
    assert_eq!(get(&router, "/healthz").await.status, StatusCode::OK);
    let ready = get(&router, "/readyz").await;
    assert_eq!(ready.status, StatusCode::SERVICE_UNAVAILABLE);
    assert!(ready.text().starts_with("not ready: the store failed: "), "{}", ready.text());
}

#[tokio::test]
async fn b12_ids_of_no_feed_and_no_shape_are_404() {
    let newsroom = Newsroom::open().await;
    let router = newsroom.router();
    let id = sample::entry("gazette", "a", "A", "").id.to_string();
    let targets = [
        "/feeds/unknown.rss",
        "/feeds/ALL.rss",
        "/feeds/all.xml",
        "/feeds/all.rss.rss",
        "/feeds/.rss",
        "/feeds/%2e%2e%2fx.rss",
        "/feeds/..%5cx",
        "/feeds/a%00b.rss",
        "/feeds/%ff",
        "/feeds/",
        "/articles/nonsense",
        "/articles/1",
        &format!("/articles/{id}"),
        &format!("/articles/%7B{id}%7D"),
        &format!("/articles/{}", id.replace('-', "")),
        "/sources/unknown",
        "/sources/all",
        "/etc/passwd",
        "/style-0.css",
    ];

    for target in targets {
        let answer = get(&router, target).await;

        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{target}");
        assert!(answer.text().contains("Nothing here"), "{target}");
    }
    assert_eq!(get(&router, &format!("/{}", "x".repeat(8000))).await.status, StatusCode::URI_TOO_LONG);
    assert_eq!(ask(&router, Method::POST, "/", &[]).await.status, StatusCode::METHOD_NOT_ALLOWED);
}

#[tokio::test]
async fn a_merged_feed_folds_and_says_who_else_tells_it() {
    let newsroom = Newsroom::open().await;
    let first = newsroom.publish(sample::entry("gazette", "a", "First", "<p>Text.</p>")).await;
    newsroom.app.clock.advance(Duration::from_secs(1));
    let copy = Judgement::Duplicate { of: first.id, story: first.story, similarity: 1.0, containment: 1.0 };
    newsroom.publish_as(sample::entry("herald", "b", "The same", "<p>Text.</p>"), copy).await;
    let router = newsroom.router();

    let merged = get(&router, "/feeds/all.rss").await;
    let own = get(&router, "/feeds/herald.rss").await;
    let page = get(&router, &format!("/articles/{}", first.id)).await;

    assert_eq!(merged.text().matches("<item>").count(), 1);
    assert!(merged.text().contains("Also covered by") && merged.text().contains("https://herald.example/b"));
    assert_eq!(own.text().matches("<item>").count(), 1);
    assert!(!own.text().contains("Also covered by"));
    assert!(page.text().contains("Also covered by") && page.text().contains("The same"));
}

#[tokio::test]
async fn i7_a_source_outside_a_feed_changes_none_of_its_bytes() {
    let newsroom = Newsroom::open().await;
    newsroom.catalogue.send_modify(|catalogue| {
        let mut changed = Catalogue::clone(catalogue);
        changed.feeds.push(FeedSpec { folds: true, ..feed("narrow", &["gazette"]) });
        *catalogue = Arc::new(changed);
    });
    let first = newsroom.publish(sample::entry("gazette", "a", "First", "<p>Text.</p>")).await;
    let before = get(&newsroom.router(), "/feeds/narrow.rss").await;

    newsroom.app.clock.advance(Duration::from_secs(1));
    let copy = Judgement::Duplicate { of: first.id, story: first.story, similarity: 1.0, containment: 1.0 };
    newsroom.publish_as(sample::entry("herald", "b", "The same", "<p>Text.</p>"), copy).await;
    let after = get(&newsroom.router(), "/feeds/narrow.rss").await;

    assert_eq!(before.text(), after.text());
}

#[tokio::test]
async fn b8_pages_show_text_as_text_and_let_nothing_run() {
    let newsroom = Newsroom::open().await;
    let mut entry =
        sample::entry("gazette", "a", "<script>alert(1)</script> & \"more\"", "<p>Body &amp; <em>soul</em>.</p>");
    entry.article.authors = vec!["<img src=x onerror=alert(1)>".to_owned()];
    entry.article.categories = vec!["\"><svg onload=alert(1)>".to_owned()];
    entry.article.summary = "\"><script>alert(2)</script>".to_owned();
    entry.article.language = Language::parse("ar");
    let entry = newsroom.publish(entry).await;
    let router = newsroom.router();

    for target in ["/".to_owned(), "/feeds/gazette".to_owned(), format!("/articles/{}", entry.id)] {
        let answer = get(&router, &target).await;

        assert_eq!(answer.status, StatusCode::OK, "{target}");
        for forbidden in ["<script", "<img src=x", "<svg onload", "javascript:"] {
            assert!(!answer.text().contains(forbidden), "{target}: {}", answer.text());
        }
        assert!(answer.text().contains("lang=\"ar\" dir=\"rtl\""), "{target}");
        assert!(answer.header("content-security-policy").starts_with("default-src 'none'; style-src 'self';"));
        assert_eq!(answer.header("referrer-policy"), "no-referrer");
    }
    let page = get(&router, &format!("/articles/{}", entry.id)).await;
    assert!(page.text().contains("<p>Body &amp; <em>soul</em>.</p>"));
    assert!(page.text().contains("href=\"https://gazette.example/a\""));
}

#[tokio::test]
async fn pages_link_under_the_path_of_the_public_address() {
    let newsroom = Newsroom::open().await;
    newsroom.publish(sample::entry("gazette", "a", "First", "<p>Text.</p>")).await;
    let router = newsroom.router();

    let page = get(&router, "/").await;
    let sheet = page.text().split("href=\"/offprint/style-").nth(1).unwrap().split('"').next().unwrap();
    let style = get(&router, &format!("/style-{sheet}")).await;
    let opml = get(&router, "/opml.xml").await;

    assert!(page.text().contains("href=\"/offprint/feeds/gazette\""));
    assert!(page.text().contains("href=\"https://reader.example/offprint/feeds/gazette.rss\""));
    assert_eq!((style.status, style.header("content-type")), (StatusCode::OK, "text/css; charset=utf-8"));
    assert!(style.header("cache-control").ends_with("immutable"));
    assert_eq!(opml.text().matches("<outline ").count(), 3);
}

#[tokio::test]
async fn a_failing_source_shows_its_error_and_a_cure() {
    let newsroom = Newsroom::open().await;
    let claim = &newsroom.claims[0];
    let now = newsroom.app.clock.now();
    newsroom.app.store.begin_poll(claim, now).await.unwrap();
    let report = PollReport {
        began: now,
        because: crate::model::Because::Rhythm,
        outcome: Outcome::Failed,
        due: now + Duration::from_secs(3600),
        links: Vec::new(),
        max_new_per_day: 100,
        validators: Default::default(),
        entrance: None,
        moving: None,
        pace: None,
        title: None,
        error: Some("`https://gazette.example/` answered 404 <Not Found>".to_owned()),
        trouble: Some(crate::model::Trouble::NotFound),
        took: Duration::from_millis(1200),
        hosts: Vec::new(),
        robots: Vec::new(),
    };
    newsroom.app.store.finish_poll(claim, &report).await.unwrap();
    let router = newsroom.router();

    let all = get(&router, "/sources").await;
    let one = get(&router, "/sources/gazette").await;

    for page in [&all, &one] {
        assert!(page.text().contains("answered 404 &#60;Not Found&#62;"), "{}", page.text());
        assert!(page.text().contains("The address leads nowhere."));
        assert!(page.text().contains("Last try failed"));
    }
    assert!(all.text().contains("2 sources, 1 with a problem."));
    assert!(one.text().contains("1.2 s"));
    assert!(one.text().contains("Asked every 1h"), "{}", one.text());
}

#[tokio::test]
async fn a_taken_port_is_named_with_the_cure() {
    let first = bind(([127, 0, 0, 1], 0).into()).await.unwrap();
    let address = first.local_addr().unwrap();

    let error = bind(address).await.unwrap_err();

    assert!(error.to_string().starts_with(&format!("can't listen on `{address}`: another program has the port; set")));
}

#[tokio::test]
async fn a_stop_ends_open_connections_after_their_answers() {
    let newsroom = Newsroom::open().await;
    let listener = bind(([127, 0, 0, 1], 0).into()).await.unwrap();
    let address = listener.local_addr().unwrap();
    let mut lifecycle = Lifecycle::new().unwrap();
    let (stop, tasks) = (lifecycle.token(), lifecycle.tasks());
    lifecycle.spawn("serve", run(listener, newsroom.app.clone(), stop.clone(), tasks));
    let mut client = tokio::net::TcpStream::connect(address).await.unwrap();

    let visit = async {
        client.write_all(b"GET /healthz HTTP/1.1\r\nhost: x\r\n\r\n").await.unwrap();
        let mut answer = vec![0; 15];
        client.read_exact(&mut answer).await.unwrap();
        stop.cancel();
        let mut rest = Vec::new();
        client.read_to_end(&mut rest).await.unwrap();
        (answer, rest)
    };
    let (end, (answer, rest)) = tokio::join!(lifecycle.run(Duration::from_secs(5)), visit);

    end.unwrap();
    assert_eq!(answer, b"HTTP/1.1 200 OK");
    assert!(rest.ends_with(b"ok\n"));
}
