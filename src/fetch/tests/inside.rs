//! Nobody's page leads inside: each special address by each way that leads to one.

use super::origin::{Origin, Reply, answer};
use super::*;

/// One address of each network that isn't public, and each spelling of this machine's.
const INSIDE: [&str; 45] = [
    "127.0.0.2",
    "127.2",
    "2130706434",
    "0x7f000002",
    "0177.0.0.2",
    "①②⑦.⓪.⓪.②",
    "user@127.0.0.2",
    "127.0.0.2#@ok.example",
    "0",
    "0.1.2.3",
    "10.1.2.3",
    "172.16.0.1",
    "172.31.255.255",
    "192.168.1.1",
    "100.64.0.1",
    "169.254.169.254",
    "192.0.0.8",
    "192.0.2.1",
    "198.18.0.1",
    "198.51.100.1",
    "203.0.113.1",
    "224.0.0.1",
    "240.0.0.1",
    "255.255.255.255",
    "[::]",
    "[::1]",
    "[::ffff:127.0.0.1]",
    "[::ffff:10.0.0.1]",
    "[::ffff:8.8.8.8]",
    "[::127.0.0.1]",
    "[64:ff9b::7f00:1]",
    "[2002:7f00:1::]",
    "[2001::1]",
    "[2001:db8::1]",
    "[fc00::1]",
    "[fd00:ec2::254]",
    "[fe80::1]",
    "[fe80::1%25eth0]",
    "[ff02::1]",
    "[fec0::1]",
    "ok.example:22",
    "ok.example:6379",
    "ok.example:0",
    "[::ffff:7f00:2]",
    "ok.example\r\nHost: x:25",
];

/// Only the origin of the test is open, and nothing else of this machine.
fn guarded(robots: bool) -> Fetcher {
    let allowed_networks = vec!["127.0.0.1".parse().unwrap()];
    fetcher(&Config { private_networks: false, allowed_networks, robots, ..config() })
}

#[tokio::test]
async fn b1_no_special_address_is_asked_directly_or_after_a_redirect() {
    for inside in INSIDE {
        let target = format!("http://{inside}/");
        let location = target.replace(['\r', '\n'], "");
        let origin =
            Origin::new(move |_, _| Reply::Bytes(answer("302 Found", &format!("Location: {location}"), b""))).await;

        let direct = match Url::parse(&target) {
            Ok(url) => get(&guarded(false), &url).await,
            // What is no address isn't asked either.
            Err(_) => Err(FetchError::Refused { url: target, reason: Refusal::Host }),
        };
        let redirected = get(&guarded(false), &origin.at("/page")).await;

        assert!(matches!(direct, Err(FetchError::Refused { .. })), "{inside}: {direct:?}");
        assert!(
            matches!(redirected, Err(FetchError::Refused { .. } | FetchError::Target { .. })),
            "{inside}: {redirected:?}"
        );
        assert_eq!(origin.requests().len(), 1, "{inside}");
    }
}

#[tokio::test]
async fn b1_a_robots_txt_that_leads_inside_is_not_followed() {
    for inside in ["127.0.0.2", "10.1.2.3", "169.254.169.254", "[::1]", "[::ffff:127.0.0.1]", "localhost.localhost"] {
        let location = format!("http://{inside}/robots.txt");
        let origin = Origin::new(move |path, _| match path {
            "/robots.txt" => Reply::Bytes(answer("301 Moved", &format!("Location: {location}"), b"")),
            _ => Reply::Bytes(answer("200 OK", "", b"x")),
        })
        .await;

        let got = get(&guarded(true), &origin.at("/page")).await;

        assert!(matches!(got, Err(FetchError::RobotsUnreachable { .. })), "{inside}: {got:?}");
        assert_eq!(origin.paths(), ["/robots.txt"], "{inside}");
    }
}

#[tokio::test]
async fn b2_an_allowed_network_opens_itself_and_nothing_beside() {
    let origin = Origin::saying(answer("200 OK", "", b"x")).await;
    let mut beside = origin.url.clone();
    beside.set_host(Some("127.0.0.2")).unwrap();

    assert!(get(&guarded(false), &origin.url).await.is_ok());
    assert!(matches!(get(&guarded(false), &beside).await, Err(FetchError::Refused { .. })));
}

#[tokio::test]
async fn b11_line_breaks_in_what_an_origin_sends_forge_no_header() {
    let origin = Origin::new(|path, _| match path {
        "/a" => Reply::Bytes(answer("302 Found", "Location: /b%0d%0aX-Forged: 1\tX", b"")),
        _ => Reply::Bytes(answer("200 OK", "ETag: \"a\tb\"", b"x")),
    })
    .await;
    let fetcher = fetcher(&config());

    let fetched = get(&fetcher, &origin.at("/a")).await.unwrap();
    let forged = Validators { etag: Some(b"\"a\"\r\nX-Forged: 1".to_vec()), last_modified: None };
    let request = Request { url: &origin.at("/c"), validators: Some(&forged), accept: Accept::Page };
    fetcher.get(&request).await.unwrap();

    assert!(!fetched.url.as_str().contains(['\r', '\n', '\t']), "{}", fetched.url);
    for request in origin.requests() {
        assert!(!String::from_utf8_lossy(&request).contains("\nX-Forged"), "{request:?}");
    }
}
