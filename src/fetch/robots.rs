//! What each site's robots.txt says, remembered for a day (RFC 9309, section 2.4).

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use url::Url;

use super::error::{FetchError, bare, shown};
use crate::clock::Clock;
use crate::model::{RobotsBody, RobotsState, Timestamp, Validators};

/// Our name in robots.txt.
pub(super) const PRODUCT: &str = "Offprint";
/// More than this of a robots.txt isn't read (RFC 9309, section 2.5).
pub(super) const MAX_BYTES: u64 = robotxt::BYTE_LIMIT as u64;

/// How long an answer is believed.
const GOOD_FOR: Duration = Duration::from_secs(24 * 3600);
/// How long a failure keeps us from asking again.
const BAD_FOR: Duration = Duration::from_secs(10 * 60);
/// How long an old answer stands in for one that can't be had (RFC 9309, section 2.3.1.4).
const OLD_FOR: Duration = Duration::from_secs(30 * 24 * 3600);
/// The party of those who ask without a login.
pub(super) const EVERYBODY: u64 = 0;
/// Sites beyond this are forgotten when their answer is out of date.
const MAX_SITES: usize = 10_000;

/// All sites whose robots.txt was read.
pub(super) struct Robots {
    clock: Clock,
    sites: Mutex<HashMap<String, Site>>,
    /// Answers to be remembered.
    changed: Mutex<Vec<RobotsState>>,
}

/// What is known of a site.
#[derive(Clone)]
struct Site {
    rules: Result<Arc<robotxt::Robots>, Arc<FetchError>>,
    /// What to ask «changed since?» with.
    validators: Validators,
    read: Timestamp,
    until: Timestamp,
}

/// What fetching a robots.txt gave.
pub(super) enum Answer {
    /// The file, and what to ask for the next one with.
    File(Vec<u8>, Validators),
    /// The same as last time.
    Same,
    /// There is none, which allows everything.
    Missing,
    /// It can't be had, which forbids everything.
    Unreachable(FetchError),
}

impl Robots {
    /// No sites yet.
    pub(super) fn new(clock: Clock) -> Self {
        Self { clock, sites: Mutex::default(), changed: Mutex::default() }
    }

    /// Takes over what is remembered of sites.
    pub(super) fn recall(&self, states: Vec<RobotsState>) {
        let latest = self.clock.now() + GOOD_FOR;
        let mut sites = self.sites.lock().unwrap_or_else(PoisonError::into_inner);
        for state in states {
            let rules = match state.body {
                RobotsBody::File(bytes) => parsed(&bytes),
                RobotsBody::Missing | RobotsBody::Same => robotxt::Robots::allow_all(),
            };
            let (validators, read, until) = (state.validators, state.read, state.until.min(latest));
            sites.insert(state.site, Site { rules: Ok(Arc::new(rules)), validators, read, until });
        }
    }

