//! Who waits for which host: a claim whose host is busy takes no place from others.
//!
//! A source waits at most once, so there are never more claims here than sources.

use std::collections::{HashMap, VecDeque};

use crate::pipeline::Crowd;
use crate::store::Claim;

/// Polls that a host with many sources answers before its next turn goes to pages: short questions first, but pages
/// must come too.
const POLLS_BEFORE_PAGES: u32 = 8;

/// Claims that wait.
#[derive(Debug, Default)]
pub(super) struct Queue {
    /// Hosts that are busy, or about to be.
    hosts: HashMap<String, Host>,
    /// Who may begin, in order; at most as many of one host as may be under way.
    ready: VecDeque<Turn>,
    n_waiting: usize,
    /// Passes of one host that may be under way at a time.
    per_host: usize,
}

/// Leave to begin.
#[derive(Debug)]
pub(super) struct Turn {
    pub(super) claim: Claim,
    /// Whose turn it is; to be given to [`Queue::done`].
    pub(super) host: String,
    pub(super) crowd: Crowd,
}

#[derive(Debug, Default)]
struct Host {
    /// Turns taken and not given back.
    n_turns: usize,
    polls: VecDeque<Claim>,
    pages: VecDeque<Claim>,
    /// Polls in a row while pages waited.
    n_polls_in_a_row: u32,
    crowd: Crowd,
}

impl Queue {
    /// Nobody waits.
    pub(super) fn new(per_host: usize) -> Self {
        Self { per_host: per_host.max(1), ..Self::default() }
    }

    /// Takes a claim into its host's line.
    pub(super) fn add(&mut self, claim: Claim) {
        let name = host_of(&claim);
        let host = self.hosts.entry(name.clone()).or_default();
        let line = if claim.is_poll_due { &mut host.polls } else { &mut host.pages };
        line.push_back(claim);
        self.n_waiting += 1;
        self.promote(name);
    }

    /// The next that may begin; its host's turn is taken until [`Queue::done`].
    pub(super) fn next(&mut self) -> Option<Turn> {
        self.ready.pop_front()
    }

    /// Gives a turn back, and with it leave to the next in the host's line.
    pub(super) fn done(&mut self, name: String) {
        if let Some(host) = self.hosts.get_mut(&name) {
            host.n_turns = host.n_turns.saturating_sub(1);
            self.promote(name);
        }
    }

    /// Whether anybody may begin.
    pub(super) fn is_ready(&self) -> bool {
        !self.ready.is_empty()
    }

    /// Everybody who waits, also those who may begin.
    pub(super) fn claims(&self) -> Vec<&Claim> {
        let lines = self.hosts.values().flat_map(|host| host.polls.iter().chain(&host.pages));
        self.ready.iter().map(|turn| &turn.claim).chain(lines).collect()
    }

    fn promote(&mut self, name: String) {
        let Some(host) = self.hosts.get_mut(&name) else { return };
        while host.n_turns < self.per_host {
            let Some(claim) = host.take() else { break };
            host.n_turns += 1;
            self.n_waiting -= 1;
            self.ready.push_back(Turn { claim, host: name.clone(), crowd: host.crowd.clone() });
        }
        host.crowd.set(!host.polls.is_empty() || !host.pages.is_empty());
        if host.n_turns == 0 {
            self.hosts.remove(&name);
        }
    }
}

impl Host {
    fn take(&mut self) -> Option<Claim> {
        let is_turn_of_pages = self.n_polls_in_a_row >= POLLS_BEFORE_PAGES || self.polls.is_empty();
        if is_turn_of_pages && let Some(claim) = self.pages.pop_front() {
            self.n_polls_in_a_row = 0;
            return Some(claim);
        }
        self.n_polls_in_a_row = if self.pages.is_empty() { 0 } else { self.n_polls_in_a_row + 1 };
        self.polls.pop_front()
    }
}

