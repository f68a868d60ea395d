//! What the rhythms come to: requests a day, source by source and host by host.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::time::Duration;

use serde_json::{Value, json};
use url::Url;

use super::{Standing, report};
use crate::cli::span::span;
use crate::cli::table::table;
use crate::fetch::host_name;
use crate::model::{Because, HostState, RobotsBody, RobotsState, Timestamp};
use crate::store::{Store, StoreError};

const DAY_SECS: f64 = 86_400.0;
/// Newest articles whose addresses tell on which hosts a source's pages are.
const N_ADDRESSES: usize = 50;

/// What will be asked of whom, if all goes on as it did.
pub(super) struct Outlook<'a> {
    sources: Vec<Asked<'a>>,
    hosts: BTreeMap<String, Host>,
    now: Timestamp,
}

/// How often a source's entrance is asked.
struct Asked<'a> {
    standing: &'a Standing,
    polls_per_day: f64,
    words: String,
}

/// What a host has to answer.
#[derive(Default)]
struct Host {
    n_sources: usize,
    polls_per_day: f64,
    pages_per_day: f64,
    /// Requests a day of each site on it (scheme and port), since each has a robots.txt of its own.
    sites: BTreeMap<String, f64>,
    obeys_robots: bool,
    state: Option<HostState>,
    robots: Option<(Timestamp, bool)>,
}

/// What the database knows of hosts.
#[derive(Default)]
pub(super) struct Known {
    hosts: Vec<HostState>,
    robots: Vec<RobotsState>,
    /// The newest articles' addresses, source by source.
    addresses: Vec<Vec<Url>>,
}

impl Known {
    /// Looks it up for these sources.
    pub(super) async fn of(store: &Store, standings: &[Standing]) -> Result<Self, StoreError> {
        let (hosts, robots) = store.known_hosts().await?;
        let mut addresses = Vec::new();
        for standing in standings {
            addresses.push(store.newest_addresses(standing.id(), N_ADDRESSES).await?);
        }
        Ok(Self { hosts, robots, addresses })
    }
}

impl<'a> Outlook<'a> {
    /// Puts together what will be asked of whom.
    pub(super) fn new(standings: &'a [Standing], known: &Known, obeys_robots: bool, now: Timestamp) -> Self {
        let sources: Vec<Asked<'_>> = standings.iter().map(|standing| Asked::new(standing, now)).collect();
        let mut hosts: BTreeMap<String, Host> = BTreeMap::new();
        for asked in &sources {
            let host = hosts.entry(host_name(asked.entrance())).or_default();
            host.n_sources += 1;
            host.polls_per_day += asked.polls_per_day;
            host.ask(asked.entrance(), asked.polls_per_day);
        }
        for (standing, addresses) in standings.iter().zip(&known.addresses) {
            // Nothing is known of how often a source posts whose articles have no dates.
            if standing.posted.dates.is_empty() || standing.is_given_up(now) {
                continue;
            }
            let share = standing.rate(now).per_day() / addresses.len().max(1) as f64;
            for address in addresses {
                let host = hosts.entry(host_name(address)).or_default();
                host.pages_per_day += share;
                host.ask(address, share);
            }
        }
        for (name, host) in &mut hosts {
            host.obeys_robots = obeys_robots;
            host.state = known.hosts.iter().find(|state| state.name == *name).cloned();
            let of_host = known.robots.iter().filter(|robots| host.sites.contains_key(&robots.site));
            host.robots = of_host.map(|robots| (robots.read, robots.body != RobotsBody::Missing)).max();
        }
        Self { sources, hosts, now }
    }

    /// Two tables and the sums.
    pub(super) fn write(&self, out: &mut impl Write) -> io::Result<()> {
        let mut sources = table(&["SOURCE", "NEXT POLL", "WHY THEN", "ASKED", "POLLS A DAY"], &[4]);
        for asked in &self.sources {
            sources.add_row([
                asked.standing.id().to_string(),
                report::next(asked.standing, self.now),
                asked.standing.because().map_or("-", Because::words).to_owned(),
                asked.words.clone(),
                number(asked.polls_per_day),
            ]);
        }
        writeln!(out, "{}\n", sources.trim_fmt())?;
        let header = ["HOST", "SOURCES", "POLLS", "PAGES", "ROBOTS.TXT", "REQUESTS A DAY", "STATE", "ROBOTS.TXT READ"];
        let mut hosts = table(&header, &[1, 2, 3, 4, 5]);
        for (name, host) in &self.hosts {
            hosts.add_row([
                name.clone(),
                host.n_sources.to_string(),
                number(host.polls_per_day),
                number(host.pages_per_day),
                number(host.robots_per_day()),
                number(host.requests_per_day()),
                host.state(self.now),
                host.robots(self.now),
            ]);
        }
        writeln!(out, "{}\n", hosts.trim_fmt())?;
        let (polls, pages, robots) = self.sums();
        writeln!(
            out,
            "{} sources on {} hosts: {} requests a day, of them {} polls, {} pages and {} for robots.txt, if sources go \
             on as they did. Redirects and pages that fail come on top.",
            self.sources.len(),
            self.hosts.len(),
            number(polls + pages + robots),
            number(polls),
            number(pages),
            number(robots),
        )
    }

