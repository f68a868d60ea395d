//! How a guest behaves over days: what an origin asks for holds, also after a restart.

use std::time::Duration;

use axum::http::StatusCode;
use axum::response::{Html, IntoResponse};
use offprint::model::Trouble;

use crate::desk::Desk;
use crate::web::{Web, missing};

const HOUR: Duration = Duration::from_secs(3600);
const DAY: Duration = Duration::from_secs(24 * 3600);
const FEED: &str = "<rss version=\"2.0\"><channel><title>G</title></channel></rss>";

#[tokio::test]
async fn a4_a6_a_hosts_wish_for_silence_survives_a_restart() {
    let web = Web::new(|path, _| match path {
        "/feed" => (StatusCode::SERVICE_UNAVAILABLE, [("retry-after", "7200")]).into_response(),
        _ => missing(),
    });
    let mut desk = Desk::reading(&web.at("/feed")).await;
    desk.pass().await;

    desk.restart().await;
    let again = desk.pass_now().await;

    assert_eq!(again.trouble, Some(Trouble::RateLimited));
    assert!(again.error.unwrap().contains("asked to wait"));
    assert_eq!(web.count("/feed"), 1);
    desk.clock.advance(2 * HOUR);
    desk.restart().await;
    desk.pass_now().await;
    assert_eq!(web.count("/feed"), 2);
}

#[tokio::test]
async fn a4_a12_robots_txt_is_remembered_over_a_restart_and_asked_for_with_its_validators() {
    let web = Web::new(|path, n| match (path, n) {
        ("/robots.txt", 0) => ([("etag", "\"r\"")], "User-agent: *\nDisallow: /feed").into_response(),
        ("/robots.txt", _) => StatusCode::NOT_MODIFIED.into_response(),
        _ => FEED.into_response(),
    });
    let mut desk = Desk::reading(&web.at("/feed")).await;
    desk.pass().await;

    desk.restart().await;
    let after_restart = desk.pass_now().await;
    let n_after_restart = web.count("/robots.txt");
    desk.clock.advance(25 * HOUR);
    desk.restart().await;
    let after_a_day = desk.pass_now().await;

    assert_eq!((after_restart.trouble, after_a_day.trouble), (Some(Trouble::Robots), Some(Trouble::Robots)));
    assert_eq!(n_after_restart, 1);
    assert_eq!(web.headers("/robots.txt", "if-none-match"), [None, Some("\"r\"".to_owned())]);
    assert_eq!(web.count("/feed"), 0);
}

#[tokio::test]
async fn a5_an_answer_that_stays_fresh_is_left_alone_whatever_its_status() {
    for (status, body) in [(StatusCode::OK, FEED), (StatusCode::NOT_MODIFIED, ""), (StatusCode::TOO_MANY_REQUESTS, "")]
    {
        let web = Web::new(move |path, n| match (path, n) {
            ("/feed", 0) => ([("etag", "\"a\"")], FEED).into_response(),
            ("/feed", _) => (status, [("cache-control", "max-age=172800")], body).into_response(),
            _ => missing(),
        });
        let desk = Desk::reading(&web.at("/feed")).await;
        desk.pass().await;

        let asked = desk.clock.now() + 2 * HOUR;
        desk.clock.advance(2 * HOUR);
        desk.pass().await;

        let wait = desk.state().await.due.since(asked);
        assert!((2 * DAY..2 * DAY + HOUR).contains(&wait), "{status}: {wait:?}");
    }
}

#[tokio::test]
async fn a3_validators_of_an_answer_that_breaks_off_are_not_kept() {
    let web = Web::new(|path, n| match (path, n) {
        ("/feed", 0) => ([("etag", "\"a\"")], FEED).into_response(),
        ("/feed", 1) => ([("etag", "\"b\""), ("content-encoding", "gzip")], "no gzip").into_response(),
        ("/feed", 2) => ([("etag", "\"c\"")], Html("<p>Back soon.")).into_response(),
        ("/feed", _) => ([("etag", "\"d\"")], FEED).into_response(),
        _ => missing(),
    });
    let desk = Desk::reading(&web.at("/feed")).await;

    desk.live_through(2 * DAY).await;

    let sent = web.headers("/feed", "if-none-match");
    let quoted = |tag: &str| Some(format!("\"{tag}\""));
    assert_eq!(sent[..5], [None, quoted("a"), quoted("a"), quoted("a"), quoted("d")]);
}

