//! How a guest behaves: names itself, waits, obeys robots.txt.

use super::origin::{Origin, Reply, answer};
use super::*;

#[tokio::test]
async fn a14_every_request_says_who_asks() {
    let origin = Origin::saying(answer("200 OK", "", b"User-agent: *\nAllow: /")).await;
    let contact = Some(Url::parse("https://news.example/about").unwrap());

    let named = fetcher(&Config { contact, robots: true, ..config() });
    get(&named, &origin.at("/a")).await.unwrap();

    assert_eq!(origin.paths(), ["/robots.txt", "/a"]);
    let agent = format!("user-agent: Offprint/{} (+https://news.example/about)", env!("CARGO_PKG_VERSION"));
    for request in origin.requests() {
        let request = String::from_utf8(request).unwrap().to_lowercase();
        assert!(request.contains(&agent.to_lowercase()), "{request}");
        assert!(!request.contains("cookie") && !request.contains("referer"), "{request}");
    }
    get(&fetcher(&config()), &origin.at("/a")).await.unwrap();
    assert!(origin.header("user-agent").unwrap().ends_with(b" (+https://github.com/offprint/offprint)"));
}

#[tokio::test]
async fn a6_a_host_that_asks_to_wait_is_left_alone_for_everything() {
    let origin = Origin::new(|path, _| match path {
        "/busy" => Reply::Bytes(answer("503 Busy", "Retry-After: 3600", b"")),
        "/many" => Reply::Bytes(answer("429 Many", "Cache-Control: max-age=7200", b"")),
        _ => Reply::Bytes(answer("200 OK", "", b"x")),
    })
    .await;
    let clock = clock();
    let fetcher = Fetcher::new(&config(), clock.clone()).unwrap();
    assert_eq!(
        get(&fetcher, &origin.at("/many")).await.unwrap_err().remedy(),
        Remedy::RetryAfter(Duration::from_secs(7200))
    );
    assert!(get(&fetcher, &origin.at("/other")).await.is_ok());

    let busy = get(&fetcher, &origin.at("/busy")).await.unwrap_err();
    let other = get(&fetcher, &origin.at("/other")).await.unwrap_err();

    assert_eq!(busy.remedy(), Remedy::RetryAfter(Duration::from_secs(3600)));
    assert_eq!(other.remedy(), Remedy::RetryAfter(Duration::from_secs(3600)));
    assert!(other.to_string().ends_with("its host asked to wait 60 min more"), "{other}");
    assert_eq!(origin.requests().len(), 3);
    clock.advance(Duration::from_secs(3600));
    assert!(get(&fetcher, &origin.at("/other")).await.is_ok());
}

#[tokio::test]
async fn a_host_gets_one_request_at_a_time() {
    let origin = Origin::saying(answer("200 OK", "", b"x")).await;
    let fetcher = fetcher(&config());
    let mut asking = tokio::task::JoinSet::new();
    for n in 0..8 {
        let (fetcher, url) = (fetcher.clone(), origin.at(&format!("/{n}")));
        asking.spawn(async move { get(&fetcher, &url).await.is_ok() });
    }

    let answers = asking.join_all().await;

    assert_eq!(answers, [true; 8]);
    assert_eq!(origin.most_open(), 1);
}

#[tokio::test]
async fn a_request_that_is_dropped_gives_its_turn_back() {
    let origin =
        Origin::new(|_, n| if n == 0 { Reply::Hang(Vec::new()) } else { Reply::Bytes(answer("200 OK", "", b"x")) })
            .await;
    let fetcher = fetcher(&config());
    let url = origin.url.clone();
    let mut hanging = Box::pin(get(&fetcher, &url));
    while origin.requests().is_empty() {
        tokio::select! {
            _ = &mut hanging => panic!("it hangs"),
            () = tokio::task::yield_now() => {}
        }
    }

    drop(hanging);

    assert!(get(&fetcher, &url).await.is_ok());
}

#[tokio::test]
async fn a12_robots_txt_is_asked_once_and_obeyed() {
    let origin = Origin::new(|path, _| match path {
        "/robots.txt" => Reply::Bytes(answer("301 Moved", "Location: /rules", b"")),
        "/rules" => Reply::Bytes(answer("200 OK", "", b"User-agent: *\nDisallow: /private")),
        _ => Reply::Bytes(answer("200 OK", "", b"x")),
    })
    .await;
    let fetcher = fetcher(&Config { robots: true, ..config() });

    let refused = get(&fetcher, &origin.at("/private/a")).await.unwrap_err();
    get(&fetcher, &origin.at("/a")).await.unwrap();
    get(&fetcher, &origin.at("/b")).await.unwrap();

    assert!(matches!(refused, FetchError::Robots { .. }), "{refused:?}");
    assert_eq!(refused.remedy(), Remedy::GiveUp);
    assert_eq!(origin.paths(), ["/robots.txt", "/rules", "/a", "/b"]);
}

