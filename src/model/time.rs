//! A point in time, in UTC, to the millisecond.

use std::fmt;
use std::ops::Add;
use std::time::Duration;

use chrono::{DateTime, SecondsFormat, Utc};
use serde::{Deserialize, Serialize};

/// Milliseconds since 1970-01-01T00:00:00Z, always within the years 1 to 9999, so that every feed
/// format can write it with a four-digit year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp(i64);

impl Timestamp {
    /// 1970-01-01T00:00:00Z.
    pub const EPOCH: Self = Self(0);
    /// 0001-01-01T00:00:00Z, in milliseconds.
    const MIN_MS: i64 = -62_135_596_800_000;
    /// 9999-12-31T23:59:59.999Z, in milliseconds.
    const MAX_MS: i64 = 253_402_300_799_999;

    /// The time so many milliseconds after the epoch, moved into the years 1 to 9999.
    #[must_use]
    pub fn from_millis(ms: i64) -> Self {
        Self(ms.clamp(Self::MIN_MS, Self::MAX_MS))
    }

    /// Milliseconds since the epoch.
    #[must_use]
    pub fn as_millis(self) -> i64 {
        self.0
    }

    /// The same point in time as chrono's type.
    #[must_use]
    pub fn to_datetime(self) -> DateTime<Utc> {
        DateTime::from_timestamp_millis(self.0).unwrap_or(DateTime::UNIX_EPOCH)
    }

    /// As RFC 3339 writes it, in UTC; milliseconds only where there are any.
    #[must_use]
    pub fn rfc3339(self) -> String {
        self.to_datetime().to_rfc3339_opts(SecondsFormat::AutoSi, true)
    }

    /// As RFC 822 and RSS write it: four-digit year, numeric zone.
    #[must_use]
    pub fn rfc2822(self) -> String {
        self.to_datetime().to_rfc2822()
    }

    /// As `Last-Modified` writes it (RFC 9110, section 5.6.7).
    #[must_use]
    pub fn http_date(self) -> String {
        self.to_datetime().format("%a, %d %b %Y %H:%M:%S GMT").to_string()
    }

    /// How long after `earlier` this is; zero where it isn't later.
    #[must_use]
    pub fn since(self, earlier: Self) -> Duration {
        Duration::from_millis(u64::try_from(self.0 - earlier.0).unwrap_or(0))
    }

    /// So much earlier, not before the year 1.
    #[must_use]
    pub fn minus(self, duration: Duration) -> Self {
        Self::from_millis(self.0.saturating_sub(millis(duration)))
    }
}

impl From<DateTime<Utc>> for Timestamp {
    fn from(value: DateTime<Utc>) -> Self {
        Self::from_millis(value.timestamp_millis())
    }
}

impl Add<Duration> for Timestamp {
    type Output = Self;

    /// So much later, not after the year 9999.
    fn add(self, duration: Duration) -> Self {
        Self::from_millis(self.0.saturating_add(millis(duration)))
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.rfc3339())
    }
}

impl Serialize for Timestamp {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.rfc3339())
    }
}

impl<'de> Deserialize<'de> for Timestamp {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        DateTime::parse_from_rfc3339(&text)
            .map(|date| date.with_timezone(&Utc).into())
            .map_err(serde::de::Error::custom)
    }
}

fn millis(duration: Duration) -> i64 {
    i64::try_from(duration.as_millis()).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_out_of_range_is_moved_to_the_nearest_writable_one() {
        let far = Timestamp::from_millis(i64::MAX);

        assert_eq!(far.rfc3339(), "9999-12-31T23:59:59.999Z");
        assert_eq!((far + Duration::MAX).rfc3339(), "9999-12-31T23:59:59.999Z");
        assert_eq!(Timestamp::from_millis(i64::MIN).rfc3339(), "0001-01-01T00:00:00Z");
    }

    #[test]
    fn every_format_names_the_same_second() {
        let time = Timestamp::from_millis(1_732_000_000_000);

        assert_eq!(time.rfc3339(), "2024-11-19T07:06:40Z");
        assert_eq!(time.rfc2822(), "Tue, 19 Nov 2024 07:06:40 +0000");
        assert_eq!(time.http_date(), "Tue, 19 Nov 2024 07:06:40 GMT");
    }
}
