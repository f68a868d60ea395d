//! Origins that mean harm: what they get is little, and what they get us to do is nothing.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use axum::Router;
use axum::extract::Request;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use offprint::fetch;
use offprint::model::Trouble;

use crate::daemon::Daemon;
use crate::desk::Desk;
use crate::forbidden::{at, forbidden, inside};
use crate::origin::serve;

const HOUR: Duration = Duration::from_secs(3600);

/// A site that remembers which paths it was asked for.
fn site(answer: impl Fn(&str) -> Response + Clone + Send + Sync + 'static) -> (SocketAddr, Arc<Paths>) {
    let paths = Arc::<Paths>::default();
    let seen = Arc::clone(&paths);
    let address = serve(Router::new().fallback(move |request: Request| {
        let path = request.uri().to_string();
        let response = answer(&path);
        seen.lock().unwrap().push(path);
        async move { response }
    }));
    (address, paths)
}

type Paths = std::sync::Mutex<Vec<String>>;

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;").replace('\r', "&#13;").replace('\n', "&#10;")
}

fn feed(items: &str) -> String {
    format!("<rss version=\"2.0\"><channel><title>Gazette</title>{items}</channel></rss>")
}

/// A listener at all addresses of this machine, and how many have come to it.
fn trap() -> (u16, impl Fn() -> usize) {
    let listener = std::net::TcpListener::bind("[::]:0").or_else(|_| std::net::TcpListener::bind("0.0.0.0:0")).unwrap();
    listener.set_nonblocking(true).unwrap();
    let port = listener.local_addr().unwrap().port();
    (port, move || std::iter::from_fn(|| listener.accept().ok()).count())
}

/// B1: whatever a feed, a listing or an article names, nothing inside is asked.
#[tokio::test]
async fn b1_no_link_file_or_picture_leads_inside() {
    let (port, n_connections) = trap();
    // The names that lead to the one open address may be followed there.
    let is_closed = |host: &&str| !host.to_ascii_lowercase().contains("localhost");
    let addresses: Vec<String> = forbidden().filter(is_closed).map(|host| at(host, port)).collect();
    assert!(inside().count() > 40);
    let items: String = addresses
        .iter()
        .enumerate()
        .map(|(n, address)| {
            let address = escaped(address);
            format!(
                "<item><title>Story {n}</title><link>{address}</link><guid>{n}</guid>\
                 <enclosure url=\"{address}a.mp3\" type=\"audio/mpeg\"/><media:content url=\"{address}b.jpg\" medium=\"image\"/>\
                 <description>&lt;img src=\"{address}c.png\"&gt; {}</description></item>",
                "The council met again, and the harbour will be dredged before the winter. ".repeat(9)
            )
        })
        .collect();
    let links: String = addresses
        .iter()
        .map(|address| format!("<h2><a href=\"{0}\">A story</a></h2><img src=\"{0}\">", escaped(address)))
        .collect();
    let announced: String = addresses
        .iter()
        .map(|address| format!("<link rel=alternate type=\"application/rss+xml\" href=\"{}feed\">", escaped(address)))
        .collect();
    let (origin, paths) = site(move |path| match path {
        "/feed" => feed(&items).into_response(),
        "/listing" => Html(links.clone()).into_response(),
        "/home" => Html(announced.clone()).into_response(),
        _ => StatusCode::NOT_FOUND.into_response(),
    });
    for (entrance, selector) in [("/feed", None), ("/listing", Some("h2")), ("/home", None)] {
        // As the daemon is by default, but that the origin itself is on this machine.
        let allowed_networks = vec!["127.0.0.1".parse().unwrap()];
        let fetching = fetch::Config { allowed_networks, ..fetch::Config::default() };
        let mut desk = Desk::with(&format!("http://{origin}{entrance}"), fetching).await;
        desk.site.discover.items = selector.map(|selector| selector.parse().unwrap());

        desk.live_through(40 * HOUR).await;

        assert!(paths.lock().unwrap().iter().any(|path| path == entrance));
        assert_eq!(n_connections(), 0, "{entrance}");
        let n_articles = desk.state().await.n_articles;
        assert_eq!(n_articles > 30, entrance == "/feed", "{entrance}: {n_articles}");
    }
}

