//! Sources behind something, through the real binary: what opens their doors is used there and seen nowhere.

use std::net::SocketAddr;
use std::process::{Command, Output};
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::extract::Request;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};

use crate::daemon::{Daemon, Running};
use crate::origin::serve;

/// One for each key that can hold a secret; none is a part of another.
const CANARIES: [&str; 14] = [
    "cnry/header+1 end",
    "cnry-cookie=2/x",
    "cnry:pass/word+3",
    "cnry-user-4",
    "cnry.token/5=",
    "cnry-proxyuser-6",
    "cnry/proxypass+7",
    "cnry-urluser-8",
    "cnry/urlpass+9",
    "cnry/query+10",
    "cnry-path-11",
    "cnry-bearer-12",
    "cnry-literal-13",
    "cnry-whole-14",
];

/// What was asked, as it came.
type Asked = Arc<Mutex<Vec<(String, HeaderMap)>>>;

/// A site with a feed and an article; some of its places are closed.
fn site() -> (SocketAddr, Asked) {
    let asked = Asked::default();
    let seen = Arc::clone(&asked);
    let address = serve(Router::new().fallback(move |request: Request| {
        let target = request.uri().to_string();
        seen.lock().unwrap().push((target.clone(), request.headers().clone()));
        let path = request.uri().path().to_owned();
        let host =
            request.headers().get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or_default().to_owned();
        let response = answer(&path, &host, &target);
        async move { response }
    }));
    (address, asked)
}

fn answer(path: &str, host: &str, target: &str) -> Response {
    let name = path.trim_matches('/').split('/').next().unwrap_or_default().to_owned();
    match path {
        "/robots.txt" => StatusCode::NOT_FOUND.into_response(),
        _ if path.ends_with("/article") => {
            let paragraphs: String = (0..6)
                .map(|n| format!("<p>The council of {name} met for the {n}th time, and said that the harbour is open again, to everybody's joy.</p>"))
                .collect();
            Html(format!(
                "<title>The harbour of {name}</title><article><h1>The harbour of {name}</h1>{paragraphs}</article>"
            ))
            .into_response()
        }
        // It sends back what it was asked, as sites do in redirects and in pages of errors.
        _ if path.starts_with("/echo") => {
            (StatusCode::FOUND, [("location", format!("ftp://elsewhere.example{target}"))]).into_response()
        }
        _ if path.starts_with("/login") => {
            (StatusCode::UNAUTHORIZED, [("www-authenticate", "Basic")], target.to_owned()).into_response()
        }
        _ if path.starts_with("/failing") => (StatusCode::INTERNAL_SERVER_ERROR, target.to_owned()).into_response(),
        _ if path.starts_with("/nothing") => Html("<p>Nothing here.").into_response(),
        _ => {
            let feed = format!(
                "<rss version=\"2.0\"><channel><title>{name}</title><item><title>The harbour of {name}</title>\
                 <link>http://{host}/{name}/article</link></item></channel></rss>"
            );
            ([(header::CONTENT_TYPE, "application/rss+xml")], feed).into_response()
        }
    }
}

