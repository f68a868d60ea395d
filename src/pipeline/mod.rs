//! Carries a source through the stages; the only module that knows their order.
//!
//! A pass has two steps that may come apart: the poll asks the entrance and stores new links as pending; reading
//! takes pending links one by one, page by page. A killed process leaves pending links behind, and the next pass
//! goes on with them without asking the entrance again.

mod barrier;
mod crowd;
mod entrance;
mod explain;
mod look_around;
mod pages;
mod poll;
mod probe;
mod reading;
mod site;

use std::error::Error;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::Semaphore;
use tokio::task::JoinError;
use tokio_util::sync::CancellationToken;
use tracing::{debug, info, warn};

use crate::clock::{Clock, Stopwatch};
use crate::fetch::Fetcher;
use crate::model::{SourceId, Trouble};
use crate::store::{Claim, Outcome, Store, StoreError};

pub use crowd::Crowd;
pub use explain::{Unpacking, explain};
pub use probe::{Entrance, Probe, Sample, Unread, probe};
pub use reading::{Reading, read_page, read_page_explained};
pub use site::Site;

/// How long a claim holds without being renewed: the longest that a source rests after its worker was killed.
pub const LEASE: Duration = Duration::from_secs(60);

/// After so long a pass leaves the rest of its pages to the next one: sources of one slow host mustn't take all places,
/// and no source's own entrance may rest for hours while its archive is read.
const BUDGET: Duration = Duration::from_secs(5 * 60);
/// How long an entrance that was asked may still answer after a stop.
const LAST_MOMENT: Duration = Duration::from_secs(6);

/// What a pass over a source came to.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Pass {
    /// How the poll ended; none where only pages were due.
    pub outcome: Option<Outcome>,
    /// Links the entrance named.
    pub n_found: u32,
    /// Links among them that were new.
    pub n_new: u32,
    /// New links beyond what a source may bring in a day.
    pub n_left_out: u32,
    /// Articles stored.
    pub n_stored: u32,
    /// Articles among them that another source had.
    pub n_duplicates: u32,
    /// Articles among them made from what the entrance told, since their page couldn't be read.
    pub n_from_entrance: u32,
    /// Links that turned out to be no articles.
    pub n_dismissed: u32,
    /// Pages put off, to be tried again.
    pub n_postponed: u32,
    /// Pages that aren't republished, since they ask for that.
    pub n_withheld: u32,
    /// What they ask, in their words.
    pub withheld: Option<String>,
    /// Why the poll failed, or the last page that did.
    pub error: Option<String>,
    /// What kind of failure the poll's was.
    pub trouble: Option<Trouble>,
    /// Whether the poll before failed in the same way: said once, it needn't be said again.
    pub is_old_news: bool,
    /// A selector of `extract` that found nothing, as configured, and on how many pages.
    pub dead_selector: Option<(String, u32)>,
}

/// Whether a pass still has its claim.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Hold {
    Kept,
    GivenBack,
}

/// What happens during a pass, for whoever watches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Event {
    /// The entrance is being asked.
    Polling,
    /// So many pages are to be read.
    ToRead(u32),
    /// One of them was.
    Read,
}

/// Called with each event; must return at once.
pub type Observer = Arc<dyn Fn(&SourceId, Event) + Send + Sync>;

/// The stages with what they share; cheap to clone.
#[derive(Clone)]
pub struct Pipeline {
    store: Store,
    fetcher: Fetcher,
    clock: Clock,
    keeps_raw_pages: bool,
    /// As many pages are parsed at a time as there are processors: more would only take more memory.
    desks: Arc<Semaphore>,
    /// Longest time for the pages of one pass.
    budget: Option<Duration>,
    observer: Option<Observer>,
}

impl Pipeline {
    /// A pipeline over a store and a client.
    #[must_use]
    pub fn new(store: Store, fetcher: Fetcher, clock: Clock, keeps_raw_pages: bool) -> Self {
        let n_desks = std::thread::available_parallelism().map_or(1, usize::from).max(2);
        let desks = Arc::new(Semaphore::new(n_desks));
        Self { store, fetcher, clock, keeps_raw_pages, desks, budget: Some(BUDGET), observer: None }
    }

    /// The same pipeline, which goes on until a source has nothing more to read.
    #[must_use]
    pub fn unhurried(mut self) -> Self {
        self.budget = None;
        self
    }

    /// The same pipeline, watched.
    #[must_use]
    pub fn observed(mut self, observer: Observer) -> Self {
        self.observer = Some(observer);
        self
    }

    /// Does what is due for a claimed source and gives the claim back. Once `stop` is cancelled, a page under way
    /// is dropped, since it stays pending, but an entrance that was asked gets a moment to answer, since it won't be
    /// asked again before its time.
    ///
    /// # Errors
    /// When the store fails, or the lease was lost to somebody else.
    pub async fn pass(&self, site: &Site, claim: &Claim, stop: &CancellationToken) -> Result<Pass, StoreError> {
        self.pass_among(&Crowd::none(), site, claim, stop).await
    }

