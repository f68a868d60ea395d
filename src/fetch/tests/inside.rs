//! Nobody's page leads inside: each special address by each way that leads to one.

use std::net::IpAddr;
use std::sync::atomic::{AtomicUsize, Ordering};

use url::Host;

use super::forbidden::{at, forbidden, inside};
use super::origin::{Origin, Reply, answer};
use super::*;

/// A listener at every address of this machine that nobody may reach.
struct Trap(std::net::TcpListener);

impl Trap {
    fn set() -> Self {
        // Of both protocols where the machine has both.
        let listener = std::net::TcpListener::bind("[::]:0").or_else(|_| std::net::TcpListener::bind("0.0.0.0:0"));
        let listener = listener.unwrap();
        listener.set_nonblocking(true).unwrap();
        Self(listener)
    }

    fn port(&self) -> u16 {
        self.0.local_addr().unwrap().port()
    }

    /// Connections since the last question, also those that were closed at once.
    fn n_connections(&self) -> usize {
        std::iter::from_fn(|| self.0.accept().ok()).count()
    }
}

/// The addresses among what is inside, each once.
fn addresses() -> Vec<IpAddr> {
    let mut addresses: Vec<IpAddr> = inside()
        .filter_map(|host| match url(&format!("http://{host}/")).host()? {
            Host::Ipv4(address) => Some(IpAddr::V4(address)),
            Host::Ipv6(address) => Some(IpAddr::V6(address)),
            Host::Domain(_) => None,
        })
        .collect();
    addresses.sort();
    addresses.dedup();
    addresses
}

/// Only the origin of the test is open, and nothing else of this machine.
fn guarded(robots: bool) -> Config {
    let allowed_networks = vec!["127.0.0.1".parse().unwrap()];
    Config { private_networks: false, allowed_networks, robots, ..config() }
}

#[tokio::test]
async fn b1_a_trap_sees_who_comes() {
    let trap = Trap::set();
    let port = trap.port();
    let config = Config { private_networks: true, timeout: "1s".parse().unwrap(), ..config() };

    let _ = get(&wired(&config, |_| vec!["127.0.0.1".parse().unwrap()]), &url(&at("inside.example", port))).await;

    assert_eq!(trap.n_connections(), 1);
}

#[tokio::test]
async fn b1_no_forbidden_address_is_asked_directly() {
    let trap = Trap::set();
    let fetcher = wired(&Config { private_networks: false, ..config() }, |name| panic!("asked for {name}"));
    for host in forbidden() {
        // What is no address can't be asked.
        let Ok(url) = Url::parse(&at(host, trap.port())) else { continue };

        let direct = get(&fetcher, &url).await;

        assert!(matches!(direct, Err(FetchError::Refused { .. })), "{host}: {direct:?}");
        assert_eq!(direct.unwrap_err().remedy(), Remedy::GiveUp);
    }
    assert_eq!(trap.n_connections(), 0);
}

#[tokio::test]
async fn b1_no_forbidden_address_is_asked_after_a_redirect() {
    let trap = Trap::set();
    for host in forbidden() {
        for status in ["301 Moved", "302 Found", "307 Now"] {
            let location = at(host, trap.port()).replace(['\r', '\n'], "");
            let origin =
                Origin::new(move |_, _| Reply::Bytes(answer(status, &format!("Location: {location}"), b""))).await;
            let fetcher = wired(&guarded(false), |_| vec!["127.0.0.2".parse().unwrap()]);

            let redirected = get(&fetcher, &origin.at("/page")).await;

            assert!(
                matches!(redirected, Err(FetchError::Refused { .. } | FetchError::Target { .. })),
                "{host}: {redirected:?}"
            );
            assert_eq!(origin.requests().len(), 1, "{host}");
        }
    }
    assert_eq!(trap.n_connections(), 0);
}

#[tokio::test]
async fn b1_a_robots_txt_that_leads_inside_is_not_followed() {
    let trap = Trap::set();
    for host in forbidden() {
        let location = at(host, trap.port()).replace(['\r', '\n'], "");
        let to = location.clone();
        let origin = Origin::new(move |path, _| match path {
            "/robots.txt" => Reply::Bytes(answer("301 Moved", &format!("Location: {to}"), b"")),
            _ => Reply::Bytes(answer("200 OK", "", b"x")),
        })
        .await;
        let fetcher = wired(&guarded(true), |_| vec!["127.0.0.2".parse().unwrap()]);

        let got = get(&fetcher, &origin.at("/page")).await;

        // One that leads to no address at all is a missing one.
        let is_missing = got.is_ok() && Url::parse(&location).is_err();
        assert!(is_missing || matches!(got, Err(FetchError::RobotsUnreachable { .. })), "{host}: {got:?}");
        assert_eq!(origin.paths().len(), if is_missing { 2 } else { 1 }, "{host}");
    }
    assert_eq!(trap.n_connections(), 0);
}

