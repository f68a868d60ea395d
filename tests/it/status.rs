//! `offprint status`, beside the daemon and without it.

use std::process::{Command, Output};

use axum::Router;
use axum::http::StatusCode;
use axum::routing::get;
use serde_json::Value;

use crate::daemon::Daemon;
use crate::origin::{Origin, serve};

fn status(daemon: &Daemon, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_offprint"));
    command.arg("status").args(arguments).arg("-c").arg(daemon.config());
    command.current_dir(daemon.folder()).output().unwrap()
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
}

fn json(output: &Output) -> Value {
    serde_json::from_slice(&output.stdout).unwrap_or_else(|error| panic!("{error}: {}", said(output)))
}

/// A good source and one that leads nowhere, read by a daemon.
fn newsroom() -> (Daemon, Origin) {
    let good = Origin::start("Gazette", 3);
    let config = format!(
        "[fetch]\nprivate_networks = true\nper_host = {{ delay = \"1ms\" }}\n\
         [[source]]\nid = \"good\"\nurl = \"{0}feed\"\nextract = {{ content = \"div.rebuilt\" }}\n\
         [[source]]\nid = \"bad\"\nurl = \"{0}nothing\"\nevery = \"1h\"\n",
        good.url()
    );
    (Daemon::prepare(&config), good)
}

#[test]
fn status_tells_beside_the_running_daemon_how_each_source_fares() {
    let (daemon, _origin) = newsroom();
    let running = daemon.start();
    daemon.wait("the good source is read", || running.items("good").len() == 3);
    daemon.wait("the bad source has failed", || json(&status(&daemon, &["--json"]))["sources"][1]["error"].is_object());

    let (all, text) = (status(&daemon, &["--json"]), status(&daemon, &[]));
    let (bad, typo) = (status(&daemon, &["bad"]), status(&daemon, &["god"]));

    let all_json = json(&all);
    let (first, second) = (&all_json["sources"][0], &all_json["sources"][1]);
    assert_eq!((&first["source"], &first["health"], &first["articles"]), (&"good".into(), &"fine".into(), &3.into()));
    assert_eq!(first["drift"][0]["kind"], "selector");
    assert!(first["drift"][0]["message"].as_str().unwrap().contains("`div.rebuilt`"), "{first}");
    assert!(first["last_success"].is_string() && first["next_poll"].is_string(), "{first}");
    assert_eq!((&second["error"]["kind"], &second["error"]["cure"]), (&"not-found".into(), &"tell-operator".into()));
    assert_eq!(second["error"]["failures"], 1);
    // After one failure both come to about an hour.
    assert!(["rhythm", "backoff"].contains(&second["because"].as_str().unwrap()), "{second}");
    assert!(second["error"]["since"].is_string() && second["last_success"].is_null(), "{second}");
    assert_eq!((all.status.code(), text.status.code(), bad.status.code()), (Some(1), Some(1), Some(1)));
    for words in ["SOURCE", "Drifts", "Last try failed", "404", "not-found, 1 failure", "Open it in a browser"] {
        assert!(said(&text).contains(words), "no {words} in {}", said(&text));
    }
    assert!(said(&bad).contains("what to do") && !said(&bad).contains("good"), "{}", said(&bad));
    assert_eq!(typo.status.code(), Some(2));
    assert!(said(&typo).contains("did you mean `good`?"), "{}", said(&typo));
    assert_eq!(running.get("/healthz").map(|answer| answer.status), Some(200));
}

#[test]
fn status_of_a_fresh_folder_says_that_nothing_was_read_and_creates_nothing() {
    let (daemon, _origin) = newsroom();

    let (text, json_before, plan) =
        (status(&daemon, &[]), json(&status(&daemon, &["--json"])), status(&daemon, &["--plan"]));
    let is_untouched = !daemon.folder().join("data").exists();
    // An empty file is what a process leaves behind that died at once.
    std::fs::create_dir(daemon.folder().join("data")).unwrap();
    std::fs::write(daemon.folder().join("data/offprint.db"), "").unwrap();
    let empty = status(&daemon, &[]);

    assert!(is_untouched);
    for output in [&text, &empty] {
        assert_eq!(output.status.code(), Some(0), "{}", said(output));
        assert!(
            said(output).contains("Nothing was read yet") && said(output).contains("Not read yet"),
            "{}",
            said(output)
        );
    }
    assert_eq!(json_before["sources"][0]["health"], "waiting");
    assert_eq!((plan.status.code(), json_before["sources"][0]["next_poll"].is_null()), (Some(0), true));
}

