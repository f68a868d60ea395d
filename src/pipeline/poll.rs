//! Asking an entrance what there is.

use std::collections::HashMap;
use std::time::Duration;

use tracing::{debug, warn};
use url::Url;

use super::entrance::{Known, Scout};
use super::{Hold, Pass, Pipeline, Site};
use crate::clock::Stopwatch;
use crate::model::{Because, Link, Timestamp, Trouble, around};
use crate::store::{Claim, Move, Outcome, PollReport, Posted, StoreError};

/// Links taken from one entrance: a listing of a whole archive must not flood the pages to read.
const MAX_LINKS: usize = 500;
/// New links taken from one source in a day: a calendar without end, or session ids in addresses, look like news.
const MAX_NEW_PER_DAY: u32 = 1000;
/// Wait after the first question that nobody heard; twice as long after each further one.
const FIRST_RETRY: Duration = Duration::from_secs(60);
/// Longest wait before a failing source is asked again.
const MAX_BACKOFF: Duration = Duration::from_secs(24 * 3600);

/// Two answers that are so far apart and agree are believed.
const BELIEVED_AFTER: Duration = Duration::from_secs(24 * 3600);
/// An address that was missing so often in a row is asked once a week.
const MAX_NOT_FOUND: u32 = 5;
const A_WEEK: Duration = Duration::from_secs(7 * 24 * 3600);
/// What is gone is asked again only when a person wants it.
const FOR_GOOD: Duration = Duration::from_secs(100 * 365 * 24 * 3600);

impl Pipeline {
    /// Asks the source's entrance and stores what it says.
    pub(super) async fn poll(&self, site: &Site, claim: &Claim, pass: &mut Pass) -> Result<Hold, StoreError> {
        let source = &site.source;
        // By the clock as it is now: should somebody set it meanwhile, what is stored of this moves along.
        let (began, watch) = (self.clock.now(), Stopwatch::start());
        let posted = self.store.posted(&source.id).await?;
        let in_rhythm =
            |posted: &Posted| source.rhythm.next_after(began, source.timezone, source.id.as_str(), &posted.rate(began));
        let due = claim.pace.put_off(began, in_rhythm(&posted));
        self.store.begin_poll(claim, due).await?;

        let heard = Scout::new(&self.fetcher, site).ask(&Known::of(claim)).await;
        let (hosts, robots) = self.fetcher.take_changes();

        let mut report = PollReport {
            began,
            outcome: Outcome::Read,
            due,
            because: Because::Rhythm,
            links: Vec::new(),
            max_new_per_day: MAX_NEW_PER_DAY,
            validators: claim.validators.clone(),
            entrance: None,
            moving: None,
            pace: None,
            title: None,
            error: None,
            trouble: None,
            took: watch.elapsed(),
            hosts,
            robots,
        };
        match heard {
            Ok(heard) => {
                if heard.is_downgraded && !claim.has_succeeded {
                    let (id, url) = (&source.id, &source.url);
                    warn!(source.id = %id, source.url = %url, "The source `{id}` is redirected from https to http, which anybody on the way can change");
                }
                (report.entrance, report.moving) = settled(site, claim, heard.entrance, heard.moved_to, began);
                report.validators = heard.validators;
                report.pace = heard.pace;
                report.outcome = Outcome::Unchanged;
                if let Some(found) = heard.found {
                    for note in &found.notes {
                        debug!(source.id = %source.id, "{}", site.identity.hidden(note));
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
                report.error = Some(site.identity.hidden(&silence.why));
                report.trouble = Some(silence.trouble);
            }
        }
        pass.outcome = Some(report.outcome);
        pass.n_found = u32::try_from(report.links.len()).unwrap_or(u32::MAX);
        pass.error.clone_from(&report.error);
        pass.trouble = report.trouble;
        pass.is_old_news = report.trouble.is_some() && report.trouble == claim.ailment.map(|ailment| ailment.trouble);
        let finished = match self.store.finish_poll(claim, &report).await {
            Ok(finished) => finished,
            Err(error) => {
                // Hosts that other passes asked are among them, whatever becomes of this one.
                self.store.remember_hosts(&report.hosts, &report.robots).await?;
                return Err(error);
            }
        };
        (pass.n_new, pass.n_left_out) = (finished.n_new, finished.n_left_out);
        Ok(if finished.has_pages { Hold::Kept } else { Hold::GivenBack })
    }

    /// Twice the usual wait after the second failure in a row, four times after the third, a fifth more or less, at
    /// most a day.
    fn backoff(&self, site: &Site, claim: &Claim, now: Timestamp) -> Duration {
        let interval = site.source.rhythm.interval(now);
        let wait = interval.saturating_mul(1_u32 << claim.failures.min(16));
        around(wait, site.source.id.as_str(), now).min(MAX_BACKOFF.max(interval))
    }

    /// A minute after the first question that nobody heard, two after the next, at most the usual wait.
    fn soon(&self, site: &Site, claim: &Claim, now: Timestamp) -> Duration {
        FIRST_RETRY.saturating_mul(1_u32 << claim.failures.min(16)).min(site.source.rhythm.interval(now))
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
            (Some(to).filter(|to| to != site.address()), None)
        }
        (Some(to), Some(known)) if known.to == to => (entrance, Some(known.clone())),
        (Some(to), _) => (entrance, Some(Move { to, since: now })),
    }
}

/// How long a trouble that won't pass by itself keeps us from asking.
fn rest(trouble: Trouble, site: &Site, claim: &Claim, now: Timestamp) -> Duration {
    // Of an entrance that was found or moved to, nothing follows: the configured address is asked next.
    if claim.entrance.as_ref().is_some_and(|entrance| entrance != site.address() && *entrance != site.source.url) {
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
