//! The fetcher against servers on this machine that behave as the web does.

mod bombs;
pub(super) mod forbidden;
mod identity;
mod inside;
mod manners;
mod origin;
mod pool;
mod proxy;
mod rules;
mod slow;

use std::io::Write;
use std::net::IpAddr;

use self::origin::{Origin, Reply, answer};
use super::*;
use crate::model::{Period, Timestamp, Trouble};

/// Robots off, no pause, so that a test sees its own requests only.
fn config() -> Config {
    Config {
        per_host: PerHost { concurrency: 1, delay: Period::from_secs(0) },
        private_networks: true,
        robots: false,
        ..Config::default()
    }
}

fn clock() -> Clock {
    Clock::mock(Timestamp::from_millis(1_732_003_200_000))
}

fn fetcher(config: &Config) -> Fetcher {
    Fetcher::new(config, clock()).unwrap()
}

/// A name server as a test wants it.
struct Given<F>(F);

impl<F: Fn(&str) -> Vec<IpAddr> + Send + Sync + 'static> resolver::Names for Given<F> {
    async fn addresses(&self, name: &str) -> std::io::Result<Vec<IpAddr>> {
        Ok((self.0)(name))
    }
}

/// A fetcher whose names lead where the test says.
fn wired(config: &Config, names: impl Fn(&str) -> Vec<IpAddr> + Clone + Send + Sync + 'static) -> Fetcher {
    let builder = || client::builder(config, Given(names.clone()));
    Fetcher::over(Client::built(config, &builder).unwrap(), config, clock())
}

fn url(text: &str) -> Url {
    Url::parse(text).unwrap()
}

async fn get(fetcher: &Fetcher, url: &Url) -> Result<Fetched, FetchError> {
    fetcher.get(&Request { url, validators: None, accept: Accept::Page }).await
}