/// The host whose turn a pass needs first, by the name under which `fetch` counts it.
fn host_of(claim: &Claim) -> String {
    let url = claim.entrance.as_ref().unwrap_or(&claim.url);
    let port = url.port().map(|port| format!(":{port}")).unwrap_or_default();
    format!("{}{port}", url.host_str().unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::clock::Clock;
    use crate::model::{Rhythm, Source, Timestamp};
    use crate::store::{Config, Store};

    /// Claims of sources at these addresses, in this order.
    async fn claims(urls: impl Iterator<Item = String>) -> Vec<Claim> {
        let folder = tempfile::tempdir().unwrap();
        let clock = Clock::mock(Timestamp::from_millis(1_700_000_000_000));
        let url = format!("sqlite:{}", folder.path().join("o.db").display());
        let store = Store::open(&Config { url, ..Config::default() }, clock.clone()).await.unwrap();
        let sources: Vec<Source> = urls
            .enumerate()
            .map(|(n, url)| Source {
                id: format!("s{n:05}").parse().unwrap(),
                url: url.parse().unwrap(),
                title: None,
                tags: Vec::new(),
                language: None,
                timezone: chrono_tz::UTC,
                rhythm: Rhythm::Every(Duration::from_secs(3600)),
            })
            .collect();
        store.sync(&sources).await.unwrap();
        clock.advance(Duration::from_secs(3600));
        store.claim_due(sources.len(), Duration::from_secs(60)).await.unwrap()
    }

    /// A20: 1 000 sources of one host and 1 000 hosts with one each share 16 places. Each pass takes one step.
    #[tokio::test]
    async fn a20_a_host_with_a_thousand_sources_keeps_one_place_and_starves_nobody() {
        let (n_places, n_each) = (16, 1000);
        let is_one = |turn: &Turn| turn.host == "one.example";
        let mut queue = Queue::new(1);
        for claim in claims((0..2 * n_each).map(|n| match n < n_each {
            true => format!("https://one.example/{n}"),
            false => format!("https://h{n}.example/"),
        }))
        .await
        {
            queue.add(claim);
        }
        assert_eq!(queue.claims().len(), 2 * n_each);

        let (mut n_steps, mut last_of_many, mut order) = (0, 0, Vec::new());
        while queue.is_ready() {
            let turns: Vec<Turn> = std::iter::from_fn(|| queue.next()).take(n_places).collect();
            n_steps += 1;
            assert!(turns.iter().filter(|turn| is_one(turn)).count() <= 1, "two at a time on one host");
            if turns.iter().any(|turn| !is_one(turn)) {
                last_of_many = n_steps;
            }
            for turn in turns {
                if is_one(&turn) {
                    order.push(turn.claim.source.to_string());
                }
                queue.done(turn.host);
            }
        }

        assert!(last_of_many <= n_each.div_ceil(n_places - 1), "the others waited {last_of_many} steps");
        // Its host may be kept waiting while all of the others stand before it, and no longer.
        assert!(n_steps <= n_each + last_of_many, "{n_steps}");
        assert_eq!(order.len(), n_each);
        assert!(order.is_sorted(), "who was due first goes first");
        assert!(queue.hosts.is_empty() && queue.n_waiting == 0);
    }

    #[tokio::test]
    async fn pages_get_their_turn_while_polls_wait_and_a_pass_knows_that_others_do() {
        let mut queue = Queue::new(1);
        for (n, mut claim) in claims((0..30).map(|n| format!("https://one.example/{n}"))).await.into_iter().enumerate()
        {
            claim.is_poll_due = n >= 3;
            queue.add(claim);
        }

        let (mut kinds, mut waits) = (String::new(), Vec::new());
        while let Some(turn) = queue.next() {
            kinds.push(if turn.claim.is_poll_due { 'f' } else { 'p' });
            waits.push(turn.crowd.waits());
            queue.done(turn.host);
        }

        assert_eq!(kinds, "pffffffffpffffffffpfffffffffff");
        assert!(waits[..29].iter().all(|waits| *waits) && !waits[29]);
    }
}
