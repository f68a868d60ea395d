//! Somebody sets the clock, or the country does: no source falls silent and none is asked early.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::extract::Request;
use axum::response::IntoResponse;
use chrono::TimeZone;
use chrono_tz::Europe::Berlin;
use offprint::clock::Clock;
use offprint::model::{Rhythm, Timestamp};
use offprint::pipeline::Site;
use offprint::schedule::{self, Scheduler, Sites, WakeUp};
use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

use crate::desk::Desk;
use crate::origin::serve;

const MINUTE: Duration = Duration::from_secs(60);
/// More than the scheduler takes.
const BREATH: Duration = Duration::from_millis(250);
const HOUR: Duration = Duration::from_secs(3600);
const DAY: Duration = Duration::from_secs(24 * 3600);
const N_SOURCES: usize = 24;

/// When each path was asked for, by time that nobody can set.
#[derive(Clone, Default)]
struct Asked(Arc<Mutex<HashMap<String, Vec<Duration>>>>);

impl Asked {
    fn serve(&self, clock: &Clock) -> String {
        let (asked, clock) = (self.clone(), clock.clone());
        let address = serve(Router::new().fallback(move |request: Request| {
            let mut asked = asked.0.lock().unwrap();
            asked.entry(request.uri().path().to_owned()).or_default().push(clock.uptime());
            async { "<rss version=\"2.0\"><channel><title>G</title></channel></rss>".into_response() }
        }));
        format!("http://{address}")
    }

    /// The waits between two questions, for each source.
    fn waits(&self) -> Vec<Vec<Duration>> {
        let asked = self.0.lock().unwrap();
        let feeds = asked.iter().filter(|(path, _)| path.starts_with("/feed"));
        feeds.map(|(_, times)| times.windows(2).map(|pair| pair[1] - pair[0]).collect()).collect()
    }

    /// Most questions within a minute.
    fn most_in_a_minute(&self) -> usize {
        let asked = self.0.lock().unwrap();
        let mut minutes: HashMap<u64, usize> = HashMap::new();
        for (_, times) in asked.iter().filter(|(path, _)| path.starts_with("/feed")) {
            // The first questions come together, as all sources are new.
            times.iter().skip(1).for_each(|time| *minutes.entry(time.as_secs() / 60).or_default() += 1);
        }
        minutes.into_values().max().unwrap_or_default()
    }
}

/// Lets time pass, minute by minute, while the scheduler does its work.
async fn live_through(desk: &Desk, time: Duration) {
    let n_minutes = time.as_secs() / 60;
    for _ in 0..n_minutes {
        desk.clock.advance(MINUTE);
        // What is due was asked when it is due no more.
        for n_looks in 0.. {
            let states = desk.store.sources().await.unwrap();
            if states.iter().all(|state| state.due > desk.clock.now()) {
                break;
            }
            assert!(n_looks < 20_000, "still due: {states:?}");
            if n_looks % 20 == 19 {
                // The scheduler takes a breath between two looks.
                desk.clock.advance(BREATH);
            }
            tokio::task::yield_now().await;
        }
    }
}

