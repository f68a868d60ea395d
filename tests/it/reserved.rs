//! What pages ask of those who would republish them is done, and seen where an operator looks.

use axum::Router;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, Uri};
use axum::response::{Html, IntoResponse, Response};

use crate::daemon::Daemon;
use crate::origin::serve;

/// A page: its name, its headers, and what is in its head.
type Page = (&'static str, &'static [(&'static str, &'static str)], &'static str);

const PAGES: [Page; 7] = [
    ("plain", &[], ""),
    ("header", &[("x-robots-tag", "noindex, nofollow")], ""),
    ("meta", &[], "<meta name=robots content='NOINDEX'>"),
    ("ours", &[("x-robots-tag", "googlebot: nofollow, offprint: none")], ""),
    ("others", &[("x-robots-tag", "googlebot: noindex")], "<meta name=bingbot content=noindex>"),
    ("archive", &[("x-robots-tag", "noarchive")], "<meta name=robots content=nosnippet>"),
    ("mining", &[("tdm-reservation", "1")], ""),
];

async fn answer(uri: Uri, headers: HeaderMap) -> Response {
    let host = headers.get("host").and_then(|host| host.to_str().ok()).unwrap_or_default();
    let place = PAGES.iter().position(|(name, ..)| uri.path() == format!("/{name}"));
    match place.map(|place| (place, PAGES[place])) {
        Some((n, (name, headers, head))) => {
            let text: String = (0..6)
                .map(|p| {
                    format!(
                        "<p>The {name} harbour took in {n}{p} boats this week, said the mayor of the {name} town.</p>"
                    )
                })
                .collect();
            let page = format!("<title>The {name} page</title>{head}<article><h1>The {name} page</h1>{text}</article>");
            let mut response = Html(page).into_response();
            for (field, value) in headers {
                response.headers_mut().append(HeaderName::from_static(field), HeaderValue::from_static(value));
            }
            response
        }
        None if uri.path() == "/feed" => {
            let items: String = PAGES
                .iter()
                .map(|(name, ..)| {
                    format!("<item><title>The {name} page</title><link>http://{host}/{name}</link></item>")
                })
                .collect();
            // What a feed asks of itself is about the feed's address.
            let field = [("x-robots-tag", "noindex")];
            (field, format!("<rss version=\"2.0\"><channel><title>G</title>{items}</channel></rss>")).into_response()
        }
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

#[test]
fn a13_what_asks_not_to_be_republished_is_left_out_and_the_operator_told() {
    let site = serve(Router::new().fallback(answer));
    for (respect, kept, told) in [
        ("", &["plain", "others", "archive", "mining"][..], "noindex"),
        ("respect = { noindex = false }", &["plain", "header", "meta", "ours", "others", "archive", "mining"], ""),
        ("respect = { noarchive = true, tdm_reservation = true }", &["plain", "others"], "noarchive"),
    ] {
        let daemon = Daemon::prepare(&format!(
            "[fetch]\nprivate_networks = true\nper_host = {{ delay = \"1ms\" }}\n\
             [[source]]\nid = \"gazette\"\nurl = \"http://{site}/feed\"\n{respect}\n"
        ));
        let crawl = std::process::Command::new(env!("CARGO_BIN_EXE_offprint"))
            .args(["crawl", "-c"])
            .arg(daemon.config())
            .current_dir(daemon.folder())
            .output()
            .unwrap();
        let running = daemon.start();

        let mut titles: Vec<String> = running.items("gazette").into_iter().map(|(_, title, _)| title).collect();
        let mut expected: Vec<String> = kept.iter().map(|name| format!("The {name} page")).collect();
        titles.sort();
        expected.sort();
        assert_eq!(titles, expected, "{respect}");
        let page = running.get("/sources/gazette").map(|answer| String::from_utf8(answer.body).unwrap()).unwrap();
        let summary = String::from_utf8(crawl.stdout).unwrap();
        if told.is_empty() {
            assert!(!page.contains("not republished") && !summary.contains("left out"), "{summary}");
        } else {
            assert!(page.contains(&format!("not republished, since the page asks <code>{told}</code>")), "{page}");
            assert!(summary.contains(&format!("{} left out", PAGES.len() - kept.len())), "{summary}");
        }
    }
}
