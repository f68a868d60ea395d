//! Owns the tasks and the token that stops them: a stop is graceful, and a task that dies ends the process.

use std::error::Error;
use std::future::Future;
use std::time::Duration;

use tokio::signal::unix::{Signal, SignalKind, signal};
use tokio::task::{JoinError, JoinSet};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;
use tracing::{info, warn};

/// Why the process has to end with a failure.
#[derive(Debug, thiserror::Error)]
pub enum LifecycleError {
    /// The signals of the operating system can't be listened to.
    #[error("can't listen for signals")]
    Signals(#[source] std::io::Error),
    /// A task that was to run until the stop ended before.
    #[error("the task `{0}` ended although nobody asked it to")]
    Ended(&'static str),
    /// A task failed.
    #[error("the task `{name}` failed")]
    Failed {
        /// Which one.
        name: &'static str,
        /// Why.
        #[source]
        source: Box<dyn Error + Send + Sync>,
    },
    /// A task panicked.
    #[error("a task panicked")]
    Panicked(#[source] JoinError),
    /// Not every task was done in time.
    #[error("not everything had stopped after {0:?}")]
    Late(Duration),
    /// A second signal came while tasks were stopping.
    #[error("stopped at once by a second signal")]
    Impatient,
}

type Outcome = (&'static str, Result<(), Box<dyn Error + Send + Sync>>);

/// The tasks of one process.
#[derive(Debug)]
pub struct Lifecycle {
    token: CancellationToken,
    standing: JoinSet<Outcome>,
    passing: TaskTracker,
    term: Signal,
    int: Signal,
}

/// Starts short tasks whose end is no event but which a stop waits for; cheap to clone.
#[derive(Debug, Clone)]
pub struct Tasks(TaskTracker);

impl Tasks {
    /// Starts a task that ends by itself, such as the handling of one connection.
    #[expect(clippy::disallowed_methods, reason = "this is the place: the tracker waits for it")]
    pub fn spawn<F>(&self, task: F)
    where
        F: Future<Output = ()> + Send + 'static,
    {
        tokio::spawn(self.0.track_future(task));
    }
}

impl Lifecycle {
    /// No tasks yet. From here on SIGTERM and SIGINT are kept for [`Lifecycle::run`], so make it before anybody can
    /// take the process for started.
    ///
    /// # Errors
    /// When the operating system lets nobody listen for signals.
    pub fn new() -> Result<Self, LifecycleError> {
        let listen = |kind| signal(kind).map_err(LifecycleError::Signals);
        Ok(Self {
            token: CancellationToken::new(),
            standing: JoinSet::new(),
            passing: TaskTracker::new(),
            term: listen(SignalKind::terminate())?,
            int: listen(SignalKind::interrupt())?,
        })
    }

    /// Cancelled when everything has to stop. Whoever cancels it asks for a graceful stop.
    #[must_use]
    pub fn token(&self) -> CancellationToken {
        self.token.clone()
    }

    /// A handle to start short tasks with.
    #[must_use]
    pub fn tasks(&self) -> Tasks {
        Tasks(self.passing.clone())
    }

    /// Starts a task that runs until the token is cancelled; should it end before, the process ends.
    pub fn spawn<F, E>(&mut self, name: &'static str, task: F)
    where
        F: Future<Output = Result<(), E>> + Send + 'static,
        E: Into<Box<dyn Error + Send + Sync>>,
    {
        self.standing.spawn(async move { (name, task.await.map_err(Into::into)) });
    }

    /// Waits for a signal during what comes before [`Lifecycle::run`]. Cancel-safe.
    pub async fn interrupted(&mut self) {
        tokio::select! {
            _ = self.term.recv() => {}
            _ = self.int.recv() => {}
        }
    }

    /// Waits for SIGTERM, SIGINT, a cancelled token or a task's end; then stops everything within `grace`.
    /// A second signal gives up at once.
    ///
    /// # Errors
    /// When a task failed, ended early or didn't stop in time.
    pub async fn run(mut self, grace: Duration) -> Result<(), LifecycleError> {
        // All branches are cancel-safe: signals, a token and a join set lose nothing.
        let early = tokio::select! {
            _ = self.term.recv() => { info!("Stopping on SIGTERM"); None }
            _ = self.int.recv() => { info!("Stopping on SIGINT"); None }
            () = self.token.cancelled() => None,
            Some(ended) = self.standing.join_next() => Some(ended),
        };
        let was_asked = self.token.is_cancelled();
        self.token.cancel();
        let mut failure = early.and_then(|ended| verdict(ended, was_asked));

        let drained = tokio::select! {
            () = drain(&mut self.standing, &self.passing, &mut failure) => Ok(()),
            _ = self.term.recv() => Err(LifecycleError::Impatient),
            _ = self.int.recv() => Err(LifecycleError::Impatient),
            () = wait(grace) => Err(LifecycleError::Late(grace)),
        };
        if let Err(error) = drained {
            warn!(error = &error as &dyn Error, "Stopped the hard way");
            self.standing.abort_all();
            return Err(failure.unwrap_or(error));
        }
        failure.map_or(Ok(()), Err)
    }
}

async fn drain(standing: &mut JoinSet<Outcome>, passing: &TaskTracker, failure: &mut Option<LifecycleError>) {
    while let Some(ended) = standing.join_next().await {
        if let Some(error) = verdict(ended, true) {
            failure.get_or_insert(error);
        }
    }
    passing.close();
    passing.wait().await;
}

#[expect(clippy::disallowed_methods, reason = "the grace is the machine's time, whatever the clock shows")]
async fn wait(grace: Duration) {
    tokio::time::sleep(grace).await;
}

fn verdict(ended: Result<Outcome, JoinError>, was_asked: bool) -> Option<LifecycleError> {
    match ended {
        Ok((_, Ok(()))) if was_asked => None,
        Ok((name, Ok(()))) => Some(LifecycleError::Ended(name)),
        Ok((name, Err(source))) => Some(LifecycleError::Failed { name, source }),
        Err(error) if error.is_cancelled() => None,
        Err(error) => Some(LifecycleError::Panicked(error)),
    }
}

#[cfg(test)]
mod tests {
    use std::convert::Infallible;

    use super::*;

    #[tokio::test]
    async fn a_task_that_panics_stops_the_others_and_fails_the_process() {
        let mut lifecycle = Lifecycle::new().unwrap();
        let token = lifecycle.token();
        lifecycle.spawn("steady", async move {
            token.cancelled().await;
            Ok::<_, Infallible>(())
        });
        lifecycle.spawn("faulty", async move {
            if true {
                panic!("a bug");
            }
            Ok::<_, Infallible>(())
        });

        let end = lifecycle.run(Duration::from_secs(5)).await;

        assert!(matches!(end, Err(LifecycleError::Panicked(_))), "{end:?}");
    }

    #[tokio::test]
    async fn a_task_that_ends_unasked_fails_the_process() {
        let mut lifecycle = Lifecycle::new().unwrap();
        lifecycle.spawn("short", async { Ok::<_, Infallible>(()) });

        assert!(matches!(lifecycle.run(Duration::from_secs(5)).await, Err(LifecycleError::Ended("short"))));
    }

    #[tokio::test]
    async fn a_stop_waits_for_what_is_under_way() {
        let mut lifecycle = Lifecycle::new().unwrap();
        let token = lifecycle.token();
        let (done, mut seen) = tokio::sync::oneshot::channel();
        lifecycle.tasks().spawn({
            let token = token.clone();
            async move {
                token.cancelled().await;
                tokio::task::yield_now().await;
                let _ = done.send(());
            }
        });
        lifecycle.spawn("steady", async move {
            token.cancelled().await;
            Ok::<_, Infallible>(())
        });
        lifecycle.token().cancel();

        lifecycle.run(Duration::from_secs(5)).await.unwrap();

        assert!(seen.try_recv().is_ok());
    }
}