fn body(fetched: &Fetched) -> &[u8] {
    match &fetched.answer {
        Answer::Body { bytes, .. } => bytes,
        Answer::NotModified => panic!("not modified"),
    }
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

#[tokio::test]
async fn a1_validators_are_echoed_byte_for_byte() {
    for (etag, last_modified) in [
        (&b"\"a\""[..], &b"Tue, 19 Nov 2024 08:00:00 GMT"[..]),
        (b"W/\"x\"", b"Fri, 32 Foo"),
        (b"unquoted", b"yesterday"),
        (b"\"caf\xe9 \xf0\x9f\x8d\xb5\"", b"2024-11-19"),
        (&[b'e'; 8192], b"0"),
    ] {
        let head = [b"HTTP/1.1 200 OK\r\nETag: ", etag, b"\r\nLast-Modified: ", last_modified].concat();
        let origin = Origin::saying([&head[..], b"\r\nContent-Length: 1\r\nConnection: close\r\n\r\nx"].concat()).await;
        let fetcher = fetcher(&config());
        let first = get(&fetcher, &origin.url).await.unwrap();

        fetcher
            .get(&Request { url: &origin.url, validators: Some(&first.validators), accept: Accept::Entrance })
            .await
            .unwrap();

        assert_eq!(origin.header("If-None-Match").as_deref(), Some(etag));
        assert_eq!(origin.header("If-Modified-Since").as_deref(), Some(last_modified));
        assert_eq!(origin.requests()[0].windows(3).filter(|w| *w == b"If-").count(), 0);
    }
}

#[tokio::test]
async fn a2_an_answer_without_validators_drops_the_old_ones() {
    let origin = Origin::saying(answer("200 OK", "", b"x")).await;
    let old = Validators { etag: Some(b"\"old\"".to_vec()), last_modified: None };

    let fetcher = fetcher(&config());
    let fetched =
        fetcher.get(&Request { url: &origin.url, validators: Some(&old), accept: Accept::Page }).await.unwrap();

    assert!(fetched.validators.is_empty());
}

#[tokio::test]
async fn a2_not_modified_keeps_the_validators_and_takes_a_new_one() {
    let origin = Origin::saying(answer("304 Not Modified", "ETag: \"b\"\nCache-Control: max-age=7200", b"")).await;
    let sent = Validators { etag: Some(b"\"a\"".to_vec()), last_modified: Some(b"then".to_vec()) };

    let fetcher = fetcher(&config());
    let fetched =
        fetcher.get(&Request { url: &origin.url, validators: Some(&sent), accept: Accept::Page }).await.unwrap();

    assert_eq!(fetched.answer, Answer::NotModified);
    assert_eq!(fetched.validators, Validators { etag: Some(b"\"b\"".to_vec()), last_modified: Some(b"then".to_vec()) });
    assert_eq!(fetched.hints.not_before, Some(Duration::from_secs(7200)));
}

#[tokio::test]
async fn a11_answers_that_do_not_fit_are_errors() {
    for (status, text, trouble) in [
        ("304 Not Modified", "answered 304, which doesn't fit", Trouble::Unfit),
        ("204 No Content", "answered 204, which doesn't fit", Trouble::Unfit),
        ("206 Partial Content", "answered 206, which doesn't fit", Trouble::Unfit),
        ("200 OK", "answered with an empty body", Trouble::Empty),
        ("401 Unauthorized", "answered 401 (it wants a login)", Trouble::LoginWall),
        ("403 Forbidden", "answered 403 (it forbids this)", Trouble::Forbidden),
        ("404 Not Found", "answered 404 (there is no such page)", Trouble::NotFound),
        ("429 Many", "answered 429 (too many requests)", Trouble::RateLimited),
        ("500 Internal Server Error", "answered 500 (the site has a problem)", Trouble::Server),
        ("503 Busy", "answered 503 (the site has a problem)", Trouble::Server),
    ] {
        let origin = Origin::saying(answer(status, "", b"")).await;
        let error = get(&fetcher(&config()), &origin.url).await.unwrap_err();
        assert!(error.to_string().contains(text), "{error}");
        assert_eq!(error.remedy(), Remedy::Wait, "{error}");
        assert_eq!(error.trouble(), trouble, "{error}");
    }
    let gone = Origin::saying(answer("410 Gone", "", b"")).await;
    assert_eq!(get(&fetcher(&config()), &gone.url).await.unwrap_err().remedy(), Remedy::GiveUp);
}

#[tokio::test]
async fn a3_a_body_that_breaks_off_is_an_error() {
    let whole = gzip(b"some words that are long enough to be cut");
    for reply in [
        b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\nConnection: close\r\n\r\nshort".to_vec(),
        answer("200 OK", "Content-Encoding: gzip", &whole[..whole.len() - 9]),
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nwor".to_vec(),
    ] {
        let origin = Origin::saying(reply).await;
        let error = get(&fetcher(&config()), &origin.url).await.unwrap_err();
        assert!(matches!(error, FetchError::Body { .. }), "{error:?}");
    }
}

#[tokio::test]
async fn each_coding_is_unpacked() {
    let text = b"words and more words".repeat(50);
    let zlib = |level| {
        let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), level);
        encoder.write_all(&text).unwrap();
        encoder.finish().unwrap()
    };
    let mut bare = flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::fast());
    bare.write_all(&text).unwrap();
    let mut brotli = async_compression::tokio::write::BrotliEncoder::new(Vec::new());
    tokio::io::AsyncWriteExt::write_all(&mut brotli, &text).await.unwrap();
    tokio::io::AsyncWriteExt::shutdown(&mut brotli).await.unwrap();
    for (coding, packed) in [
        ("gzip", gzip(&text)),
        ("X-GZIP", [gzip(&text[..7]), gzip(&text[7..])].concat()),
        ("deflate", zlib(flate2::Compression::fast())),
        ("deflate", zlib(flate2::Compression::best())),
        ("deflate", bare.finish().unwrap()),
        ("br", brotli.into_inner()),
        ("zstd", zstd::encode_all(&text[..], 3).unwrap()),
        ("identity", text.clone()),
        ("UTF-8", text.clone()),
    ] {
        let origin = Origin::saying(answer("200 OK", &format!("Content-Encoding: {coding}"), &packed)).await;
        let fetched = get(&fetcher(&config()), &origin.url).await.unwrap();
        assert_eq!(body(&fetched), text, "{coding}");
    }
}

#[tokio::test]
async fn b5_a_hundred_megabytes_are_not_read() {
    let chunk = vec![b'x'; 64 * 1024];
    let told = b"HTTP/1.1 200 OK\r\nContent-Length: 104857600\r\n\r\n".to_vec();
    let untold = b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n".to_vec();
    for head in [told, untold] {
        let chunk = chunk.clone();
        let origin = Origin::new(move |_, _| Reply::Endless(head.clone(), chunk.clone())).await;

        let error = get(&fetcher(&config()), &origin.url).await.unwrap_err();

        assert!(
            matches!(error, FetchError::TooLarge { limit_bytes, .. } if limit_bytes == 5 * 1024 * 1024),
            "{error:?}"
        );
        assert!(origin.n_sent() < 20 * 1024 * 1024, "{}", origin.n_sent());
    }
}