/// B4: what a feed declares is neither fetched nor multiplied.
#[tokio::test]
async fn b4_nothing_that_a_feed_declares_is_fetched() {
    let story = "The council met again, and the harbour will be dredged before the winter. ".repeat(9);
    let body = Arc::new(std::sync::OnceLock::<String>::new());
    let shared = Arc::clone(&body);
    let (origin, paths) = site(move |path| match path {
        "/feed" => shared.get().unwrap().clone().into_response(),
        "/robots.txt" => StatusCode::NOT_FOUND.into_response(),
        _ => "fetched".into_response(),
    });
    let there = format!("http://{origin}");
    let declared = format!(
        "<?xml version=\"1.0\"?><?xml-stylesheet href=\"{there}/style.xsl\" type=\"text/xsl\"?>\
         <!DOCTYPE rss PUBLIC \"-//x//y\" \"{there}/outside.dtd\" [\
         <!ENTITY % whole SYSTEM \"{there}/parameter.dtd\">%whole;\
         <!ENTITY system SYSTEM \"{there}/system.txt\"><!ENTITY file SYSTEM \"file:///etc/passwd\">\
         <!ENTITY public PUBLIC \"-//x//z\" \"{there}/public.txt\"><!ENTITY own \"expanded\">]>"
    );
    let items = format!(
        "<item xmlns:xi=\"http://www.w3.org/2001/XInclude\"><title>Caf&eacute; &own; &system; &file; &public;</title>\
         <xi:include href=\"{there}/included.xml\" parse=\"text\"/><guid>1</guid><link>file:///etc/passwd</link>\
         <description>{story}</description></item>\
         <item><title>Good</title><guid>2</guid><link>{there}/2</link><description>{story}</description></item>"
    );
    body.set(declared + &feed(&items)).unwrap();
    let desk = Desk::reading(&format!("{there}/feed")).await;

    desk.live_through(30 * HOUR).await;

    let mut asked = paths.lock().unwrap().clone();
    asked.sort();
    asked.dedup();
    assert_eq!(asked, ["/2", "/feed", "/robots.txt"]);
}

/// B7: a calendar without end gives a thousand pages a day, and other sources their turn.
#[tokio::test]
async fn b7_a_listing_that_never_ends_is_read_a_thousand_pages_a_day() {
    for path in ["/calendar?date=", "/story?session=", "/a/a/a/"] {
        let n_shown = Arc::new(AtomicUsize::new(0));
        let counter = Arc::clone(&n_shown);
        let (origin, paths) = site(move |asked| match asked {
            "/feed" => {
                let first = counter.fetch_add(600, Ordering::SeqCst);
                let items =
                    (first..first + 600).map(|n| format!("<item><title>Day {n}</title><link>{path}{n}</link></item>"));
                feed(&items.collect::<String>()).into_response()
            }
            "/robots.txt" => StatusCode::NOT_FOUND.into_response(),
            _ => StatusCode::GONE.into_response(),
        });
        let desk = Desk::reading(&format!("http://{origin}/feed")).await;

        desk.live_through(HOUR / 2).await;
        let at_once = paths.lock().unwrap().len();
        desk.live_through(4 * HOUR).await;

        let n_pages = paths.lock().unwrap().iter().filter(|asked| asked.starts_with(path)).count();
        assert_eq!((at_once, n_pages), (502, 1000), "{path}");
        assert!(n_shown.load(Ordering::SeqCst) >= 4 * 600);
    }
}

