//! Many sources at once, through the real binary: who waits for whom.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;

use super::daemon::Daemon;

/// Who was asked for a feed, in order: `host/name`.
type Asked = Arc<Mutex<Vec<String>>>;

/// A server that answers for every address of loopback; feeds whose name begins with `hung` never come.
fn serve() -> (u16, Asked) {
    let asked = Asked::default();
    let routes = Router::new().route("/{name}", get(feed)).with_state(Arc::clone(&asked));
    let listener = std::net::TcpListener::bind("0.0.0.0:0").unwrap();
    listener.set_nonblocking(true).unwrap();
    let port = listener.local_addr().unwrap().port();
    std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let listener = tokio::net::TcpListener::from_std(listener).unwrap();
            axum::serve(listener, routes).await.unwrap();
        });
    });
    (port, asked)
}

async fn feed(State(asked): State<Asked>, Path(name): Path<String>, headers: HeaderMap) -> Response {
    if name == "robots.txt" {
        return StatusCode::NOT_FOUND.into_response();
    }
    let host = headers[header::HOST].to_str().unwrap().split(':').next().unwrap().to_owned();
    asked.lock().unwrap().push(format!("{host}/{name}"));
    if name.starts_with("hung") {
        std::future::pending::<()>().await;
    }
    let body = format!("<rss version=\"2.0\"><channel><title>{name}</title></channel></rss>");
    ([(header::CONTENT_TYPE, "application/rss+xml")], body).into_response()
}

fn sources(urls: impl Iterator<Item = String>) -> String {
    urls.enumerate().map(|(n, url)| format!("[[source]]\nid = \"s{n:03}\"\nurl = \"{url}\"\n")).collect()
}

/// A20: one host with more sources than there are places doesn't keep the others from theirs.
#[test]
fn a20_sources_of_one_busy_host_do_not_starve_the_others() {
    let (port, asked) = serve();
    // The busy host's come first, and a second lies between its answers and its next question.
    let one = (0..20).map(|n| format!("http://127.0.0.1:{port}/one{n:02}"));
    let many = (0..20).map(|n| format!("http://127.0.1.{}:{port}/many{n:02}", n + 1));
    let head = "[fetch]\nprivate_networks = true\nevery = \"1h\"\n[schedule]\nworkers = 4\n";
    let daemon = Daemon::prepare(&(head.to_owned() + &sources(one.chain(many))));
    let _running = daemon.start();

    let n_asked = |kind: &str| asked.lock().unwrap().iter().filter(|asked| asked.contains(kind)).count();
    daemon.wait("all the others were asked", || n_asked("many") == 20);

    assert!(n_asked("one") < 20, "the busy host was asked {} times meanwhile", n_asked("one"));
    daemon.wait("the busy host was asked for some", || n_asked("one") >= 8);
    let order: Vec<String> = asked.lock().unwrap().iter().filter(|asked| asked.contains("one")).cloned().collect();
    assert!(order.is_sorted(), "who was due first was asked first: {order:?}");
}

/// C9: sources that hang don't keep the others from being read, although there are more of them than places.
#[test]
fn c9_sources_that_hang_do_not_keep_the_others_waiting() {
    let (port, asked) = serve();
    let hung = (0..40).map(|n| format!("http://127.0.2.{}:{port}/hung{n:02}", n + 1));
    let good = (0..10).map(|n| format!("http://127.0.3.{}:{port}/good{n:02}", n + 1));
    let head = "[fetch]\nprivate_networks = true\nevery = \"1h\"\ntimeout = \"10m\"\n[schedule]\nworkers = 2\n";
    let daemon = Daemon::prepare(&(head.to_owned() + &sources(hung.chain(good))));
    let running = daemon.start();

    let names = || asked.lock().unwrap().iter().cloned().collect::<BTreeSet<_>>();
    // Each place takes two of those that hang at a time until their headers are waited for in vain: without room for
    // those that wait, that is five minutes.
    daemon.wait("all others were asked", || names().iter().filter(|name| name.contains("good")).count() == 10);

    assert_eq!(names().iter().filter(|name| name.contains("hung")).count(), 40);
    assert_eq!(running.get("/healthz").map(|answer| answer.status), Some(200));
}
