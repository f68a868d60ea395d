//! A site on loopback that counts who asks.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use axum::Router;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::get;

/// A running site: a feed of articles and their pages. It lives as long as the test process.
pub struct Origin {
    address: SocketAddr,
    site: Arc<Site>,
}

struct Site {
    title: String,
    n_articles: AtomicUsize,
    n_feed_requests: AtomicUsize,
    n_page_requests: AtomicUsize,
}

impl Origin {
    /// Serves a feed at `/feed` with so many articles.
    pub fn start(title: &str, n_articles: usize) -> Self {
        let site = Arc::new(Site {
            title: title.to_owned(),
            n_articles: n_articles.into(),
            n_feed_requests: 0.into(),
            n_page_requests: 0.into(),
        });
        let routes = Router::new().route("/feed", get(feed)).route("/a/{n}", get(page)).with_state(Arc::clone(&site));
        Self { address: serve(routes), site }
    }

    /// The site's address with a trailing slash.
    pub fn url(&self) -> String {
        format!("http://{}/", self.address)
    }

    /// How often the feed was asked for, changed or not.
    pub fn n_feed_requests(&self) -> usize {
        self.site.n_feed_requests.load(Ordering::SeqCst)
    }
}

/// Serves a router on a free port of loopback for the rest of the process's life.
pub fn serve(routes: Router) -> SocketAddr {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    listener.set_nonblocking(true).unwrap();
    let address = listener.local_addr().unwrap();
    std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let listener = tokio::net::TcpListener::from_std(listener).unwrap();
            axum::serve(listener, routes).await.unwrap();
        });
    });
    address
}

async fn feed(State(site): State<Arc<Site>>, headers: HeaderMap) -> Response {
    site.n_feed_requests.fetch_add(1, Ordering::SeqCst);
    let n_articles = site.n_articles.load(Ordering::SeqCst);
    let etag = format!("\"{n_articles}\"");
    if headers.get(header::IF_NONE_MATCH).is_some_and(|given| given.as_bytes() == etag.as_bytes()) {
        return StatusCode::NOT_MODIFIED.into_response();
    }
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or_default().to_owned();
    let items: String = (0..n_articles)
        .rev()
        .map(|n| {
            format!(
                "<item><title>{} {n}</title><link>http://{host}/a/{n}</link><guid isPermaLink=\"false\">id-{n}</guid>\
                 <pubDate>Tue, 03 Nov 2026 {:02}:{:02}:00 +0000</pubDate></item>",
                headline(n),
                n / 60,
                n % 60
            )
        })
        .collect();
    let body = format!(
        "<rss version=\"2.0\"><channel><title>{}</title><link>http://{host}/</link>{items}</channel></rss>",
        site.title
    );
    ([(header::CONTENT_TYPE, "application/rss+xml".to_owned()), (header::ETAG, etag)], body).into_response()
}

async fn page(State(site): State<Arc<Site>>, Path(n): Path<usize>) -> Html<String> {
    site.n_page_requests.fetch_add(1, Ordering::SeqCst);
    let title = headline(n);
    let paragraphs: String = (0..6).map(|p| format!("<p>{}</p>", paragraph(&site.title, n, p))).collect();
    Html(format!(
        "<!doctype html><html lang=en><title>{title} {n}</title><body><nav><a href=/>Home</a> <a href=/feed>Feed</a></nav>\
         <article><h1>{title} {n}</h1>{paragraphs}</article><footer>Imprint</footer>"
    ))
}

fn headline(n: usize) -> &'static str {
    ["The harbour opens again", "A bridge for bicycles", "Rain fills the reservoirs", "The choir finds a home"][n % 4]
}

/// Prose that differs from article to article, so that none is taken for another's copy.
fn paragraph(site: &str, n: usize, p: usize) -> String {
    const WORDS: [&str; 32] = [
        "harbour",
        "council",
        "winter",
        "engine",
        "teacher",
        "market",
        "river",
        "orchard",
        "signal",
        "theatre",
        "bakery",
        "railway",
        "garden",
        "museum",
        "weather",
        "student",
        "captain",
        "lantern",
        "bridge",
        "painter",
        "valley",
        "library",
        "festival",
        "doctor",
        "meadow",
        "island",
        "carpenter",
        "window",
        "summer",
        "journey",
        "letter",
        "music",
    ];
    let mut state = (n * 7919 + p * 104_729 + site.bytes().map(usize::from).sum::<usize>() * 31) | 1;
    let mut sentence = |length: usize| {
        let words: Vec<&str> = (0..length)
            .map(|_| {
                state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                WORDS[(state >> 33) % WORDS.len()]
            })
            .collect();
        format!("The {}, said the mayor.", words.join(" "))
    };
    format!("{} {} {}", sentence(11), sentence(14), sentence(9))
}
