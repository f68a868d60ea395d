//! What each site's robots.txt says, remembered for a day (RFC 9309, section 2.4).

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use url::Url;

use super::error::{FetchError, bare, shown};
use crate::clock::Clock;
use crate::model::Timestamp;

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
/// Sites beyond this are forgotten when their answer is out of date.
const MAX_SITES: usize = 10_000;

/// All sites whose robots.txt was read.
pub(super) struct Robots {
    clock: Clock,
    sites: Mutex<HashMap<String, Site>>,
}

/// What is known of a site.
#[derive(Clone)]
struct Site {
    rules: Result<Arc<robotxt::Robots>, Arc<FetchError>>,
    read: Timestamp,
    until: Timestamp,
}

/// What fetching a robots.txt gave.
pub(super) enum Answer {
    /// The file.
    File(Vec<u8>),
    /// There is none, which allows everything.
    Missing,
    /// It can't be had, which forbids everything.
    Unreachable(FetchError),
}

impl Robots {
    /// No sites yet.
    pub(super) fn new(clock: Clock) -> Self {
        Self { clock, sites: Mutex::default() }
    }

    /// Whether `url` may be fetched; none if robots.txt has to be asked for first.
    pub(super) fn verdict(&self, url: &Url) -> Option<Result<(), FetchError>> {
        let sites = self.sites.lock().unwrap_or_else(PoisonError::into_inner);
        let site = sites.get(&key(url)).filter(|site| site.until > self.clock.now())?;
        Some(match &site.rules {
            Ok(rules) if rules.is_url_allowed(url) => Ok(()),
            Ok(_) => Err(FetchError::Robots { url: shown(url) }),
            Err(source) => Err(FetchError::RobotsUnreachable { url: shown(url), source: Arc::clone(source) }),
        })
    }

    /// Remembers an answer; gives the `Crawl-delay` that holds from now on.
    pub(super) fn learn(&self, url: &Url, answer: Answer) -> Option<Duration> {
        let now = self.clock.now();
        let mut sites = self.sites.lock().unwrap_or_else(PoisonError::into_inner);
        if sites.len() > MAX_SITES {
            sites.retain(|_, site| site.until > now);
        }
        let fresh = |rules| Site { rules: Ok(Arc::new(rules)), read: now, until: now + GOOD_FOR };
        let site = match answer {
            Answer::File(bytes) => fresh(robotxt::Robots::parse(&bytes, PRODUCT)),
            Answer::Missing => fresh(robotxt::Robots::allow_all()),
            Answer::Unreachable(error) => {
                let old = sites.get(&key(url)).filter(|site| site.rules.is_ok() && now.since(site.read) < OLD_FOR);
                match old {
                    Some(old) => Site { until: now + BAD_FOR, ..old.clone() },
                    None => Site { rules: Err(Arc::new(error)), read: now, until: now + BAD_FOR },
                }
            }
        };
        let crawl_delay = site.rules.as_ref().ok().and_then(|rules| rules.crawl_delay());
        sites.insert(key(url), site);
        crawl_delay
    }
}

/// Where the robots.txt of an address is.
pub(super) fn place(url: &Url) -> Url {
    let mut place = bare(url);
    place.set_path("/robots.txt");
    place.set_query(None);
    place.set_fragment(None);
    place
}

fn key(url: &Url) -> String {
    url.origin().ascii_serialization()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn url(path: &str) -> Url {
        Url::parse(&format!("https://a.example{path}")).unwrap()
    }

    fn allows(robots: &Robots, path: &str) -> bool {
        robots.verdict(&url(path)).unwrap().is_ok()
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
            robots.learn(&url("/"), Answer::File(file.into()));
            assert_eq!(allows(&robots, path), allowed, "{file:?} {path}");
        }
    }

    #[test]
    fn a12_an_answer_is_believed_for_a_day_and_an_old_one_stands_in() {
        let clock = Clock::mock(Timestamp::EPOCH);
        let robots = Robots::new(clock.clone());
        let unreachable = || Answer::Unreachable(FetchError::Empty { url: "robots.txt".to_owned() });
        robots.learn(&url("/"), Answer::File(b"User-agent: *\nDisallow: /a\nCrawl-delay: 5".to_vec()));
        assert!(!allows(&robots, "/a"));

        clock.advance(GOOD_FOR);
        assert!(robots.verdict(&url("/a")).is_none());
        let crawl_delay = robots.learn(&url("/"), unreachable());

        assert!(!allows(&robots, "/a") && allows(&robots, "/b"));
        assert_eq!(crawl_delay, Some(Duration::from_secs(5)));
        clock.advance(OLD_FOR);
        robots.learn(&url("/"), unreachable());
        assert!(!allows(&robots, "/b"));
    }
}
