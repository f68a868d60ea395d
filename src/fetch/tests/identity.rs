//! What opens a door goes to that door alone, and what is behind it is for nobody else.

use std::collections::BTreeMap;

use super::origin::{Origin, Reply, answer};
use super::*;
use crate::model::Secret;

/// Everything that a source can be given.
fn identity(url: &Url) -> Identity {
    let mut identity = Identity::of(url);
    identity.add_header("X-Key", &Secret::new("the-key")).unwrap();
    identity.add_cookies(&BTreeMap::from(["a", "b"].map(|name| (name.to_owned(), Secret::new("the-cookie"))))).unwrap();
    identity.log_in(&Auth { token: Some(Secret::new("the-token")), ..Auth::default() }).unwrap();
    identity.call_itself("Reader/1").unwrap();
    identity
}

async fn get_as(fetcher: &Fetcher, identity: &Identity, url: &Url) -> Result<Fetched, FetchError> {
    fetcher.get_as(identity, &Request { url, validators: None, accept: Accept::Page }).await
}

fn texts(origin: &Origin) -> Vec<String> {
    origin.requests().into_iter().map(|request| String::from_utf8(request).unwrap().to_lowercase()).collect()
}

const MARKS: [&str; 4] = [
    "\nx-key: the-key\r",
    "\ncookie: a=the-cookie; b=the-cookie\r",
    "\nauthorization: bearer the-token\r",
    "\nuser-agent: reader/1\r",
];

#[tokio::test]
async fn a_source_is_asked_with_its_own_headers_cookies_login_and_name() {
    let origin = Origin::new(|path, _| match path {
        "/robots.txt" => Reply::Bytes(answer("404 Not Found", "", b"")),
        "/feed" => Reply::Bytes(answer("302 Found", "Location: /moved", b"")),
        _ => Reply::Bytes(answer("200 OK", "", b"x")),
    })
    .await;
    let fetcher = fetcher(&Config { robots: true, ..config() });

    get_as(&fetcher, &identity(&origin.at("/feed")), &origin.at("/feed")).await.unwrap();
    get(&fetcher, &origin.at("/other")).await.unwrap();

    assert_eq!(origin.paths(), ["/robots.txt", "/feed", "/moved", "/robots.txt", "/other"]);
    let requests = texts(&origin);
    for (idx, request) in requests.iter().enumerate() {
        assert!(MARKS.iter().all(|mark| request.contains(mark) == (idx < 3)), "{request}");
    }
    assert!(requests[4].contains("\nuser-agent: offprint/"), "{}", requests[4]);
}

#[tokio::test]
async fn what_opens_one_site_is_shown_to_no_other() {
    let other = Origin::new(|path, _| match path {
        "/robots.txt" => Reply::Bytes(answer("404 Not Found", "", b"")),
        _ => Reply::Bytes(answer("200 OK", "", b"x")),
    })
    .await;
    let (there, robots_there) = (other.at("/page"), other.at("/robots.txt"));
    let origin = Origin::new(move |path, _| {
        let location = if path == "/robots.txt" { &robots_there } else { &there };
        Reply::Bytes(answer("302 Found", &format!("Location: {location}"), b""))
    })
    .await;
    let fetcher = fetcher(&Config { robots: true, ..config() });
    let identity = identity(&origin.url);

    get_as(&fetcher, &identity, &origin.at("/feed")).await.unwrap();
    get_as(&fetcher, &identity, &other.at("/linked")).await.unwrap();

    assert!(texts(&origin).iter().all(|request| MARKS.iter().all(|mark| request.contains(mark))));
    let requests = texts(&other);
    assert!(requests.len() >= 4, "{requests:?}");
    for request in requests {
        assert!(!request.contains("the-") && !request.contains("reader/1"), "{request}");
    }
}

#[tokio::test]
async fn what_a_site_says_to_one_visitor_is_not_taken_for_anothers() {
    let origin = Origin::new(|path, _| match path {
        "/robots.txt" => Reply::Bytes(answer("200 OK", "ETag: \"r\"", b"User-agent: *\nDisallow: /")),
        _ => Reply::Bytes(answer("200 OK", "", b"x")),
    })
    .await;
    let fetcher = fetcher(&Config { robots: true, ..config() });
    let [one, two] = ["one-secret", "two-secret"].map(|key| {
        let mut identity = Identity::of(&origin.url);
        identity.add_header("X-Key", &Secret::new(key)).unwrap();
        identity
    });

    for identity in [&Identity::default(), &one, &two, &one, &Identity::default()] {
        let refused = get_as(&fetcher, identity, &origin.at("/page")).await;
        assert!(matches!(refused, Err(FetchError::Robots { .. })), "{refused:?}");
    }

    let requests = texts(&origin);
    assert_eq!(origin.paths(), ["/robots.txt"; 3]);
    assert!(!requests[0].contains("x-key") && requests[1].contains("one-secret") && requests[2].contains("two-secret"));
    assert!(requests.iter().all(|request| !request.contains("if-none-match")), "{requests:?}");
    // Only what everybody is told outlives the process.
    let (_, remembered) = fetcher.take_changes();
    assert_eq!(remembered.len(), 1);
    assert_eq!(remembered[0].site, origin.url.origin().ascii_serialization());
}

#[tokio::test]
async fn no_error_shows_what_a_source_hides() {
    let origin = Origin::new(|path, _| match path {
        "/to?key=the-word" => Reply::Bytes(answer("302 Found", "Location: http://[the-word", b"")),
        "/round?key=the-word" => Reply::Bytes(answer("302 Found", "Location: /round?key=the-word", b"")),
        "/coded?key=the-word" => Reply::Bytes(answer("200 OK", "Content-Encoding: gzip, the-word", b"x")),
        "/empty?key=the-word" => Reply::Bytes(answer("200 OK", "", b"")),
        "/hop?key=the-word" => Reply::Bytes(answer("302 Found", "Location: ftp://a.example/%74he-word/the-word", b"")),
        _ => Reply::Bytes(answer("401 Unauthorized", "", b"the-word")),
    })
    .await;
    for path in ["/to", "/round", "/coded", "/empty", "/hop", "/page"] {
        let url = origin.at(&format!("{path}?key=the-word"));
        let mut identity = Identity::of(&url);
        identity.veil(&url, [Secret::new("the-word")]);

        let error = get_as(&fetcher(&config()), &identity, &url).await.unwrap_err();

        let shown = format!("{error} {error:?}");
        assert!(!shown.contains("the-word") && shown.contains("***"), "{shown}");
    }
}