    /// The answers since this was last asked.
    pub(super) fn take_changes(&self) -> Vec<RobotsState> {
        std::mem::take(&mut *self.changed.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// What to ask for the site's robots.txt with. A site may answer some parties differently.
    pub(super) fn validators(&self, url: &Url, party: u64) -> Validators {
        let sites = self.sites.lock().unwrap_or_else(PoisonError::into_inner);
        sites.get(&key(url, party)).map(|site| site.validators.clone()).unwrap_or_default()
    }

    /// Whether `url` may be fetched; none if robots.txt has to be asked for first.
    pub(super) fn verdict(&self, url: &Url, party: u64) -> Option<Result<(), FetchError>> {
        let sites = self.sites.lock().unwrap_or_else(PoisonError::into_inner);
        let site = sites.get(&key(url, party)).filter(|site| site.until > self.clock.now())?;
        Some(match &site.rules {
            Ok(rules) if rules.is_url_allowed(url) => Ok(()),
            Ok(_) => Err(FetchError::Robots { url: shown(url) }),
            Err(source) => Err(FetchError::RobotsUnreachable { url: shown(url), source: Arc::clone(source) }),
        })
    }

    /// Sitemaps that the site's robots.txt names, as far as it's remembered.
    pub(super) fn sitemaps(&self, url: &Url, party: u64) -> Vec<Url> {
        let sites = self.sites.lock().unwrap_or_else(PoisonError::into_inner);
        let rules = sites.get(&key(url, party)).and_then(|site| site.rules.as_ref().ok());
        rules.map(|rules| rules.sitemaps().to_vec()).unwrap_or_default()
    }

    /// Remembers an answer; gives the `Crawl-delay` that holds from now on.
    pub(super) fn learn(&self, url: &Url, party: u64, answer: Answer) -> Option<Duration> {
        let now = self.clock.now();
        let mut sites = self.sites.lock().unwrap_or_else(PoisonError::into_inner);
        // What was known of the site is asked for before others make room: it has just run out.
        let old = sites.get(&key(url, party)).filter(|site| site.rules.is_ok()).cloned();
        if sites.len() > MAX_SITES {
            sites.retain(|_, site| site.until > now);
        }
        let fresh =
            |rules, validators| Site { rules: Ok(Arc::new(rules)), validators, read: now, until: now + GOOD_FOR };
        let mut kept = None;
        let site = match answer {
            Answer::File(bytes, validators) => {
                let site = fresh(parsed(&bytes), validators);
                kept = Some(RobotsBody::File(bytes));
                site
            }
            Answer::Missing => {
                kept = Some(RobotsBody::Missing);
                fresh(robotxt::Robots::allow_all(), Validators::default())
            }
            Answer::Same => {
                kept = Some(RobotsBody::Same);
                match old {
                    Some(old) => Site { read: now, until: now + GOOD_FOR, ..old },
                    None => fresh(robotxt::Robots::allow_all(), Validators::default()),
                }
            }
            Answer::Unreachable(error) => match old.filter(|site| now.since(site.read) < OLD_FOR) {
                Some(old) => Site { until: now + BAD_FOR, ..old },
                None => Site {
                    rules: Err(Arc::new(error)),
                    validators: Validators::default(),
                    read: now,
                    until: now + BAD_FOR,
                },
            },
        };
        let crawl_delay = site.rules.as_ref().ok().and_then(|rules| rules.crawl_delay());
        // What was said to one party alone isn't stored: it is asked for again after a restart.
        if let Some(body) = kept.filter(|_| party == EVERYBODY) {
            let validators = site.validators.clone();
            let state = RobotsState { site: key(url, EVERYBODY), body, validators, read: site.read, until: site.until };
            self.changed.lock().unwrap_or_else(PoisonError::into_inner).push(state);
        }
        sites.insert(key(url, party), site);
        crawl_delay
    }
}

/// Reads a file as Google's parser does where the standard is silent: also after half of a byte order mark.
pub(super) fn parsed(bytes: &[u8]) -> robotxt::Robots {
    parsed_for(bytes, PRODUCT)
}

/// The same for any name.
pub(super) fn parsed_for(bytes: &[u8], product: &str) -> robotxt::Robots {
    let marks: [&[u8]; 3] = [b"\xef\xbb\xbf", b"\xef\xbb", b"\xef"];
    let rest = marks.iter().find_map(|mark| bytes.strip_prefix(*mark));
    robotxt::Robots::parse(rest.unwrap_or(bytes), product)
}

/// Where the robots.txt of an address is.
pub(super) fn place(url: &Url) -> Url {
    let mut place = bare(url);
    place.set_path("/robots.txt");
    place.set_query(None);
    place.set_fragment(None);
    place
}

fn key(url: &Url, party: u64) -> String {
    let site = url.origin().ascii_serialization();
    if party == EVERYBODY { site } else { format!("{site} {party:x}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn url(path: &str) -> Url {
        Url::parse(&format!("https://a.example{path}")).unwrap()
    }

    fn allows(robots: &Robots, path: &str) -> bool {
        robots.verdict(&url(path), EVERYBODY).unwrap().is_ok()
    }

    #[test]
    fn a12_rules_are_read_as_the_standard_says() {
        for (file, path, allowed) in [
            ("User-agent: *\nDisallow: /", "/a", false),
            ("User-agent: offprint\nDisallow: /\n\nUser-agent: *\nAllow: /", "/a", false),
            ("User-agent: *\nDisallow: /\n\nUser-agent: OFFPRINT\nDisallow: /b", "/a", true),
            ("\u{feff}User-agent: *\r\nDisallow: /a\r", "/a", false),
            ("User-agent: *\nDisallow: /a\nAllow: /a/b", "/a/b", true),
            ("User-agent: *\nDisallow: /a\nAllow: /a", "/a", true),
            ("User-agent: *\nDisallow: /*.pdf$", "/x.pdf", false),
            ("User-agent: *\nDisallow: /*.pdf$", "/x.pdf?y", true),
            ("User-agent: *\nDisallow: /%7Ea", "/~a", false),
            ("User-agent: *\nDisallow: /é", "/%C3%A9", false),
            ("User-agent: Offprint\nDisallow: /a\n\nUser-agent: Offprint\nDisallow: /b", "/b", false),
            ("User-agent: *\nDisallow:", "/a", true),
            ("<html>not found</html>", "/a", true),
            ("User-agent: *\nDisallow: /", "/robots.txt", true),
        ] {
            let robots = Robots::new(Clock::mock(Timestamp::EPOCH));
            robots.learn(&url("/"), EVERYBODY, Answer::File(file.into(), Validators::default()));
            assert_eq!(allows(&robots, path), allowed, "{file:?} {path}");
        }
    }

    #[test]
    fn a12_an_answer_is_believed_for_a_day_and_an_old_one_stands_in() {
        let clock = Clock::mock(Timestamp::EPOCH);
        let robots = Robots::new(clock.clone());
        let unreachable = || Answer::Unreachable(FetchError::Empty { url: "robots.txt".to_owned() });
        robots.learn(
            &url("/"),
            EVERYBODY,
            Answer::File(b"User-agent: *\nDisallow: /a\nCrawl-delay: 5".to_vec(), Validators::default()),
        );
        assert!(!allows(&robots, "/a"));

        clock.advance(GOOD_FOR);
        assert!(robots.verdict(&url("/a"), EVERYBODY).is_none());
        let crawl_delay = robots.learn(&url("/"), EVERYBODY, unreachable());

        assert!(!allows(&robots, "/a") && allows(&robots, "/b"));
        assert_eq!(crawl_delay, Some(Duration::from_secs(5)));
        clock.advance(OLD_FOR);
        robots.learn(&url("/"), EVERYBODY, unreachable());
        assert!(!allows(&robots, "/b"));
    }
}
