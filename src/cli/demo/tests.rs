//! Every site is driven as a crawler drives it, without a socket.

use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, StatusCode};
use scraper::{Html, Selector};
use tower::ServiceExt;
use url::Url;

use super::story::{Block, Story};
use super::*;
use crate::discover;
use crate::model::{CanonicalUrl, Timestamp};

const NOW: i64 = 1_772_000_000_123;

struct Answer {
    status: StatusCode,
    headers: HeaderMap,
    body: Vec<u8>,
}

impl Answer {
    fn text(&self) -> String {
        String::from_utf8(self.body.clone()).unwrap()
    }

    fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }
}

fn edition() -> Edition {
    Edition::new(&sites(), Timestamp::from_millis(NOW))
}

fn base() -> Url {
    Url::parse("http://127.0.0.1:4711").unwrap()
}

async fn get(site: &Site, edition: &Edition, path: &str, headers: &[(&str, &str)]) -> Answer {
    let mut request = Request::get(path);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let router = site.router(edition.clone(), &base());
    let answer = router.oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
    let (head, body) = answer.into_parts();
    let body = to_bytes(body, 20_000_000).await.unwrap().to_vec();
    Answer { status: head.status, headers: head.headers, body }
}

fn feed_path(site: &Site) -> Option<&'static str> {
    match site.key {
        "selasar" => Some("/feed/"),
        "northbank" => Some("/index.xml"),
        "kirigahama" => Some("/index.rdf"),
        "nafidha" => Some("/rss.xml"),
        _ => None,
    }
}

fn all_out() -> Edition {
    let edition = edition();
    while edition.publish_next().is_some() {}
    edition
}

#[test]
fn every_article_is_complete() {
    for site in sites() {
        for story in site.stories.iter() {
            let name = format!("{}/{}", site.key, story.slug);
            let text = markup::text(story);
            let n_words = match site.key {
                "kirigahama" => text.chars().count() / 2,
                _ => text.split_whitespace().count(),
            };

            assert!((230..=700).contains(&n_words), "{name}: {n_words} words");
            assert!(!story.title.is_empty() && !story.summary.is_empty() && !story.authors.is_empty(), "{name}");
            assert!(!story.tags.is_empty(), "{name}");
            assert!(story.blocks.iter().any(|block| matches!(block, Block::Heading { .. })), "{name}: no heading");
            assert!(story.blocks.iter().any(|block| matches!(block, Block::Quote { .. })), "{name}: no quote");
            assert!(!text.contains(['[', '{', '`', '\t']) || site.key == "northbank", "{name}: markup left");
            assert!(links(story).next().is_some(), "{name}: no link");
        }
    }
}

/// Paragraphs with a link in them.
fn links(story: &Story) -> impl Iterator<Item = &String> {
    story.blocks.iter().filter_map(|block| match block {
        Block::Paragraph(text) if text.contains("](") => Some(text),
        Block::List { items, .. } => items.iter().find(|item| item.contains("](")),
        _ => None,
    })
}

#[tokio::test]
async fn every_page_holds_its_article_and_much_else() {
    let edition = all_out();

    for site in sites() {
        for truth in site.truths(&edition) {
            let page = get(&site, &edition, &truth.path, &[]).await;

            let html = Html::parse_document(&page.text());
            let shown: String = html.root_element().text().collect();
            let shown = dense(&shown);
            assert_eq!(page.status, StatusCode::OK, "{}", truth.path);
            assert_eq!(html.select(&Selector::parse("h1").unwrap()).count(), 1, "{}", truth.path);
            assert!(shown.contains(&dense(&truth.title)));
            for line in truth.text.lines() {
                assert!(shown.contains(&dense(line)), "{}: `{line}` is missing", truth.path);
            }
            assert!(shown.len() > dense(&truth.text).len() + 200, "{}: no furniture", truth.path);
        }
    }
}

/// Cells of a table and lines of code stand in a page without the spaces between them.
fn dense(text: &str) -> String {
    text.split_whitespace().collect()
}

