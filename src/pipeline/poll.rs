//! Asking an entrance what there is.

use std::collections::HashMap;
use std::time::Duration;

use tracing::debug;
use url::Url;

use super::{Pass, Pipeline, Site, explained};
use crate::clock::Stopwatch;
use crate::discover::{self, Found, Kind};
use crate::fetch::{Accept, Answer, FetchError, Fetched, Remedy, Request, decode};
use crate::model::{Because, Link, Pace, Timestamp, Trouble, Validators};
use crate::store::{Claim, Move, Outcome, PollReport, Posted, StoreError};

/// Links taken from one entrance: a listing of a whole archive must not flood the pages to read.
const MAX_LINKS: usize = 500;
/// Feeds that a page links to which are tried, and usual places where it links none.
const MAX_CANDIDATES: usize = 8;
/// Wait after the first question that nobody heard; twice as long after each further one.
const FIRST_RETRY: Duration = Duration::from_secs(60);
/// Longest wait before a failing source is asked again.
const MAX_BACKOFF: Duration = Duration::from_secs(24 * 3600);
/// Failures after which a feed that was found on a page is looked for anew.
const MAX_FAILURES_OF_ENTRANCE: u32 = 3;

/// Two answers that are so far apart and agree are believed.
const BELIEVED_AFTER: Duration = Duration::from_secs(24 * 3600);
/// An address that was missing so often in a row is asked once a week.
const MAX_NOT_FOUND: u32 = 5;
const A_WEEK: Duration = Duration::from_secs(7 * 24 * 3600);
/// What is gone is asked again only when a person wants it.
const FOR_GOOD: Duration = Duration::from_secs(100 * 365 * 24 * 3600);

/// What the entrance had to say.
struct Heard {
    /// None where it says that nothing changed.
    found: Option<Box<Found>>,
    entrance: Option<Url>,
    validators: Validators,
    /// Least time to the next question.
    wait: Option<Duration>,
    /// Where it moved for good, by its own word of today.
    moved_to: Option<Url>,
    /// What the feed wishes; none where it wasn't read.
    pace: Option<Pace>,
}

/// What was read of an entrance.
struct Parsed {
    found: Found,
    pace: Pace,
}

/// Why it said nothing.
struct Silence {
    trouble: Trouble,
    why: String,
    wait: Option<Duration>,
    /// Whether nobody heard the question, as on a machine whose network isn't up yet.
    is_unheard: bool,
}

impl Pipeline {
    /// Asks the source's entrance and stores what it says.
    pub(super) async fn poll(&self, site: &Site, claim: &Claim, pass: &mut Pass) -> Result<(), StoreError> {
        let source = &site.source;
        let (began, watch) = (self.clock.now(), Stopwatch::start());
        let posted = self.store.posted(&source.id).await?;
        let in_rhythm =
            |posted: &Posted| source.rhythm.next_after(began, source.timezone, source.id.as_str(), &posted.rate(began));
        let due = claim.pace.put_off(began, in_rhythm(&posted));
        self.store.begin_poll(claim, due).await?;

        let heard = self.ask(site, claim).await;
        self.remember_hosts().await?;

        let mut report = PollReport {
            began,
            outcome: Outcome::Read,
            due,
            because: Because::Rhythm,
            links: Vec::new(),
            validators: claim.validators.clone(),
            entrance: None,
            moving: None,
            pace: None,
            title: None,
            error: None,
            trouble: None,
            took: watch.elapsed(),
        };
        match heard {
            Ok(heard) => {
                (report.entrance, report.moving) = settled(site, claim, heard.entrance, heard.moved_to, began);
                report.validators = heard.validators;
                report.pace = heard.pace;
                report.outcome = Outcome::Unchanged;
                if let Some(found) = heard.found {
                    for note in &found.notes {
                        debug!(source.id = %source.id, "{note}");
                    }
                    report.outcome = Outcome::Read;
                    report.links = found.links;
                    report.links.truncate(MAX_LINKS);
                    distrust_repeated_guids(&mut report.links);
                    report.title = found.title;
                }
                let due = in_rhythm(&with_news(posted, &report.links, began));
                let asked = latest([(due, Because::Rhythm), (after(began, heard.wait), Because::Server)]);
                let wished = heard.pace.unwrap_or(claim.pace).put_off(began, asked.0);
                (report.due, report.because) = latest([asked, (wished, Because::Feed)]);
            }
            Err(silence) => {
                report.outcome = Outcome::Failed;
                (report.due, report.because) = if silence.is_unheard {
                    (began + self.soon(site, claim, began), Because::Unheard)
                } else {
                    latest([
                        (due, Because::Rhythm),
                        (after(began, silence.wait), Because::Server),
                        (began + self.backoff(site, claim, began), Because::Backoff),
                        (began + rest(silence.trouble, site, claim, began), Because::Trouble),
                    ])
                };
                report.error = Some(silence.why);
                report.trouble = Some(silence.trouble);
            }
        }
        pass.outcome = Some(report.outcome);
        pass.n_found = u32::try_from(report.links.len()).unwrap_or(u32::MAX);
        pass.error.clone_from(&report.error);
        pass.trouble = report.trouble;
        pass.is_old_news = report.trouble.is_some() && report.trouble == claim.ailment.map(|ailment| ailment.trouble);
        pass.n_new = self.store.finish_poll(claim, &report).await?;
        Ok(())
    }

