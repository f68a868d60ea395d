//! What holds whatever the clock shows and whatever a site sends.

use super::*;

/// A18: an hour back or a month ahead, what was due in an hour is due in an hour, and a lease holds.
pub(super) async fn a18_due_times_and_leases_follow_a_clock_that_is_set(url: String, folder: tempfile::TempDir) {
    for (back, ahead) in [(HOUR, Duration::ZERO), (Duration::ZERO, HOUR * 24 * 30)] {
        let folder = folder.path().join(format!("{}", ahead.as_secs()));
        std::fs::create_dir(&folder).unwrap();
        let clock = Clock::mock(Timestamp::from_millis(1_700_000_000_000));
        let url =
            if url.starts_with("sqlite:") { format!("sqlite:{}/store.db", folder.display()) } else { url.clone() };
        let store = open(&url, &clock).await;
        store
            .sync(&[source("gazette", "https://gazette.example/"), source("herald", "https://herald.example/")])
            .await
            .unwrap();
        let claims = store.claim_due(10, LEASE).await.unwrap();
        for claim in &claims {
            store.begin_poll(claim, clock.now() + HOUR).await.unwrap();
        }
        store.finish_poll(&claims[0], &report(&clock, vec![link("https://gazette.example/a", None)])).await.unwrap();
        store.release(&claims[0]).await.unwrap();

        let before = clock.now();
        let now = before.minus(back) + ahead;
        clock.set(now);
        store.clock_was_set(before, now).await.unwrap();

        for claim in &claims {
            assert_eq!(store.source(&claim.source).await.unwrap().unwrap().due, now + HOUR, "{}", claim.source);
        }
        // One is held and not due; the other has a page to read, which was due before.
        let held: Vec<_> = store.claim_due(10, LEASE).await.unwrap().into_iter().map(|claim| claim.source).collect();
        assert_eq!(held, [claims[0].source.clone()]);
        clock.advance(LEASE);
        assert_eq!(store.claim(&claims[1].source, LEASE).await.unwrap().unwrap().source, claims[1].source);
    }
}

/// B7: a listing that shows other links each time is read only so far in a day, and the rest comes again.
pub(super) async fn b7_a_trap_gives_only_so_many_links_a_day(url: String, folder: tempfile::TempDir) {
    let fixture = fixture(url, folder, &["gazette"]).await;
    let claim = fixture.store.claim_due(10, LEASE).await.unwrap().remove(0);
    let links = |n: u32| (n..n + 60).map(|n| link(&format!("https://gazette.example/?date={n}"), None)).collect();
    let old = Validators { etag: Some(b"\"old\"".to_vec()), last_modified: None };
    let claim = Claim { validators: old.clone(), ..claim };

    let first = fixture.store.finish_poll(&claim, &report(&fixture.clock, links(0))).await.unwrap();
    fixture.clock.advance(HOUR);
    let second = fixture.store.finish_poll(&claim, &report(&fixture.clock, links(60))).await.unwrap();
    fixture.store.release(&claim).await.unwrap();
    let again = fixture.store.claim(&claim.source, LEASE).await.unwrap().unwrap();
    fixture.clock.advance(HOUR * 23);
    let tomorrow = fixture.store.finish_poll(&again, &report(&fixture.clock, links(60))).await.unwrap();

    assert_eq!((first.n_new, first.n_left_out), (60, 0));
    assert_eq!((second.n_new, second.n_left_out), (40, 20));
    assert_eq!(again.validators, old);
    assert_eq!((tomorrow.n_new, tomorrow.n_left_out), (20, 0));
}