fn sources(site: SocketAddr, proxy: SocketAddr) -> String {
    let escaped = |text: &str| text.replace('/', "%2F").replace('+', "%2B");
    let [_, _, _, _, _, proxy_user, proxy_password, user, password, ..] = CANARIES.map(escaped);
    format!(
        "[fetch]\nprivate_networks = true\nper_host = {{ delay = \"1ms\" }}\n\
         [[source]]\nid = \"keys\"\nurl = \"http://{site}/keys/feed\"\n\
         headers = {{ X-Key = \"${{env:C0}}\" }}\ncookies = {{ session = \"${{env:C1}}\" }}\n\
         [[source]]\nid = \"basic\"\nurl = \"http://{site}/basic/feed\"\nauth = {{ user = \"${{env:C3}}\", password = \"${{env:C2}}\" }}\n\
         [[source]]\nid = \"token\"\nurl = \"http://{site}/token/feed\"\nauth = {{ token = \"${{env:C4}}\" }}\n\
         [[source]]\nid = \"bearer\"\nurl = \"http://{site}/bearer/feed\"\nheaders = {{ Authorization = \"Bearer ${{env:C11}}\" }}\n\
         [[source]]\nid = \"proxied\"\nurl = \"http://{site}/proxied/feed\"\nproxy = \"http://{proxy_user}:{proxy_password}@{proxy}\"\n\
         [[source]]\nid = \"refused\"\nurl = \"https://gazette.example/feed\"\nproxy = \"http://{proxy_user}:{proxy_password}@{proxy}\"\n\
         [[source]]\nid = \"address\"\nurl = \"http://{user}:{password}@{site}/address/feed\"\n\
         [[source]]\nid = \"query\"\nurl = \"http://{site}/query/feed?key=${{env:C9}}\"\n\
         [[source]]\nid = \"path\"\nurl = \"http://{site}/path/${{env:C10}}/feed\"\n\
         [[source]]\nid = \"whole\"\nurl = \"${{env:WHOLE}}\"\n\
         [[source]]\nid = \"failing\"\nurl = \"http://{site}/failing?key=${{env:C9}}\"\nheaders = {{ X-Key = \"{}\" }}\n\
         [[source]]\nid = \"login\"\nurl = \"http://{site}/login?key=${{env:C9}}\"\nauth = {{ token = \"${{env:C4}}\" }}\n\
         [[source]]\nid = \"echo\"\nurl = \"http://{site}/echo?key=${{env:C9}}\"\n\
         [[source]]\nid = \"nothing\"\nurl = \"http://{site}/nothing?key=${{env:C9}}\"\n",
        CANARIES[12]
    )
}

fn variables(site: SocketAddr) -> Vec<(String, String)> {
    let mut variables: Vec<_> =
        CANARIES.iter().enumerate().map(|(n, text)| (format!("C{n}"), (*text).to_owned())).collect();
    variables.push(("WHOLE".to_owned(), format!("http://{site}/whole/feed?key={}", CANARIES[13])));
    variables.push(("RUST_LOG".to_owned(), "trace".to_owned()));
    variables
}

/// Every spelling in which a secret may be met.
fn spellings(secret: &str) -> Vec<String> {
    let escape = |keeps: &str, is_lower: bool| -> String {
        let byte = |byte: u8| match char::from(byte) {
            c if c.is_ascii_alphanumeric() || keeps.contains(c) => c.to_string(),
            _ if is_lower => format!("%{byte:02x}"),
            _ => format!("%{byte:02X}"),
        };
        secret.bytes().map(byte).collect()
    };
    let mut all = vec![
        secret.to_owned(),
        secret.replace(' ', "%20"),
        escape("", false),
        escape("-._~", false),
        escape("-._~", true),
    ];
    // In the middle of a longer text its three shifts are what stays the same.
    for shift in 0..3 {
        let whole = base64(&[&b"xxx"[..shift], secret.as_bytes()].concat());
        let from = if shift == 0 { 0 } else { 4 };
        let end = whole.trim_end_matches('=').len().saturating_sub(2);
        all.push(whole[from..end].to_owned());
    }
    all
}

/// Without padding.
fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::new();
    for three in bytes.chunks(3) {
        let bits = three.iter().fold(0_usize, |bits, byte| bits << 8 | usize::from(*byte)) << (8 * (3 - three.len()));
        for place in 0..=three.len() {
            text.push(char::from(LETTERS[bits >> (18 - 6 * place) & 63]));
        }
    }
    text
}

#[track_caller]
fn assert_silent(what: &str, text: &str) {
    for canary in CANARIES {
        for spelling in spellings(canary) {
            if let Some(place) = text.find(&spelling) {
                let start = text[..place].char_indices().rev().nth(300).map_or(0, |(idx, _)| idx);
                let end = text[place..].char_indices().nth(200).map_or(text.len(), |(idx, _)| place + idx);
                panic!("{what} shows `{canary}` as `{spelling}`:\n…{}…", &text[start..end]);
            }
        }
    }
}

