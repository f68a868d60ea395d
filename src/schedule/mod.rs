//! When: claims, cron, pacing.
//!
//! The due times in the store decide; cron jobs only wake the loop, so a missed or doubled wake-up costs nothing.

mod config;
mod housekeeping;

use std::collections::HashMap;
use std::error::Error;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{Notify, watch};
use tokio::task::{JoinError, JoinSet};
use tokio_util::sync::CancellationToken;
use tracing::{debug, error, info};

use crate::clock::Clock;
use crate::model::{SourceId, Timestamp};
use crate::pipeline::{LEASE, Pass, Pipeline, Site};
use crate::store::{Claim, Store, StoreError};

pub use config::Config;
pub use housekeeping::{HousekeepingError, housekeep};

/// Rest after the database failed, so that a full disk doesn't fill the log as well.
const REST: Duration = Duration::from_secs(10);

/// The sources by name, as the configuration has them now.
pub type Sites = Arc<HashMap<SourceId, Arc<Site>>>;

/// Wakes the scheduler before its time; cheap to clone. Carries no data: the work is found in the store.
#[derive(Debug, Clone, Default)]
pub struct WakeUp(Arc<Notify>);

impl WakeUp {
    /// Nobody is awake yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Makes the scheduler look at the store now, or once more if it's just looking.
    pub fn wake(&self) {
        self.0.notify_one();
    }
}

/// Claims due sources and sends them through the pipeline until it's stopped.
pub struct Scheduler {
    /// Where the due times are.
    pub store: Store,
    /// What a source goes through.
    pub pipeline: Pipeline,
    /// What time it is.
    pub clock: Clock,
    /// The sources, replaced as a whole when the configuration is read again.
    pub sites: watch::Receiver<Sites>,
    /// How to be woken.
    pub wake_up: WakeUp,
    /// How many at a time.
    pub config: Config,
}

/// Why the scheduler ended.
#[derive(Debug, thiserror::Error)]
pub enum ScheduleError {
    /// A pass panicked: a bug, and nobody knows what it left undone.
    #[error("reading a source panicked")]
    Panicked(#[source] JoinError),
}

impl Scheduler {
    /// Runs until `stop` is cancelled, then until the passes under way have given their claims back. A failing source
    /// or a failing database is logged and tried again.
    ///
    /// # Errors
    /// When a pass panicked.
    pub async fn run(self, stop: CancellationToken) -> Result<(), ScheduleError> {
        let scheduler = Arc::new(self);
        let workers = scheduler.config.workers.max(1);
        // Each pass is a task of its own. As futures of this task they would stand still while it waits for the
        // database, and one of them may be holding what it waits for.
        let mut passes = JoinSet::new();
        info!(n_sources = scheduler.sites.borrow().len(), workers, "Reading sources on schedule");
        while !stop.is_cancelled() {
            // Listen before looking, or a wake-up between the two is lost.
            let woken = scheduler.wake_up.0.notified();
            let next = match scheduler.claim(workers - passes.len()).await {
                Ok((claims, next)) => {
                    for claim in claims {
                        passes.spawn(Arc::clone(&scheduler).pass(claim, stop.clone()));
                    }
                    next
                }
                Err(error) => {
                    error!(error = &error as &dyn Error, "Can't find out what is due; trying again in {REST:?}");
                    Some(scheduler.clock.now() + REST)
                }
            };
            let is_full = passes.len() >= workers;
            // All branches are cancel-safe; an unfinished pass stays in the set.
            tokio::select! {
                () = stop.cancelled() => break,
                Some(done) = passes.join_next() => done.map_err(ScheduleError::Panicked)?,
                () = woken => {}
                () = scheduler.sleep_until(next), if !is_full => {}
            }
        }
        while let Some(done) = passes.join_next().await {
            done.map_err(ScheduleError::Panicked)?;
        }
        Ok(())
    }

    /// Claims what is due, and tells when there will be more.
    async fn claim(&self, n_free: usize) -> Result<(Vec<Claim>, Option<Timestamp>), StoreError> {
        let claims = if n_free == 0 { Vec::new() } else { self.store.claim_due(n_free, LEASE).await? };
        // What is claimed must be worked on, also when this question fails.
        let next = self.store.next_wake().await.unwrap_or_else(|_| Some(self.clock.now() + REST));
        Ok((claims, next))
    }

    async fn pass(self: Arc<Self>, claim: Claim, stop: CancellationToken) {
        // In the middle of a reload the claim may be for another address than the one we know.
        let site = self.sites.borrow().get(&claim.source).filter(|site| site.source.url == claim.url).cloned();
        let done = match site {
            Some(site) => self.pipeline.pass(&site, &claim, &stop).await,
            // It has just left the configuration, or moved.
            None => self.store.release(&claim).await.map(|()| Pass::default()),
        };
        match done {
            Ok(_) => {}
            Err(StoreError::Fenced(id)) => debug!(source.id = %id, "Another worker has taken the source over"),
            Err(error) => {
                let id = &claim.source;
                error!(source.id = %id, error = &error as &dyn Error, "Can't store what the source `{id}` has");
                tokio::select! {
                    () = self.clock.sleep(REST) => {}
                    () = stop.cancelled() => {}
                }
            }
        }
    }

    async fn sleep_until(&self, due: Option<Timestamp>) {
        match due {
            Some(due) => self.clock.sleep_until(due).await,
            None => std::future::pending().await,
        }
    }
}
