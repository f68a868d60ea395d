//! Sites whose articles are found by other ways than a feed, over days.

use std::time::Duration;

use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use offprint::model::Trouble;

use crate::desk::Desk;
use crate::web::{Web, missing};

const DAY: Duration = Duration::from_secs(24 * 3600);

/// A front page of so many stories; `look` is what its builder calls a card.
fn front_page(n_stories: usize, look: &str, head: &str) -> Response {
    let cards: String = (1..=n_stories)
        .map(|n| {
            format!(
                "<div class=\"{look}\"><h2 class=\"{look}-t\"><a href=\"/2026/11/story-number-{n}-of-our-town\">Story \
                 number {n} of our town</a></h2><time datetime=\"2026-11-0{n}\">{n}</time></div>"
            )
        })
        .collect();
    let menu = "<nav><a href=\"/news-and-politics\">News and politics</a><a href=\"/sport-and-games\">Sport and games</a></nav>";
    Html(format!("<html><head>{head}</head><body>{menu}<main>{cards}</main></body></html>")).into_response()
}

fn story(path: &str) -> Response {
    let name = path.rsplit('/').next().unwrap_or_default().replace('-', " ");
    let text = "<p>The harbour office counted boats again, and found one more than last year in every single row.</p>"
        .repeat(6);
    Html(format!("<html><body><article><h1>{name}</h1>{text}<p>So ends {name}.</p></article></body></html>"))
        .into_response()
}

fn feed(items: &str) -> Response {
    (
        [("content-type", "application/rss+xml")],
        format!("<rss version=\"2.0\"><channel><title>T</title>{items}</channel></rss>"),
    )
        .into_response()
}

const FEED_LINK: &str = "<link rel=\"alternate\" type=\"application/rss+xml\" href=\"/feed\">";

#[tokio::test]
async fn new_articles_of_a_sitemap_are_seen_although_its_index_stays_the_same() {
    let web = Web::new(|path, n_before| match path {
        "/sitemap.xml" => (
            [("etag", "\"same\""), ("content-type", "application/xml")],
            "<sitemapindex><sitemap><loc>/sitemap-0.xml</loc></sitemap></sitemapindex>",
        )
            .into_response(),
        "/sitemap-0.xml" => {
            let urls: String =
                (0..3 + n_before).map(|n| format!("<url><loc>/notes/note-number-{n}-of-mine</loc></url>")).collect();
            ([("content-type", "application/xml")], format!("<urlset>{urls}</urlset>")).into_response()
        }
        path if path.starts_with("/notes/") => story(path),
        _ => missing(),
    });
    let desk = Desk::reading(&web.at("/sitemap.xml")).await;

    let first = desk.pass().await.unwrap();
    desk.clock.advance(DAY);
    let second = desk.pass().await.unwrap();

    assert_eq!((first.n_stored, second.n_stored), (3, 1), "{first:?} {second:?}");
    assert_eq!(web.headers("/sitemap.xml", "if-none-match"), [None, None]);
}

#[tokio::test]
async fn a_feed_that_fails_for_now_is_waited_for() {
    let web = Web::new(|path, n_before| match path {
        "/" => front_page(4, "card", FEED_LINK),
        "/feed" if n_before == 0 => StatusCode::BAD_GATEWAY.into_response(),
        "/feed" => feed("<item><title>One</title><link>/2026/11/story-number-1-of-our-town</link></item>"),
        path if path.starts_with("/2026") => story(path),
        _ => missing(),
    });
    let desk = Desk::reading(&web.at("/")).await;

    let first = desk.pass().await.unwrap();
    desk.clock.advance(DAY);
    desk.pass().await.unwrap();

    assert_eq!((first.trouble, first.n_stored), (Some(Trouble::Server), 0), "{first:?}");
    assert_eq!(desk.state().await.entrance.unwrap().path(), "/feed");
}

#[tokio::test]
async fn an_empty_feed_is_no_match_for_a_page_full_of_articles() {
    let web = Web::new(|path, _| match path {
        "/" => front_page(4, "card", FEED_LINK),
        "/feed" => feed(""),
        path if path.starts_with("/2026") => story(path),
        _ => missing(),
    });
    let desk = Desk::reading(&web.at("/")).await;

    let pass = desk.pass().await.unwrap();

    assert_eq!(pass.n_stored, 4, "{pass:?}");
}

#[tokio::test]
async fn a_listing_is_read_after_a_rebuild_and_not_replaced_by_a_maintenance_page() {
    let web = Web::new(|path, n_before| match path {
        "/" => match n_before {
            0 => front_page(4, "card_x81a", ""),
            1 => {
                Html("<h1>Back soon</h1><nav><a href='/news-and-politics'>News and politics</a></nav>").into_response()
            }
            _ => front_page(5, "tile_99qz", ""),
        },
        path if path.starts_with("/2026") => story(path),
        _ => missing(),
    });
    let desk = Desk::reading(&web.at("/")).await;

    let first = desk.pass().await.unwrap();
    desk.clock.advance(DAY);
    let down = desk.pass().await.unwrap();
    desk.clock.advance(DAY);
    let rebuilt = desk.pass().await.unwrap();

    assert_eq!(first.n_stored, 4, "{first:?}");
    assert_eq!((down.trouble, down.n_new), (Some(Trouble::NotAFeed), 0), "{down:?}");
    assert_eq!((rebuilt.n_found, rebuilt.n_new, rebuilt.n_stored), (5, 1, 1), "{rebuilt:?}");
}
