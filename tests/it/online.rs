//! `offprint check --online`: each source tried, and told what is wrong with it.

use std::process::{Command, Output};

use axum::Router;
use axum::http::{StatusCode, header};
use axum::response::{Html, IntoResponse, Redirect};
use axum::routing::get;
use serde_json::Value;

use crate::daemon::Daemon;
use crate::origin::{Origin, serve};

fn offprint(daemon: &Daemon, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_offprint"));
    command.args(arguments).arg("-c").arg(daemon.config());
    command.current_dir(daemon.folder()).output().unwrap()
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
}

fn json(output: &Output) -> Value {
    serde_json::from_slice(&output.stdout).unwrap_or_else(|error| panic!("{error}: {}", said(output)))
}

fn daemon(sources: &[(&str, String)]) -> Daemon {
    let sources: String =
        sources.iter().map(|(id, url)| format!("[[source]]\nid = \"{id}\"\nurl = \"{url}\"\n")).collect();
    Daemon::prepare(&format!("[fetch]\nprivate_networks = true\nper_host = {{ delay = \"1ms\" }}\n{sources}"))
}

#[test]
fn a_source_that_works_is_tried_with_three_articles_and_nothing_is_stored() {
    let good = Origin::start("Gazette", 5);
    let feed = format!("{}feed", good.url());
    let home = serve(Router::new().route(
        "/",
        get(move || async move {
            Html(format!("<link rel=alternate type=\"application/rss+xml\" href=\"{feed}\"><p>Welcome."))
        }),
    ));
    let daemon = daemon(&[("gazette", format!("{}feed", good.url())), ("home", format!("http://{home}/"))]);

    let (one, both) = (
        offprint(&daemon, &["check", "--online", "--json", "gazette"]),
        offprint(&daemon, &["check", "--online", "home", "gazette"]),
    );

    assert_eq!(one.status.code(), Some(0), "{}", said(&one));
    let report = json(&one);
    assert_eq!((&report["ok"], report["online"].as_array().map(Vec::len)), (&true.into(), Some(1)));
    let gazette = &report["online"][0];
    let entrance = &gazette["entrance"];
    assert_eq!((&entrance["kind"], &entrance["items"]), (&"feed".into(), &5.into()));
    assert_eq!((&entrance["title"], &entrance["newest"]), (&"Gazette".into(), &"2026-11-03T00:04:00Z".into()));
    let samples = entrance["samples"].as_array().unwrap();
    assert_eq!((samples.len(), &samples[0]["title"]), (3, &"The harbour opens again 4".into()));
    assert!(samples.iter().all(|sample| sample["words"].as_u64() > Some(100)), "{entrance}");
    assert!(samples.iter().all(|sample| sample["confidence"].as_f64() > Some(0.5)), "{entrance}");
    // robots.txt, the feed, three pages.
    assert_eq!(gazette["requests"], 5);
    assert_eq!(both.status.code(), Some(0));
    for words in ["home: fine", "gazette: fine", "“Gazette”: 5 items", "% sure", "2 sources, 0 with a problem"] {
        assert!(said(&both).contains(words), "no {words} in {}", said(&both));
    }
    assert!(!daemon.folder().join("data").exists());
}

