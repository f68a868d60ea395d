//! When a source is due next.

use std::str::FromStr;
use std::sync::Arc;
use std::time::Duration;

use croner::Cron;
use xxhash_rust::xxh3::xxh3_64_with_seed;

use super::{PostingRate, Timestamp};

/// Latest start after a cron time, so that sources with one expression don't start as one.
const MAX_CRON_JITTER: Duration = Duration::from_secs(30);
/// A cron expression without a next time within reach (30 February) is asked again after this.
const NEVER: Duration = Duration::from_secs(366 * 24 * 3600);

/// Why a cron expression is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{expression}` isn't a cron expression: {reason}")]
pub struct RhythmError {
    expression: String,
    reason: String,
}

/// A rhythm that follows the source. `min` isn't above `every`, nor `every` above `max`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Adaptive {
    /// The wait of a source that posts hourly.
    pub every: Duration,
    /// The shortest wait, however much it posts.
    pub min: Duration,
    /// The longest wait, however silent it is.
    pub max: Duration,
}

/// How often a source is read.
#[derive(Debug, Clone, PartialEq)]
pub enum Rhythm {
    /// So long after the last poll, and up to a tenth more.
    Every(Duration),
    /// As often as suits the rate at which the source posts.
    Adaptive(Adaptive),
    /// At the times of a five-field cron expression in the source's zone, and up to 30 s later.
    /// Shared by all sources that inherit it: it takes 8 KiB.
    Cron(Arc<Cron>),
}

impl Rhythm {
    /// Reads a cron expression: minute, hour, day of month, month, day of week.
    ///
    /// # Errors
    /// When it isn't one.
    pub fn cron(expression: &str) -> Result<Self, RhythmError> {
        let cron = Cron::from_str(expression)
            .map_err(|error| RhythmError { expression: expression.to_owned(), reason: error.to_string() })?;
        Ok(Self::Cron(Arc::new(cron)))
    }

    /// The first due time after a poll at `now`. Never before the interval is over or the cron time is
    /// reached; `who` (the source's id) and `now` choose the jitter, so that equal input gives equal output. Only an
    /// adaptive rhythm asks for the rate.
    #[must_use]
    pub fn next_after(&self, now: Timestamp, zone: chrono_tz::Tz, who: &str, rate: &PostingRate) -> Timestamp {
        let chance = xxh3_64_with_seed(who.as_bytes(), now.as_millis().unsigned_abs());
        match self {
            Self::Every(interval) => now + *interval + share(*interval / 10, chance),
            Self::Adaptive(adaptive) => adaptive.next_after(now, rate, chance),
            Self::Cron(cron) => match cron.find_next_occurrence(&now.to_datetime().with_timezone(&zone), false) {
                Ok(next) => Timestamp::from(next.to_utc()) + share(MAX_CRON_JITTER, chance),
                Err(_) => now + NEVER,
            },
        }
    }

    /// The usual time between two polls of a busy source; for cron, between its next two after `now`.
    #[must_use]
    pub fn interval(&self, now: Timestamp) -> Duration {
        match self {
            Self::Every(interval) => *interval,
            Self::Adaptive(adaptive) => adaptive.every,
            Self::Cron(cron) => {
                let next = cron.find_next_occurrence(&now.to_datetime(), false);
                let after = next.as_ref().ok().and_then(|next| cron.find_next_occurrence(next, false).ok());
                match (next, after) {
                    (Ok(next), Some(after)) => (after - next).to_std().unwrap_or(NEVER),
                    _ => NEVER,
                }
            }
        }
    }
}

impl Adaptive {
    /// The jitter stays below `max` too, so that a source at rest is asked within it.
    fn next_after(self, now: Timestamp, rate: &PostingRate, chance: u64) -> Timestamp {
        let Self { every, min, max } = self;
        let wait = rate.next_after(now, every, min, (max - max / 11).max(min)).since(now);
        now + (wait + share(wait / 10, chance)).min(max)
    }
}

/// A wait that is a fifth shorter to a fifth longer, so that those who failed together don't come back together;
/// `who` and `now` choose how much, so that equal input gives equal output.
#[must_use]
pub fn around(wait: Duration, who: &str, now: Timestamp) -> Duration {
    let chance = xxh3_64_with_seed(who.as_bytes(), now.as_millis().unsigned_abs());
    (wait - wait / 5).saturating_add(share(wait / 5 * 2, chance))
}