#[test]
fn status_of_what_is_no_database_is_an_error() {
    let (daemon, _origin) = newsroom();
    std::fs::create_dir(daemon.folder().join("data")).unwrap();
    std::fs::write(daemon.folder().join("data/offprint.db"), "not a database at all, ".repeat(100)).unwrap();

    let output = status(&daemon, &[]);

    assert_eq!(output.status.code(), Some(3));
    assert!(said(&output).contains("can't open the database"), "{}", said(&output));
}

/// The plan names each host once, with the polls of its sources, and obeys what the host asked for.
#[test]
fn the_plan_sums_up_the_requests_of_sources_and_hosts() {
    let (daemon, good) = newsroom();
    let slow = serve(
        Router::new()
            .route("/feed", get(|| async { (StatusCode::SERVICE_UNAVAILABLE, [("retry-after", "7200")]) }))
            .route("/robots.txt", get(|| async { "User-agent: *\nCrawl-delay: 2" })),
    );
    let config = std::fs::read_to_string(daemon.config()).unwrap();
    let more = format!("[[source]]\nid = \"slow\"\nurl = \"http://{slow}/feed\"\ncron = \"0 6 * * *\"\n");
    std::fs::write(daemon.config(), config + &more).unwrap();
    let running = daemon.start();
    daemon.wait("the good source is read", || running.items("good").len() == 3);
    let plan = || json(&status(&daemon, &["--plan", "--json"]));
    let slow_host = |plan: &Value| {
        let hosts = plan["hosts"].as_array().unwrap();
        hosts.iter().find(|host| host["host"] == slow.to_string()).unwrap().clone()
    };
    daemon.wait("the slow host has answered", || slow_host(&plan())["paused_until"].is_string());
    daemon.wait("the bad source has failed", || plan()["sources"][1]["because"].is_string());

    let (plan, text) = (plan(), status(&daemon, &["--plan"]));

    let [first, second, third] = [0, 1, 2].map(|idx| plan["sources"][idx].clone());
    let per_day = |value: &Value, key: &str| value[key].as_f64().unwrap();
    assert!((16.0..=24.0).contains(&per_day(&second, "polls_per_day")), "{second}");
    assert!((0.9..1.2).contains(&per_day(&third, "polls_per_day")), "{third}");
    let hosts = plan["hosts"].as_array().unwrap();
    let host = hosts.iter().find(|host| good.url().contains(host["host"].as_str().unwrap())).unwrap();
    assert_eq!((hosts.len(), &host["sources"]), (2, &2.into()));
    let of_both = per_day(&first, "polls_per_day") + per_day(&second, "polls_per_day");
    assert!((per_day(host, "polls_per_day") - of_both).abs() < 0.01, "{host}");
    assert!(per_day(host, "pages_per_day") > 0.0 && per_day(host, "robots_per_day") == 1.0, "{host}");
    assert!(host["robots_age_seconds"].is_u64(), "{host}");
    assert_eq!(slow_host(&plan)["crawl_delay_seconds"], 2.0);
    let sum: f64 = hosts.iter().map(|host| per_day(host, "requests_per_day")).sum();
    assert!((per_day(&plan["totals"], "requests_per_day") - sum).abs() < 0.01, "{plan}");
    for words in
        ["every 1h", "`0 6 * * *`", "by Retry-After", "asks for 2 s", "3 sources on 2 hosts", "that is its rhythm"]
    {
        assert!(said(&text).contains(words), "no {words} in {}", said(&text));
    }
}