#[tokio::test]
async fn a18_a_clock_that_is_set_silences_no_source_and_brings_no_burst() {
    for (back, ahead) in [(HOUR, Duration::ZERO), (30 * DAY, Duration::ZERO), (Duration::ZERO, 30 * DAY)] {
        let (desk, asked) = (Desk::reading("http://127.0.0.1:1/").await, Asked::default());
        let address = asked.serve(&desk.clock);
        let sources: Vec<_> = (0..N_SOURCES)
            .map(|n| {
                let mut source = desk.site.source.clone();
                source.id = format!("s{n}").parse().unwrap();
                source.url = format!("{address}/feed{n}").parse().unwrap();
                source
            })
            .collect();
        // One by one, so that they are due at different times.
        for n in 1..=N_SOURCES {
            desk.store.sync(&sources[..n]).await.unwrap();
            desk.clock.advance(2 * MINUTE);
        }
        let sites: Sites = Arc::new(
            sources
                .into_iter()
                .map(|source| (source.id.clone(), Arc::new(Site { source, ..desk.site.clone() })))
                .collect(),
        );
        for (id, _) in sites.iter() {
            let claim = desk.store.claim(id, MINUTE).await.unwrap().unwrap();
            let n: u32 = id.as_str().trim_start_matches('s').parse().unwrap();
            desk.store.begin_poll(&claim, desk.clock.now() + 2 * MINUTE * n).await.unwrap();
            desk.store.release(&claim).await.unwrap();
        }
        let (_keep, sites) = watch::channel(sites);
        let stop = CancellationToken::new();
        let scheduler = Scheduler {
            store: desk.store.clone(),
            pipeline: desk.pipeline.clone(),
            clock: desk.clock.clone(),
            sites,
            wake_up: WakeUp::new(),
            config: schedule::Config::default(),
            per_host: 1,
        };
        let mut tasks = JoinSet::new();
        tasks.spawn(scheduler.run(stop.clone()));

        live_through(&desk, 3 * HOUR).await;
        desk.clock.set(desk.clock.now().minus(back) + ahead);
        // Due times in the old time look far away; the scheduler sees to that when it looks next.
        desk.clock.advance(MINUTE);
        for n_looks in 0.. {
            let states = desk.store.sources().await.unwrap();
            let latest = desk.clock.now() + HOUR + HOUR / 10;
            if states.iter().all(|state| state.due <= latest && state.due > desk.clock.now()) {
                break;
            }
            assert!(n_looks < 20_000, "the clock was set unnoticed: {states:?}");
            tokio::task::yield_now().await;
        }
        live_through(&desk, 3 * HOUR).await;
        stop.cancel();
        tasks.join_next().await.unwrap().unwrap().unwrap();

        let waits = asked.waits();
        assert_eq!(waits.len(), N_SOURCES);
        for waits in &waits {
            assert!((4..7).contains(&waits.len()), "{waits:?}");
            // A tenth is the rhythm's own jitter; a question may be heard some minutes of this clock after it was due.
            let (shortest, longest) = (HOUR - 3 * MINUTE, HOUR + HOUR / 10 + 5 * MINUTE);
            assert!(
                waits.iter().all(|wait| (shortest..=longest).contains(wait)),
                "{waits:?} after {back:?}, {ahead:?}"
            );
        }
        assert!(asked.most_in_a_minute() <= 6, "{} of {N_SOURCES}", asked.most_in_a_minute());
    }
}

/// A18: a time that the clocks skip comes once, after the gap, and one that comes twice is taken once.
#[tokio::test]
async fn a18_a_cron_source_is_asked_once_on_the_days_on_which_clocks_change() {
    for (from, days) in [("2027-03-26", 26..31), ("2027-10-29", 29..33)] {
        let (mut desk, asked) = (Desk::reading("http://127.0.0.1:1/").await, Asked::default());
        let address = asked.serve(&desk.clock);
        desk.site.source.url = format!("{address}/feed").parse().unwrap();
        desk.site.source.rhythm = Rhythm::cron("30 2 * * *").unwrap();
        desk.site.source.timezone = Berlin;
        let day = chrono::NaiveDate::parse_from_str(from, "%Y-%m-%d").unwrap();
        let midnight = Berlin.from_local_datetime(&day.and_hms_opt(0, 0, 0).unwrap()).unwrap();
        desk.clock.advance(Timestamp::from(midnight.to_utc()).since(desk.clock.now()));
        desk.store.sync(std::slice::from_ref(&desk.site.source)).await.unwrap();
        let began = (desk.clock.now(), desk.clock.uptime());

        desk.live_through(days.len() as u32 * DAY).await;

        let times = asked.0.lock().unwrap()["/feed"].clone();
        let local: Vec<String> = times
            .iter()
            .skip(1)
            .map(|at| (began.0 + at.saturating_sub(began.1)).to_datetime().with_timezone(&Berlin))
            .map(|at| at.format("%d. %H:%M").to_string())
            .collect();
        let spring = ["26. 02:30", "27. 02:30", "28. 03:00", "29. 02:30", "30. 02:30"];
        let autumn = ["29. 02:30", "30. 02:30", "31. 02:30", "01. 02:30"];
        let expected: &[&str] = if from.starts_with("2027-03") { &spring } else { &autumn };
        assert_eq!(local, expected, "from {from}");
    }
}