    /// The same where others may wait for the host.
    ///
    /// # Errors
    /// As [`Pipeline::pass`].
    pub async fn pass_among(
        &self,
        crowd: &Crowd,
        site: &Site,
        claim: &Claim,
        stop: &CancellationToken,
    ) -> Result<Pass, StoreError> {
        let watch = Stopwatch::start();
        let mut pass = Pass::default();
        // A dropped step loses nothing: a fetch frees its slot, a transaction rolls back.
        let done = tokio::select! {
            done = self.steps(crowd, site, claim, &mut pass, stop) => done,
            lost = self.keep_lease(claim) => Err(lost),
        };
        if !matches!(done, Ok(Hold::GivenBack)) {
            let released = self.store.release(claim).await;
            done?;
            released?;
        }
        log(site, &pass, watch.elapsed());
        Ok(pass)
    }

    async fn steps(
        &self,
        crowd: &Crowd,
        site: &Site,
        claim: &Claim,
        pass: &mut Pass,
        stop: &CancellationToken,
    ) -> Result<Hold, StoreError> {
        if claim.is_poll_due {
            self.tell(site, Event::Polling);
            let hold = tokio::select! {
                done = self.poll(site, claim, pass) => done?,
                () = self.last_moment(stop) => return Ok(Hold::Kept),
            };
            if hold == Hold::GivenBack || crowd.waits() {
                return Ok(hold);
            }
        }
        tokio::select! {
            done = self.read_pending(crowd, site, claim, pass) => done?,
            () = stop.cancelled() => {}
        }
        Ok(Hold::Kept)
    }

    /// Runs what needs the processor on a thread of its own, in its turn. A future that is dropped leaves the turn to
    /// the next one only when its work is done.
    async fn at_a_desk<T, F>(&self, work: F) -> Result<T, JoinError>
    where
        T: Send + 'static,
        F: FnOnce() -> T + Send + 'static,
    {
        // Nobody closes it; without a desk the work is done all the same.
        let desk = Arc::clone(&self.desks).acquire_owned().await.ok();
        tokio::task::spawn_blocking(move || {
            let done = work();
            drop(desk);
            done
        })
        .await
    }

    async fn last_moment(&self, stop: &CancellationToken) {
        stop.cancelled().await;
        self.clock.sleep(LAST_MOMENT).await;
    }

    /// Renews the lease until that fails.
    async fn keep_lease(&self, claim: &Claim) -> StoreError {
        loop {
            self.clock.sleep(LEASE / 3).await;
            if let Err(error) = self.store.renew(claim, LEASE).await {
                return error;
            }
        }
    }

    /// Stores what was learned of hosts, so that a killed process doesn't forget its manners.
    async fn remember_hosts(&self) -> Result<(), StoreError> {
        let (hosts, robots) = self.fetcher.take_changes();
        self.store.remember_hosts(&hosts, &robots).await
    }

    fn tell(&self, site: &Site, event: Event) {
        if let Some(observer) = &self.observer {
            observer(&site.source.id, event);
        }
    }
}

fn log(site: &Site, pass: &Pass, took: Duration) {
    let (id, url) = (&site.source.id, &site.source.url);
    let took_ms = u64::try_from(took.as_millis()).unwrap_or(u64::MAX);
    if let Some((selector, n_pages)) = &pass.dead_selector {
        warn!(source.id = %id, n_pages, "{selector} of the source `{id}` finds nothing on {n_pages} of {} pages", pass.n_stored);
    }
    if pass.n_left_out > 0 {
        let n_left_out = pass.n_left_out;
        warn!(source.id = %id, n_left_out, "The source `{id}` shows more new links than a day can have; {n_left_out} wait");
    }
    match (pass.outcome, &pass.error) {
        (Some(Outcome::Failed), Some(error)) if pass.is_old_news => {
            debug!(source.id = %id, source.url = %url, took_ms, "Still can't read the source `{id}`: {error}");
        }
        (Some(Outcome::Failed), Some(error)) => {
            let trouble = pass.trouble.map_or("", Trouble::as_str);
            warn!(source.id = %id, source.url = %url, trouble, took_ms, "Can't read the source `{id}`: {error}");
        }
        (None, Some(error)) if pass.n_stored == 0 => {
            warn!(source.id = %id, n_postponed = pass.n_postponed, took_ms, "Can't read pages of the source `{id}`: {error}");
        }
        _ if pass.outcome.is_some() || pass.n_stored + pass.n_dismissed + pass.n_withheld > 0 => info!(
            source.id = %id,
            n_found = pass.n_found,
            n_new = pass.n_new,
            n_stored = pass.n_stored,
            n_duplicates = pass.n_duplicates,
            n_postponed = pass.n_postponed,
            n_dismissed = pass.n_dismissed,
            n_withheld = pass.n_withheld,
            took_ms,
            "Read the source `{id}`"
        ),
        _ => debug!(source.id = %id, took_ms, "Had nothing to do for the source `{id}`"),
    }
}

/// An error with its causes on one line, for people.
#[must_use]
pub fn explained(error: &dyn Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        text.push_str(": ");
        text.push_str(&error.to_string());
        cause = error.source();
    }
    text
}
