//! Through a source's proxy: everything of that source, nothing of others, and no way inside.

use std::net::SocketAddr;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

use super::origin::{Origin, Reply, answer};
use super::*;
use crate::model::Secret;

/// Nothing inside is open.
fn closed() -> Config {
    Config { private_networks: false, ..config() }
}

fn through(proxy: &str) -> Identity {
    let mut identity = Identity::default();
    identity.go_through(&Secret::new(proxy)).unwrap();
    identity
}

async fn ask(config: &Config, identity: &Identity, url: &str) -> Result<Fetched, FetchError> {
    let url = Url::parse(url).unwrap();
    fetcher(config).get_as(identity, &Request { url: &url, validators: None, accept: Accept::Page }).await
}

fn with_login(proxy: &Url, scheme: &str) -> String {
    format!("{scheme}://me:pass%20word@127.0.0.1:{}", proxy.port().unwrap())
}

#[tokio::test]
async fn everything_of_a_source_goes_through_its_http_proxy() {
    let proxy = Origin::new(|path, _| match path {
        "http://gazette.example/robots.txt" => Reply::Bytes(answer("404 Not Found", "", b"")),
        "http://gazette.example/feed" => Reply::Bytes(answer("302 Found", "Location: http://other.example/feed", b"")),
        "http://other.example/robots.txt" => Reply::Bytes(answer("404 Not Found", "", b"")),
        "http://other.example/feed" => Reply::Bytes(answer("200 OK", "", b"through the proxy")),
        _ => Reply::Bytes(answer("500 Oops", "", b"")),
    })
    .await;
    let identity = through(&with_login(&proxy.url, "http"));

    // Neither name exists: only the proxy knows them. It is on a private network itself, and may be.
    let fetched = ask(&Config { robots: true, ..closed() }, &identity, "http://gazette.example/feed").await.unwrap();

    assert_eq!(body(&fetched), b"through the proxy");
    assert_eq!(proxy.requests().len(), 4);
    for request in proxy.requests() {
        let request = String::from_utf8(request).unwrap().to_lowercase();
        assert!(request.contains("proxy-authorization: basic bwu6cgfzcyb3b3jk"), "{request}");
    }
}

#[tokio::test]
async fn b1_a_proxy_is_no_way_inside() {
    let proxy = Origin::saying(answer("200 OK", "", b"inside")).await;
    let port = proxy.url.port().unwrap();
    let opened = Config { allowed_networks: vec!["10.9.0.0/16".parse().unwrap()], ..closed() };
    for scheme in ["http", "socks5h", "socks5"] {
        for inside in [
            "http://127.0.0.1/",
            "http://2130706433/",
            "http://[::1]/",
            "http://[::ffff:10.0.0.1]/",
            "http://10.1.2.3/",
            "http://169.254.169.254/latest/meta-data",
            "http://localhost/",
            "http://printer.local/",
            "http://metadata.google.internal/",
            "http://a.example:6379/",
            "ftp://a.example/",
        ] {
            for config in [&closed(), &opened] {
                let refused = ask(config, &through(&format!("{scheme}://127.0.0.1:{port}")), inside).await;
                assert!(matches!(refused, Err(FetchError::Refused { .. })), "{scheme} {inside}: {refused:?}");
            }
        }
    }
    // The proxy's own name leads inside by right, and that right is nobody else's.
    let by_name = through(&format!("socks5://proxy.example.:{port}"));
    let refused = ask(&closed(), &by_name, "http://proxy.example/").await;
    assert!(matches!(refused, Err(FetchError::Refused { .. })), "{refused:?}");
    assert_eq!(proxy.requests().len(), 0);
}

#[tokio::test]
async fn a_proxy_that_refuses_is_named_without_its_credentials() {
    let refusing = Origin::saying(answer("407 Proxy Authentication Required", "Proxy-Authenticate: Basic", b"")).await;
    let silent = Origin::saying(Vec::new()).await;
    for (proxy, url, words) in [
        (with_login(&refusing.url, "http"), "http://gazette.example/feed", "wants a login"),
        (with_login(&refusing.url, "http"), "https://gazette.example/feed", "through the proxy"),
        (with_login(&silent.url, "socks5h"), "https://gazette.example/feed", "through the proxy"),
        ("http://me:pass%20word@127.0.0.1:1".to_owned(), "http://gazette.example/feed", "through the proxy"),
    ] {
        for robots in [true, false] {
            let error = ask(&Config { robots, ..closed() }, &through(&proxy), url).await.unwrap_err();

            let mut shown = format!("{error} {error:?}");
            let mut cause: &dyn std::error::Error = &error;
            while let Some(inner) = cause.source() {
                shown.push_str(&format!("{inner} {inner:?}"));
                cause = inner;
            }
            assert_eq!(error.trouble(), Trouble::Proxy, "{error:?}");
            assert!(shown.contains(words) && shown.contains("://127.0.0.1:"), "{shown}");
            assert!(!shown.contains("pass") && !shown.contains("word@") && !shown.contains("me:"), "{shown}");
        }
    }
}

/// A SOCKS5 proxy for one connection to `target`; gives whom it let in and where it was sent.
async fn serve_socks(listener: TcpListener, target: SocketAddr) -> std::io::Result<(Vec<u8>, Vec<u8>, Vec<u8>)> {
    async fn text(stream: &mut TcpStream) -> std::io::Result<Vec<u8>> {
        let mut bytes = vec![0; stream.read_u8().await?.into()];
        stream.read_exact(&mut bytes).await.map(|_| bytes)
    }
    let (mut client, _) = listener.accept().await?;
    assert_eq!(client.read_u8().await?, 5);
    assert!(text(&mut client).await?.contains(&2), "a login is offered");
    client.write_all(&[5, 2]).await?;
    assert_eq!(client.read_u8().await?, 1);
    let (user, password) = (text(&mut client).await?, text(&mut client).await?);
    client.write_all(&[1, 0]).await?;
    let mut request = [0; 4];
    client.read_exact(&mut request).await?;
    assert_eq!(request, [5, 1, 0, 3], "the proxy is given the name");
    let name = text(&mut client).await?;
    client.read_u16().await?;
    client.write_all(&[5, 0, 0, 1, 0, 0, 0, 0, 0, 0]).await?;
    tokio::io::copy_bidirectional(&mut client, &mut TcpStream::connect(target).await?).await?;
    Ok((user, password, name))
}

#[tokio::test]
async fn a_socks_proxy_gets_its_login_and_looks_names_up() {
    let origin = Origin::saying(answer("200 OK", "", b"through socks")).await;
    let target = origin.url.socket_addrs(|| None).unwrap()[0];
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let identity = through(&format!("socks5h://me:pass%20word@127.0.0.1:{port}"));

    let asking = async {
        let fetched = ask(&closed(), &identity, "http://gazette.example/feed").await.unwrap();
        body(&fetched).to_vec()
    };
    let (said, served) = tokio::join!(asking, serve_socks(listener, target));

    assert_eq!(said, b"through socks");
    let (user, password, name) = served.unwrap();
    assert_eq!((&user[..], &password[..], &name[..]), (&b"me"[..], &b"pass word"[..], &b"gazette.example"[..]));
}