#[tokio::test]
async fn a12_a_robots_txt_that_fails_forbids_and_one_that_is_missing_allows() {
    for (status, allows) in
        [("404 Not Found", true), ("403 Forbidden", true), ("500 Error", false), ("429 Many", false)]
    {
        let origin = Origin::new(move |path, _| {
            Reply::Bytes(answer(if path == "/robots.txt" { status } else { "200 OK" }, "", b"x"))
        })
        .await;
        let fetcher = fetcher(&Config { robots: true, ..config() });

        let got = get(&fetcher, &origin.at("/a")).await;

        assert_eq!(got.is_ok(), allows, "{status}: {got:?}");
        assert_eq!(origin.requests().len(), if allows { 2 } else { 1 }, "{status}");
    }
}

#[tokio::test]
async fn a12_a_large_robots_txt_is_read_as_far_as_the_standard_asks() {
    let rules = format!("User-agent: *\nDisallow: /a\n{}Disallow: /b\n", "# filler\n".repeat(70_000));
    let origin = Origin::new(move |path, _| {
        Reply::Bytes(answer("200 OK", "", if path == "/robots.txt" { rules.as_bytes() } else { b"x" }))
    })
    .await;
    let fetcher = fetcher(&Config { robots: true, ..config() });

    assert!(get(&fetcher, &origin.at("/a")).await.is_err());
    assert!(get(&fetcher, &origin.at("/b")).await.is_ok());
}

#[tokio::test]
async fn a13_a_crawl_delay_holds_from_the_first_page_on() {
    let origin = Origin::saying(answer("200 OK", "", b"User-agent: *\nCrawl-delay: 5")).await;
    let clock = clock();
    let fetcher = Fetcher::new(&Config { robots: true, ..config() }, clock.clone()).unwrap();
    let url = origin.at("/a");
    let mut getting = Box::pin(get(&fetcher, &url));
    let mut waited = Duration::ZERO;
    loop {
        tokio::select! {
            answer = &mut getting => break assert!(answer.is_ok(), "{answer:?}"),
            () = tokio::task::yield_now() => {}
        }
        // Time passes once robots.txt was asked for.
        if !origin.requests().is_empty() {
            clock.advance(Duration::from_millis(1));
            waited += Duration::from_millis(1);
        }
    }

    assert!(waited >= Duration::from_secs(5), "{waited:?}");
    assert_eq!(origin.paths(), ["/robots.txt", "/a"]);
}

#[tokio::test]
async fn a_host_gets_as_many_requests_at_a_time_as_are_allowed() {
    let origin = Origin::saying(answer("200 OK", "", b"x")).await;
    let per_host = PerHost { concurrency: 3, delay: Period::from_secs(0) };
    let fetcher = fetcher(&Config { per_host, ..config() });
    let mut asking = tokio::task::JoinSet::new();
    for n in 0..12 {
        let (fetcher, url) = (fetcher.clone(), origin.at(&format!("/{n}")));
        asking.spawn(async move { get(&fetcher, &url).await.is_ok() });
    }

    assert_eq!(asking.join_all().await, [true; 12]);
    assert!((1..=3).contains(&origin.most_open()), "{}", origin.most_open());
}

#[tokio::test]
async fn a7_only_429_and_503_that_ask_to_wait_silence_the_host() {
    for (status, header, silences) in [
        ("429 Many", "Retry-After: 3600", true),
        ("503 Busy", "Retry-After: 3600", true),
        ("429 Many", "", false),
        ("503 Busy", "", false),
        ("500 Error", "Retry-After: 3600", false),
        ("502 Bad Gateway", "Retry-After: 3600", false),
        ("504 Gateway Timeout", "Retry-After: 3600", false),
    ] {
        let origin = Origin::new(move |path, _| {
            let (status, header) = if path == "/ill" { (status, header) } else { ("200 OK", "") };
            Reply::Bytes(answer(status, header, b"x"))
        })
        .await;
        let fetcher = fetcher(&config());

        let ill = get(&fetcher, &origin.at("/ill")).await.unwrap_err();
        let well = get(&fetcher, &origin.at("/well")).await;

        let waits = if header.is_empty() { Remedy::Wait } else { Remedy::RetryAfter(Duration::from_secs(3600)) };
        assert_eq!(ill.remedy(), waits, "{status} {header}");
        assert_eq!(well.is_err(), silences, "{status} {header}: {well:?}");
    }
}

#[tokio::test]
async fn a6_a_wish_to_wait_is_believed_as_far_as_it_makes_sense() {
    // It is Tue, 19 Nov 2024 08:00:00 GMT here; the last origin's clock is ten hours ahead.
    for (header, wait) in [
        ("Retry-After: 3600", Some(3600)),
        ("Retry-After: Tue, 19 Nov 2024 09:00:00 GMT", Some(3600)),
        ("Retry-After: Tue, 19 Nov 2024 19:00:00 GMT\nDate: Tue, 19 Nov 2024 18:00:00 GMT", Some(3600)),
        ("Retry-After: 315360000", Some(30 * 24 * 3600)),
        ("Retry-After: -1", None),
        ("Retry-After: abc", None),
        ("Retry-After:", None),
        ("", None),
    ] {
        for status in ["429 Many", "503 Busy"] {
            let origin = Origin::saying(answer(status, header, b"")).await;

            let remedy = get(&fetcher(&config()), &origin.url).await.unwrap_err().remedy();

            let expected = wait.map_or(Remedy::Wait, |secs| Remedy::RetryAfter(Duration::from_secs(secs)));
            assert_eq!(remedy, expected, "{status} {header}");
        }
    }
}
