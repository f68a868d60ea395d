//! What is to be done by the clock and not by a source: forgetting, and a regular look at the due times.

use std::error::Error;
use std::sync::Arc;

use tokio::sync::Notify;
use tokio_cron_scheduler::{Job, JobScheduler, JobSchedulerError};
use tokio_util::sync::CancellationToken;
use tracing::{error, info};

use super::WakeUp;
use crate::store::{self, Store};

/// Looks at the due times twice a minute, whatever happened to timers while the machine slept.
const HEARTBEAT: &str = "*/30 * * * * *";
/// Forgets what is old once an hour, away from the full hour, when everybody else works.
const FORGET: &str = "0 17 * * * *";

/// Why there is no housekeeping.
#[derive(Debug, thiserror::Error)]
#[error("can't schedule the housekeeping")]
pub struct HousekeepingError(#[from] JobSchedulerError);

/// Wakes the scheduler and forgets what is old, by the clock, until `stop` is cancelled.
///
/// The jobs are few, in UTC and do nothing but send a signal, because the cron scheduler keeps a zone's offset for
/// ever, drops activations past a small channel, lets runs overlap and doesn't wait for them at the end.
///
/// # Errors
/// When the cron scheduler doesn't start.
pub async fn housekeep(
    store: Store,
    config: store::Config,
    wake_up: WakeUp,
    stop: CancellationToken,
) -> Result<(), HousekeepingError> {
    let forget = Arc::new(Notify::new());
    let mut cron = JobScheduler::new().await?;
    cron.add(Job::new(HEARTBEAT, move |_, _| wake_up.wake())?).await?;
    cron.add(Job::new(FORGET, {
        let forget = Arc::clone(&forget);
        move |_, _| forget.notify_one()
    })?)
    .await?;
    cron.start().await?;
    loop {
        // Both branches are cancel-safe.
        tokio::select! {
            () = stop.cancelled() => break,
            () = forget.notified() => {}
        }
        // A dropped prune rolls back and is done an hour later.
        let pruned = tokio::select! {
            () = stop.cancelled() => break,
            pruned = async { store.forget_future().await?; store.prune(&config).await } => pruned,
        };
        match pruned {
            Ok(pruned) => info!(pruned.n_articles, pruned.n_raw_pages, "Forgot what is old"),
            Err(error) => error!(error = &error as &dyn Error, "Can't forget old articles"),
        }
    }
    cron.shutdown().await?;
    Ok(())
}