/// B11: what a site writes stays on its line of the log, in both formats.
#[test]
fn b11_no_site_writes_lines_of_its_own_into_the_log() {
    const FORGED: &str = "\r\n2026-01-01T00:00:00.000000Z  WARN FORGED \u{1b}[31m";
    let name = escaped(FORGED).replace('\u{1b}', "&#27;");
    let items = format!(
        "<item><title>T{name}</title><link>/page?{name}</link><guid>{name}</guid><pubDate>{name}</pubDate>\
         <enclosure url=\"/file{name}\" type=\"{name}\"/></item><item><link>/lost%0d%0aFORGED</link></item>"
    );
    let body = format!("<rss version=\"2.0\"><channel><title>G{name}</title>{items}</channel></rss>");
    let (origin, paths) = site(move |path| match path {
        "/feed" => ([("etag", "\"a\tFORGED\""), ("content-type", "text/x\tFORGED")], body.clone()).into_response(),
        "/robots.txt" => StatusCode::NOT_FOUND.into_response(),
        "/moved" => (StatusCode::FOUND, [("location", "http://[%0d%0a\tFORGED")]).into_response(),
        "/garbage" => ([("content-type", "x/y\tFORGED")], "\u{1b}[31m no \r\nFORGED").into_response(),
        _ => (StatusCode::NOT_FOUND, [("retry-after", "\tFORGED")]).into_response(),
    });
    let sources: String = ["feed", "moved", "garbage", "missing%0d%0aFORGED"]
        .iter()
        .enumerate()
        .map(|(n, path)| format!("[[source]]\nid = \"s{n}\"\nurl = \"http://{origin}/{path}\"\n"))
        .collect();
    for format in ["text", "json"] {
        let daemon = Daemon::prepare(&format!(
            "[fetch]\nprivate_networks = true\nper_host = {{ delay = \"0s\", concurrency = 8 }}\n{sources}"
        ));
        let running = daemon.start_with(&["-v", "--log-format", format]);
        daemon.wait("all sources were asked", || (0..4).all(|n| daemon.log().contains(&format!("source `s{n}`"))));
        drop(running);

        let log = daemon.log();
        assert!(!log.contains(['\r', '\u{1b}']), "{log}");
        for line in log.lines() {
            let is_ours = match format {
                "json" => serde_json::from_str::<serde_json::Value>(line).is_ok_and(|line| line["level"].is_string()),
                _ => {
                    line.starts_with("20") && line.as_bytes().get(10) == Some(&b'T') && !line.starts_with("2026-01-01")
                }
            };
            assert!(is_ours, "{line}\nof\n{log}");
        }
    }
    assert!(paths.lock().unwrap().iter().all(|path| !path.contains(['\r', '\n'])));
}

/// A11: an answer that isn't one leaves the validators, the articles and the feed as they were.
#[tokio::test]
async fn a11_a_bad_answer_leaves_what_was_there() {
    let story = "The council met again, and the harbour will be dredged before the winter. ".repeat(9);
    for (what, trouble) in [
        ("unasked 304", Trouble::Unfit),
        ("204", Trouble::Unfit),
        ("206", Trouble::Unfit),
        ("empty", Trouble::Empty),
        ("a page", Trouble::NotAFeed),
        ("cut", Trouble::Truncated),
    ] {
        let n_asked = Arc::new(AtomicUsize::new(0));
        let (counter, story) = (Arc::clone(&n_asked), story.clone());
        let (origin, _) = site(move |path| {
            let good = || {
                let item = format!("<item><title>Good</title><link>/1</link><description>{story}</description></item>");
                feed(&item).into_response()
            };
            match (path, counter.fetch_add(usize::from(path == "/feed"), Ordering::SeqCst)) {
                ("/feed", 0) => good(),
                // An answer without validators, so that nothing is asked with.
                ("/feed", _) => match what {
                    "unasked 304" => StatusCode::NOT_MODIFIED.into_response(),
                    "204" => StatusCode::NO_CONTENT.into_response(),
                    "206" => (StatusCode::PARTIAL_CONTENT, "<rss>").into_response(),
                    "empty" => "".into_response(),
                    "a page" => Html("<p>Please log in.").into_response(),
                    _ => ([("content-encoding", "gzip")], "no gzip at all").into_response(),
                },
                ("/1", _) => Html(format!("<title>Good</title><article><h1>Good</h1><p>{story}")).into_response(),
                _ => StatusCode::NOT_FOUND.into_response(),
            }
        });
        let desk = Desk::reading(&format!("http://{origin}/feed")).await;
        desk.live_through(HOUR / 2).await;
        let before = desk.texts().await;

        desk.live_through(2 * HOUR).await;

        let state = desk.state().await;
        assert_eq!(state.ailment.map(|ailment| ailment.trouble), Some(trouble), "{what}: {:?}", state.last_error);
        assert_eq!(before.len(), 1, "{what}");
        assert_eq!(desk.texts().await, before, "{what}");
    }
}
