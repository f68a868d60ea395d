//! The only HTTP client: an address becomes a page, politely and safely.
//!
//! Every request of Offprint goes through [`Fetcher::get`], and every hop of it through the same four gates: the
//! address is one that may be fetched, robots.txt allows it, the host's turn has come, and the answer stays within
//! its limits. Redirects are followed here and not by the client, or they would slip past the gates.

mod address;
mod body;
mod charset;
mod client;
mod config;
mod counted;
mod error;
mod freshness;
mod hosts;
mod identity;
mod network;
mod resolver;
mod robots;
mod trail;

pub use address::{Refusal, is_public};
pub use charset::{decode, into_text};
pub use config::{Config, PerHost};
pub use counted::counted;
pub use error::{FetchError, Remedy};
pub use hosts::host_name;
pub use identity::{Auth, Identity, IdentityError};
pub use network::{Network, NetworkError};

use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use reqwest::Response;
use reqwest::header::{CONTENT_TYPE, ETAG, HeaderMap, LAST_MODIFIED};
use url::Url;

use self::body::Limits;
use self::client::{Client, Clients, Question};
use self::error::{bare, shown};
use self::hosts::Hosts;
use self::robots::Robots;
use self::trail::{Trail, raw};
use crate::clock::{Clock, Stopwatch};
use crate::model::{HostState, Reserved, RobotsState, Validators};

/// Fetches pages; cheap to clone. All clones share one budget per host.
#[derive(Clone)]
pub struct Fetcher(Arc<Inner>);

struct Inner {
    /// Replaced as a whole, with all its connections, when other addresses may be fetched.
    clients: RwLock<Arc<Clients>>,
    hosts: Hosts,
    /// None where the operator switched robots.txt off.
    robots: Option<Robots>,
    limits: Limits,
    clock: Clock,
}

/// What to fetch.
#[derive(Debug, Clone, Copy)]
pub struct Request<'a> {
    /// Where it is.
    pub url: &'a Url,
    /// What the last answer gave to ask «changed since?» with; sent on every hop, since a redirect stays as a rule.
    pub validators: Option<&'a Validators>,
    /// What it should be.
    pub accept: Accept,
}

/// What is preferred where a server has several forms.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Accept {
    /// A feed, or a page with links.
    Entrance,
    /// A page.
    Page,
}

/// A good answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fetched {
    /// Where it came from, after redirects.
    pub url: Url,
    /// What it holds.
    pub answer: Answer,
    /// What to ask with next time, instead of what was sent; on «not modified», what was sent with what is new.
    pub validators: Validators,
    /// What the headers wish.
    pub hints: Hints,
    /// What the headers ask of those who would republish it.
    pub reserved: Reserved,
    /// Where the page moved for good: as far as redirects led there that are permanent, and not from https to http.
    pub moved_to: Option<Url>,
    /// Whether a redirect led from https to http, where anybody on the way may have written the answer.
    pub is_downgraded: bool,
}

/// What an answer holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// The same as last time.
    NotModified,
    /// A document.
    Body {
        /// Unpacked, not decoded, never empty.
        bytes: Vec<u8>,
        /// `Content-Type` as sent.
        content_type: Option<String>,
    },
}

/// What an answer's headers wish of the next request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Hints {
    /// Least time to the next request for this address: `max-age`, `Expires` or `Retry-After`, a week at most.
    pub not_before: Option<Duration>,
}

impl Fetcher {
    /// Sets up the client. Without root certificates it warns, and only plain http works.
    ///
    /// # Errors
    /// When TLS can't be set up at all.
    pub fn new(config: &Config, clock: Clock) -> Result<Self, FetchError> {
        Ok(Self::over(Client::new(config)?, config, clock))
    }

    /// The four gates over a client.
    fn over(client: Client, config: &Config, clock: Clock) -> Self {
        let limits = Limits {
            max_bytes: config.max_body_bytes,
            // 5 of 10 MiB by default: a page that isn't packed is seldom larger.
            max_wire_bytes: config.max_body_bytes.div_ceil(2),
            cuts: false,
            total: config.timeout.get(),
        };
        Self(Arc::new(Inner {
            clients: RwLock::new(Arc::new(Clients::over(client, config))),
            hosts: Hosts::new(&config.per_host, clock.clone()),
            robots: config.robots.then(|| Robots::new(clock.clone())),
            limits,
            clock,
        }))
    }

    /// Takes over, while requests may be under way, which addresses may be fetched and who is to be reached. Open
    /// connections end with what they carry now: the next request makes a new one, to an address checked anew.
    ///
    /// # Errors
    /// When TLS can't be set up; then all stays as it was.
    pub fn reconfigure(&self, config: &Config) -> Result<(), FetchError> {
        let clients = Arc::new(Clients::over(Client::new(config)?, config));
        *self.0.clients.write().unwrap_or_else(PoisonError::into_inner) = clients;
        Ok(())
    }