    /// Twice the usual wait after the second failure in a row, four times after the third, at most a day.
    fn backoff(&self, site: &Site, claim: &Claim, now: Timestamp) -> Duration {
        let interval = site.source.rhythm.interval(now);
        interval.saturating_mul(1_u32 << claim.failures.min(16)).min(MAX_BACKOFF.max(interval))
    }

    /// A minute after the first question that nobody heard, two after the next, at most the usual wait.
    fn soon(&self, site: &Site, claim: &Claim, now: Timestamp) -> Duration {
        FIRST_RETRY.saturating_mul(1_u32 << claim.failures.min(16)).min(site.source.rhythm.interval(now))
    }

    async fn ask(&self, site: &Site, claim: &Claim) -> Result<Heard, Silence> {
        let configured = &site.source.url;
        let is_gone = claim.ailment.is_some_and(|ailment| ailment.trouble == Trouble::Gone);
        let is_trusted = claim.failures < MAX_FAILURES_OF_ENTRANCE && !is_gone;
        // Selectors are for the configured address, whatever feed was found there before.
        let known = claim.entrance.as_ref().filter(|_| is_trusted && site.discover.items.is_none());
        let validators = (claim.entrance.as_ref() == known).then_some(&claim.validators);
        let url = known.unwrap_or(configured);
        let entrance = (url != configured).then(|| url.clone());
        let fetched = self.entrance(url, validators).await.map_err(Silence::from)?;
        let wait = fetched.hints.not_before;
        // Selectors stay with the configured address.
        let moved_to = fetched.moved_to.clone().filter(|_| site.discover.items.is_none());
        let Answer::Body { .. } = &fetched.answer else {
            let validators = merged(&claim.validators, fetched.validators);
            return Ok(Heard { found: None, entrance, validators, wait, moved_to, pace: None });
        };
        let validators = fetched.validators.clone();
        let Parsed { found, pace } = parse(site, fetched).await?;
        if !found.links.is_empty() || found.kind == Kind::Feed {
            let moved_to = moved_to.filter(|_| found.kind == Kind::Feed);
            let found = Some(Box::new(found));
            return Ok(Heard { found, entrance, validators, wait, moved_to, pace: Some(pace) });
        }
        if claim.has_succeeded && is_trusted {
            // A maintenance page for an hour mustn't replace a section's feed by the whole site's for ever.
            return Err(Silence::because(
                Trouble::NotAFeed,
                format!("`{url}` answered with something that lists no articles; it did before"),
            ));
        }
        self.look_for_feed(site, found).await
    }

