//! What a feed itself wishes of those who poll it.

use std::time::Duration;

use chrono::{Datelike, Timelike};
use serde::{Deserialize, Serialize};

use super::Timestamp;

/// Longest that any wish of a feed puts a poll off: contradictory ones must not silence a source.
const MAX_WAIT: Duration = Duration::from_secs(7 * 24 * 3600);
const HOUR: Duration = Duration::from_secs(3600);

/// What a feed wishes: RSS `ttl`, `skipHours`, `skipDays` and the syndication module.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Pace {
    /// Least time between two polls, in seconds.
    pub floor_secs: u64,
    /// Hours in UTC without news, a bit each.
    pub skip_hours: u32,
    /// Days of the week in UTC without news, a bit each, Monday first.
    pub skip_days: u8,
}

impl Pace {
    /// Whether it wishes for nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// The first time from `due` on at which the feed wants to be polled again after a poll at `began`; `due` itself
    /// where the wishes leave no time within a week.
    #[must_use]
    pub fn put_off(&self, began: Timestamp, due: Timestamp) -> Timestamp {
        let earliest = due.max(began + Duration::from_secs(self.floor_secs).min(MAX_WAIT));
        let latest = due.max(began + MAX_WAIT);
        let mut next = earliest;
        while next <= latest {
            let at = next.to_datetime();
            let is_skipped_hour = self.skip_hours & (1 << at.hour()) != 0;
            let is_skipped_day = self.skip_days & (1 << at.weekday().num_days_from_monday()) != 0;
            if !is_skipped_hour && !is_skipped_day {
                return next;
            }
            // Whole hours, so that sources that wait for one hour don't start as one.
            next = next + HOUR;
        }
        earliest
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a15_wishes_put_off_and_never_silence() {
        // A Monday, 10:30.
        let began = Timestamp::from(chrono::DateTime::parse_from_rfc3339("2026-03-02T10:30:00Z").unwrap().to_utc());
        let hours = |n: u64| Duration::from_secs(n * 3600);
        for (pace, expected) in [
            (Pace::default(), hours(1)),
            (Pace { floor_secs: 7200, ..Pace::default() }, hours(2)),
            (Pace { floor_secs: u64::MAX, ..Pace::default() }, hours(168)),
            (Pace { skip_hours: 1 << 11 | 1 << 12, ..Pace::default() }, hours(3)),
            (Pace { skip_days: 1, ..Pace::default() }, hours(14)),
            (Pace { skip_hours: (1 << 24) - 1, ..Pace::default() }, hours(1)),
            (Pace { skip_days: 127, floor_secs: 7200, ..Pace::default() }, hours(2)),
        ] {
            assert_eq!(pace.put_off(began, began + hours(1)).since(began), expected, "{pace:?}");
        }
        assert_eq!(
            Pace { skip_days: 1, ..Pace::default() }.put_off(began, began + hours(500)).since(began),
            hours(500)
        );
    }
}
