//! Reading the pages that polls have found, one after the other.

use std::error::Error;
use std::time::Duration;

use tokio::task::JoinError;
use tracing::{debug, warn};
use url::Url;

use super::reading::{Reading, read_entrance, read_page};
use super::{Crowd, Event, Pass, Pipeline, Site, explained};
use crate::clock::Stopwatch;
use crate::dedup;
use crate::fetch::{Accept, Answer, FetchError, Fetched, Remedy, Request};
use crate::model::{Fingerprint, Judgement, Link, Timestamp};
use crate::normalise::Unfit;
use crate::store::{Claim, NewArticle, Pending, RawPage, Saved, StoreError};

/// Times a page is asked for in vain before the article is made from what its entrance told.
const MAX_ATTEMPTS: u32 = 4;
/// Wait after the first failure; four times as long after each further one.
const FIRST_RETRY: Duration = Duration::from_secs(5 * 60);
/// Wait where neither page nor entrance give an article, but the page may still come.
const LAST_RETRY: Duration = Duration::from_secs(24 * 3600);
/// A page that can't be had for so long is given up.
const PATIENCE: Duration = Duration::from_secs(14 * 24 * 3600);
/// Failures in a row that make us leave a site alone for a while.
const MAX_FAILURES_IN_A_ROW: u32 = 3;
/// Pages read in one turn while others wait for the host.
const PAGES_IN_A_CROWD: u32 = 5;
/// Pages taken from the store at once.
const BATCH: usize = 50;
/// How far back an article is compared with others.
const DUPLICATE_WINDOW: Duration = Duration::from_secs(14 * 24 * 3600);
/// Level at which pages are kept: HTML shrinks to a fifth, and more effort gains little.
const ZSTD_LEVEL: i32 = 3;

/// How asking for a page ended.
enum Asked {
    /// It's done with: stored or given up.
    Done,
    /// It was put off for so long.
    PutOff(Duration),
    /// It wasn't asked for: its host wants silence for so long.
    Silenced(Duration),
}

/// What was had of an article.
struct Had {
    reading: Reading,
    /// What duplicates of it are found by.
    fingerprint: Fingerprint,
    /// Where its page really was; none where the entrance told it.
    page: Option<Url>,
    raw: Option<RawPage>,
}

impl Had {
    fn told(reading: Reading) -> Self {
        Self { fingerprint: reading.fingerprint(), reading, page: None, raw: None }
    }

    fn is_article(&self) -> bool {
        self.reading.article.is_ok()
    }
}

impl Pipeline {
    /// Reads the pages that are due, in the order in which they were found, until none is left or the pass has had
    /// its time.
    pub(super) async fn read_pending(
        &self,
        crowd: &Crowd,
        site: &Site,
        claim: &Claim,
        pass: &mut Pass,
    ) -> Result<(), StoreError> {
        let watch = Stopwatch::start();
        let mut n_asked = 0;
        let mut n_failures_in_a_row = 0;
        loop {
            let batch = self.store.pending(claim, BATCH).await?;
            if batch.is_empty() {
                return Ok(());
            }
            self.tell(site, Event::ToRead(u32::try_from(batch.len()).unwrap_or(u32::MAX)));
            for pending in batch {
                let asked = self.read(site, claim, &pending, pass).await?;
                self.tell(site, Event::Read);
                n_failures_in_a_row = if matches!(asked, Asked::PutOff(_)) { n_failures_in_a_row + 1 } else { 0 };
                let rest = match asked {
                    Asked::Silenced(wait) => Some(wait),
                    Asked::PutOff(wait) if n_failures_in_a_row == MAX_FAILURES_IN_A_ROW => Some(wait),
                    _ => None,
                };
                if let Some(wait) = rest {
                    pass.n_postponed += self.store.postpone_all(claim, self.clock.now() + wait).await?;
                    return Ok(());
                }
                n_asked += 1;
                let is_enough = n_asked >= PAGES_IN_A_CROWD && crowd.waits();
                if is_enough || self.budget.is_some_and(|budget| watch.elapsed() > budget) {
                    return Ok(());
                }
            }
        }
    }