fn share(most: Duration, chance: u64) -> Duration {
    let most_ms = u64::try_from(most.as_millis()).unwrap_or(u64::MAX);
    Duration::from_millis(chance % most_ms.max(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unknown(now: Timestamp) -> PostingRate {
        PostingRate::learn(&[], now, now)
    }

    fn at(text: &str) -> Timestamp {
        chrono::DateTime::parse_from_rfc3339(text).unwrap().to_utc().into()
    }

    #[test]
    fn an_interval_is_never_cut_short_and_stretched_by_a_tenth_at_most() {
        let now = at("2026-03-01T10:00:00Z");
        let rhythm = Rhythm::Every(Duration::from_secs(3600));

        for who in 0..200 {
            let wait = rhythm.next_after(now, chrono_tz::UTC, &who.to_string(), &unknown(now)).since(now);
            assert!((3600..3960).contains(&wait.as_secs()), "{wait:?}");
        }
    }

    /// A18: a time that the clocks skip is run once, after the gap; one they repeat is run once.
    #[test]
    fn a18_cron_in_a_zone_survives_both_clock_changes() {
        let rhythm = Rhythm::cron("30 2 * * *").unwrap();
        let zone = chrono_tz::Europe::Berlin;
        let next = |now: &str| rhythm.next_after(at(now), zone, "gazette", &unknown(at(now)));

        let spring = next("2026-03-28T12:00:00Z");
        let after_spring = rhythm.next_after(spring, zone, "gazette", &unknown(spring));
        let autumn = next("2026-10-24T12:00:00Z");
        let after_autumn = rhythm.next_after(autumn, zone, "gazette", &unknown(autumn));

        assert_eq!(spring.since(at("2026-03-29T01:00:00Z")).as_secs() / 60, 0, "{spring}");
        assert_eq!(after_spring.since(at("2026-03-30T00:30:00Z")).as_secs() / 60, 0, "{after_spring}");
        assert_eq!(autumn.since(at("2026-10-25T00:30:00Z")).as_secs() / 60, 0, "{autumn}");
        assert_eq!(after_autumn.since(at("2026-10-26T01:30:00Z")).as_secs() / 60, 0, "{after_autumn}");
    }

    #[test]
    fn an_adaptive_wait_with_its_jitter_stays_within_its_limits() {
        let now = at("2026-03-01T10:00:00Z");
        let minutes = |n: u64| Duration::from_secs(60 * n);
        for (n_posts, min, max) in [(0, 15, 1440), (0, 15, 60), (500, 15, 1440), (500, 60, 60), (3, 1, 500_000)] {
            let rhythm =
                Rhythm::Adaptive(Adaptive { every: minutes(min.max(30)), min: minutes(min), max: minutes(max) });
            let rate = PostingRate::learn(&vec![now; n_posts], at("2025-03-01T10:00:00Z"), now);

            for who in 0..50 {
                let wait = rhythm.next_after(now, chrono_tz::UTC, &who.to_string(), &rate).since(now);
                assert!((minutes(min)..=minutes(max)).contains(&wait), "{wait:?} for {n_posts}");
            }
        }
    }

    #[test]
    fn a6_who_failed_together_does_not_come_back_together() {
        let (now, hour) = (at("2026-03-01T10:00:00Z"), Duration::from_secs(3600));
        let waits: std::collections::BTreeSet<_> = (0..200).map(|who| around(hour, &who.to_string(), now)).collect();

        let (first, last) = (*waits.first().unwrap(), *waits.last().unwrap());
        assert!(first >= hour * 4 / 5 && first < hour * 9 / 10, "{first:?}");
        assert!(last <= hour * 6 / 5 && last > hour * 11 / 10, "{last:?}");
        assert!(waits.len() > 190, "{}", waits.len());
        assert!(around(Duration::MAX, "gazette", now) > hour);
    }

    #[test]
    fn a_bad_expression_is_named() {
        let error = Rhythm::cron("61 * * * *").unwrap_err();

        assert!(error.to_string().starts_with("`61 * * * *` isn't a cron expression: "), "{error}");
    }
}