fn said(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

fn page(running: &Running<'_>, path: &str) -> String {
    let answer = running.get(path).unwrap_or_else(|| panic!("`{path}` is served"));
    String::from_utf8_lossy(&answer.body).into_owned()
}

#[test]
fn secrets_of_sources_are_used_and_seen_nowhere() {
    let (site, asked) = site();
    let proxied = Asked::default();
    let seen = Arc::clone(&proxied);
    let proxy = serve(Router::new().fallback(move |request: Request| {
        seen.lock().unwrap().push((request.uri().to_string(), request.headers().clone()));
        let is_tunnel = request.method() == "CONNECT";
        let path = request.uri().path().to_owned();
        let response = if is_tunnel {
            (StatusCode::PROXY_AUTHENTICATION_REQUIRED, [("proxy-authenticate", "Basic")]).into_response()
        } else {
            answer(&path, &request.uri().authority().map(ToString::to_string).unwrap_or_default(), &path)
        };
        async move { response }
    }));
    // The daemon has a database of its own, or nothing would be left for it to read.
    let [desk, daemon] = [(); 2].map(|()| Daemon::prepare(&sources(site, proxy)));
    let variables = variables(site);
    let run = |place: &Daemon, arguments: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_offprint"));
        command.args(arguments).arg("-c").arg(place.config()).current_dir(place.folder());
        command.envs(variables.iter().map(|(name, value)| (name, value))).output().unwrap()
    };

    for arguments in [
        &["check"][..],
        &["check", "--json"],
        &["crawl"],
        &["crawl", "--json"],
        &["status"],
        &["status", "--json"],
        &["status", "--plan"],
        &["status", "query"],
        &["check", "--online"],
        &["check", "--online", "--json"],
    ] {
        let output = run(&desk, arguments);
        assert_silent(&format!("{arguments:?}"), &said(&output));
    }
    for path in ["keys/article", "login", "echo", "failing"] {
        for format in ["text", "json"] {
            let output = run(&desk, &["preview", "--explain", "--format", format, &format!("http://{site}/{path}")]);
            assert_silent(&format!("preview {path}"), &said(&output));
        }
    }
    let running = daemon.start_in(&variables);
    let read = ["keys", "basic", "token", "bearer", "proxied", "address", "query", "path", "whole"];
    for id in read {
        daemon.wait(&format!("`{id}` is read"), || running.items(id).len() == 1);
    }
    running.signal("HUP");
    daemon.wait("the configuration is taken over", || daemon.log().contains("Took over the configuration"));
    let config = std::fs::read_to_string(daemon.config()).unwrap();
    let broken = config.replace("[[source]]\nid = \"failing\"", "[[source]]\nid = failing")
        + "[source.cookies]\nx = \"cnry-literal-13\n";
    std::fs::write(daemon.config(), broken).unwrap();
    running.signal("HUP");
    daemon.wait("the broken configuration is refused", || daemon.log().contains("The old configuration goes on"));
    assert_silent("check of a broken file", &said(&run(&daemon, &["check"])));
    assert_silent("check of a broken file", &said(&run(&daemon, &["check", "--json"])));
    assert_silent("crawl of a broken file", &said(&run(&daemon, &["crawl"])));

    let ids: Vec<&str> = read.into_iter().chain(["refused", "failing", "login", "echo", "nothing", "all"]).collect();
    let mut paths: Vec<String> = ["/", "/sources", "/healthz", "/readyz", "/metrics", "/opml.xml", "/feeds/health.rss"]
        .map(str::to_owned)
        .to_vec();
    for id in &ids {
        paths.push(format!("/sources/{id}"));
        paths.extend(["", ".rss", ".atom", ".json"].map(|format| format!("/feeds/{id}{format}")));
        for (urn, ..) in running.items(id) {
            let article = urn.trim_start_matches("urn:uuid:").to_owned();
            paths.extend([format!("/articles/{article}"), format!("/articles/{article}/explain")]);
        }
    }
    for path in &paths {
        assert_silent(path, &page(&running, path));
    }
    let log = daemon.log();
    assert!(log.contains("TRACE") && log.contains("starting new connection"), "libraries log all they have:\n{log}");
    assert_silent("the log", &log);

    // They were sent all the same, and what failed says why.
    let asked = asked.lock().unwrap();
    let sent = |path: &str, name: &str| {
        let requests = asked.iter().filter(|(target, _)| target.starts_with(path));
        requests
            .filter_map(|(_, headers)| headers.get(name))
            .map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned())
            .next()
    };
    let basic = |user: &str, password: &str| Some(format!("Basic {}", base64(format!("{user}:{password}").as_bytes())));
    let unpadded = |value: Option<String>| value.map(|value| value.trim_end_matches('=').to_owned());
    assert_eq!(sent("/keys/article", "x-key").as_deref(), Some(CANARIES[0]));
    assert_eq!(sent("/keys/feed", "cookie"), Some(format!("session={}", CANARIES[1])));
    assert_eq!(unpadded(sent("/basic/feed", "authorization")), basic(CANARIES[3], CANARIES[2]));
    assert_eq!(sent("/token/feed", "authorization"), Some(format!("Bearer {}", CANARIES[4])));
    assert_eq!(sent("/bearer/feed", "authorization"), Some(format!("Bearer {}", CANARIES[11])));
    assert_eq!(unpadded(sent("/address/feed", "authorization")), basic(CANARIES[7], CANARIES[8]));
    assert!(asked.iter().any(|(target, _)| target.contains(&format!("key={}", CANARIES[9]))));
    assert!(asked.iter().any(|(target, _)| target.contains(CANARIES[10])));
    let proxied = proxied.lock().unwrap();
    let login = basic(CANARIES[5], CANARIES[6]);
    assert!(proxied.len() >= 2, "{proxied:?}");
    for (target, headers) in proxied.iter() {
        let value = headers.get("proxy-authorization").map(|value| value.to_str().unwrap().to_owned());
        assert_eq!(unpadded(value), login, "{target}");
    }
    for (id, words) in
        [("refused", "proxy"), ("login", "401"), ("failing", "500"), ("echo", "ftp"), ("nothing", "key=***")]
    {
        let shown = page(&running, &format!("/sources/{id}"));
        assert!(shown.contains(words), "{id}: {shown}");
    }
}