    /// Asks for one page and stores its article.
    async fn read(&self, site: &Site, claim: &Claim, pending: &Pending, pass: &mut Pass) -> Result<Asked, StoreError> {
        let url = pending.link.url.as_url();
        let asked = self.fetch_page(site, url).await;
        self.remember_hosts().await?;
        let (had, why) = match asked {
            Ok(fetched) => {
                let had = self.read_fetched(site, pending, fetched).await;
                (had, format!("`{url}` broke the extractor; please report it"))
            }
            Err(FetchError::Paused { wait, .. }) => return Ok(Asked::Silenced(wait)),
            Err(FetchError::Busy { .. }) => return Ok(Asked::Silenced(FIRST_RETRY)),
            Err(error) => {
                let why = explained(&error);
                debug!(source.id = %site.source.id, page.url = %url, "Can't read a page: {why}");
                if let Some(wait) = retry(&error, pending.attempts) {
                    return self.put_off(claim, pending, wait, why, pass).await;
                }
                let told = self.told(site, &pending.link).await;
                pass.n_from_entrance += u32::from(told.as_ref().is_some_and(Had::is_article));
                (told.filter(|told| told.is_article() || is_gone(&error)), why)
            }
        };
        let may_come = self.clock.now().since(pending.found) < PATIENCE;
        if let Some(asked) = had.as_ref().and_then(|had| had.reading.reserved.words()) {
            debug!(source.id = %site.source.id, page.url = %url, "`{url}` asks `{asked}` of those who would republish it");
        }
        let withheld = had.as_ref().and_then(|had| had.reading.reserved.and(site.respects).words());
        if let Some(words) = withheld {
            return self.withhold(claim, pending, words, may_come, pass).await;
        }
        match had {
            Some(had) if !(may_come && is_wall(&had.reading)) => self.keep(site, claim, pending, had, pass).await,
            Some(had) => {
                let why = had.reading.article.err().map(|wall| wall.to_string()).unwrap_or_default();
                self.put_off(claim, pending, LAST_RETRY, why, pass).await
            }
            None if may_come => self.put_off(claim, pending, LAST_RETRY, why, pass).await,
            None => {
                self.store.dismiss(claim, &pending.link).await?;
                pass.n_dismissed += 1;
                Ok(Asked::Done)
            }
        }
    }

    async fn fetch_page(&self, site: &Site, url: &Url) -> Result<Fetched, FetchError> {
        self.fetcher.get_as(&site.identity, &Request { url, validators: None, accept: Accept::Page }).await
    }

    /// Leaves out a page that asks for it. It's looked at once more before it is given up: some ask by mistake.
    async fn withhold(
        &self,
        claim: &Claim,
        pending: &Pending,
        words: String,
        may_come: bool,
        pass: &mut Pass,
    ) -> Result<Asked, StoreError> {
        if may_come {
            let why = format!("not republished, since the page asks `{words}`");
            self.store.postpone(claim, &pending.link, pending.found + PATIENCE, &why).await?;
        } else {
            self.store.dismiss(claim, &pending.link).await?;
        }
        pass.n_withheld += 1;
        pass.withheld = Some(words);
        Ok(Asked::Done)
    }

    async fn put_off(
        &self,
        claim: &Claim,
        pending: &Pending,
        wait: Duration,
        why: String,
        pass: &mut Pass,
    ) -> Result<Asked, StoreError> {
        self.store.postpone(claim, &pending.link, self.clock.now() + wait, &why).await?;
        pass.n_postponed += 1;
        pass.error = Some(why);
        Ok(Asked::PutOff(wait))
    }

    /// Runs the stages that need the processor on a thread of their own. Where the page gives no article, what the
    /// entrance told may. None where one of the stages panicked: a page that does that costs only itself.
    async fn read_fetched(&self, site: &Site, pending: &Pending, fetched: Fetched) -> Option<Had> {
        let now = self.clock.now();
        let Answer::Body { bytes, content_type } = fetched.answer else {
            return self.told(site, &pending.link).await;
        };
        let (page, link, site, asked) = (fetched.url, pending.link.clone(), site.clone(), fetched.reserved);
        let keeps_raw = self.keeps_raw_pages;
        let read = self.at_a_desk(move || {
            // Packed first, so that nothing is held twice while the page is read.
            let zstd = keeps_raw.then(|| zstd::encode_all(bytes.as_slice(), ZSTD_LEVEL).ok()).flatten();
            let mut reading = read_page(bytes, content_type.as_deref(), &page, &link, &site, now);
            let asked = reading.reserved.or(asked);
            if reading.article.is_err() {
                let told = read_entrance(&link, &site, now);
                if told.article.is_ok() {
                    reading = told;
                }
            }
            reading.reserved = asked;
            let raw = zstd.map(|zstd| RawPage { url: page.clone(), content_type, fetched: now, zstd });
            Had { page: Some(page), raw, ..Had::told(reading) }
        });
        self.survived(read.await, &pending.link)
    }

