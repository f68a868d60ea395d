//! Everything that goes wrong by itself: each with a clear word, and the rest goes on.

use std::process::Command;
use std::time::Duration;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::http::{StatusCode, header};
use axum::response::{Html, IntoResponse};
use axum::routing::get;

use crate::daemon::Daemon;
use crate::origin::{Origin, serve};

/// A7, A11, B5, B6, B7: dead, hanging, endless, broken and hostile sources are told apart, and none disturbs a good one.
#[test]
fn a_bad_source_is_explained_and_the_good_one_is_read() {
    let good = Origin::start("Good", 3);
    let bad = serve(
        Router::new()
            .route("/missing", get(|| async { StatusCode::NOT_FOUND }))
            .route("/failing", get(|| async { StatusCode::INTERNAL_SERVER_ERROR }))
            .route("/hanging", get(|| async { std::future::pending::<()>().await }))
            .route("/endless", get(|| async { endless() }))
            .route("/no-feed", get(|| async { Html("<p>Nothing to subscribe to.") }))
            .route(
                "/garbage",
                get(|| async { ([(header::CONTENT_TYPE, "application/rss+xml")], "<rss><channel><item>") }),
            ),
    );
    let deep = serve(Router::new().route("/feed", get(|| async { "<rss version=\"2.0\"><channel><title>D</title><item><title>Deep</title><link>/deep</link></item></channel></rss>" })).route(
        "/deep",
        get(|| async { Html(format!("<title>Deep</title>{}<p>{}", "<div>".repeat(200_000), "A sentence of an article, and more of it. ".repeat(30))) }),
    ));
    let sources: String = ["missing", "failing", "hanging", "endless", "no-feed", "garbage"]
        .iter()
        .map(|name| format!("[[source]]\nid = \"{name}\"\nurl = \"http://{bad}/{name}\"\n"))
        .collect();
    let daemon = Daemon::prepare(&format!(
        "[fetch]\nprivate_networks = true\ntimeout = \"2s\"\nper_host = {{ delay = \"1ms\", concurrency = 8 }}\n{sources}\
         [[source]]\nid = \"good\"\nurl = \"{}feed\"\n[[source]]\nid = \"deep\"\nurl = \"http://{deep}/feed\"\n",
        good.url()
    ));

    let running = daemon.start();

    let shown = |id: &str| {
        let page = running.get(&format!("/sources/{id}")).expect("the server answers");
        String::from_utf8_lossy(&page.body).into_owned()
    };
    daemon.wait("the good source is read", || running.items("good").len() == 3);
    daemon.wait("the deep page is read", || running.items("deep").len() == 1);
    for (id, words) in
        [("missing", "404"), ("failing", "500"), ("hanging", "2 s"), ("endless", "5 MiB"), ("no-feed", "discover")]
    {
        daemon.wait(&format!("`{id}` is explained with «{words}»"), || shown(id).contains(words));
    }
    assert_eq!(running.get("/readyz").map(|answer| answer.status), Some(200));
}

fn endless() -> impl IntoResponse {
    let chunk = Bytes::from(vec![b' '; 1 << 20]);
    let chunks = std::iter::repeat_n(chunk, 100).map(Ok::<_, std::io::Error>);
    ([(header::CONTENT_TYPE, "application/rss+xml")], Body::from_stream(futures_util::stream::iter(chunks)))
}

#[test]
fn a_taken_port_is_named_with_its_cure() {
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let daemon = Daemon::prepare("");
    let config = std::fs::read_to_string(daemon.config()).unwrap();
    let listen = format!("listen = \"{}\"", taken.local_addr().unwrap());
    let config = config.lines().map(|line| if line.starts_with("listen") { &listen } else { line }).collect::<Vec<_>>();
    std::fs::write(daemon.config(), config.join("\n")).unwrap();

    let run = Command::new(env!("CARGO_BIN_EXE_offprint")).args(["run", "-c"]).arg(daemon.config()).output().unwrap();

    let said = String::from_utf8_lossy(&run.stderr);
    assert_eq!(run.status.code(), Some(3), "{said}");
    assert!(said.contains("another program has the port") && said.contains("`listen`"), "{said}");
}

#[test]
fn a_database_that_cannot_be_opened_is_named_with_its_cure() {
    let daemon = Daemon::prepare("");
    // A file where the folder should be: refused for every user, root included.
    std::fs::write(daemon.folder().join("data"), "not a folder").unwrap();

    let run = Command::new(env!("CARGO_BIN_EXE_offprint")).args(["run", "-c"]).arg(daemon.config()).output().unwrap();

    let said = String::from_utf8_lossy(&run.stderr);
    assert_eq!(run.status.code(), Some(3), "{said}");
    assert!(said.contains("can't create the folder"), "{said}");
}

