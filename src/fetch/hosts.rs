//! One budget per host for everything that is fetched from it: so many requests at a time, a pause after each, and
//! silence when it asks for that.

use std::collections::{BTreeSet, HashMap};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use url::Url;

use super::config::PerHost;
use super::error::{FetchError, shown};
use super::freshness;
use crate::clock::Clock;
use crate::model::HostState;

/// A host that asks for a longer silence than this isn't waited for: the caller gets the time and goes on.
const MAX_PATIENCE: Duration = Duration::from_secs(60);
/// Longest time in the queue of one host. A slow host with a `Crawl-delay` serves ten pages in it.
const MAX_QUEUE: Duration = Duration::from_secs(600);
/// Longest `Crawl-delay` that is honoured; sites that write more than this mean "go away" and have better words.
pub(super) const MAX_CRAWL_DELAY: Duration = Duration::from_secs(60);
/// Longest pause between two requests that is remembered: the longest that can be configured.
const MAX_PAUSE: Duration = Duration::from_secs(3600);
/// Hosts beyond this are forgotten when they are idle.
const MAX_IDLE_HOSTS: usize = 10_000;

/// The name under which the host of an address is remembered.
#[must_use]
pub fn host_name(url: &Url) -> String {
    let port = url.port().filter(|port| !matches!(port, 80 | 443)).map(|port| format!(":{port}"));
    format!("{}{}", url.host_str().unwrap_or_default(), port.unwrap_or_default())
}

/// All hosts that were asked for something. One name is one host, over http and https alike; other ports are hosts
/// of their own.
pub(super) struct Hosts {
    clock: Clock,
    concurrency: usize,
    delay: Duration,
    hosts: Mutex<HashMap<String, Arc<Host>>>,
    changed: Arc<Mutex<BTreeSet<String>>>,
}

struct Host {
    name: String,
    /// Names of hosts whose pace is to be remembered.
    changed: Arc<Mutex<BTreeSet<String>>>,
    slots: Arc<Semaphore>,
    pace: Mutex<Pace>,
}

/// When a host may be asked again, in the clock's uptime: whoever sets the clock moves no host's turn.
#[derive(Clone, Copy)]
struct Pace {
    next: Duration,
    paused_until: Duration,
    crawl_delay: Duration,
}

/// The right to send one request to a host. Dropping it, whatever became of the request, starts the pause.
pub(super) struct Slot {
    host: Arc<Host>,
    clock: Clock,
    delay: Duration,
    is_used: bool,
    _permit: OwnedSemaphorePermit,
}

impl Slot {
    /// Gives the turn back without a request, and so without a pause.
    pub(super) fn unused(mut self) {
        self.is_used = false;
    }
}

impl Hosts {
    /// No hosts yet.
    pub(super) fn new(config: &PerHost, clock: Clock) -> Self {
        Self {
            clock,
            concurrency: config.concurrency.clamp(1, 16),
            delay: config.delay.get(),
            hosts: Mutex::default(),
            changed: Arc::default(),
        }
    }

    /// Takes over what is remembered of hosts.
    pub(super) fn recall(&self, states: Vec<HostState>) {
        let (now, uptime) = (self.clock.now(), self.clock.uptime());
        for state in states {
            let mut hosts = self.hosts.lock().unwrap_or_else(PoisonError::into_inner);
            let host = hosts.entry(state.name.clone()).or_insert_with(|| self.fresh(state.name));
            let mut pace = host.pace();
            // A clock that was ahead when this was stored can't keep a host waiting for ever.
            pace.next = pace.next.max(uptime + state.next.since(now).min(MAX_PAUSE));
            pace.paused_until = pace.paused_until.max(uptime + state.paused_until.since(now).min(freshness::MAX_RETRY));
            pace.crawl_delay = state.crawl_delay.min(MAX_CRAWL_DELAY);
        }
    }

    /// What is to be remembered of hosts whose pace has changed since this was last asked.
    pub(super) fn take_changes(&self) -> Vec<HostState> {
        let names = std::mem::take(&mut *self.changed.lock().unwrap_or_else(PoisonError::into_inner));
        let (now, uptime) = (self.clock.now(), self.clock.uptime());
        let hosts = self.hosts.lock().unwrap_or_else(PoisonError::into_inner);
        let known = names.into_iter().filter_map(|name| Some((hosts.get(&name)?, name)));
        known
            .map(|(host, name)| {
                let pace = *host.pace();
                HostState {
                    name,
                    next: now + pace.next.saturating_sub(uptime),
                    paused_until: now + pace.paused_until.saturating_sub(uptime),
                    crawl_delay: pace.crawl_delay,
                }
            })
            .collect()
    }