    /// Tries the feeds that a page links to, else those places where feeds usually are.
    async fn look_for_feed(&self, site: &Site, page: Found) -> Result<Heard, Silence> {
        let is_listing = site.discover.items.is_some();
        let candidates = if page.feeds.is_empty() { discover::usual_places(&site.source.url) } else { page.feeds };
        let mut last = None;
        for candidate in candidates.into_iter().take(if is_listing { 0 } else { MAX_CANDIDATES }) {
            let tried = match self.entrance(&candidate, None).await {
                Ok(fetched) => {
                    let (validators, wait) = (fetched.validators.clone(), fetched.hints.not_before);
                    parse(site, fetched).await.map(|parsed| (parsed, validators, wait))
                }
                Err(error) => Err(Silence::from(error)),
            };
            match tried {
                Ok((Parsed { found, pace }, validators, wait)) if found.kind == Kind::Feed => {
                    let found = Some(Box::new(found));
                    let entrance = Some(candidate);
                    return Ok(Heard { found, entrance, validators, wait, moved_to: None, pace: Some(pace) });
                }
                Ok(_) => {}
                Err(silence) => last = Some(silence),
            }
        }
        let url = &site.source.url;
        Err(match last {
            _ if is_listing => Silence::because(Trouble::Selectors, nothing_listed(url, &page.notes)),
            Some(silence) if silence.wait.is_some() || silence.is_unheard => silence,
            _ => Silence::because(
                no_feed(&page.notes),
                format!(
                    "found neither a feed nor a link to one on `{url}`: give the address of its feed, or name the \
                 elements of its listing in `discover = {{ items = \"…\" }}`"
                ),
            ),
        })
    }

    async fn entrance(&self, url: &Url, validators: Option<&Validators>) -> Result<Fetched, FetchError> {
        let validators = validators.filter(|validators| !validators.is_empty());
        self.fetcher.get(&Request { url, validators, accept: Accept::Entrance }).await
    }
}

impl Silence {
    fn because(trouble: Trouble, why: String) -> Self {
        Self { trouble, why, wait: None, is_unheard: false }
    }
}

impl From<FetchError> for Silence {
    fn from(error: FetchError) -> Self {
        let wait = match error.remedy() {
            Remedy::RetryAfter(wait) => Some(wait),
            Remedy::Wait | Remedy::GiveUp => None,
        };
        Self { trouble: error.trouble(), why: explained(&error), wait, is_unheard: error.is_unheard() }
    }
}

/// Where the entrance is from now on, and the move that waits for a second word. One answer may be a mishap of the
/// site; two that agree, a day apart, are a move.
fn settled(
    site: &Site,
    claim: &Claim,
    entrance: Option<Url>,
    moved_to: Option<Url>,
    now: Timestamp,
) -> (Option<Url>, Option<Move>) {
    match (moved_to, &claim.moving) {
        (None, _) => (entrance, None),
        (Some(to), Some(known)) if known.to == to && now.since(known.since) >= BELIEVED_AFTER => {
            (Some(to).filter(|to| *to != site.source.url), None)
        }
        (Some(to), Some(known)) if known.to == to => (entrance, Some(known.clone())),
        (Some(to), _) => (entrance, Some(Move { to, since: now })),
    }
}

/// How long a trouble that won't pass by itself keeps us from asking.
fn rest(trouble: Trouble, site: &Site, claim: &Claim, now: Timestamp) -> Duration {
    // Of an entrance that was found or moved to, nothing follows: the configured address is asked next.
    if claim.entrance.as_ref().is_some_and(|entrance| *entrance != site.source.url) {
        return Duration::ZERO;
    }
    let before = claim.ailment.filter(|ailment| ailment.trouble == trouble);
    match (trouble, before) {
        (Trouble::Gone, Some(before)) if now.since(before.since) >= BELIEVED_AFTER => FOR_GOOD,
        (Trouble::Gone, _) => BELIEVED_AFTER,
        (Trouble::NotFound, Some(before)) if before.n_polls + 1 >= MAX_NOT_FOUND => A_WEEK,
        _ => Duration::ZERO,
    }
}