    /// The article as its entrance told it; none where reading that panicked.
    async fn told(&self, site: &Site, link: &Link) -> Option<Had> {
        let (now, owned, site) = (self.clock.now(), link.clone(), site.clone());
        let read = self.at_a_desk(move || Had::told(read_entrance(&owned, &site, now)));
        self.survived(read.await, link)
    }

    fn survived<T>(&self, read: Result<T, JoinError>, link: &Link) -> Option<T> {
        if let Err(error) = &read {
            warn!(page.url = %link.url, error = error as &dyn Error, "Reading `{}` panicked; please report it", link.url);
        }
        read.ok()
    }

    async fn keep(
        &self,
        site: &Site,
        claim: &Claim,
        pending: &Pending,
        had: Had,
        pass: &mut Pass,
    ) -> Result<Asked, StoreError> {
        let Had { reading, fingerprint, page, raw } = had;
        if let Some(note) = reading.notes.iter().find(|note| note.place.starts_with("extract.")) {
            let n_before = pass.dead_selector.as_ref().map_or(0, |(_, n_pages)| *n_pages);
            pass.dead_selector = Some((format!("`{}` (`{}`)", note.place, note.text), n_before + 1));
        }
        let normalised = match reading.article {
            Ok(normalised) => normalised,
            Err(unfit) => {
                debug!(source.id = %site.source.id, page.url = %pending.link.url, reason = %unfit, "Not an article");
                self.store.dismiss(claim, &pending.link).await?;
                pass.n_dismissed += 1;
                return Ok(Asked::Done);
            }
        };
        for note in &normalised.notes {
            debug!(source.id = %site.source.id, page.url = %pending.link.url, "{note}");
        }
        let new = NewArticle {
            article: normalised.article,
            link: pending.link.clone(),
            found: pending.found,
            fallback_date: fallback_date(pending),
            fingerprint,
            page,
            raw,
        };
        let oldest = self.clock.now().minus(DUPLICATE_WINDOW);
        match self.store.save(claim, &new, &dedup::judge, oldest).await {
            Ok(Saved::New { judgement, .. }) => {
                pass.n_stored += 1;
                pass.n_duplicates += u32::from(judgement != Judgement::New);
                Ok(Asked::Done)
            }
            Ok(Saved::Known { .. }) => Ok(Asked::Done),
            Err(error) => {
                // On a nearly full disk a small write may still work, and then the page isn't fetched over and over.
                let until = self.clock.now() + FIRST_RETRY;
                let _ = self.store.postpone(claim, &pending.link, until, &explained(&error)).await;
                Err(error)
            }
        }
    }
}

/// How long to wait before a page is asked for again; none where what the entrance told has to do.
fn retry(error: &FetchError, attempts: u32) -> Option<Duration> {
    let backoff = FIRST_RETRY * 4_u32.pow(attempts.min(8));
    match error.remedy() {
        // A network that answers for everybody (a captive portal) refuses today and not tomorrow.
        Remedy::GiveUp if !matches!(error, FetchError::Refused { .. }) => None,
        _ if is_forbidden(error) || attempts + 1 >= MAX_ATTEMPTS => None,
        Remedy::RetryAfter(wait) => Some(wait.max(FIRST_RETRY)),
        Remedy::Wait | Remedy::GiveUp => Some(backoff),
    }
}

/// Whether the site won't show the page to us, however often it's asked.
fn is_forbidden(error: &FetchError) -> bool {
    matches!(error.status(), Some(401..=403 | 406 | 451))
}

/// Whether the page isn't there, or never will be for us.
fn is_gone(error: &FetchError) -> bool {
    matches!(error.status(), Some(404 | 410))
        || (error.remedy() == Remedy::GiveUp && !matches!(error, FetchError::Refused { .. }))
}

/// Whether the page showed something else in the article's place, as it may not do tomorrow.
fn is_wall(reading: &Reading) -> bool {
    matches!(reading.article, Err(Unfit::Challenge | Unfit::ConsentWall))
}

/// The date of an article that has none: when it was first seen, and a second earlier for each place further down
/// the entrance, so that it keeps its place among its neighbours.
fn fallback_date(pending: &Pending) -> Timestamp {
    pending.found.minus(Duration::from_secs(u64::from(pending.position)))
}
