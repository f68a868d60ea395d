//! Origins that take their time, or take ours.

use std::net::SocketAddr;

use tokio::net::{TcpSocket, TcpStream};
use tokio::time::timeout;

use super::origin::{Origin, Reply, answer};
use super::*;

fn hurried() -> Config {
    Config { timeout: "1s".parse().unwrap(), answer_timeout: "300ms".parse().unwrap(), ..config() }
}

/// A listener that answers no more calls: its queue is full. None where the system's queue never is.
async fn full(address: SocketAddr) -> Option<(SocketAddr, impl Sized)> {
    let socket = if address.is_ipv4() { TcpSocket::new_v4() } else { TcpSocket::new_v6() }.ok()?;
    socket.bind(address).ok()?;
    let listener = socket.listen(1).ok()?;
    let address = listener.local_addr().ok()?;
    let mut waiting = Vec::new();
    for _ in 0..64 {
        match timeout(Duration::from_millis(100), TcpStream::connect(address)).await {
            Ok(stream) => waiting.push(stream),
            Err(_) => return Some((address, (listener, waiting))),
        }
    }
    None
}

#[tokio::test]
async fn b7_a_byte_at_a_time_is_too_slow() {
    let whole = answer("200 OK", "Content-Type: text/html", &[b'x'; 4000]);
    let head_bytes = whole.len() - 4000;
    for (n_at_once, is_expected) in [
        (0, (|error| matches!(error, FetchError::NoAnswer { .. })) as fn(&FetchError) -> bool),
        (head_bytes, |error| matches!(error, FetchError::Slow { .. })),
    ] {
        let (first, rest) = (whole[..n_at_once].to_vec(), whole[n_at_once..].to_vec());
        let origin = Origin::new(move |_, _| Reply::Drip(first.clone(), rest.clone())).await;

        let error = get(&fetcher(&hurried()), &origin.url).await.unwrap_err();

        assert!(is_expected(&error), "{error:?}");
        assert_eq!((error.remedy(), error.trouble()), (Remedy::Wait, Trouble::Timeout));
    }
}