    /// Takes over what an earlier process remembered of hosts.
    pub fn recall(&self, hosts: Vec<HostState>, robots: Vec<RobotsState>) {
        self.0.hosts.recall(hosts);
        if let Some(known) = &self.0.robots {
            known.recall(robots);
        }
    }

    /// What is to be remembered of hosts, beyond what this gave before.
    #[must_use]
    pub fn take_changes(&self) -> (Vec<HostState>, Vec<RobotsState>) {
        let robots = self.0.robots.as_ref().map(Robots::take_changes).unwrap_or_default();
        (self.0.hosts.take_changes(), robots)
    }

    /// Sitemaps that the robots.txt of the address' site names, where somebody asked for that.
    #[must_use]
    pub fn sitemaps(&self, identity: &Identity, url: &Url) -> Vec<Url> {
        self.0.robots.as_ref().map(|robots| robots.sitemaps(url, identity.party(url))).unwrap_or_default()
    }

    /// Fetches one address as anybody would. Waits for the host's turn; dropping the future gives the turn back.
    ///
    /// # Errors
    /// When there is no good answer; [`FetchError::remedy`] says what to do.
    pub async fn get(&self, request: &Request<'_>) -> Result<Fetched, FetchError> {
        // Credentials of the address itself still open its door.
        self.get_as(&Identity::of(request.url), request).await
    }

    /// Fetches one address for a source.
    ///
    /// # Errors
    /// When there is no good answer; none of the source's secrets is in the error.
    pub async fn get_as(&self, identity: &Identity, request: &Request<'_>) -> Result<Fetched, FetchError> {
        self.0.get(identity, request).await.map_err(|error| error.hidden_by(identity))
    }
}

impl Inner {
    async fn get(&self, identity: &Identity, request: &Request<'_>) -> Result<Fetched, FetchError> {
        let client = self.clients.read().unwrap_or_else(PoisonError::into_inner).clone().of(identity.proxy())?;
        let validators = request.validators.filter(|validators| !validators.is_empty());
        let mut trail = Trail::new(&bare(request.url));
        loop {
            client.check(&trail.url)?;
            self.obey_robots(&client, identity, &trail.url).await?;
            let slot = self.hosts.slot(&trail.url).await?;
            let since = Stopwatch::start();
            let question = Question { url: &trail.url, validators, accept: accepted(request.accept), identity };
            let response = self.ask(&client, &question).await?;
            if trail.follow(&response)? {
                drop(slot);
                continue;
            }
            return self.answer(response, validators, since, trail).await;
        }
    }

    /// Sends one question, and leaves the host alone if it says so.
    async fn ask(&self, client: &Client, question: &Question<'_>) -> Result<Response, FetchError> {
        counted::count();
        let response = client.send(question, self.limits.total).await?;
        if matches!(response.status().as_u16(), 429 | 503)
            && let Some(wait) = freshness::retry_after(response.headers(), self.clock.now())
        {
            self.hosts.pause(question.url, wait);
        }
        Ok(response)
    }

