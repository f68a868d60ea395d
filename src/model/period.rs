//! A length of time as people write it.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;
use std::time::Duration;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Units, the largest first; the number is the unit's seconds in milliseconds.
const UNITS: [(&str, u64); 6] =
    [("w", 604_800_000), ("d", 86_400_000), ("h", 3_600_000), ("m", 60_000), ("s", 1_000), ("ms", 1)];

/// Why a length of time is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` isn't a length of time: write a whole number and a unit, such as 30s, 15m, 2h, 3d or 1w")]
pub struct PeriodError(String);

/// A length of time, written as a whole number and a unit (`ms`, `s`, `m`, `h`, `d`, `w`), such as `30m`; at most
/// a hundred years.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Period(Duration);

impl Period {
    /// So many seconds.
    #[must_use]
    pub const fn from_secs(secs: u64) -> Self {
        Self(Duration::from_secs(secs))
    }

    /// The same as std's type.
    #[must_use]
    pub const fn get(self) -> Duration {
        self.0
    }
}

impl FromStr for Period {
    type Err = PeriodError;

    fn from_str(text: &str) -> Result<Self, PeriodError> {
        let refused = || PeriodError(text.chars().take(40).collect());
        let trimmed = text.trim();
        let split = trimmed.find(|c: char| !c.is_ascii_digit()).ok_or_else(refused)?;
        let (number, unit) = trimmed.split_at(split);
        let number: u64 = number.parse().map_err(|_| refused())?;
        let (_, unit_ms) = UNITS.iter().find(|(name, _)| *name == unit.trim()).ok_or_else(refused)?;
        let ms = number.checked_mul(*unit_ms).filter(|ms| *ms <= 100 * 366 * 86_400_000).ok_or_else(refused)?;
        Ok(Self(Duration::from_millis(ms)))
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ms = u64::try_from(self.0.as_millis()).unwrap_or(u64::MAX);
        match UNITS.iter().find(|(_, unit_ms)| ms > 0 && ms.is_multiple_of(*unit_ms)) {
            Some((unit, unit_ms)) => write!(f, "{}{unit}", ms / unit_ms),
            None => f.write_str("0s"),
        }
    }
}

impl<'de> Deserialize<'de> for Period {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

impl Serialize for Period {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl JsonSchema for Period {
    fn schema_name() -> Cow<'static, str> {
        "Period".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({"type": "string", "pattern": "^[0-9]+ *(ms|s|m|h|d|w)$"})
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_period_is_read_and_written_alike() {
        for text in ["250ms", "30s", "15m", "2h", "3d", "1w", "0s"] {
            assert_eq!(text.parse::<Period>().unwrap().to_string(), text);
        }
        for bad in ["", "30", "m", "1.5h", "-1s", "3 fortnights", "99999999999999999999s", "999999999w"] {
            assert!(bad.parse::<Period>().is_err(), "{bad:?}");
        }
    }
}