#[tokio::test]
async fn a8_a_permanent_move_is_believed_after_a_day_and_a_temporary_one_never() {
    for (status, is_kept) in
        [(StatusCode::MOVED_PERMANENTLY, true), (StatusCode::PERMANENT_REDIRECT, true), (StatusCode::FOUND, false)]
    {
        let web = Web::new(move |path, _| match path {
            "/old" => (status, [("location", "/new")]).into_response(),
            "/new" => FEED.into_response(),
            _ => missing(),
        });
        let desk = Desk::reading(&web.at("/old")).await;

        desk.live_through(DAY - HOUR).await;
        let on_the_first_day = desk.state().await.entrance;
        desk.live_through(DAY).await;

        let moved = Some(web.at("/new").parse().unwrap()).filter(|_| is_kept);
        assert_eq!((on_the_first_day, desk.state().await.entrance), (None, moved), "{status}");
        let n_old = web.count("/old");
        desk.live_through(DAY).await;
        assert_eq!(web.count("/old") == n_old, is_kept, "{status}");
    }
}

#[tokio::test]
async fn a8_a_move_to_a_login_page_is_not_believed() {
    let web = Web::new(|path, n| match (path, n) {
        ("/old", 0) => FEED.into_response(),
        ("/old", _) => (StatusCode::MOVED_PERMANENTLY, [("location", "/login")]).into_response(),
        ("/login", _) => Html("<form><input type=password></form>").into_response(),
        _ => missing(),
    });
    let desk = Desk::reading(&web.at("/old")).await;

    desk.live_through(4 * DAY).await;

    let state = desk.state().await;
    assert_eq!((state.entrance, state.ailment.unwrap().trouble), (None, Trouble::LoginWall));
}

#[tokio::test]
async fn a10_what_is_gone_twice_is_asked_no_more_until_somebody_wants_it() {
    let web = Web::new(|path, n| match (path, n) {
        ("/feed", 2..4) => StatusCode::GONE.into_response(),
        ("/feed", _) => FEED.into_response(),
        _ => missing(),
    });
    let desk = Desk::reading(&web.at("/feed")).await;

    desk.live_through(90 * DAY).await;

    assert_eq!(web.count("/feed"), 4);
    assert_eq!(desk.state().await.ailment.unwrap().trouble, Trouble::Gone);
    assert_eq!(desk.pass_now().await.trouble, None);
    desk.live_through(DAY).await;
    assert!(web.count("/feed") > 5);
}

/// A site that gives its feed another address says so of the old one; the page that leads there is asked again.
#[tokio::test]
async fn a10_a_found_feed_that_is_gone_is_looked_for_anew() {
    let page = |feed: &str| format!("<link rel=alternate type='application/rss+xml' href='{feed}'><p>Welcome</p>");
    let web = Web::new(move |path, n| match (path, n) {
        ("/", 0) => Html(page("/old.xml")).into_response(),
        ("/", _) => Html(page("/new.xml")).into_response(),
        ("/old.xml", 0..3) | ("/new.xml", _) => FEED.into_response(),
        ("/old.xml", _) => StatusCode::GONE.into_response(),
        _ => missing(),
    });
    let desk = Desk::reading(&web.at("/")).await;

    desk.live_through(10 * DAY).await;

    assert!(web.count("/new.xml") > 5, "{}", web.count("/new.xml"));
    assert_eq!(desk.state().await.ailment, None);
}

#[tokio::test]
async fn a10_what_is_missing_is_asked_weekly_and_comes_back() {
    let web = Web::new(|path, n| match (path, n) {
        ("/feed", 0..8) => missing(),
        ("/feed", _) => FEED.into_response(),
        _ => missing(),
    });
    let mut desk = Desk::reading(&web.at("/feed")).await;
    desk.site.discover.items = Some("article".parse().unwrap());
    desk.live_through(7 * DAY).await;
    let in_the_first_week = web.count("/feed");

    desk.live_through(7 * DAY).await;

    assert!((5..8).contains(&in_the_first_week), "{in_the_first_week}");
    assert!(web.count("/feed") - in_the_first_week <= 1);
    assert_eq!(desk.state().await.ailment.unwrap().trouble, Trouble::NotFound);
    desk.site.discover.items = None;
    desk.live_through(30 * DAY).await;
    assert_eq!(desk.state().await.ailment, None);
}

#[tokio::test]
async fn a15_a_feeds_ttl_holds_also_when_nothing_changed() {
    let web = Web::new(|path, n| match (path, n) {
        ("/feed", 0) => {
            let feed = "<rss version=\"2.0\"><channel><title>G</title><ttl>600</ttl></channel></rss>";
            ([("etag", "\"a\"")], feed).into_response()
        }
        ("/feed", _) => StatusCode::NOT_MODIFIED.into_response(),
        _ => missing(),
    });
    let desk = Desk::reading(&web.at("/feed")).await;

    desk.live_through(41 * HOUR).await;

    assert_eq!(web.count("/feed"), 5);
}
