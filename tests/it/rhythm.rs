//! How often a source is asked follows what it posts; weeks pass on a mock clock.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::response::{Html, IntoResponse};
use axum::routing::get;
use offprint::clock::Clock;
use offprint::model::{Adaptive, Because, Rhythm, Timestamp};

use crate::desk::Desk;
use crate::origin::serve;

const HOUR: Duration = Duration::from_secs(3600);
const DAY: Duration = Duration::from_secs(24 * 3600);
const LIMITS: Adaptive =
    Adaptive { every: Duration::from_secs(1800), min: Duration::from_secs(900), max: Duration::from_secs(12 * 3600) };

/// A site whose feed shows its newest twenty items, and which remembers when it was asked.
#[derive(Clone, Default)]
struct Paper {
    clock: Arc<Mutex<Option<Clock>>>,
    published: Arc<Mutex<Vec<Timestamp>>>,
    asked: Arc<Mutex<Vec<Timestamp>>>,
}

impl Paper {
    /// The paper, and a desk that reads it.
    async fn read(rhythm: Rhythm) -> (Self, Desk) {
        let paper = Self::default();
        let site = paper.clone();
        let address = serve(Router::new().fallback(move |uri: axum::http::Uri| {
            let answer = match uri.path() {
                "/feed" => site.feed().into_response(),
                path => page(path).into_response(),
            };
            async move { answer }
        }));
        let mut desk = Desk::reading(&format!("http://{address}/feed")).await;
        desk.site.source.rhythm = rhythm;
        *paper.clock.lock().unwrap() = Some(desk.clock.clone());
        (paper, desk)
    }

    fn now(&self) -> Timestamp {
        self.clock.lock().unwrap().as_ref().unwrap().now()
    }

    /// Dates up to `until`, one each `step`.
    fn publish(&self, from: Timestamp, until: Timestamp, step: Duration) {
        let n = u32::try_from(until.since(from).as_secs() / step.as_secs()).unwrap();
        self.published.lock().unwrap().extend((0..=n).map(|idx| from + step * idx));
    }

    fn feed(&self) -> String {
        let now = self.now();
        self.asked.lock().unwrap().push(now);
        let published = self.published.lock().unwrap();
        let items = published.iter().enumerate().filter(|(_, at)| **at <= now).rev().take(20).map(|(n, at)| {
            format!("<item><title>Story {n}</title><link>/{n}</link><pubDate>{}</pubDate></item>", at.rfc2822())
        });
        format!("<rss version=\"2.0\"><channel><title>G</title>{}</channel></rss>", items.collect::<String>())
    }

    /// The waits between questions from `since` on.
    fn waits(&self, since: Timestamp) -> Vec<Duration> {
        let asked = self.asked.lock().unwrap();
        let asked: Vec<_> = asked.iter().filter(|at| **at >= since).collect();
        asked.windows(2).map(|pair| pair[1].since(*pair[0])).collect()
    }
}

fn page(path: &str) -> Html<String> {
    let text = format!("Story {path} tells of the reservoir above the town, which is full again. ");
    Html(format!("<title>Story</title><article><h1>Story {path}</h1><p>{}</p></article>", text.repeat(9)))
}

/// A19: weeks of silence stretch the wait to its limit and no further, and what comes back is found within it.
#[tokio::test]
async fn a19_a_source_that_falls_silent_is_asked_seldom_and_found_when_it_returns() {
    let (paper, desk) = Paper::read(Rhythm::Adaptive(LIMITS)).await;
    let start = desk.clock.now();
    paper.publish(start.minus(10 * DAY), start + 5 * DAY, 3 * HOUR);
    desk.live_through(6 * DAY).await;
    let busy = paper.waits(start);

    desk.live_through(80 * DAY).await;
    let silent_since = desk.clock.now();
    desk.live_through(14 * DAY).await;
    let silent = paper.waits(silent_since);
    let back = desk.clock.now();
    let n_known = desk.state().await.n_articles;
    paper.publish(back, back, HOUR);
    desk.live_through(LIMITS.max + HOUR).await;

    assert!(busy.iter().all(|wait| *wait < 4 * HOUR && *wait >= LIMITS.min), "{busy:?}");
    assert!(silent.iter().all(|wait| *wait <= LIMITS.max && *wait > 10 * HOUR), "{silent:?}");
    assert!(silent.len() >= 24, "{silent:?}");
    let state = desk.state().await;
    assert_eq!(state.n_articles + state.n_pending, n_known + 1);
    assert_eq!(state.because, Some(Because::Rhythm));
}

#[tokio::test]
async fn a_busy_source_is_asked_more_often_than_a_quiet_one_from_the_first_poll_on() {
    let mut waits = Vec::new();
    for step in [HOUR / 2, 12 * HOUR, 14 * DAY] {
        let (paper, desk) = Paper::read(Rhythm::Adaptive(LIMITS)).await;
        let start = desk.clock.now();
        paper.publish(start.minus(28 * DAY), start + DAY, step);

        desk.live_through(DAY).await;

        waits.push(paper.waits(start).first().copied().unwrap_or(DAY));
    }

    assert!(waits[0] < HOUR && waits[0] * 2 < waits[1] && waits[1] * 2 < waits[2], "{waits:?}");
}

#[tokio::test]
async fn a_cron_expression_and_an_interval_do_not_follow_the_source() {
    for (rhythm, n_asked) in [(Rhythm::cron("0 */6 * * *").unwrap(), 8..10), (Rhythm::Every(6 * HOUR), 8..9)] {
        let (paper, desk) = Paper::read(rhythm).await;
        let start = desk.clock.now();
        paper.publish(start.minus(2 * DAY), start + 2 * DAY, HOUR / 4);

        desk.live_through(2 * DAY).await;

        let waits = paper.waits(start);
        assert!(n_asked.contains(&(waits.len() + 1)), "{waits:?}");
    }
}

/// A source without dates and with a long list doesn't look busy for it.
#[tokio::test]
async fn what_was_there_before_the_first_look_says_nothing_without_dates() {
    let items: String = (0..50).map(|n| format!("<item><title>Story {n}</title><link>/{n}</link></item>")).collect();
    let feed = format!("<rss version=\"2.0\"><channel><title>G</title>{items}</channel></rss>");
    let address = serve(
        Router::new()
            .route("/feed", get(move || async move { feed }))
            .fallback(|uri: axum::http::Uri| async move { page(uri.path()) }),
    );
    let mut desk = Desk::reading(&format!("http://{address}/feed")).await;
    desk.site.source.rhythm = Rhythm::Adaptive(LIMITS);

    desk.live_through(DAY).await;

    let state = desk.state().await;
    let wait = state.due.since(state.last_poll.unwrap());
    assert_eq!(desk.store.posted(&state.id).await.unwrap().dates, []);
    assert!(state.n_articles > 40 && wait > HOUR, "{wait:?} with {} articles", state.n_articles);
}