    fn fresh(&self, name: String) -> Arc<Host> {
        let pace = Pace { next: Duration::ZERO, paused_until: Duration::ZERO, crawl_delay: Duration::ZERO };
        Arc::new(Host {
            name,
            changed: Arc::clone(&self.changed),
            slots: Arc::new(Semaphore::new(self.concurrency)),
            pace: Mutex::new(pace),
        })
    }

    /// Waits for a turn at the host of `url`. Cancel-safe: who stops waiting leaves the queue.
    pub(super) async fn slot(&self, url: &Url) -> Result<Slot, FetchError> {
        let host = self.host(url);
        let start = self.clock.uptime();
        // Both are cancel-safe: a semaphore's queue forgets who left, and a clock has no state.
        tokio::select! {
            slot = self.queue(host, url) => slot,
            () = self.clock.sleep(MAX_QUEUE) => Err(FetchError::Busy { url: shown(url), waited: self.clock.uptime().saturating_sub(start) }),
        }
    }

    /// Leaves a host alone for so long.
    pub(super) fn pause(&self, url: &Url, wait: Duration) {
        let until = self.clock.uptime() + wait;
        let host = self.host(url);
        {
            let mut pace = host.pace();
            pace.paused_until = pace.paused_until.max(until);
        }
        host.mark();
    }

    /// Takes the pause between two requests from a host's robots.txt, if that is longer than our own.
    pub(super) fn set_crawl_delay(&self, url: &Url, delay: Option<Duration>) {
        self.host(url).pace().crawl_delay = delay.unwrap_or_default().min(MAX_CRAWL_DELAY);
    }

    async fn queue(&self, host: Arc<Host>, url: &Url) -> Result<Slot, FetchError> {
        self.refuse_if_paused(&host, url)?;
        let permit = match Arc::clone(&host.slots).acquire_owned().await {
            Ok(permit) => permit,
            // Nobody closes it; but if somebody did, the host is lost to us.
            Err(_) => return Err(FetchError::Busy { url: shown(url), waited: Duration::ZERO }),
        };
        loop {
            // While this one waited, another may have been told to wait for hours.
            self.refuse_if_paused(&host, url)?;
            let due = {
                let pace = host.pace();
                pace.next.max(pace.paused_until)
            };
            let wait = due.saturating_sub(self.clock.uptime());
            if wait.is_zero() {
                break;
            }
            self.clock.sleep(wait).await;
        }
        Ok(Slot { host, clock: self.clock.clone(), delay: self.delay, is_used: true, _permit: permit })
    }

    fn refuse_if_paused(&self, host: &Host, url: &Url) -> Result<(), FetchError> {
        let wait = host.pace().paused_until.saturating_sub(self.clock.uptime());
        if wait > MAX_PATIENCE { Err(FetchError::Paused { url: shown(url), wait }) } else { Ok(()) }
    }

    fn host(&self, url: &Url) -> Arc<Host> {
        let key = host_name(url);
        let mut hosts = self.hosts.lock().unwrap_or_else(PoisonError::into_inner);
        if hosts.len() > MAX_IDLE_HOSTS {
            let now = self.clock.uptime();
            hosts.retain(|_, host| Arc::strong_count(host) > 1 || host.pace().is_worth_keeping(now));
        }
        Arc::clone(hosts.entry(key.clone()).or_insert_with(|| self.fresh(key)))
    }
}

impl Host {
    fn mark(&self) {
        self.changed.lock().unwrap_or_else(PoisonError::into_inner).insert(self.name.clone());
    }

    fn pace(&self) -> MutexGuard<'_, Pace> {
        self.pace.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Pace {
    fn is_busy(&self, now: Duration) -> bool {
        self.next > now || self.paused_until > now
    }

    /// Whether forgetting it would make us ask too early, now or later.
    fn is_worth_keeping(&self, now: Duration) -> bool {
        self.is_busy(now) || !self.crawl_delay.is_zero()
    }
}

impl Drop for Slot {
    fn drop(&mut self) {
        if !self.is_used {
            return;
        }
        {
            let mut pace = self.host.pace();
            let next = self.clock.uptime() + self.delay.max(pace.crawl_delay);
            pace.next = pace.next.max(next);
        }
        self.host.mark();
    }
}

#[cfg(test)]
mod tests {
    use std::pin::Pin;
    use std::task::{Context, Waker};

    use super::*;
    use crate::model::{Period, Timestamp};

    fn is_waiting<F: Future>(future: &mut Pin<Box<F>>) -> bool {
        future.as_mut().poll(&mut Context::from_waker(Waker::noop())).is_pending()
    }

