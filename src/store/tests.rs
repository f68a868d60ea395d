//! The stories of a store, told through its public face: each on SQLite, and with the feature `live` on PostgreSQL.

mod limits;

use std::time::Duration;

use self::limits::{a18_due_times_and_leases_follow_a_clock_that_is_set, b7_a_trap_gives_only_so_many_links_a_day};
use super::*;
use crate::model::{
    Article, CanonicalUrl, CleanHtml, Fingerprint, HostState, Judgement, Link, Neighbour, Rhythm, Source, Timestamp,
    Title, Validators,
};

const LEASE: Duration = Duration::from_secs(60);
const HOUR: Duration = Duration::from_secs(3600);

struct Fixture {
    store: Store,
    clock: Clock,
    url: String,
    _folder: tempfile::TempDir,
}

/// Runs each story on each database.
macro_rules! stories {
    ($($(#[$doc:meta])* $story:ident,)*) => {
        mod on_sqlite {
            $($(#[$doc])*
            #[tokio::test]
            async fn $story() {
                let folder = tempfile::tempdir().unwrap();
                let url = format!("sqlite:{}", folder.path().join("deep/store.db").display());
                super::$story(url, folder).await;
            })*
        }

        #[cfg(feature = "live")]
        mod on_postgres {
            $($(#[$doc])*
            #[tokio::test]
            async fn $story() {
                let url = super::postgres(stringify!($story)).await;
                super::$story(url, tempfile::tempdir().unwrap()).await;
            })*
        }
    };
}

stories! {
    a_poll_leads_to_articles_and_a_later_due_time,
    a_poll_without_pages_gives_its_claim_back,
    many_new_sources_are_asked_one_after_the_other_and_a_few_at_once,
    polls_are_claimed_before_pages_and_the_longest_due_first,
    claims_are_kept_and_given_back_together,
    a4_a_killed_process_neither_polls_early_nor_loses_a_page,
    two_workers_never_hold_one_source_and_the_late_one_is_fenced_off,
    an_article_keeps_its_id_under_a_new_address_or_a_new_guid,
    a_merged_feed_folds_what_a_source_feed_shows_twice,
    what_was_forgotten_does_not_come_back_as_new,
    a_page_is_kept_with_its_article_for_its_days_only,
    a_changed_address_is_asked_at_once_and_without_the_old_validators,
    a_pass_over_an_old_address_cannot_undo_a_new_one,
    c6_a_clock_that_was_ahead_silences_no_source,
    who_only_reads_needs_no_lock_and_writes_nothing,
    a18_due_times_and_leases_follow_a_clock_that_is_set,
    b7_a_trap_gives_only_so_many_links_a_day,
}

/// An empty database for one story on the server that `./tests/all` has started.
#[cfg(feature = "live")]
#[expect(clippy::disallowed_methods, reason = "tests/all names the server it has started")]
async fn postgres(story: &str) -> String {
    let server = std::env::var("OFFPRINT_TEST_POSTGRES").expect("run `./tests/all`: it starts PostgreSQL");
    let name: String = story.chars().take(60).collect();
    let pool = sqlx::postgres::PgPool::connect(&format!("{server}/postgres")).await.unwrap();
    for sql in [format!("DROP DATABASE IF EXISTS {name}"), format!("CREATE DATABASE {name}")] {
        sqlx::query(db::composed(sql)).execute(&pool).await.unwrap();
    }
    format!("{server}/{name}")
}

async fn fixture(url: String, folder: tempfile::TempDir, sources: &[&str]) -> Fixture {
    let clock = Clock::mock(Timestamp::from_millis(1_700_000_000_000));
    let store = open(&url, &clock).await;
    let sources: Vec<Source> = sources.iter().map(|id| source(id, &format!("https://{id}.example/"))).collect();
    store.sync(&sources).await.unwrap();
    Fixture { store, clock, url, _folder: folder }
}

async fn open(url: &str, clock: &Clock) -> Store {
    Store::open(&Config { url: url.to_owned(), ..Config::default() }, clock.clone()).await.unwrap()
}

fn source(id: &str, url: &str) -> Source {
    Source {
        id: id.parse().unwrap(),
        url: url.parse().unwrap(),
        title: None,
        tags: Vec::new(),
        language: None,
        timezone: chrono_tz::UTC,
        rhythm: Rhythm::Every(HOUR),
    }
}

fn link(url: &str, guid: Option<&str>) -> Link {
    Link { guid: guid.map(str::to_owned), ..Link::to(CanonicalUrl::parse(url).unwrap()) }
}

fn report(clock: &Clock, links: Vec<Link>) -> PollReport {
    PollReport {
        began: clock.now(),
        because: crate::model::Because::Rhythm,
        outcome: Outcome::Read,
        due: clock.now() + HOUR,
        links,
        max_new_per_day: 100,
        validators: Validators { etag: Some(b"\"a\xff\"".to_vec()), last_modified: None },
        entrance: None,
        moving: None,
        pace: None,
        title: Some("Gazette".to_owned()),
        error: None,
        trouble: None,
        took: Duration::from_millis(12),
        hosts: Vec::new(),
        robots: Vec::new(),
    }
}

fn new(link: &Link, title: &str, now: Timestamp) -> NewArticle {
    NewArticle {
        article: Article {
            url: link.url.clone(),
            title: Title::new(title).unwrap(),
            authors: vec!["Ada".to_owned()],
            published: None,
            updated: None,
            language: None,
            image: None,
            categories: Vec::new(),
            summary: "Short.".to_owned(),
            body: CleanHtml::from_store("<p>Long.</p>".to_owned()),
            text: "Long.".to_owned(),
            enclosures: Vec::new(),
            confidence: 0.9,
        },
        link: link.clone(),
        found: now,
        fallback_date: now,
        fingerprint: Fingerprint { bands: vec![1, 2, 3], shingles: vec![7, 8], facts: Vec::new() },
        page: None,
        raw: None,
    }
}

fn judge(_: &Fingerprint, neighbours: &[Neighbour]) -> Judgement {
    match neighbours.first() {
        None => Judgement::New,
        Some(first) => Judgement::Duplicate { of: first.id, story: first.story, similarity: 1.0, containment: 1.0 },
    }
}

async fn save(fixture: &Fixture, claim: &Claim, link: &Link, title: &str) -> Saved {
    let new = new(link, title, fixture.clock.now());
    fixture.store.save(claim, &new, &judge, Timestamp::EPOCH).await.unwrap()
}

async fn a_poll_leads_to_articles_and_a_later_due_time(url: String, folder: tempfile::TempDir) {
    let fixture = fixture(url, folder, &["gazette"]).await;
    let claim = fixture.store.claim_due(10, LEASE).await.unwrap().remove(0);
    fixture.store.begin_poll(&claim, fixture.clock.now() + HOUR).await.unwrap();
    let links = vec![link("https://gazette.example/a", Some("1")), link("https://gazette.example/b", None)];

    let finished = fixture.store.finish_poll(&claim, &report(&fixture.clock, links)).await.unwrap();
    for pending in fixture.store.pending(&claim, 10).await.unwrap() {
        save(&fixture, &claim, &pending.link, pending.link.url.as_str()).await;
    }
    fixture.store.release(&claim).await.unwrap();

    let state = fixture.store.source(&claim.source).await.unwrap().unwrap();
    assert_eq!(finished, Finished { n_new: 2, n_left_out: 0, has_pages: true });
    assert_eq!((state.n_articles, state.n_pending, state.failures), (2, 0, 0));
    assert_eq!(state.due, fixture.clock.now() + HOUR);
    assert_eq!(fixture.store.claim_due(10, LEASE).await.unwrap(), []);
    assert_eq!(fixture.store.next_wake().await.unwrap(), Some(state.due));
    assert_eq!(fixture.store.polls(&claim.source, 10).await.unwrap()[0].n_new, 2);
    let again = fixture.store.claim(&claim.source, LEASE).await.unwrap().unwrap();
    assert_eq!(again.validators.etag.as_deref(), Some(&b"\"a\xff\""[..]));
}

async fn a_poll_without_pages_gives_its_claim_back(url: String, folder: tempfile::TempDir) {
    let fixture = fixture(url, folder, &["gazette"]).await;
    let claim = fixture.store.claim_due(10, LEASE).await.unwrap().remove(0);
    fixture.store.begin_poll(&claim, fixture.clock.now() + HOUR).await.unwrap();
    let host = HostState {
        name: "gazette.example".to_owned(),
        next: fixture.clock.now() + HOUR,
        paused_until: fixture.clock.now(),
        crawl_delay: Duration::ZERO,
    };
    let report = PollReport { hosts: vec![host.clone()], ..report(&fixture.clock, Vec::new()) };

    let finished = fixture.store.finish_poll(&claim, &report).await.unwrap();

    assert_eq!(finished, Finished { n_new: 0, n_left_out: 0, has_pages: false });
    assert!(fixture.store.claim(&claim.source, LEASE).await.unwrap().is_some());
    assert_eq!(fixture.store.hosts().await.unwrap().0, [host]);
    let late = fixture.store.finish_poll(&claim, &report).await;
    assert!(matches!(late, Err(StoreError::Fenced(_))), "{late:?}");
}

/// E: 10 000 sources that are added at once are first polled over their interval, in any second at most the mean and
/// six standard deviations more.
async fn many_new_sources_are_asked_one_after_the_other_and_a_few_at_once(url: String, folder: tempfile::TempDir) {
    let fixture = fixture(url, folder, &[]).await;
    let many = |n: usize| -> Vec<Source> {
        (0..n).map(|n| source(&format!("s{n}"), &format!("https://s{n}.example/"))).collect()
    };
    let started = fixture.clock.now();
    fixture.store.sync(&many(10_000)).await.unwrap();

    let mut firsts = vec![0; 3600];
    for state in fixture.store.sources().await.unwrap() {
        firsts[usize::try_from(state.due.since(started).as_secs()).unwrap()] += 1;
    }
    assert!(firsts[0] >= 10);
    let (mean, most) = (10_000.0 / 3600.0_f64, *firsts[1..].iter().max().unwrap());
    assert!(f64::from(most) <= mean + 6.0 * mean.sqrt(), "{most} in one second");

    // What is known keeps its time, and what is added to it comes soon.
    let before = fixture.store.source(&"s7000".parse().unwrap()).await.unwrap().unwrap().due;
    let mut more = many(10_005);
    more.reverse();
    fixture.store.sync(&more).await.unwrap();
    assert_eq!(fixture.store.source(&"s7000".parse().unwrap()).await.unwrap().unwrap().due, before);
    assert_eq!(fixture.store.source(&"s10004".parse().unwrap()).await.unwrap().unwrap().due, started);
}

async fn polls_are_claimed_before_pages_and_the_longest_due_first(url: String, folder: tempfile::TempDir) {
    let fixture = fixture(url, folder, &["a", "b", "c", "d"]).await;
    let store = &fixture.store;
    let now = fixture.clock.now();
    for (claim, (wait, is_found)) in store.claim_due(10, LEASE).await.unwrap().iter().zip([
        (HOUR * 3, true),
        (HOUR * 2, false),
        (HOUR, false),
        (HOUR * 9, false),
    ]) {
        let links = if is_found { vec![link("https://a.example/1", None)] } else { Vec::new() };
        store.begin_poll(claim, now + wait).await.unwrap();
        store.finish_poll(claim, &PollReport { due: now + wait, ..report(&fixture.clock, links) }).await.unwrap();
        store.release(claim).await.unwrap();
    }
    assert_eq!(store.next_wake().await.unwrap(), Some(now), "a's page is due");

    fixture.clock.advance(HOUR * 2);
    let claims = store.claim_due(10, LEASE).await.unwrap();

    let claimed: Vec<_> = claims.iter().map(|claim| (claim.source.as_str(), claim.is_poll_due)).collect();
    assert_eq!(claimed, [("c", true), ("b", true), ("a", false)]);
    assert_eq!(store.next_wake().await.unwrap(), Some(fixture.clock.now() + LEASE), "a lease runs out");
    for claim in &claims {
        store.begin_poll(claim, fixture.clock.now() + HOUR * 5).await.unwrap();
        store
            .finish_poll(claim, &PollReport { due: now + HOUR * 8, ..report(&fixture.clock, Vec::new()) })
            .await
            .unwrap();
    }
    assert_eq!(store.next_wake().await.unwrap(), Some(fixture.clock.now() + LEASE), "a's page is still held");
    store.dismiss(&claims[2], &link("https://a.example/1", None)).await.unwrap();
    store.release(&claims[2]).await.unwrap();
    assert_eq!(store.next_wake().await.unwrap(), Some(now + HOUR * 8));
}

async fn claims_are_kept_and_given_back_together(url: String, folder: tempfile::TempDir) {
    let fixture = fixture(url, folder, &["a", "b", "c"]).await;
    let store = &fixture.store;
    let claims = store.claim_due(10, LEASE).await.unwrap();
    fixture.clock.advance(LEASE / 2);
    store.renew_all(&[&claims[0], &claims[1]], LEASE).await.unwrap();
    fixture.clock.advance(LEASE / 2);

    let taken = store.claim_due(10, LEASE).await.unwrap();

    assert_eq!(taken.iter().map(|claim| claim.source.as_str()).collect::<Vec<_>>(), ["c"]);
    // Who was fenced off gives nothing back.
    store.release_all(&[&claims[1], &claims[2]]).await.unwrap();
    let free = store.claim_due(10, LEASE).await.unwrap();
    assert_eq!(free.iter().map(|claim| claim.source.as_str()).collect::<Vec<_>>(), ["b"]);
}

/// A4: what is due is remembered, also by a process that was killed in the middle of a poll.
async fn a4_a_killed_process_neither_polls_early_nor_loses_a_page(url: String, folder: tempfile::TempDir) {
    let fixture = fixture(url, folder, &["gazette"]).await;
    let claim = fixture.store.claim_due(10, LEASE).await.unwrap().remove(0);
    fixture.store.begin_poll(&claim, fixture.clock.now() + HOUR).await.unwrap();
    let links = vec![link("https://gazette.example/a", Some("1"))];
    fixture.store.finish_poll(&claim, &report(&fixture.clock, links)).await.unwrap();

    let Fixture { store, clock, url, _folder } = fixture;
    store.close().await;
    drop(store);
    // PostgreSQL can't tell that the lease's holder is dead.
    clock.advance(LEASE);
    let store = open(&url, &clock).await;
    store.sync(&[source("gazette", "https://gazette.example/")]).await.unwrap();
    let claims = store.claim_due(10, LEASE).await.unwrap();

    assert_eq!(claims.len(), 1);
    assert!(!claims[0].is_poll_due);
    assert_eq!(store.pending(&claims[0], 10).await.unwrap().len(), 1);
}

async fn two_workers_never_hold_one_source_and_the_late_one_is_fenced_off(url: String, folder: tempfile::TempDir) {
    let fixture = fixture(url, folder, &["a", "b"]).await;
    let first = fixture.store.claim_due(10, LEASE).await.unwrap();
    assert_eq!(first.len(), 2);
    assert_eq!(fixture.store.claim_due(10, LEASE).await.unwrap(), []);

    fixture.clock.advance(LEASE);
    let second = fixture.store.claim_due(10, LEASE).await.unwrap();

    let late = fixture.store.finish_poll(&first[0], &report(&fixture.clock, Vec::new())).await;
    assert!(matches!(late, Err(StoreError::Fenced(_))), "{late:?}");
    let late = fixture
        .store
        .save(&first[0], &new(&link("https://a.example/x", None), "X", fixture.clock.now()), &judge, Timestamp::EPOCH)
        .await;
    assert!(matches!(late, Err(StoreError::Fenced(_))), "{late:?}");
    fixture.store.renew(&second[0], LEASE).await.unwrap();
}

async fn an_article_keeps_its_id_under_a_new_address_or_a_new_guid(url: String, folder: tempfile::TempDir) {
    let fixture = fixture(url, folder, &["gazette"]).await;
    let claim = fixture.store.claim_due(10, LEASE).await.unwrap().remove(0);
    let Saved::New { id, .. } = save(&fixture, &claim, &link("https://gazette.example/a", Some("1")), "A").await else {
        panic!("the first is new")
    };

    let moved = save(&fixture, &claim, &link("https://gazette.example/moved", Some("1")), "A").await;
    let renamed = save(&fixture, &claim, &link("http://www.gazette.example/moved/?utm_source=x", Some("2")), "A").await;

    assert_eq!((moved, renamed), (Saved::Known { id }, Saved::Known { id }));
    let finished = fixture
        .store
        .finish_poll(&claim, &report(&fixture.clock, vec![link("https://gazette.example/third", Some("2"))]))
        .await
        .unwrap();
    assert_eq!(finished, Finished { n_new: 0, n_left_out: 0, has_pages: false });
}

async fn a_merged_feed_folds_what_a_source_feed_shows_twice(url: String, folder: tempfile::TempDir) {
    let fixture = fixture(url, folder, &["a", "b"]).await;
    let claims = fixture.store.claim_due(10, LEASE).await.unwrap();
    save(&fixture, &claims[0], &link("https://a.example/x", None), "First").await;
    fixture.clock.advance(Duration::from_secs(1));
    save(&fixture, &claims[1], &link("https://b.example/y", None), "Copy").await;
    let both = ["a".parse().unwrap(), "b".parse().unwrap()];

    let folded = fixture.store.entries(&Query { sources: &both, folds: true, limit: 10 }).await.unwrap();
    let flat = fixture.store.entries(&Query { sources: &both, folds: false, limit: 10 }).await.unwrap();

    assert_eq!(flat.len(), 2);
    assert_eq!(folded.len(), 1);
    assert_eq!(folded[0].article.title.as_str(), "First");
    assert_eq!(folded[0].also[0].title.as_str(), "Copy");
    let own = fixture.store.entries(&Query { sources: &both[1..], folds: false, limit: 10 }).await.unwrap();
    assert_eq!(own.len(), 1);
    assert_eq!(fixture.store.entry(own[0].id).await.unwrap().unwrap().also.len(), 1);
}

async fn a_page_is_kept_with_its_article_for_its_days_only(url: String, folder: tempfile::TempDir) {
    let fixture = fixture(url, folder, &["gazette"]).await;
    let claim = fixture.store.claim_due(10, LEASE).await.unwrap().remove(0);
    let mut kept = new(&link("https://gazette.example/a", None), "A", fixture.clock.now());
    let page: url::Url = "https://gazette.example/a?x".parse().unwrap();
    let content_type = Some("text/html".to_owned());
    kept.raw = Some(RawPage { url: page.clone(), content_type, fetched: fixture.clock.now(), zstd: vec![0, 255, 7] });
    let saved = fixture.store.save(&claim, &kept, &judge, Timestamp::EPOCH).await.unwrap();
    let (Saved::New { id, .. } | Saved::Known { id }) = saved;

    let before = fixture.store.raw_page(id).await.unwrap().unwrap();
    fixture.clock.advance(31 * 24 * HOUR);
    let pruned = fixture.store.prune(&Config::default()).await.unwrap();

    assert_eq!((before.url, before.content_type.as_deref()), (page, Some("text/html")));
    assert_eq!((before.fetched, before.zstd), (kept.found, vec![0, 255, 7]));
    assert_eq!(pruned.n_raw_pages, 1);
    assert!(fixture.store.raw_page(id).await.unwrap().is_none());
    assert!(fixture.store.entry(id).await.unwrap().is_some());
}

async fn what_was_forgotten_does_not_come_back_as_new(url: String, folder: tempfile::TempDir) {
    let fixture = fixture(url, folder, &["gazette"]).await;
    let claim = fixture.store.claim_due(10, LEASE).await.unwrap().remove(0);
    let old = link("https://gazette.example/old", Some("1"));
    save(&fixture, &claim, &old, "Old").await;
    let before = fixture.store.revision(&["gazette".parse().unwrap()]).await.unwrap();
    fixture.clock.advance(Duration::from_secs(100 * 24 * 3600));

    let keep = Config { keep: Keep { days: 90, min_items: 0 }, ..Config::default() };
    let pruned = fixture.store.prune(&keep).await.unwrap();

    assert_eq!(pruned.n_articles, 1);
    assert!(fixture.store.revision(&["gazette".parse().unwrap()]).await.unwrap() > before);
    let finished = fixture.store.finish_poll(&claim, &report(&fixture.clock, vec![old])).await.unwrap();
    assert_eq!(finished, Finished { n_new: 0, n_left_out: 0, has_pages: false });
}

async fn a_changed_address_is_asked_at_once_and_without_the_old_validators(url: String, folder: tempfile::TempDir) {
    let fixture = fixture(url, folder, &["gazette"]).await;
    let claim = fixture.store.claim_due(10, LEASE).await.unwrap().remove(0);
    fixture.store.finish_poll(&claim, &report(&fixture.clock, Vec::new())).await.unwrap();
    fixture.store.release(&claim).await.unwrap();

    fixture.store.sync(&[source("gazette", "https://new.example/")]).await.unwrap();

    let claim = fixture.store.claim_due(10, LEASE).await.unwrap().remove(0);
    assert!(claim.is_poll_due && claim.validators.is_empty() && !claim.has_succeeded);
}

async fn a_pass_over_an_old_address_cannot_undo_a_new_one(url: String, folder: tempfile::TempDir) {
    let fixture = fixture(url, folder, &["gazette"]).await;
    let claim = fixture.store.claim_due(10, LEASE).await.unwrap().remove(0);

    fixture.store.sync(&[source("gazette", "https://new.example/")]).await.unwrap();

    let late = fixture.store.finish_poll(&claim, &report(&fixture.clock, Vec::new())).await;
    assert!(matches!(late, Err(StoreError::Fenced(_))), "{late:?}");
    let claim = fixture.store.claim_due(10, LEASE).await.unwrap().remove(0);
    assert_eq!(claim.url.as_str(), "https://new.example/");
}

/// C6, A18: what was polled by a clock that was years ahead is due in its time once the clock is right.
async fn c6_a_clock_that_was_ahead_silences_no_source(url: String, folder: tempfile::TempDir) {
    let fixture = fixture(url, folder, &["gazette"]).await;
    let ahead = Clock::mock(fixture.clock.now() + HOUR * 24 * 365 * 5);
    let store = Store { db: fixture.store.db.clone(), clock: ahead.clone() };
    let claim = store.claim_due(10, LEASE).await.unwrap().remove(0);
    store.begin_poll(&claim, ahead.now() + HOUR).await.unwrap();
    store.finish_poll(&claim, &report(&ahead, vec![link("https://gazette.example/a", None)])).await.unwrap();
    store.release(&claim).await.unwrap();

    fixture.store.forget_future().await.unwrap();

    let due = fixture.store.source(&claim.source).await.unwrap().unwrap().due;
    assert_eq!(due, fixture.clock.now() + HOUR);
    let claim = fixture.store.claim_due(10, LEASE).await.unwrap().remove(0);
    assert_eq!(fixture.store.pending(&claim, 10).await.unwrap().len(), 1);
}

async fn who_only_reads_needs_no_lock_and_writes_nothing(url: String, folder: tempfile::TempDir) {
    let config = Config { url: url.clone(), ..Config::default() };
    let clock = Clock::mock(Timestamp::EPOCH);
    assert!(Store::open_to_read(&config, clock.clone()).await.unwrap().is_none());
    let fixture = fixture(url, folder, &["gazette", "herald"]).await;

    let reader = Store::open_to_read(&config, clock.clone()).await.unwrap().unwrap();

    assert_eq!(reader.sources().await.unwrap(), fixture.store.sources().await.unwrap());
    assert!(reader.sync(&[]).await.is_err());
    assert_eq!(fixture.store.sources().await.unwrap().len(), 2);
    for (change, words) in [
        ("UPDATE _sqlx_migrations SET version = version + 1000", "by a newer Offprint: use that one"),
        ("UPDATE _sqlx_migrations SET version = version - 1001", "by an older Offprint: start this one once"),
    ] {
        db::write!(&fixture.store.db, pool => sqlx::query(change).execute(pool).await.map(|_| ())).unwrap();
        let refused = Store::open_to_read(&config, clock.clone()).await;
        let error = refused.unwrap_err().to_string();
        assert!(error.contains(words), "{error}");
    }
}

/// C4: a second process on the same file is refused, and told why.
#[tokio::test]
async fn c4_only_one_process_works_on_a_file() {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite:{}", folder.path().join("store.db").display());
    let fixture = fixture(url, folder, &["gazette"]).await;

    let second = Store::open(&Config { url: fixture.url.clone(), ..Config::default() }, fixture.clock.clone()).await;

    let error = second.unwrap_err().to_string();
    assert!(error.starts_with("another Offprint has the database"), "{error}");
}

#[tokio::test]
async fn a_wrong_address_is_explained() {
    let config = Config { url: "mysql://me:secret@db/x".to_owned(), ..Config::default() };

    let error = Store::open(&config, Clock::system()).await.unwrap_err().to_string();

    assert!(error.contains("isn't a database address") && !error.contains("secret"), "{error}");
}
