//! What becomes of articles whose pages can't be had for a while; days pass on a mock clock.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

use axum::Router;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse};
use axum::routing::get;
use offprint::model::Trouble;

use crate::desk::Desk;
use crate::origin::serve;

const TEXT: &str = "The reservoir above the town has filled for the first time in nine years, the water board says. ";

/// C10: a listing that tells headlines only, whose pages fail for two days, loses none of them.
#[tokio::test]
async fn c10_no_article_is_lost_to_an_outage_of_two_days() {
    let is_down = Arc::new(AtomicBool::new(true));
    let n_asked = Arc::new(AtomicUsize::new(0));
    let page = {
        let (is_down, n_asked) = (Arc::clone(&is_down), Arc::clone(&n_asked));
        move || {
            n_asked.fetch_add(1, Ordering::SeqCst);
            let is_down = is_down.load(Ordering::SeqCst);
            async move {
                if is_down {
                    StatusCode::SERVICE_UNAVAILABLE.into_response()
                } else {
                    Html(format!("<title>Rain</title><article><h1>Rain</h1><p>{}</p></article>", TEXT.repeat(5)))
                        .into_response()
                }
            }
        }
    };
    let feed = "<rss version=\"2.0\"><channel><title>G</title><item><title>Rain</title><link>/rain</link></item></channel></rss>";
    let address = serve(Router::new().route("/feed", get(move || async move { feed })).route("/rain", get(page)));
    let desk = Desk::reading(&format!("http://{address}/feed")).await;

    desk.pass().await;
    desk.live_through(Duration::from_secs(2 * 24 * 3600)).await;
    let asked_while_down = n_asked.load(Ordering::SeqCst);
    is_down.store(false, Ordering::SeqCst);
    desk.live_through(Duration::from_secs(2 * 24 * 3600)).await;

    assert_eq!(desk.texts().await, [TEXT.repeat(5).trim()]);
    assert!((4..10).contains(&asked_while_down), "asked {asked_while_down} times in two days of 503");
}

/// A11: an hour of maintenance at a feed's address is an error, and no reason to subscribe to another feed.
#[tokio::test]
async fn a11_a_page_at_a_feeds_address_is_an_error_and_the_feed_stays_the_entrance() {
    let is_down = Arc::new(AtomicBool::new(false));
    let feed = {
        let is_down = Arc::clone(&is_down);
        move || {
            let is_down = is_down.load(Ordering::SeqCst);
            async move {
                if is_down {
                    Html("<link rel=alternate type=\"application/rss+xml\" href=/everything><p>Back soon.")
                        .into_response()
                } else {
                    "<rss version=\"2.0\"><channel><title>Section</title></channel></rss>".into_response()
                }
            }
        }
    };
    let everything = "<rss version=\"2.0\"><channel><title>Everything</title><item><title>Other</title><link>/other</link></item></channel></rss>";
    let routes =
        Router::new().route("/section/feed", get(feed)).route("/everything", get(move || async move { everything }));
    let desk = Desk::reading(&format!("http://{}/section/feed", serve(routes))).await;
    desk.pass().await;

    is_down.store(true, Ordering::SeqCst);
    desk.live_through(Duration::from_secs(3600 + 600)).await;

    let state = desk.store.source(&desk.site.source.id).await.unwrap().unwrap();
    assert_eq!((state.failures, state.entrance, state.n_pending), (1, None, 0));
    assert!(state.last_error.unwrap().contains("lists no articles"));
    assert_eq!(state.ailment.map(|ailment| ailment.trouble), Some(Trouble::NotAFeed));
    is_down.store(false, Ordering::SeqCst);
    desk.live_through(Duration::from_secs(2 * 3600)).await;
    assert_eq!(desk.store.source(&desk.site.source.id).await.unwrap().unwrap().failures, 0);
}