#[test]
fn a_crawl_beside_the_daemon_is_refused_with_what_to_do_instead() {
    let daemon = Daemon::prepare("");
    let _running = daemon.start();

    let crawl =
        Command::new(env!("CARGO_BIN_EXE_offprint")).args(["crawl", "-c"]).arg(daemon.config()).output().unwrap();

    let said = String::from_utf8_lossy(&crawl.stderr);
    assert_eq!(crawl.status.code(), Some(3), "{said}");
    assert!(said.contains("another Offprint has the database") && said.contains("`offprint status`"), "{said}");
}

/// A14: whoever is asked should be able to ask back, so a missing contact is told, once, with the key to set.
#[test]
fn a14_a_start_without_a_contact_says_so_once_and_one_with_it_does_not() {
    let silent = Daemon::prepare("[fetch]\ncontact = \"https://news.example.org/about\"\n");
    let told = Daemon::prepare("");

    for daemon in [&silent, &told] {
        let mut running = daemon.start();
        running.signal("TERM");
        daemon.wait("the process ends", || running.has_ended());
    }

    let n_lines = |daemon: &Daemon| daemon.log().lines().filter(|line| line.contains("set `contact`")).count();
    assert_eq!((n_lines(&silent), n_lines(&told)), (0, 1), "{}", told.log());
    assert!(told.log().contains("`[fetch]`"), "{}", told.log());
}

#[test]
fn a_stop_is_graceful_and_quick() {
    let slow = serve(Router::new().route("/", get(|| async { std::future::pending::<()>().await })));
    let daemon = Daemon::prepare(&format!(
        "[fetch]\nprivate_networks = true\n[[source]]\nid = \"slow\"\nurl = \"http://{slow}/\"\n"
    ));
    let mut running = daemon.start();

    running.signal("TERM");

    daemon.wait("the process ends", || running.has_ended());
    assert_eq!(running.exit_code(), Some(0), "{}", daemon.log());
}

#[test]
fn a_second_signal_stops_at_once() {
    let slow = serve(Router::new().route("/", get(|| async { std::future::pending::<()>().await })));
    let daemon = Daemon::prepare(&format!(
        "[fetch]\nprivate_networks = true\n[[source]]\nid = \"slow\"\nurl = \"http://{slow}/\"\n"
    ));
    let mut running = daemon.start();
    daemon.wait("the source is being asked", || daemon_has_polled(&running));

    running.signal("INT");
    daemon.wait("the first signal is heard", || daemon.log().contains("Stopping on SIGINT"));
    running.signal("INT");

    daemon.wait("the process ends", || running.has_ended());
    assert_ne!(running.exit_code(), Some(0));
}

fn daemon_has_polled(running: &crate::daemon::Running<'_>) -> bool {
    // The due time moves before the request goes out.
    std::thread::sleep(Duration::from_millis(200));
    running.get("/sources/slow").is_some_and(|answer| answer.status == 200)
}

/// C11, I8: a good file is taken over on SIGHUP, a bad one is refused whole, and the old configuration goes on.
#[test]
fn c11_a_reload_takes_a_good_file_and_refuses_a_bad_one() {
    let (first, second) = (Origin::start("First", 2), Origin::start("Second", 2));
    let config = |sources: &[(&str, &Origin)]| {
        let sources: String = sources
            .iter()
            .map(|(id, origin)| format!("[[source]]\nid = \"{id}\"\nurl = \"{}feed\"\n", origin.url()))
            .collect();
        format!("[fetch]\nprivate_networks = true\nper_host = {{ delay = \"1ms\" }}\n{sources}")
    };
    let daemon = Daemon::prepare(&config(&[("first", &first)]));
    let head = std::fs::read_to_string(daemon.config()).unwrap().split("[fetch]").next().unwrap().to_owned();
    let running = daemon.start();
    daemon.wait("the first source is read", || running.items("first").len() == 2);

    std::fs::write(daemon.config(), format!("{head}[fetch]\nprivate_netwroks = true\n")).unwrap();
    running.signal("HUP");
    daemon.wait("the bad file is refused", || daemon.log().contains("private_networks"));
    assert_eq!(running.items("first").len(), 2);

    std::fs::write(daemon.config(), format!("{head}{}", config(&[("first", &first), ("second", &second)]))).unwrap();
    running.signal("HUP");
    daemon.wait("the second source is read", || running.items("second").len() == 2);
    assert_eq!(first.n_feed_requests(), 1, "a reload touches no other source's schedule");
}
