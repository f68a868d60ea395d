//! A point in time as its publisher's clock shows it.

use chrono::{FixedOffset, NaiveDate, SecondsFormat};
use serde::{Serialize, Serializer};

use super::Timestamp;

/// A point in time with its distance from UTC, so that the day a reader saw isn't lost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LocalTime {
    at: Timestamp,
    offset: FixedOffset,
}

impl LocalTime {
    /// Minutes between UTC and any clock that people use (Kiribati's is the farthest).
    const MAX_OFFSET_MIN: i32 = 14 * 60;

    /// The time on a clock so many minutes ahead of UTC (behind it if negative); of no clock on Earth, that of UTC.
    #[must_use]
    pub fn new(at: Timestamp, minutes_east: i32) -> Self {
        let minutes = if minutes_east.abs() <= Self::MAX_OFFSET_MIN { minutes_east } else { 0 };
        Self { at, offset: FixedOffset::east_opt(minutes * 60).unwrap_or(FixedOffset::east_opt(0).expect("UTC")) }
    }

    /// The point in time.
    #[must_use]
    pub fn at(self) -> Timestamp {
        self.at
    }

    /// Minutes that its clock is ahead of UTC; negative behind it.
    #[must_use]
    pub fn minutes_east(self) -> i32 {
        self.offset.local_minus_utc() / 60
    }

    /// The day on its clock.
    #[must_use]
    pub fn day(self) -> NaiveDate {
        self.at.to_datetime().with_timezone(&self.offset).date_naive()
    }

    /// As RFC 3339 writes it, with its offset; `Z` for UTC.
    #[must_use]
    pub fn rfc3339(self) -> String {
        self.at.to_datetime().with_timezone(&self.offset).to_rfc3339_opts(SecondsFormat::AutoSi, true)
    }
}

impl Serialize for LocalTime {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.rfc3339())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_day_is_the_publishers() {
        let late = Timestamp::from_millis(1_732_077_000_000);

        assert_eq!(LocalTime::new(late, 0).rfc3339(), "2024-11-20T04:30:00Z");
        assert_eq!(LocalTime::new(late, -300).rfc3339(), "2024-11-19T23:30:00-05:00");
        assert_eq!(LocalTime::new(late, -300).day().to_string(), "2024-11-19");
        assert_eq!(LocalTime::new(late, 330).rfc3339(), "2024-11-20T10:00:00+05:30");
        assert_eq!(LocalTime::new(late, 9999).minutes_east(), 0);
    }
}
