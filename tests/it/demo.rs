//! The sample sites' pages, read as the daemon reads them, beside what their articles really say.

use axum::body::{Body, to_bytes};
use axum::http::Request;
use offprint::cli::demo::{Edition, Settings, Site, Truth, config_toml, sites};
use offprint::config::{Env, load};
use offprint::model::{CanonicalUrl, Link, Timestamp};
use offprint::pipeline::{self, read_page};
use tower::ServiceExt;
use url::Url;

/// A moment some time after the sites' articles: 2026-11-10.
const NOW: Timestamp = Timestamp::EPOCH;

/// Every article of every sample site comes out whole and without a word of the furniture around it.
#[tokio::test]
async fn every_sample_page_gives_its_article_and_nothing_else() {
    let sites = sites();
    let edition = Edition::new(&sites, now());
    while edition.publish_next().is_some() {}
    let mut wrong = String::new();

    for site in &sites {
        for truth in site.truths(&edition) {
            wrong.push_str(&differences(site, &edition, &truth).await);
        }
    }

    assert!(wrong.is_empty(), "{wrong}");
}

fn now() -> Timestamp {
    NOW + std::time::Duration::from_secs(1_793_620_800)
}

async fn differences(site: &Site, edition: &Edition, truth: &Truth) -> String {
    let base = Url::parse("http://127.0.0.1:9/").unwrap();
    let url = base.join(&truth.path).unwrap();
    let request = Request::get(url.path()).body(Body::empty()).unwrap();
    let answer = site.router(edition.clone(), &base).oneshot(request).await.unwrap();
    let page = to_bytes(answer.into_body(), usize::MAX).await.unwrap();
    let link = Link::to(CanonicalUrl::from_url(url.clone()).unwrap());

    let reading = read_page(
        &page[..],
        Some("text/html; charset=utf-8"),
        &url,
        &link,
        &configured(site, &base),
        now() + std::time::Duration::from_secs(86_400),
    );

    let name = format!("{}/{}", truth.site, truth.slug);
    let article = match reading.article {
        Ok(normalised) => normalised.article,
        Err(unfit) => return format!("{name}: no article: {unfit}\n"),
    };
    let mut wrong = String::new();
    let mut compare = |what: &str, is: String, should: String| {
        if is != should {
            wrong.push_str(&format!("{name}: {what} is {is:?}, not {should:?}\n"));
        }
    };
    compare("the title", article.title.to_string(), truth.title.clone());
    // An account's name tells nobody who wrote the article.
    let people: Vec<&String> = truth.authors.iter().filter(|name| *name != "admin").collect();
    compare("the list of authors", format!("{:?}", article.authors), format!("{people:?}"));
    compare("the date", format!("{:?}", article.published), format!("{:?}", Some(truth.published)));
    let blocks = |text: &str| -> Vec<String> { text.split("\n\n").map(str::to_owned).collect() };
    let (mut is, should) = (blocks(&article.text.replace('\t', " ")), blocks(&truth.text));
    // The sentence under a headline stands outside of the text on the page; either way of reading it is right.
    if is.first() == truth.standfirst.as_ref() {
        is.remove(0);
    }
    for block in is.iter().filter(|block| !should.contains(block)) {
        wrong.push_str(&format!("{name}: too much: {block:?}\n"));
    }
    for block in should.iter().filter(|block| !is.contains(block)) {
        wrong.push_str(&format!("{name}: missing: {block:?}\n"));
    }
    let shown = html_text(article.body.as_str());
    for caption in truth.captions.iter().filter(|caption| !shown.contains(caption.as_str())) {
        wrong.push_str(&format!("{name}: missing under its picture: {caption:?}\n"));
    }
    if wrong.is_empty() && is != should {
        wrong.push_str(&format!("{name}: the blocks are in another order or number\n"));
    }
    wrong
}

/// All words of some markup.
fn html_text(html: &str) -> String {
    let text: String = scraper::Html::parse_fragment(html).root_element().text().collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The site as the demo's own configuration has it.
fn configured(site: &Site, base: &Url) -> pipeline::Site {
    let folder = tempfile::tempdir().unwrap();
    let settings = Settings { listen: ([127, 0, 0, 1], 8080).into(), public_url: base, data: folder.path() };
    let path = folder.path().join("offprint.toml");
    std::fs::write(&path, config_toml(&settings, &[(site.clone(), base.clone())])).unwrap();
    load(&path, &Env::default()).unwrap().config.sites.remove(0)
}