/// Each of these has a cure of its own, and the words say which.
#[test]
fn what_is_wrong_with_a_source_is_told_apart_with_its_cure() {
    let feed =
        "<rss version=\"2.0\"><channel><title>G</title><item><title>A</title><link>/a</link></item></channel></rss>";
    let page = |html: &'static str| get(move || async move { Html(html) });
    let bad = serve(
        Router::new()
            .route("/blocked", get(|| async { StatusCode::FORBIDDEN }))
            .route("/login", get(|| async { StatusCode::UNAUTHORIZED }))
            .route("/form", page("<title>Welcome</title><form><input name=u><input type=password></form>"))
            .route("/no-feed", page("<p>Nothing to subscribe to."))
            .route("/app", page("<title>App</title><div id=root></div><script src=/app.js></script>"))
            .route("/challenge", page("<title>Just a moment...</title><p>Checking your browser<script>x</script>"))
            .route("/circle", get(|| async { Redirect::temporary("/circle") }))
            .route("/gone", get(|| async { StatusCode::GONE }))
            .route("/garbage", get(|| async { ([(header::CONTENT_TYPE, "application/rss+xml")], "not xml") }))
            .route("/moved", get(|| async { Redirect::permanent("/feed") }))
            .route("/feed", get(move || async move { feed }))
            .route("/a", page("<title>A</title><script>draw()</script>")),
    );
    let forbidden = serve(
        Router::new()
            .route("/robots.txt", get(|| async { "User-agent: *\nDisallow: /" }))
            .fallback(|| async { "<rss/>".into_response() }),
    );
    let at = |path: &str| format!("http://{bad}/{path}");
    let cases = [
        ("blocked", at("blocked"), "forbidden", "refuses programs"),
        ("login", at("login"), "login-wall", "wants a login"),
        ("form", at("form"), "login-wall", "wants a login"),
        ("no-feed", at("no-feed"), "not-a-feed", "address of the site's feed"),
        ("app", at("app"), "scripts", "without JavaScript"),
        ("challenge", at("challenge"), "challenge", "proof of a human"),
        ("circle", at("circle"), "redirect", "redirects to nowhere"),
        ("gone", at("gone"), "gone", "gone for good"),
        ("articles", at("feed"), "scripts", "without JavaScript"),
        ("robots", format!("http://{forbidden}/feed"), "robots", "robots.txt forbids"),
        // Too long for a name, so that no resolver has to be asked.
        ("name", format!("http://{}.example/", "a".repeat(63) + "b"), "no-name", "Check the spelling"),
        ("tls", format!("https://{bad}/tls"), "tls", "isn't trusted"),
    ];
    let sources: Vec<(&str, String)> = cases.iter().map(|(id, url, ..)| (*id, url.clone())).collect();
    let daemon = daemon(&[sources, vec![("moved", at("moved"))]].concat());

    let (output, text) =
        (offprint(&daemon, &["check", "--online", "--json"]), offprint(&daemon, &["check", "--online"]));

    let report = json(&output);
    assert_eq!((output.status.code(), text.status.code(), &report["ok"]), (Some(1), Some(1), &false.into()));
    for (idx, (id, _, kind, advice)) in cases.iter().enumerate() {
        let source = &report["online"][idx];
        assert_eq!((&source["source"], &source["error"]["kind"]), (&(*id).into(), &(*kind).into()), "{source}");
        assert!(source["error"]["advice"].as_str().unwrap().contains(advice), "{source}");
        assert!(said(&text).contains(&format!("\n  {kind}: ")), "no {kind} in {}", said(&text));
    }
    let moved = &report["online"][cases.len()]["entrance"];
    assert_eq!((&moved["moved_to"], &moved["items"]), (&at("feed").into(), &1.into()));
    assert!(said(&text).contains("it has moved for good: change the source's url"), "{}", said(&text));
}

#[test]
fn a_host_that_asked_for_silence_is_not_asked_and_the_database_stays_as_it_is() {
    let site = serve(
        Router::new().route("/feed", get(|| async { (StatusCode::SERVICE_UNAVAILABLE, [("retry-after", "7200")]) })),
    );
    let daemon = daemon(&[("silent", format!("http://{site}/feed"))]);
    offprint(&daemon, &["crawl"]);
    let database = daemon.folder().join("data/offprint.db");
    let before = std::fs::read(&database).unwrap();

    let output = offprint(&daemon, &["check", "--online", "--json"]);

    let source = json(&output)["online"][0].clone();
    assert_eq!((&source["requests"], &source["error"]["kind"]), (&0.into(), &"rate-limited".into()), "{source}");
    assert!(source["error"]["message"].as_str().unwrap().contains("asked to wait"), "{source}");
    assert_eq!(output.status.code(), Some(1));
    assert!(std::fs::read(&database).unwrap() == before);
}

#[test]
fn sources_are_named_only_to_be_tried_and_by_their_right_names() {
    let daemon = daemon(&[("gazette", "http://gazette.example/".to_owned())]);

    let (offline, typo) =
        (offprint(&daemon, &["check", "gazette"]), offprint(&daemon, &["check", "--online", "gazete"]));

    assert_eq!((offline.status.code(), typo.status.code()), (Some(2), Some(2)));
    assert!(said(&offline).contains("--online"), "{}", said(&offline));
    assert!(said(&typo).contains("did you mean `gazette`?"), "{}", said(&typo));
}