#[tokio::test]
async fn every_link_within_a_site_leads_somewhere() {
    let edition = all_out();
    let anchors = Selector::parse("a[href]").unwrap();

    for site in sites() {
        for truth in site.truths(&edition) {
            let page = get(&site, &edition, &truth.path, &[]).await.text();
            let body = Html::parse_document(&page);
            for link in body.select(&anchors).filter_map(|link| link.value().attr("href")) {
                let url = base().join(&truth.path).unwrap().join(link).unwrap();
                if url.host_str() == base().host_str() && !url.path().starts_with("/account") {
                    let answer = get(&site, &edition, url.path(), &[]).await;
                    assert!(answer.status.is_success(), "{} links to {url}: {}", truth.path, answer.status);
                }
            }
        }
    }
}

#[tokio::test]
async fn a_feed_names_the_articles_that_are_out_with_their_dates() {
    let edition = edition();

    for site in sites() {
        let Some(path) = feed_path(&site) else { continue };
        let answer = get(&site, &edition, path, &[]).await;
        let feed = feed_rs::parser::parse(answer.body.as_slice()).unwrap();

        assert_eq!(feed.title.unwrap().content, site.title);
        let truths = site.truths(&edition);
        assert_eq!(feed.entries.len(), truths.len(), "{}", site.key);
        for (entry, truth) in feed.entries.iter().zip(&truths) {
            assert_eq!(entry.title.as_ref().unwrap().content, truth.title);
            assert_eq!(Timestamp::from(entry.published.unwrap()), truth.published, "{}", truth.path);
            assert_eq!(entry.links.first().unwrap().href, format!("http://127.0.0.1:4711{}", truth.path));
            assert_eq!(entry.content.is_some(), site.key == "nafidha", "{}", site.key);
        }
    }
}

#[tokio::test]
async fn discovery_finds_the_articles_from_every_entrance() {
    let edition = edition();
    for site in sites() {
        let settings: toml::Table = format!("x = {}", site.discover.unwrap_or("{}")).parse().unwrap();
        let config: discover::Config = settings["x"].clone().try_into().unwrap();
        let zone: chrono_tz::Tz = site.timezone.parse().unwrap();
        let read = async |path: &str| {
            let answer = get(&site, &edition, path, &[]).await;
            let url = base().join(path).unwrap();
            discover::entrance(&answer.text(), Some(answer.header("content-type")), &url, &config, zone)
        };

        let entrance = read(site.entrance).await;
        let found = match feed_path(&site) {
            Some(path) => {
                assert_eq!(entrance.feeds.first().map(Url::path), Some(path), "{}", site.key);
                read(path).await
            }
            None => entrance,
        };

        let truths = site.truths(&edition);
        let page = |path: &str| CanonicalUrl::parse(base().join(path).unwrap().as_str()).unwrap();
        let shown: Vec<_> = found.links.iter().map(|link| (link.url.clone(), link.title.clone())).collect();
        let expected: Vec<_> = truths.iter().map(|truth| (page(&truth.path), Some(truth.title.clone()))).collect();
        assert_eq!(shown, expected, "{}", site.key);
    }
}

#[tokio::test]
async fn what_has_not_changed_is_not_sent_again() {
    let edition = edition();
    for site in sites() {
        let article = site.truths(&edition).first().unwrap().path.clone();
        for path in [site.entrance, &article].into_iter().chain(feed_path(&site)) {
            let first = get(&site, &edition, path, &[]).await;
            let (etag, modified) = (first.header("etag"), first.header("last-modified"));

            let by_tag = get(&site, &edition, path, &[("if-none-match", etag)]).await;
            let by_date = get(&site, &edition, path, &[("if-modified-since", modified)]).await;
            let other =
                get(&site, &edition, path, &[("if-none-match", "\"x\""), ("if-modified-since", modified)]).await;

            assert_eq!(by_tag.status, StatusCode::NOT_MODIFIED, "{path}");
            assert!(by_tag.body.is_empty() && by_tag.header("etag") == etag);
            assert_eq!(by_date.status, StatusCode::NOT_MODIFIED, "{path}");
            assert_eq!(other.status, StatusCode::OK, "{path}");
        }
    }
}