    async fn answer(
        &self,
        response: Response,
        sent: Option<&Validators>,
        since: Stopwatch,
        trail: Trail,
    ) -> Result<Fetched, FetchError> {
        let (status, headers, now) = (response.status().as_u16(), response.headers(), self.clock.now());
        let url = shown(&trail.url);
        let reserved = reserved(headers);
        let wish = freshness::retry_after(headers, now).max(freshness::fresh_for(headers, now));
        let given = Validators { etag: raw(&response, ETAG), last_modified: raw(&response, LAST_MODIFIED) };
        let (answer, validators) = match (status, sent) {
            (200 | 203, _) => {
                let content_type =
                    headers.get(CONTENT_TYPE).map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned());
                let bytes = body::read(response, &self.limits, since).await?;
                if bytes.is_empty() {
                    return Err(FetchError::Empty { url });
                }
                (Answer::Body { bytes, content_type }, given)
            }
            (304, Some(sent)) => {
                let merged = Validators {
                    etag: given.etag.or_else(|| sent.etag.clone()),
                    last_modified: given.last_modified.or_else(|| sent.last_modified.clone()),
                };
                (Answer::NotModified, merged)
            }
            (100..300 | 304, _) => return Err(FetchError::Unfit { url, status }),
            // Caching headers of an error are about the error; only 429 is about us.
            _ => {
                let retry_after = if status == 429 { wish } else { freshness::retry_after(headers, now) };
                return Err(FetchError::Status { url, status, retry_after });
            }
        };
        let hints = Hints { not_before: wish };
        let Trail { url, moved_to, is_downgraded, .. } = trail;
        Ok(Fetched { url, answer, validators, hints, reserved, moved_to, is_downgraded })
    }

    /// Asks the site's robots.txt, unless its answer is remembered.
    async fn obey_robots(&self, client: &Client, identity: &Identity, url: &Url) -> Result<(), FetchError> {
        let Some(robots) = &self.robots else { return Ok(()) };
        let mut trail = Trail::new(&robots::place(url));
        let party = identity.party(url);
        let known = robots.validators(url, party);
        // The turn is kept until the site's `Crawl-delay` is known, so that it holds from the first page on.
        let (answer, slot) = loop {
            if let Some(verdict) = robots.verdict(url, party) {
                return verdict;
            }
            if let Err(error) = client.check(&trail.url) {
                break (robots::Answer::Unreachable(error), None);
            }
            let slot = self.hosts.slot(&trail.url).await?;
            // While this one queued, the one before it may have asked.
            if let Some(verdict) = robots.verdict(url, party) {
                slot.unused();
                return verdict;
            }
            match self.robots_answer(client, identity, &mut trail, &known).await {
                // Where the host itself can't be reached, robots.txt is beside the point.
                Some(robots::Answer::Unreachable(FetchError::Unreachable { source, .. })) if trail.is_at_start() => {
                    return Err(FetchError::Unreachable { url: shown(url), source });
                }
                Some(robots::Answer::Unreachable(FetchError::Proxy { proxy, source, .. })) if trail.is_at_start() => {
                    return Err(FetchError::Proxy { url: shown(url), proxy, source });
                }
                Some(robots::Answer::Unreachable(FetchError::ProxyLogin { proxy, .. })) => {
                    return Err(FetchError::ProxyLogin { url: shown(url), proxy });
                }
                Some(robots::Answer::Unreachable(FetchError::Refused { reason, .. })) if trail.is_at_start() => {
                    return Err(FetchError::Refused { url: shown(url), reason });
                }
                Some(answer) => break (answer, Some(slot)),
                None => drop(slot),
            }
        };
        let answer = match answer {
            robots::Answer::Unreachable(error) => robots::Answer::Unreachable(error.hidden_by(identity)),
            other => other,
        };
        let crawl_delay = robots.learn(url, party, answer);
        // What one party is told may slow all down, and lets nobody be faster than another is told to be.
        if party == robots::EVERYBODY || crawl_delay.is_some() {
            self.hosts.set_crawl_delay(url, crawl_delay);
        }
        drop(slot);
        robots.verdict(url, party).unwrap_or(Ok(()))
    }

    /// One hop on the way to a robots.txt; none if another follows.
    async fn robots_answer(
        &self,
        client: &Client,
        identity: &Identity,
        trail: &mut Trail,
        known: &Validators,
    ) -> Option<robots::Answer> {
        let since = Stopwatch::start();
        let validators = Some(known).filter(|known| !known.is_empty());
        let question = Question { url: &trail.url, validators, accept: "text/plain, */*;q=0.5", identity };
        let response = match self.ask(client, &question).await {
            Ok(response) => response,
            Err(error) => return Some(robots::Answer::Unreachable(error)),
        };
        match trail.follow(&response) {
            Ok(true) => return None,
            Ok(false) => {}
            // A robots.txt that is never reached is none (RFC 9309, section 2.3.1.2).
            Err(_) => return Some(robots::Answer::Missing),
        }
        let status = response.status().as_u16();
        let limits = Limits {
            max_bytes: robots::MAX_BYTES + 1,
            max_wire_bytes: robots::MAX_BYTES + 1,
            cuts: true,
            ..self.limits
        };
        Some(match status {
            304 if validators.is_some() => robots::Answer::Same,
            200..300 => {
                let given = Validators { etag: raw(&response, ETAG), last_modified: raw(&response, LAST_MODIFIED) };
                match body::read(response, &limits, since).await {
                    Ok(bytes) => robots::Answer::File(bytes, given),
                    Err(error) => robots::Answer::Unreachable(error),
                }
            }
            // "Too many requests" is no word on what is there.
            400..500 if status != 429 => robots::Answer::Missing,
            _ => {
                let retry_after = freshness::retry_after(response.headers(), self.clock.now());
                robots::Answer::Unreachable(FetchError::Status { url: shown(&trail.url), status, retry_after })
            }
        })
    }
}

fn reserved(headers: &HeaderMap) -> Reserved {
    let mut reserved = Reserved::default();
    for value in headers.get_all("x-robots-tag") {
        reserved.take_header(&String::from_utf8_lossy(value.as_bytes()));
    }
    for value in headers.get_all("tdm-reservation") {
        reserved.take_tdm(&String::from_utf8_lossy(value.as_bytes()));
    }
    reserved
}

fn accepted(accept: Accept) -> &'static str {
    match accept {
        Accept::Entrance => concat!(
            "application/atom+xml, application/rss+xml, application/feed+json, application/xml;q=0.9, ",
            "text/xml;q=0.9, text/html;q=0.8, */*;q=0.5",
        ),
        Accept::Page => "text/html, application/xhtml+xml, application/xml;q=0.8, */*;q=0.5",
    }
}

#[cfg(test)]
mod tests;
