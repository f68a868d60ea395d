//! The only place that asks the machine for the time or for chance; everyone else is told.

use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime};

use tokio::sync::watch;

use crate::model::Timestamp;

/// Longest single sleep on the machine's clock: after a suspended laptop or a stepped clock, the time is looked
/// at again within this.
const MAX_NAP: Duration = Duration::from_secs(30);

/// Tells the time; cheap to clone. Either the machine's clock or one that tests move.
#[derive(Debug, Clone)]
pub struct Clock(Hands);

#[derive(Debug, Clone)]
enum Hands {
    System,
    Mock(Arc<watch::Sender<Timestamp>>),
}

impl Clock {
    /// The machine's clock.
    #[must_use]
    pub fn system() -> Self {
        Self(Hands::System)
    }

    /// A clock that stands at `now` until [`Clock::advance`] moves it.
    #[must_use]
    pub fn mock(now: Timestamp) -> Self {
        Self(Hands::Mock(Arc::new(watch::Sender::new(now))))
    }

    /// The time now.
    #[must_use]
    #[expect(clippy::disallowed_methods, reason = "this is the place")]
    pub fn now(&self) -> Timestamp {
        match &self.0 {
            Hands::System => {
                let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
                Timestamp::EPOCH + since
            }
            Hands::Mock(now) => *now.borrow(),
        }
    }

    /// Moves a mock clock on and wakes who sleeps until then; the machine's clock can't be moved.
    pub fn advance(&self, by: Duration) {
        if let Hands::Mock(now) = &self.0 {
            now.send_modify(|now| *now = *now + by);
        }
    }

    /// Waits until the clock shows `due` or later. Cancel-safe.
    #[expect(clippy::disallowed_methods, reason = "this is the place")]
    pub async fn sleep_until(&self, due: Timestamp) {
        match &self.0 {
            Hands::System => loop {
                let wait = due.since(self.now());
                if wait.is_zero() {
                    return;
                }
                tokio::time::sleep(wait.min(MAX_NAP)).await;
            },
            Hands::Mock(now) => {
                // The sender lives in `self`, so the channel can't close while this waits.
                let _ = now.subscribe().wait_for(|now| *now >= due).await;
            }
        }
    }

    /// Waits so long. Cancel-safe.
    pub async fn sleep(&self, wait: Duration) {
        self.sleep_until(self.now() + wait).await;
    }
}

/// Measures how long something took on this machine, whatever the clock shows.
#[derive(Debug, Clone, Copy)]
pub struct Stopwatch(Instant);

impl Stopwatch {
    /// Starts now.
    #[must_use]
    #[expect(clippy::disallowed_methods, reason = "this is the place")]
    pub fn start() -> Self {
        Self(Instant::now())
    }

    /// Time since the start.
    #[must_use]
    pub fn elapsed(&self) -> Duration {
        self.0.elapsed()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_mock_clock_wakes_its_sleepers_when_it_is_moved() {
        let clock = Clock::mock(Timestamp::EPOCH);
        let due = Timestamp::EPOCH + Duration::from_secs(60);

        tokio::join!(clock.sleep_until(due), async { clock.advance(Duration::from_secs(60)) });

        assert_eq!(clock.now(), due);
    }
}