#[tokio::test]
async fn later_articles_appear_one_by_one_on_every_site() {
    let edition = edition();
    let sites = sites();
    let mut n_out = 0;
    let mut last = Timestamp::from_millis(NOW / 1000 * 1000);

    while let Some(release) = next_after_checking_absence(&edition) {
        let site = sites.iter().find(|site| site.key == release.site).unwrap();
        let truth = truth(&edition, release.site, release.slug).unwrap();
        let entrance = get(site, &edition, feed_path(site).unwrap_or(site.entrance), &[]).await;

        assert_eq!(truth.published, last + INTERVAL);
        assert_eq!(get(site, &edition, &truth.path, &[]).await.status, StatusCode::OK);
        assert!(entrance.text().contains(&truth.path), "{}", truth.path);
        assert_eq!(site.truths(&edition).first(), Some(&truth));
        last = truth.published;
        n_out += 1;
    }

    assert_eq!(n_out, 3 + 3 + 2 + 2 + 2);
}

fn next_after_checking_absence(edition: &Edition) -> Option<Release> {
    // An edition with everything out tells what comes next.
    let whole = all_out();
    let hidden = sites()
        .iter()
        .flat_map(|site| site.truths(&whole))
        .filter(|later| truth(edition, later.site, later.slug).is_none())
        .min_by_key(|later| later.published);

    let release = edition.publish_next();
    assert_eq!(hidden.map(|later| later.slug), release.as_ref().map(|release| release.slug));
    release
}

#[tokio::test]
async fn a_site_answers_what_else_visitors_ask_for() {
    let edition = edition();
    for site in sites() {
        let missing = get(&site, &edition, "/no/such/page.html", &[]).await;
        let robots = get(&site, &edition, "/robots.txt", &[]).await;
        let picture = get(&site, &edition, "/img/anything-320.png", &[]).await;

        assert_eq!(missing.header("content-type"), "text/html; charset=utf-8");
        assert!(robots.text().starts_with("User-agent: *"));
        assert_eq!(robots.header("content-type"), "text/plain; charset=utf-8");
        assert_eq!(picture.header("content-type"), "image/png");
        assert_eq!(missing.status, StatusCode::NOT_FOUND);
    }
}

#[tokio::test]
async fn a_wordpress_guid_leads_to_its_article() {
    let edition = edition();
    let site = sites().into_iter().next().unwrap();
    let feed = feed_rs::parser::parse(get(&site, &edition, "/feed/", &[]).await.body.as_slice()).unwrap();

    let guid = Url::parse(&feed.entries[0].id).unwrap();
    let answer = get(&site, &edition, &format!("/?{}", guid.query().unwrap()), &[]).await;

    assert_eq!(answer.status, StatusCode::MOVED_PERMANENTLY);
    assert_eq!(answer.header("location"), feed.entries[0].links[0].href);
}

#[test]
fn the_configuration_is_one_that_the_daemon_takes() {
    let address = |port: usize| Url::parse(&format!("http://127.0.0.1:{}/", 4700 + port)).unwrap();
    let addresses: Vec<(Site, Url)> = sites().into_iter().enumerate().map(|(idx, site)| (site, address(idx))).collect();
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("a \"quoted\" folder");
    let settings = Settings { listen: "127.0.0.1:8080".parse().unwrap(), public_url: &address(0), data: &data };
    let path = folder.path().join("offprint.toml");
    std::fs::write(&path, config_toml(&settings, &addresses)).unwrap();

    let loaded = crate::config::load(&path, &std::iter::empty().collect()).unwrap();

    let read: Vec<&str> = loaded.config.sites.iter().map(|site| site.source.url.as_str()).collect();
    let expected: Vec<String> =
        addresses.iter().map(|(site, url)| url.join(site.entrance).unwrap().to_string()).collect();
    assert_eq!(read, expected);
    assert!(loaded.warnings.is_empty(), "{:?}", loaded.warnings);
}