#[tokio::test]
async fn a8_only_what_is_permanent_from_the_start_is_a_move() {
    let origin = Origin::new(|path, _| {
        let redirect = |status, to| Reply::Bytes(answer(status, &format!("Location: {to}"), b""));
        match path {
            "/old" => redirect("301 Moved", "/new#part"),
            "/new" => redirect("308 Moved", "newer?a=b"),
            "/newer?a=b" => redirect("302 Found", "/today"),
            "/now" => redirect("307 Now", "/gone"),
            "/gone" => redirect("301 Moved", "//user:secret@127.0.0.1:1/x"),
            _ => Reply::Bytes(answer("200 OK", "", b"x")),
        }
    })
    .await;
    let fetcher = fetcher(&config());

    let moved = get(&fetcher, &origin.at("/old")).await.unwrap();
    let elsewhere = get(&fetcher, &origin.at("/now")).await.unwrap_err();

    assert_eq!((&moved.url, &moved.moved_to), (&origin.at("/today"), &Some(origin.at("/newer?a=b"))));
    assert!(elsewhere.to_string().starts_with("can't reach `http://127.0.0.1:1/x`"), "{elsewhere}");
    assert_eq!(get(&fetcher, &origin.at("/today#x")).await.unwrap().moved_to, None);
}

#[tokio::test]
async fn a9_redirects_that_lead_nowhere_are_errors() {
    let origin = Origin::new(|path, _| {
        let to = match path {
            "/circle" => "/back".to_owned(),
            "/back" => "/circle".to_owned(),
            "/file" => "file:///etc/passwd".to_owned(),
            "/bad" => "http://[".to_owned(),
            "/none" => String::new(),
            path => format!("{path}x"),
        };
        Reply::Bytes(answer("301 Moved", &format!("Location: {to}"), b""))
    })
    .await;
    for (path, text) in [
        ("/circle", "redirects in a circle"),
        ("/far", "redirects more than 5 times"),
        ("/file", "`file:///etc/passwd` is not fetched: `file` isn't a scheme of the web"),
        ("/bad", "redirects to `http://[`, which isn't an address"),
        ("/none", "redirects to ``, which isn't an address"),
    ] {
        let error = get(&fetcher(&config()), &origin.at(path)).await.unwrap_err();
        assert!(error.to_string().contains(text), "{error}");
    }
    assert_eq!(origin.paths().iter().filter(|path| path.starts_with("/far")).count(), 6);
}

#[tokio::test]
async fn credentials_of_an_address_go_to_its_site_alone_and_into_no_message() {
    let other = Origin::saying(answer("404 Not Found", "", b"")).await;
    let there = other.at("/there");
    let origin = Origin::new(move |path, _| match path {
        "/feed" => Reply::Bytes(answer("302 Found", "Location: /elsewhere", b"")),
        _ => Reply::Bytes(answer("302 Found", &format!("Location: {there}"), b"")),
    })
    .await;
    let mut url = origin.at("/feed");
    url.set_username("me").unwrap();
    url.set_password(Some("secret")).unwrap();

    let error = get(&fetcher(&config()), &url).await.unwrap_err();

    let is_logged_in = |request: Vec<u8>| {
        let request = String::from_utf8(request).unwrap().to_lowercase();
        request.contains("authorization: basic bwu6c2vjcmv0")
    };
    assert_eq!(origin.requests().into_iter().map(is_logged_in).collect::<Vec<_>>(), [true, true]);
    assert_eq!(other.requests().into_iter().map(is_logged_in).collect::<Vec<_>>(), [false]);
    assert!(!format!("{error} {error:?}").contains("secret"), "{error:?}");
}

#[tokio::test]
async fn a_host_that_cannot_be_reached_is_named_with_the_reason() {
    let plain = Origin::saying(b"no TLS here".to_vec()).await;
    let mut no_tls = plain.url.clone();
    no_tls.set_scheme("https").unwrap();
    let closed = Url::parse("http://127.0.0.1:1/feed").unwrap();
    // A label of 64 letters is refused before any name server is asked.
    let nameless = Url::parse(&format!("http://{}.invalid/", "a".repeat(64))).unwrap();
    for (url, reason, trouble) in [
        (closed, "refused", Trouble::Unreachable),
        (no_tls, "InvalidContentType", Trouble::Tls),
        (nameless, "can't be found", Trouble::NoName),
    ] {
        let error = get(&fetcher(&Config { robots: true, ..config() }), &url).await.unwrap_err();

        assert_eq!(error.to_string(), format!("can't reach `{url}`"));
        let mut chain = String::new();
        let mut cause: &dyn std::error::Error = &error;
        while let Some(inner) = cause.source() {
            chain.push_str(&format!(": {inner}"));
            cause = inner;
        }
        assert!(chain.contains(reason), "{chain}");
        assert_eq!(error.trouble(), trouble);
        assert_eq!(error.remedy(), Remedy::Wait);
    }
}