/// A proxy that the environment names would see where we read, and look names up behind our back.
#[test]
fn b2_no_proxy_of_the_environment_is_used() {
    let (site, asked) = site();
    let trap = Asked::default();
    let seen = Arc::clone(&trap);
    let proxy = serve(Router::new().fallback(move |request: Request| {
        seen.lock().unwrap().push((request.uri().to_string(), request.headers().clone()));
        async { StatusCode::BAD_GATEWAY }
    }));
    let daemon = Daemon::prepare(&format!(
        "[fetch]\nprivate_networks = true\n[[source]]\nid = \"plain\"\nurl = \"http://{site}/plain/feed\"\n\
         [[source]]\nid = \"tls\"\nurl = \"https://{site}/tls/feed\"\n"
    ));
    let names = ["HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy"];

    let output = Command::new(env!("CARGO_BIN_EXE_offprint"))
        .args(["crawl", "--json", "-c"])
        .arg(daemon.config())
        .current_dir(daemon.folder())
        .envs(names.map(|name| (name, format!("http://{proxy}"))))
        .env_remove("NO_PROXY")
        .env_remove("no_proxy")
        .output()
        .unwrap();

    assert!(said(&output).contains("\"stored\":1"), "{}", said(&output));
    assert!(asked.lock().unwrap().iter().any(|(target, _)| target == "/plain/article"));
    assert!(trap.lock().unwrap().is_empty(), "{:?}", trap.lock().unwrap());
}

/// What an operator closes is closed from the reload on, also for a connection that is open.
#[test]
fn b2_a_network_that_is_closed_by_a_reload_is_not_asked_again() {
    let (site, asked) = site();
    let config = |network: &str, n: usize| {
        format!(
            "[fetch]\nallowed_networks = [\"{network}\"]\nper_host = {{ delay = \"1ms\" }}\n\
             [[source]]\nid = \"plain-{n}\"\nurl = \"http://{site}/plain/{n}/feed\"\n"
        )
    };
    let daemon = Daemon::prepare(&config("127.0.0.0/8", 1));
    let head = std::fs::read_to_string(daemon.config()).unwrap().split("[fetch]").next().unwrap().to_owned();
    let running = daemon.start();
    daemon.wait("the source is read", || running.items("plain-1").len() == 1);
    let n_before = asked.lock().unwrap().len();

    std::fs::write(daemon.config(), head + &config("10.0.0.0/8", 2)).unwrap();
    running.signal("HUP");

    daemon.wait("the address is refused", || page(&running, "/sources/plain-2").contains("a public address"));
    assert_eq!(asked.lock().unwrap().len(), n_before);
    assert!(!daemon.log().contains("takes effect after a restart"), "{}", daemon.log());
}