/// A feed that can't be read is another trouble than none.
fn no_feed(notes: &[String]) -> Trouble {
    if notes.iter().any(|note| note.starts_with("this looks like a feed")) {
        Trouble::Malformed
    } else {
        Trouble::NotAFeed
    }
}

/// Why selectors gave no article, in words that begin with the selector to look at.
fn nothing_listed(url: &Url, notes: &[String]) -> String {
    match notes.iter().find(|note| note.contains("left out")) {
        Some(note) => format!("`items` of `discover` finds elements on `{url}`, but no article in them: {note}"),
        None => format!("`items` of `discover` matches nothing on `{url}`: has the page changed?"),
    }
}

/// Takes away guids that several links share: some generators write the same one, or the site's address, on every
/// item, and by it all would be one article.
fn distrust_repeated_guids(links: &mut [Link]) {
    let mut n_uses: HashMap<String, usize> = HashMap::new();
    for guid in links.iter().filter_map(|link| link.guid.as_ref()) {
        *n_uses.entry(guid.clone()).or_default() += 1;
    }
    for link in links {
        if link.guid.as_ref().is_some_and(|guid| n_uses.get(guid).is_some_and(|n| *n > 1)) {
            link.guid = None;
        }
    }
}

/// Reads an entrance on a thread of its own: a large feed takes a while.
async fn parse(site: &Site, fetched: Fetched) -> Result<Parsed, Silence> {
    let Answer::Body { bytes, content_type } = fetched.answer else {
        return Err(Silence::because(
            Trouble::Unfit,
            format!("`{}` answered «not modified» without being asked", fetched.url),
        ));
    };
    let (url, config, zone) = (fetched.url, site.discover.clone(), site.source.timezone);
    let parsed = tokio::task::spawn_blocking(move || {
        let text = decode(&bytes, content_type.as_deref());
        let mut found = discover::entrance(&text, content_type.as_deref(), &url, &config, zone);
        found.links.retain(|link: &Link| link.url.as_url() != &url);
        let pace = found.hints.pace();
        Parsed { found, pace }
    });
    parsed.await.map_err(|_| {
        Silence::because(Trouble::Bug, "reading the entrance failed; please report its address".to_owned())
    })
}

/// What to ask with after «not modified»: what it came with, else what was there (RFC 9111, section 4.3.4).
fn merged(old: &Validators, new: Validators) -> Validators {
    Validators {
        etag: new.etag.or_else(|| old.etag.clone()),
        last_modified: new.last_modified.or_else(|| old.last_modified.clone()),
    }
}

/// What the store knew, and what this poll tells of articles that are newer: they aren't stored yet.
fn with_news(mut posted: Posted, links: &[Link], now: Timestamp) -> Posted {
    let newest = posted.dates.iter().max().copied();
    let dates = links.iter().filter_map(|link| link.published);
    posted.dates.extend(dates.filter(|at| *at <= now && newest.is_none_or(|newest| *at > newest)));
    posted
}

/// The latest of these times; of equal ones the first.
fn latest<const N: usize>(times: [(Timestamp, Because); N]) -> (Timestamp, Because) {
    let none = (Timestamp::EPOCH, Because::Rhythm);
    times.into_iter().fold(none, |latest, time| if time.0 > latest.0 { time } else { latest })
}

fn after(began: Timestamp, wait: Option<Duration>) -> Timestamp {
    began + wait.unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::CanonicalUrl;

    #[test]
    fn c13_a_guid_on_every_item_is_none() {
        let link = |n: u8, guid: &str| Link {
            guid: Some(guid.to_owned()),
            ..Link::to(CanonicalUrl::parse(&format!("https://gazette.example/{n}")).unwrap())
        };
        let mut links = [link(1, "0"), link(2, "0"), link(3, "own")];

        distrust_repeated_guids(&mut links);

        assert_eq!(links.map(|link| link.guid), [None, None, Some("own".to_owned())]);
    }
}
