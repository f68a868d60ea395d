//! Reading the pages that polls have found, one after the other.

use std::time::Duration;

use tracing::debug;

use super::reading::{Reading, read_entrance, read_page};
use super::{Event, Pass, Pipeline, Site, explained};
use crate::dedup;
use crate::fetch::{Accept, Answer, FetchError, Fetched, Remedy, Request};
use crate::model::{Judgement, Timestamp};
use crate::store::{Claim, NewArticle, Pending, RawPage, Saved, StoreError};

/// Times a page is asked for before the article is made from what its entrance told.
const MAX_ATTEMPTS: u32 = 4;
/// Wait after the first failure; four times as long after each further one.
const FIRST_RETRY: Duration = Duration::from_secs(5 * 60);
/// Failures in a row that make us leave a site alone for a while.
const MAX_FAILURES_IN_A_ROW: u32 = 3;
/// Pages taken from the store at once.
const BATCH: usize = 50;
/// How far back an article is compared with others.
const DUPLICATE_WINDOW: Duration = Duration::from_secs(14 * 24 * 3600);
/// Level at which pages are kept: HTML shrinks to a fifth, and more effort gains little.
const ZSTD_LEVEL: i32 = 3;

impl Pipeline {
    /// Reads all pages that are due, in the order in which they were found.
    pub(super) async fn read_pending(&self, site: &Site, claim: &Claim, pass: &mut Pass) -> Result<(), StoreError> {
        let mut n_failures_in_a_row = 0;
        loop {
            let batch = self.store.pending(claim, BATCH).await?;
            if batch.is_empty() {
                return Ok(());
            }
            self.tell(site, Event::ToRead(u32::try_from(batch.len()).unwrap_or(u32::MAX)));
            for pending in batch {
                let wait = self.read(site, claim, &pending, pass).await?;
                self.tell(site, Event::Read);
                n_failures_in_a_row = if wait.is_some() { n_failures_in_a_row + 1 } else { 0 };
                if n_failures_in_a_row == MAX_FAILURES_IN_A_ROW {
                    let until = self.clock.now() + wait.unwrap_or(FIRST_RETRY);
                    pass.n_postponed += self.store.postpone_all(claim, until).await?;
                    return Ok(());
                }
            }
        }
    }

    /// Reads one page and stores its article. Gives the wait after which it's to be tried again if it failed.
    async fn read(
        &self,
        site: &Site,
        claim: &Claim,
        pending: &Pending,
        pass: &mut Pass,
    ) -> Result<Option<Duration>, StoreError> {
        let url = pending.link.url.as_url();
        let error = match self.fetcher.get(&Request { url, validators: None, accept: Accept::Page }).await {
            Ok(fetched) => {
                let (reading, raw) = self.read_fetched(site, pending, fetched).await;
                return self.keep(site, claim, pending, reading, raw, pass).await.map(|()| None);
            }
            Err(error) => error,
        };
        debug!(source.id = %site.source.id, page.url = %url, error = &error as &dyn std::error::Error, "Can't read a page");
        let why = explained(&error);
        match retry(&error, pending.attempts) {
            Some(wait) => {
                self.store.postpone(claim, &pending.link, self.clock.now() + wait, &why).await?;
                pass.n_postponed += 1;
                pass.error = Some(why);
                Ok(Some(wait))
            }
            None => {
                let reading = read_entrance(&pending.link, site, self.clock.now());
                pass.n_from_entrance += u32::from(reading.article.is_ok());
                self.keep(site, claim, pending, reading, None, pass).await.map(|()| None)
            }
        }
    }

    /// Runs the stages that need the processor on a thread of their own. A page that makes one of them panic
    /// costs itself: the article is made from what the entrance told.
    async fn read_fetched(&self, site: &Site, pending: &Pending, fetched: Fetched) -> (Reading, Option<RawPage>) {
        let now = self.clock.now();
        let Answer::Body { bytes, content_type } = fetched.answer else {
            return (read_entrance(&pending.link, site, now), None);
        };
        let (page, link, owned_site, keeps_raw) =
            (fetched.url, pending.link.clone(), site.clone(), self.keeps_raw_pages);
        let read = tokio::task::spawn_blocking(move || {
            let mut reading = read_page(&bytes, content_type.as_deref(), &page, &link, &owned_site, now);
            if reading.article.is_err() {
                let told = read_entrance(&link, &owned_site, now);
                if told.article.is_ok() {
                    reading = told;
                }
            }
            let zstd = keeps_raw.then(|| zstd::encode_all(bytes.as_slice(), ZSTD_LEVEL).ok()).flatten();
            let raw = zstd.map(|zstd| RawPage { url: page, content_type, fetched: now, zstd });
            (reading, raw)
        });
        match read.await {
            Ok(done) => done,
            Err(error) => {
                debug!(page.url = %pending.link.url, error = &error as &dyn std::error::Error, "A page broke the extractor");
                (read_entrance(&pending.link, site, now), None)
            }
        }
    }

    async fn keep(
        &self,
        site: &Site,
        claim: &Claim,
        pending: &Pending,
        reading: Reading,
        raw: Option<RawPage>,
        pass: &mut Pass,
    ) -> Result<(), StoreError> {
        let normalised = match reading.article {
            Ok(normalised) => normalised,
            Err(unfit) => {
                debug!(source.id = %site.source.id, page.url = %pending.link.url, reason = %unfit, "Not an article");
                self.store.dismiss(claim, &pending.link).await?;
                pass.n_dismissed += 1;
                return Ok(());
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
            fingerprint: reading.fingerprint,
            raw,
        };
        let oldest = self.clock.now().minus(DUPLICATE_WINDOW);
        if let Saved::New { judgement, .. } = self.store.save(claim, &new, &dedup::judge, oldest).await? {
            pass.n_stored += 1;
            pass.n_duplicates += u32::from(judgement != Judgement::New);
        }
        Ok(())
    }
}

/// How long to wait before a page is asked for again; none where it's given up.
fn retry(error: &FetchError, attempts: u32) -> Option<Duration> {
    let backoff = FIRST_RETRY * 4_u32.pow(attempts.min(8));
    match error.remedy() {
        Remedy::GiveUp => None,
        _ if attempts + 1 >= MAX_ATTEMPTS => None,
        Remedy::RetryAfter(wait) => Some(wait.max(FIRST_RETRY)),
        Remedy::Wait => Some(backoff),
    }
}

/// The date of an article that has none: when it was first seen, and a second earlier for each place further down
/// the entrance, so that it keeps its place among its neighbours.
fn fallback_date(pending: &Pending) -> Timestamp {
    pending.found.minus(Duration::from_secs(u64::from(pending.position)))
}
