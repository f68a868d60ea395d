//! When: claims, cron, pacing.
//!
//! The due times in the store decide; cron jobs only wake the loop, so a missed or doubled wake-up costs nothing.

mod config;
mod housekeeping;
mod places;
mod queue;

use std::collections::HashMap;
use std::error::Error;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{Notify, watch};
use tokio::task::{JoinError, JoinSet};
use tokio_util::sync::CancellationToken;
use tracing::{debug, error, info, warn};

use crate::clock::{Clock, Hands};
use crate::model::{SourceId, Timestamp};
use crate::pipeline::{LEASE, Pass, Pipeline, Site};
use crate::store::{Store, StoreError};
use places::{Place, Places};
use queue::{Queue, Turn};

pub use config::Config;
pub use housekeeping::{HousekeepingError, housekeep};

/// Rest after the database failed, so that a full disk doesn't fill the log as well.
const REST: Duration = Duration::from_secs(10);

/// Least time between two looks at the store that may find little. Many sources a second fall due one by one; looked
/// for one by one they would cost more than asking them does.
const BREATH: Duration = Duration::from_millis(200);
/// Sources claimed at once, at least: a claim is a commit.
const BATCH: usize = 32;

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
    /// Requests that one host may be asked at a time: more passes than that would only stand in line there.
    pub per_host: usize,
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
        let places = Places::new(workers, scheduler.clock.clone());
        let mut queue = Queue::new(scheduler.per_host);
        // Each pass is a task of its own. As futures of this task they would stand still while it waits for the
        // database, and one of them may be holding what it waits for.
        let mut passes = JoinSet::new();
        let mut look_at = Some(Timestamp::EPOCH);
        let mut renew_at = scheduler.clock.uptime() + LEASE / 3;
        let mut hands = Hands::of(&scheduler.clock);
        let mut moved = None;
        info!(n_sources = scheduler.sites.borrow().len(), workers, "Reading sources on schedule");
        while !stop.is_cancelled() {
            // Listen before looking, or a wake-up between the two is lost.
            let woken = scheduler.wake_up.0.notified();
            // Leases are renewed every 20 s of time that nobody can set, so the clock is looked at as often.
            moved = joined(moved, hands.moved());
            if let Some((before, now)) = moved {
                look_at = Some(match scheduler.store.clock_was_set(before, now).await {
                    Ok(()) => {
                        warn!("The clock was set from {before} to {now}, or this machine slept; due times follow");
                        moved = None;
                        Timestamp::EPOCH
                    }
                    Err(error) => {
                        error!(error = &error as &dyn Error, "Can't follow the clock; trying again in {REST:?}");
                        now + REST
                    }
                });
            }
            while queue.is_ready()
                && let Some(place) = places.take()
                && let Some(turn) = queue.next()
            {
                passes.spawn(Arc::clone(&scheduler).pass(turn, place, stop.clone()));
            }
            let is_hungry = places.is_free() && !queue.is_ready();
            if is_hungry && look_at.is_some_and(|at| at <= scheduler.clock.now()) {
                look_at = scheduler.look(&mut queue, workers.max(BATCH)).await;
                continue;
            }
            // All branches are cancel-safe; an unfinished pass stays in the set.
            tokio::select! {
                () = stop.cancelled() => break,
                Some(done) = passes.join_next() => {
                    queue.done(done.map_err(ScheduleError::Panicked)?);
                    // It may have left pages, or be due again.
                    look_at = earlier(look_at, scheduler.clock.now() + BREATH);
                }
                () = places.freed() => {}
                () = woken => look_at = Some(Timestamp::EPOCH),
                () = scheduler.sleep_until(look_at), if is_hungry => {}
                () = scheduler.clock.sleep(renew_at.saturating_sub(scheduler.clock.uptime())) => {
                    scheduler.renew(&queue).await;
                    renew_at = scheduler.clock.uptime() + LEASE / 3;
                }
            }
        }
        if let Err(error) = scheduler.store.release_all(&queue.claims()).await {
            error!(error = &error as &dyn Error, "Can't give back what waited; it rests for {LEASE:?}");
        }
        while let Some(done) = passes.join_next().await {
            done.map_err(ScheduleError::Panicked)?;
        }
        Ok(())
    }

    /// Claims what is due into the queue, and tells when to look again.
    async fn look(&self, queue: &mut Queue, limit: usize) -> Option<Timestamp> {
        let now = self.clock.now();
        match self.store.claim_due(limit, LEASE).await {
            Ok(claims) => {
                let n_claims = claims.len();
                claims.into_iter().for_each(|claim| queue.add(claim));
                if n_claims == limit {
                    return Some(now);
                }
            }
            Err(error) => {
                error!(error = &error as &dyn Error, "Can't find out what is due; trying again in {REST:?}");
                return Some(now + REST);
            }
        }
        // What is claimed must be worked on, also when this question fails.
        match self.store.next_wake().await {
            Ok(next) => next.map(|next| next.max(now + BREATH)),
            Err(_) => Some(now + REST),
        }
    }

    /// Keeps the claims of those who wait; who lost one finds out when its turn comes.
    async fn renew(&self, queue: &Queue) {
        if let Err(error) = self.store.renew_all(&queue.claims(), LEASE).await {
            error!(error = &error as &dyn Error, "Can't keep the leases of sources that wait for their turn");
        }
    }

    /// Goes through with a turn; gives the name of its host.
    async fn pass(self: Arc<Self>, turn: Turn, place: Place, stop: CancellationToken) -> String {
        place.occupy(self.take_turn(&turn, &stop)).await;
        turn.host
    }

    async fn take_turn(&self, turn: &Turn, stop: &CancellationToken) {
        let claim = &turn.claim;
        // In the middle of a reload the claim may be for another address than the one we know.
        let site = self.sites.borrow().get(&claim.source).filter(|site| site.source.url == claim.url).cloned();
        let done = match site {
            Some(site) => self.pipeline.pass_among(&turn.crowd, &site, claim, stop).await,
            // It has just left the configuration, or moved.
            None => self.store.release(claim).await.map(|()| Pass::default()),
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

fn earlier(at: Option<Timestamp>, other: Timestamp) -> Option<Timestamp> {
    Some(at.map_or(other, |at| at.min(other)))
}

/// A jump that couldn't be followed yet, and perhaps one more: as if there had been one.
fn joined(
    pending: Option<(Timestamp, Timestamp)>,
    moved: Option<(Timestamp, Timestamp)>,
) -> Option<(Timestamp, Timestamp)> {
    match (pending, moved) {
        (Some((before, then)), Some((expected, now))) => Some((before + expected.since(then), now)),
        (pending, moved) => moved.or(pending),
    }
}