    fn hosts(clock: &Clock) -> Hosts {
        Hosts::new(&PerHost { concurrency: 1, delay: Period::from_secs(2) }, clock.clone())
    }

    fn url(text: &str) -> Url {
        Url::parse(text).unwrap()
    }

    #[tokio::test]
    async fn a_host_is_left_in_peace_from_the_end_of_an_answer() {
        let clock = Clock::mock(Timestamp::from_millis(1_000_000));
        let hosts = hosts(&clock);
        let slot = hosts.slot(&url("http://a.example/1")).await.unwrap();
        clock.advance(Duration::from_secs(10));
        drop(slot);

        let next = url("https://a.example/2");
        let mut waiting = Box::pin(hosts.slot(&next));

        assert!(is_waiting(&mut waiting));
        assert!(hosts.slot(&url("http://b.example/")).await.is_ok());
        clock.advance(Duration::from_millis(1999));
        assert!(is_waiting(&mut waiting));
        clock.advance(Duration::from_millis(1));
        assert!(waiting.await.is_ok());
    }

    #[tokio::test]
    async fn who_stops_waiting_blocks_nobody() {
        let clock = Clock::mock(Timestamp::EPOCH);
        let hosts = hosts(&clock);
        let address = url("http://a.example/");
        let first = hosts.slot(&address).await.unwrap();
        let mut gone = Box::pin(hosts.slot(&address));
        assert!(is_waiting(&mut gone));
        drop(gone);
        drop(first);

        clock.advance(Duration::from_secs(2));

        assert!(hosts.slot(&address).await.is_ok());
    }

    #[tokio::test]
    async fn a6_a_long_silence_is_told_and_a_short_one_is_kept() {
        let clock = Clock::mock(Timestamp::EPOCH);
        let hosts = hosts(&clock);
        let address = url("http://a.example/");
        hosts.pause(&address, Duration::from_secs(3600));

        let told = hosts.slot(&address).await;

        assert!(matches!(told, Err(FetchError::Paused { wait, .. }) if wait == Duration::from_secs(3600)));
        clock.advance(Duration::from_secs(3590));
        let mut waiting = Box::pin(hosts.slot(&address));
        assert!(is_waiting(&mut waiting));
        clock.advance(Duration::from_secs(10));
        assert!(waiting.await.is_ok());
    }

    #[tokio::test]
    async fn a13_a_crawl_delay_is_honoured_up_to_a_minute() {
        let clock = Clock::mock(Timestamp::EPOCH);
        let hosts = hosts(&clock);
        let address = url("http://a.example/");
        hosts.set_crawl_delay(&address, Some(Duration::from_secs(86_400)));
        drop(hosts.slot(&address).await.unwrap());

        clock.advance(Duration::from_secs(59));
        let mut waiting = Box::pin(hosts.slot(&address));
        assert!(is_waiting(&mut waiting));
        clock.advance(Duration::from_secs(1));

        assert!(waiting.await.is_ok());
    }

    #[tokio::test]
    async fn a18_a_clock_that_jumps_moves_no_turn() {
        let start = Timestamp::from_millis(1_700_000_000_000);
        for jumped in [start.minus(Duration::from_secs(3600)), start + Duration::from_secs(30 * 24 * 3600)] {
            let clock = Clock::mock(start);
            let hosts = hosts(&clock);
            let (address, silent) = (url("http://a.example/"), url("http://b.example/"));
            drop(hosts.slot(&address).await.unwrap());
            hosts.pause(&silent, Duration::from_secs(3600));

            clock.set(jumped);

            let mut waiting = Box::pin(hosts.slot(&address));
            assert!(is_waiting(&mut waiting), "too early at {jumped}");
            assert!(hosts.slot(&silent).await.is_err(), "too early at {jumped}");
            clock.advance(Duration::from_secs(2));
            assert!(waiting.await.is_ok(), "too late at {jumped}");
        }
    }

    #[tokio::test]
    async fn a4_what_a_host_asked_for_holds_after_a_restart() {
        let clock = Clock::mock(Timestamp::from_millis(1_700_000_000_000));
        let (address, silent) = (url("http://a.example/"), url("http://b.example:8080/"));
        let before = hosts(&clock);
        drop(before.slot(&address).await.unwrap());
        before.pause(&silent, Duration::from_secs(3600));
        let states = before.take_changes();

        let after = hosts(&Clock::mock(clock.now() + Duration::from_secs(1)));
        after.recall(states);

        assert!(is_waiting(&mut Box::pin(after.slot(&address))));
        assert!(matches!(after.slot(&silent).await, Err(FetchError::Paused { wait, .. }) if wait.as_secs() == 3599));
        assert!(before.take_changes().is_empty());
    }
}
