//! The only place that asks the machine for the time or for chance; everyone else is told.

use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime};

use tokio::sync::watch;

use crate::model::Timestamp;

/// Longest single sleep on the machine's clock: after a suspended laptop or a stepped clock, the time is looked
/// at again within this.
const MAX_NAP: Duration = Duration::from_secs(30);
/// Clocks are corrected by less than this all the time.
const MAX_DRIFT: Duration = Duration::from_secs(60);

/// Tells the time; cheap to clone. Either the machine's clock or one that tests move.
#[derive(Debug, Clone)]
pub struct Clock(Kind);

#[derive(Debug, Clone)]
enum Kind {
    System { began: Instant },
    Mock(Arc<watch::Sender<Mock>>),
}

#[derive(Debug, Clone, Copy)]
struct Mock {
    now: Timestamp,
    uptime: Duration,
}

impl Clock {
    /// The machine's clock.
    #[must_use]
    #[expect(clippy::disallowed_methods, reason = "this is the place")]
    pub fn system() -> Self {
        Self(Kind::System { began: Instant::now() })
    }

    /// A clock that stands at `now` until [`Clock::advance`] moves it.
    #[must_use]
    pub fn mock(now: Timestamp) -> Self {
        Self(Kind::Mock(Arc::new(watch::Sender::new(Mock { now, uptime: Duration::ZERO }))))
    }

    /// The time now.
    #[must_use]
    #[expect(clippy::disallowed_methods, reason = "this is the place")]
    pub fn now(&self) -> Timestamp {
        match &self.0 {
            Kind::System { .. } => {
                let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
                Timestamp::EPOCH + since
            }
            Kind::Mock(hands) => hands.borrow().now,
        }
    }

    /// Time since some moment before the first question. It only grows, whatever somebody sets the clock to, and means
    /// nothing to another process.
    #[must_use]
    pub fn uptime(&self) -> Duration {
        match &self.0 {
            Kind::System { began } => began.elapsed(),
            Kind::Mock(hands) => hands.borrow().uptime,
        }
    }

    /// Sets a mock clock as somebody at the machine may: no time passes.
    pub fn set(&self, now: Timestamp) {
        if let Kind::Mock(hands) = &self.0 {
            hands.send_modify(|hands| hands.now = now);
        }
    }

    /// Moves a mock clock on and wakes who sleeps until then; the machine's clock can't be moved.
    pub fn advance(&self, by: Duration) {
        if let Kind::Mock(hands) = &self.0 {
            hands.send_modify(|hands| {
                hands.now = hands.now + by;
                hands.uptime += by;
            });
        }
    }

    /// Waits until the clock shows `due` or later. Cancel-safe.
    #[expect(clippy::disallowed_methods, reason = "this is the place")]
    pub async fn sleep_until(&self, due: Timestamp) {
        match &self.0 {
            Kind::System { .. } => loop {
                let wait = due.since(self.now());
                if wait.is_zero() {
                    return;
                }
                tokio::time::sleep(wait.min(MAX_NAP)).await;
            },
            Kind::Mock(hands) => {
                // The sender lives in `self`, so the channel can't close while this waits.
                let _ = hands.subscribe().wait_for(|hands| hands.now >= due).await;
            }
        }
    }

    /// Waits so long, whatever somebody sets the clock to. Cancel-safe.
    #[expect(clippy::disallowed_methods, reason = "this is the place")]
    pub async fn sleep(&self, wait: Duration) {
        match &self.0 {
            Kind::System { .. } => tokio::time::sleep(wait).await,
            Kind::Mock(hands) => {
                let due = self.uptime() + wait;
                let _ = hands.subscribe().wait_for(|hands| hands.uptime >= due).await;
            }
        }
    }
}

/// Notices when somebody sets the clock.
#[derive(Debug)]
pub struct Hands {
    clock: Clock,
    now: Timestamp,
    uptime: Duration,
}

impl Hands {
    /// Looks at the clock.
    #[must_use]
    pub fn of(clock: &Clock) -> Self {
        Self { now: clock.now(), uptime: clock.uptime(), clock: clock.clone() }
    }

    /// What the clock would show and what it shows, if somebody has set it since it was last looked at, or the
    /// machine slept. Corrections of less than a minute go unnoticed.
    pub fn moved(&mut self) -> Option<(Timestamp, Timestamp)> {
        let last = std::mem::replace(self, Self::of(&self.clock));
        let expected = last.now + self.uptime.saturating_sub(last.uptime);
        let drift = expected.since(self.now).max(self.now.since(expected));
        (drift > MAX_DRIFT).then_some((expected, self.now))
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

    #[test]
    fn a18_a_clock_that_is_set_is_noticed_and_one_that_goes_is_not() {
        let start = Timestamp::from_millis(1_700_000_000_000);
        let hour = Duration::from_secs(3600);
        let clock = Clock::mock(start);
        let mut hands = Hands::of(&clock);

        clock.advance(hour);
        assert_eq!(hands.moved(), None);
        // A leap second is a second that comes twice.
        clock.set((start + hour).minus(Duration::from_secs(1)));
        assert_eq!(hands.moved(), None);
        clock.advance(hour);
        let expected = clock.now();
        clock.set(start);
        assert_eq!(hands.moved(), Some((expected, start)));
        assert_eq!(hands.moved(), None);
    }

    #[tokio::test]
    async fn a_mock_clock_wakes_its_sleepers_when_it_is_moved() {
        let clock = Clock::mock(Timestamp::EPOCH);
        let due = Timestamp::EPOCH + Duration::from_secs(60);

        tokio::join!(clock.sleep_until(due), async { clock.advance(Duration::from_secs(60)) });

        assert_eq!(clock.now(), due);
    }
}
