//! What a daemon that is killed without warning leaves behind.

use std::collections::BTreeMap;
use std::time::Duration;

use crate::daemon::Daemon;
use crate::origin::Origin;

const N_SOURCES: usize = 4;
const N_ARTICLES: usize = 12;
const N_KILLS: u64 = 20;

/// A4, I1, I2, I3, I5: killed at random moments and started again, twenty times in a row, the daemon shows the same
/// items under the same ids with the same dates, loses none, and asks no entrance before its time.
#[test]
fn a4_killed_twenty_times_it_neither_loses_an_item_nor_polls_early() {
    let origins: Vec<Origin> = (0..N_SOURCES).map(|n| Origin::start(&format!("Origin {n}"), N_ARTICLES)).collect();
    let sources: String = origins
        .iter()
        .enumerate()
        .map(|(n, origin)| format!("[[source]]\nid = \"s{n}\"\nurl = \"{}feed\"\n", origin.url()))
        .collect();
    let daemon = Daemon::prepare(&format!(
        "[fetch]\nevery = \"1h\"\nprivate_networks = true\nper_host = {{ delay = \"20ms\" }}\n{sources}"
    ));
    let seed = u64::from(std::process::id());
    let mut seen: BTreeMap<String, (String, String)> = BTreeMap::new();

    for round in 0..N_KILLS {
        let mut running = daemon.start();
        // From before the first request to well into the pages; the seed is printed by a failing assertion.
        std::thread::sleep(Duration::from_millis((seed.wrapping_mul(31).wrapping_add(round * 137)) % 600));
        for n in 0..N_SOURCES {
            for (id, title, date) in running.items(&format!("s{n}")) {
                let first = seen.entry(id.clone()).or_insert_with(|| (title.clone(), date.clone()));
                assert_eq!(*first, (title, date), "round {round}, seed {seed}: the item {id} has changed");
            }
        }
        running.kill();
    }
    let running = daemon.start();
    // A source whose entrance was being asked when the process died isn't asked again within the hour.
    let is_resting = |n: usize| running.items(&format!("s{n}")).is_empty() && origins[n].n_feed_requests() == 1;
    let is_done = |n: usize| running.items(&format!("s{n}")).len() == N_ARTICLES;
    daemon.wait("all pages are read", || (0..N_SOURCES).all(|n| is_done(n) || is_resting(n)));
    assert!((0..N_SOURCES).any(is_done), "seed {seed}: every single source was caught in the middle of its poll");

    let at_the_end: Vec<_> = (0..N_SOURCES).flat_map(|n| running.items(&format!("s{n}"))).collect();
    for (id, (title, date)) in &seen {
        let is_there = at_the_end.iter().any(|item| item == &(id.clone(), title.clone(), date.clone()));
        assert!(is_there, "seed {seed}: the item {id} ({title}, {date}) was served once and is gone or changed");
    }
    for (n, origin) in origins.iter().enumerate() {
        assert!(
            origin.n_feed_requests() <= 1,
            "seed {seed}: the feed of s{n} was asked {} times in an hour",
            origin.n_feed_requests()
        );
    }
}