    /// The same for programs.
    pub(super) fn json(&self) -> Value {
        let sources = self.sources.iter().map(|asked| {
            json!({
                "source": asked.standing.id(),
                "host": host_name(asked.entrance()),
                "next_poll": asked.standing.next(self.now),
                "because": asked.standing.because().map(Because::as_str),
                "asked": asked.words,
                "polls_per_day": rounded(asked.polls_per_day),
            })
        });
        let hosts = self.hosts.iter().map(|(name, host)| {
            let pending = |time: Option<Timestamp>| time.filter(|time| *time > self.now);
            json!({
                "host": name,
                "sources": host.n_sources,
                "polls_per_day": rounded(host.polls_per_day),
                "pages_per_day": rounded(host.pages_per_day),
                "robots_per_day": rounded(host.robots_per_day()),
                "requests_per_day": rounded(host.requests_per_day()),
                "next_slot": pending(host.state.as_ref().map(|state| state.next)),
                "paused_until": pending(host.state.as_ref().map(|state| state.paused_until)),
                "crawl_delay_seconds": host.crawl_delay().as_secs_f64(),
                "robots_read": host.robots.map(|(read, _)| read),
                "robots_age_seconds": host.robots.map(|(read, _)| self.now.since(read).as_secs()),
            })
        });
        let (polls, pages, robots) = self.sums();
        json!({
            "sources": sources.collect::<Vec<_>>(),
            "hosts": hosts.collect::<Vec<_>>(),
            "totals": {
                "sources": self.sources.len(),
                "hosts": self.hosts.len(),
                "polls_per_day": rounded(polls),
                "pages_per_day": rounded(pages),
                "robots_per_day": rounded(robots),
                "requests_per_day": rounded(polls + pages + robots),
            },
        })
    }

    fn sums(&self) -> (f64, f64, f64) {
        let sum = |of: fn(&Host) -> f64| self.hosts.values().map(of).sum();
        (sum(|host| host.polls_per_day), sum(|host| host.pages_per_day), sum(Host::robots_per_day))
    }
}

impl<'a> Asked<'a> {
    fn new(standing: &'a Standing, now: Timestamp) -> Self {
        let plan = standing.plan(now);
        let words = plan.words(&standing.site.source.rhythm);
        let in_rhythm = plan.requests_per_day;
        // What put the next poll off will put those after it off as well, for as long as it lasts.
        let wait = standing.state.as_ref().and_then(|state| Some(state.due.since(state.last_poll?)));
        let polls_per_day = match (standing.because(), wait) {
            _ if standing.is_given_up(now) => 0.0,
            (None | Some(Because::Rhythm | Because::Unheard), _) | (_, None) => in_rhythm,
            (_, Some(wait)) => in_rhythm.min(DAY_SECS / wait.as_secs_f64().max(1.0)),
        };
        Self { standing, polls_per_day, words }
    }

    /// Where it's asked.
    fn entrance(&self) -> &Url {
        let found = self.standing.state.as_ref().and_then(|state| state.entrance.as_ref());
        found.unwrap_or(&self.standing.site.source.url)
    }
}

impl Host {
    fn ask(&mut self, address: &Url, per_day: f64) {
        *self.sites.entry(address.origin().ascii_serialization()).or_default() += per_day;
    }

    /// A robots.txt is asked at most once a day, and only when something else is.
    fn robots_per_day(&self) -> f64 {
        if self.obeys_robots { self.sites.values().map(|asked| asked.min(1.0)).sum() } else { 0.0 }
    }

    fn requests_per_day(&self) -> f64 {
        self.polls_per_day + self.pages_per_day + self.robots_per_day()
    }

    fn crawl_delay(&self) -> Duration {
        self.state.as_ref().map(|state| state.crawl_delay).unwrap_or_default()
    }

    /// Whether it may be asked, and how fast.
    fn state(&self, now: Timestamp) -> String {
        let Some(state) = &self.state else { return "free".to_owned() };
        let may = match (state.paused_until.since(now), state.next.since(now)) {
            (pause, _) if !pause.is_zero() => format!("paused for {} by Retry-After", span(pause)),
            (_, wait) if !wait.is_zero() => format!("free in {}", span(wait + Duration::from_millis(999))),
            _ => "free".to_owned(),
        };
        match state.crawl_delay {
            Duration::ZERO => may,
            delay => format!("{may}; asks for {} between requests", span(delay)),
        }
    }

    fn robots(&self, now: Timestamp) -> String {
        match self.robots {
            _ if !self.obeys_robots => "ignored".to_owned(),
            None => "not yet".to_owned(),
            Some((read, true)) => format!("{} ago", span(now.since(read))),
            Some((read, false)) => format!("{} ago; there is none", span(now.since(read))),
        }
    }
}

/// To a tenth, and to whole numbers from ten on.
fn number(n: f64) -> String {
    if n < 9.95 { format!("{n:.1}") } else { format!("{n:.0}") }
}

fn rounded(n: f64) -> f64 {
    (n * 1000.0).round() / 1000.0
}