#[tokio::test]
async fn b1_no_name_that_leads_to_a_forbidden_address_is_asked() {
    let trap = Trap::set();
    let page = url(&at("inside.example", trap.port()));
    let public: IpAddr = "8.8.8.8".parse().unwrap();
    for inside in addresses() {
        let origin = Origin::new({
            let page = page.clone();
            move |_, _| Reply::Bytes(answer("302 Found", &format!("Location: {page}"), b""))
        })
        .await;
        for answers in [vec![inside], vec![public, inside], vec![inside, public]] {
            let fetcher = wired(&guarded(false), move |_| answers.clone());

            for asked in [get(&fetcher, &page).await, get(&fetcher, &origin.at("/")).await] {
                assert!(
                    matches!(&asked, Err(FetchError::Refused { reason: Refusal::LeadsInside { address, .. }, .. })
                        if *address == inside),
                    "{inside}: {asked:?}"
                );
            }
        }
    }
    assert_eq!(trap.n_connections(), 0);
}

/// A name with a lifetime of nothing: each connection asks anew, and gets another answer.
#[tokio::test]
async fn b2_a_name_that_changes_its_mind_is_checked_for_each_connection() {
    let trap = Trap::set();
    for inside in addresses() {
        let origin = Origin::saying(answer("200 OK", "", b"User-agent: *\nAllow: /")).await;
        let n_asked = Arc::new(AtomicUsize::new(0));
        let counter = Arc::clone(&n_asked);
        // The first answer is open, as a public one would be.
        let fetcher = wired(&guarded(true), move |_| match counter.fetch_add(1, Ordering::SeqCst) {
            0 => vec!["127.0.0.1".parse().unwrap()],
            _ => vec![inside],
        });

        let page = url(&at("rebinding.example", origin.url.port().unwrap()));
        let got = get(&fetcher, &page).await;

        assert!(
            matches!(got, Err(FetchError::Refused { reason: Refusal::LeadsInside { .. }, .. })),
            "{inside}: {got:?}"
        );
        assert_eq!(origin.paths(), ["/robots.txt"], "{inside}");
        assert_eq!(n_asked.load(Ordering::SeqCst), 2, "a name is asked for once for each connection");
    }
    assert_eq!(trap.n_connections(), 0);
}

#[tokio::test]
async fn b1_a_backslash_begins_a_path_and_hides_no_host() {
    let trap = Trap::set();
    let origin = Origin::saying(answer("200 OK", "", b"x")).await;
    let fetcher = wired(&guarded(false), |name| match name {
        "ok.example" => vec!["127.0.0.1".parse().unwrap()],
        name => panic!("asked for {name}"),
    });
    let address = format!("http://ok.example:{}\\@127.0.0.2:{}/", origin.url.port().unwrap(), trap.port());

    get(&fetcher, &url(&address)).await.unwrap();

    assert_eq!(origin.paths(), [format!("/@127.0.0.2:{}/", trap.port())]);
    assert_eq!(trap.n_connections(), 0);
}

#[tokio::test]
async fn b1_ports_beside_the_webs_are_refused_before_a_connection_where_that_is_wanted() {
    let trap = Trap::set();
    let config = Config { web_ports_only: true, ..config() };
    let fetcher = wired(&config, |_| vec!["127.0.0.1".parse().unwrap()]);

    let error = get(&fetcher, &url(&at("ok.test", trap.port()))).await.unwrap_err();

    assert!(error.to_string().contains("is neither 80 nor 443"), "{error}");
    assert_eq!(trap.n_connections(), 0);
}

#[tokio::test]
async fn b2_an_allowed_network_opens_itself_and_nothing_beside() {
    let origin = Origin::saying(answer("200 OK", "", b"x")).await;
    let mut beside = origin.url.clone();
    beside.set_host(Some("127.0.0.2")).unwrap();

    assert!(get(&fetcher(&guarded(false)), &origin.url).await.is_ok());
    assert!(matches!(get(&fetcher(&guarded(false)), &beside).await, Err(FetchError::Refused { .. })));
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