#[tokio::test]
async fn b7_a22_an_origin_that_hangs_is_given_up() {
    for (timeout, head, text) in [
        ("1s", "", "sent no answer within 300 ms"),
        ("1s", "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc", "was too slow: 3 bytes"),
        ("1s", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n", "was too slow: 3 bytes"),
        ("1s", "HTTP/1.1 200 OK\r\n\r\n", "was too slow: 0 bytes"),
    ] {
        let config = Config { timeout: timeout.parse().unwrap(), ..hurried() };
        let origin = Origin::new(move |_, _| Reply::Hang(head.into())).await;
        let error = get(&fetcher(&config), &origin.url).await.unwrap_err();
        assert!(error.to_string().contains(text), "{error}");
        assert_eq!(error.remedy(), Remedy::Wait);
    }
}

#[tokio::test]
async fn b7_who_never_hangs_up_is_done_when_all_has_come() {
    for whole in [
        "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabc",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n",
    ] {
        let origin = Origin::new(move |_, _| Reply::Hang(whole.into())).await;

        let fetched = get(&fetcher(&config()), &origin.url).await.unwrap();

        assert_eq!(body(&fetched), b"abc");
    }
}

#[tokio::test]
async fn b7_while_one_host_hangs_another_is_read() {
    let hanging = Origin::new(|_, _| Reply::Hang(Vec::new())).await;
    let other = Origin::saying(answer("200 OK", "", b"x")).await;
    let fetcher = fetcher(&config());
    let mut waiting = Box::pin(get(&fetcher, &hanging.url));
    while hanging.requests().is_empty() {
        tokio::select! {
            _ = &mut waiting => panic!("it hangs"),
            () = tokio::task::yield_now() => {}
        }
    }

    tokio::select! {
        biased;
        _ = &mut waiting => panic!("it hangs"),
        got = get(&fetcher, &other.url) => assert!(got.is_ok(), "{got:?}"),
    }
}

#[tokio::test]
async fn b7_chunks_without_end_are_not_read() {
    let head = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
    let large = [b"10000\r\n", &[b'x'; 65_536][..], b"\r\n"].concat();
    for (chunk, most_sent) in [(large, 20 * 1024 * 1024), (b"1\r\nx\r\n".repeat(10_000), 8 * 1024 * 1024)] {
        let origin = Origin::new(move |_, _| Reply::Endless(head.to_vec(), chunk.clone())).await;

        let error = get(&fetcher(&config()), &origin.url).await.unwrap_err();

        assert!(matches!(error, FetchError::TooLarge { .. }), "{error:?}");
        assert!(origin.n_sent() < most_sent, "{}", origin.n_sent());
    }
}

#[tokio::test]
async fn b7_a_header_without_measure_is_refused() {
    let lines = "X-A: aaaaaaaaaaaaaaaaaaaaa\r\n".repeat(50);
    let finite: String = (0..10_000).map(|n| format!("X-{n}: x\r\n")).collect();
    let long = format!("X: {}\r\n", "x".repeat(1024 * 1024));
    for (head, flood) in [(String::new(), lines), (finite + "\r\n", String::new()), (long + "\r\n", String::new())] {
        let origin =
            Origin::new(move |_, _| Reply::Endless(format!("HTTP/1.1 200 OK\r\n{head}").into(), flood.clone().into()))
                .await;

        let error = get(&fetcher(&config()), &origin.url).await.unwrap_err();

        assert!(matches!(error, FetchError::Unreachable { .. }), "{error:?}");
    }
}

#[tokio::test]
async fn b7_answers_that_never_become_final_are_given_up() {
    for line in ["HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n", "HTTP/1.1 100 Continue\r\n\r\n"] {
        let origin = Origin::new(move |_, _| Reply::Endless(Vec::new(), line.repeat(20).into())).await;

        let error = get(&fetcher(&hurried()), &origin.url).await.unwrap_err();

        assert!(matches!(error, FetchError::NoAnswer { .. }), "{error:?}");
    }
}

#[tokio::test]
async fn b7_a22_a_connection_that_does_not_come_about_is_given_up() {
    let silent = Origin::new(|_, _| Reply::Hang(Vec::new())).await;
    let mut addresses = vec![url(silent.url.as_str().replace("http:", "https:").as_str())];
    let full = full("127.0.0.1:0".parse().unwrap()).await;
    addresses.extend(full.as_ref().map(|(address, _)| url(&format!("http://{address}/"))));
    for address in addresses {
        let config = Config { connect_timeout: "200ms".parse().unwrap(), ..config() };

        let error = get(&fetcher(&config), &address).await.unwrap_err();

        assert!(matches!(error, FetchError::Unreachable { .. }), "{error:?}");
        assert_eq!(error.trouble(), Trouble::Timeout, "{address}");
    }
}

/// Happy Eyeballs (RFC 8305): whichever address answers is taken.
#[tokio::test]
async fn a22_where_one_protocol_is_broken_the_other_is_taken() {
    let origin = Origin::saying(answer("200 OK", "", b"x")).await;
    let port = origin.url.port().unwrap();
    let page = url(&format!("http://two.example:{port}/"));
    let both = |first: &'static str| wired(&config(), move |_| vec![first.parse().unwrap(), LOOPBACK]);
    const LOOPBACK: IpAddr = IpAddr::V4(std::net::Ipv4Addr::LOCALHOST);

    // Nobody listens there; then somebody who never answers, where this machine has the protocol.
    assert!(get(&both("::1"), &page).await.is_ok());
    let _full = full(SocketAddr::from((std::net::Ipv6Addr::LOCALHOST, port))).await;
    assert!(get(&both("::1"), &page).await.is_ok());
    // Reserved for what leads nowhere (RFC 6666).
    assert!(get(&both("100::1"), &page).await.is_ok());
}

#[test]
fn a22_the_times_are_ten_fifteen_and_sixty_seconds() {
    let Config { connect_timeout, answer_timeout, timeout, .. } = Config::default();

    assert_eq!([connect_timeout, answer_timeout, timeout].map(|time| time.get().as_secs()), [10, 15, 60]);
}

/// The client speaks HTTP/2 over TLS alone; the frames are the same without.
#[tokio::test]
async fn b7_frames_without_end_are_given_up() {
    let frame = |kind: u8, flags: u8, stream: u8, payload: &[u8]| {
        let length = u32::try_from(payload.len()).unwrap().to_be_bytes();
        [&length[1..], &[kind, flags, 0, 0, 0, stream], payload].concat()
    };
    let (settings, ping, reset) = (frame(4, 0, 0, b""), frame(6, 0, 0, &[0; 8]), frame(3, 0, 1, &[0, 0, 0, 8]));
    // `:status: 200`, then a header of its own per byte, none of which ends the block.
    let begun = [settings.clone(), frame(1, 0, 1, &[0x88])].concat();
    let more = frame(9, 0, 1, &b"\x00\x01a\x01b".repeat(200));
    for (what, first, flood) in [
        ("CONTINUATION", begun, more),
        ("RST_STREAM", settings.clone(), reset),
        ("PING", settings.clone(), ping),
        ("SETTINGS", Vec::new(), settings),
    ] {
        let origin = Origin::new(move |_, _| Reply::Endless(first.clone(), flood.repeat(10))).await;
        let config = hurried();
        let builder = || client::builder(&config, Given(|_: &str| Vec::new())).http2_prior_knowledge();
        let fetcher = Fetcher::over(Client::built(&config, &builder).unwrap(), &config, clock());

        let error = get(&fetcher, &origin.url).await.unwrap_err();

        assert!(matches!(error, FetchError::Unreachable { .. } | FetchError::NoAnswer { .. }), "{what}: {error:?}");
    }
}
