//! How often a source posts, learned from its articles' dates, and when to ask it next.

use std::fmt;
use std::time::Duration;

use super::Timestamp;

const HOUR_MS: i64 = 3_600_000;
const DAY_MS: i64 = 24 * HOUR_MS;
/// What an article counts for halves with each such span of its age, so that a new habit replaces an old one.
const HALF_LIFE_DAYS: f64 = 10.0;
/// Articles older than this say nothing.
const MEMORY_DAYS: f64 = 60.0;
/// What is believed of a source that nothing is known of: so many articles in so many days.
const PRIOR: (f64, f64) = (0.5, 0.7);
/// Articles that an hour of the day counts for before any was seen there: few sources have a rhythm, and a
/// wrong one costs more than a missing one.
const EVEN_HOURS: f64 = 20.0;
const EVEN_DAYS: f64 = 15.0;
/// The rate at which the reference interval is right as it stands.
const REFERENCE_PER_DAY: f64 = 24.0;

/// The rate at which a source posts, by hour of the day and day of the week, all in UTC.
///
/// The estimate is the mean of a Gamma–Poisson posterior with exponential forgetting; the rhythm's factors are
/// shares of kernel-smoothed counts, pulled towards an even day and an even week.
#[derive(Debug, Clone, PartialEq)]
pub struct PostingRate {
    per_day: f64,
    /// Times the mean rate, hour by hour; their mean is one.
    hours: [f64; 24],
    /// Times the mean rate, from Monday; their mean is one.
    weekdays: [f64; 7],
}

impl PostingRate {
    /// Learns from when articles appeared (in any order; those after `now` count as now) and how long the source
    /// has been watched: where only the newest of its articles are known, their span stands for it.
    #[must_use]
    pub fn learn(published: &[Timestamp], watched_since: Timestamp, now: Timestamp) -> Self {
        let age_days = |at: Timestamp| (now.as_millis() - at.as_millis()).max(0) as f64 / DAY_MS as f64;
        let weight = |age: f64| (-age * std::f64::consts::LN_2 / HALF_LIFE_DAYS).exp();
        let mut span = age_days(watched_since);
        let mut seen = 0.0;
        let mut hours = [0.0; 24];
        let mut weekdays = [0.0; 7];
        for &at in published {
            let age = age_days(at);
            if age > MEMORY_DAYS {
                continue;
            }
            span = span.max(age);
            seen += weight(age);
            let hour = at.as_millis().rem_euclid(DAY_MS) / HOUR_MS;
            for (offset, share) in [(22, 0.1), (23, 0.2), (0, 0.4), (1, 0.2), (2, 0.1)] {
                hours[((hour + offset) % 24) as usize] += share;
            }
            // 1970-01-01 was a Thursday.
            weekdays[(at.as_millis().div_euclid(DAY_MS) + 3).rem_euclid(7) as usize] += 1.0;
        }
        let watched = (1.0 - weight(span.min(MEMORY_DAYS))) * HALF_LIFE_DAYS / std::f64::consts::LN_2;
        Self {
            per_day: (seen + PRIOR.0) / (watched + PRIOR.1),
            hours: even_out(hours, EVEN_HOURS),
            weekdays: even_out(weekdays, EVEN_DAYS),
        }
    }

    /// Articles a day, over the whole week.
    #[must_use]
    pub fn per_day(&self) -> f64 {
        self.per_day
    }

    /// Articles a day at the rate of this moment.
    #[must_use]
    pub fn per_day_at(&self, at: Timestamp) -> f64 {
        let hour = at.as_millis().rem_euclid(DAY_MS) / HOUR_MS;
        let weekday = (at.as_millis().div_euclid(DAY_MS) + 3).rem_euclid(7);
        self.per_day * self.hours[hour as usize] * self.weekdays[weekday as usize]
    }

    /// When to ask again after a poll at `last`: at `every` for a source that posts hourly, else in inverse proportion
    /// to the square root of the rate, which for a given number of requests makes the mean wait of an article
    /// shortest; hours in which the source is quiet stretch it. Between `min` and `max` after `last`.
    #[must_use]
    pub fn next_after(&self, last: Timestamp, every: Duration, min: Duration, max: Duration) -> Timestamp {
        let longest = last + max;
        let mut left = millis(every);
        let mut at = last;
        while at < longest {
            let pace = (self.per_day_at(at) / REFERENCE_PER_DAY).sqrt();
            let until_next_hour = HOUR_MS - at.as_millis().rem_euclid(HOUR_MS);
            let covered = pace * until_next_hour as f64;
            if covered >= left {
                at = at + Duration::from_millis((left / pace) as u64);
                break;
            }
            left -= covered;
            at = at + Duration::from_millis(until_next_hour.unsigned_abs());
        }
        at.min(longest).max(last + min)
    }
}

/// As people read it after «posts»: `about 3 a day`.
impl fmt::Display for PostingRate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (days, least, span) in [(1.0, 0.95, "day"), (7.0, 0.95, "week"), (30.0, 1.5, "month")] {
            let n_posts = self.per_day * days;
            if n_posts >= least {
                return write!(f, "about {n_posts:.0} a {span}");
            }
        }
        f.write_str("once a month or less")
    }
}

/// Counts as factors whose mean is one, each having seen `even / n` more than it has.
fn even_out<const N: usize>(counts: [f64; N], even: f64) -> [f64; N] {
    let total: f64 = counts.iter().sum::<f64>() + even;
    counts.map(|count| (count + even / N as f64) * N as f64 / total)
}

fn millis(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1000.0
}

#[cfg(test)]
mod tests {
    use super::*;

    const EVERY: Duration = Duration::from_secs(1800);
    const MIN: Duration = Duration::from_secs(900);
    const MAX: Duration = Duration::from_secs(24 * 3600);

    /// Monday, 2026-01-05, so many hours after midnight.
    fn hour(hours: i64) -> Timestamp {
        Timestamp::from_millis(1_767_571_200_000 + hours * HOUR_MS)
    }

    fn posts(every_hours: usize, days: i64) -> Vec<Timestamp> {
        (0..days * 24).step_by(every_hours).map(hour).collect()
    }

    fn wait(published: &[Timestamp], days: i64) -> Duration {
        let now = hour(days * 24);
        PostingRate::learn(published, hour(0), now).next_after(now, EVERY, MIN, MAX).since(now)
    }

    #[test]
    fn a_source_that_posts_hourly_is_asked_at_the_reference_interval() {
        let minutes = wait(&posts(1, 30), 30).as_secs() / 60;

        assert!((28..33).contains(&minutes), "{minutes} min");
    }

    #[test]
    fn the_wait_grows_with_the_square_root_of_the_time_between_articles() {
        let ratio = wait(&posts(5, 30), 30).as_secs_f64() / wait(&posts(1, 30), 30).as_secs_f64();

        assert!((ratio - 5.0_f64.sqrt()).abs() < 0.3, "{ratio}");
    }

    /// A19: silence stretches the wait to its limit, and no further.
    #[test]
    fn a19_a_source_that_fell_silent_is_asked_seldom_but_always() {
        let published = posts(3, 30);

        let soon = wait(&published, 30);
        let later = wait(&published, 60);
        let at_last = wait(&published, 400);

        assert!(soon < later && later < at_last, "{soon:?} {later:?} {at_last:?}");
        assert!(at_last <= MAX, "{at_last:?}");
    }

    #[test]
    fn hours_in_which_a_source_never_posts_are_slept_through() {
        let mornings: Vec<_> = (0..40).flat_map(|day| (6..10).map(move |at| hour(day * 24 + at))).collect();
        let rate = PostingRate::learn(&mornings, hour(0), hour(40 * 24));

        let at_night = rate.next_after(hour(40 * 24 + 20), EVERY, MIN, MAX).since(hour(40 * 24 + 20));
        let by_day = rate.next_after(hour(41 * 24 + 7), EVERY, MIN, MAX).since(hour(41 * 24 + 7));

        assert!(at_night > by_day * 2, "{at_night:?} by night, {by_day:?} by day");
    }

    #[test]
    fn dates_of_any_kind_leave_the_wait_within_its_limits() {
        let now = hour(0);
        let far = [i64::MIN, -62_135_596_800_000, 0, 1, i64::MAX].map(Timestamp::from_millis);

        for published in [&far[..], &far[..1], &far[4..], &[], &[now; 500]] {
            let wait = PostingRate::learn(published, far[0], now).next_after(now, EVERY, MIN, MAX).since(now);
            assert!((MIN..=MAX).contains(&wait), "{wait:?}");
        }
    }

    #[test]
    fn a_rate_is_told_in_the_unit_that_fits() {
        for (every_hours, days, words) in [
            (8, 60, "about 3 a day"),
            (48, 60, "about 3 a week"),
            (24 * 21, 300, "about 3 a month"),
            (24 * 400, 400, "once a month or less"),
        ] {
            let rate = PostingRate::learn(&posts(every_hours, days), hour(0), hour(days * 24));
            assert_eq!(rate.to_string(), words, "{}", rate.per_day());
        }
    }

    #[test]
    fn the_order_of_the_dates_does_not_matter() {
        let published = posts(5, 20);
        let reversed: Vec<_> = published.iter().rev().copied().collect();

        let learn = |dates: &[Timestamp]| PostingRate::learn(dates, hour(0), hour(480)).per_day();

        assert!((learn(&published) - learn(&reversed)).abs() < 1e-9);
    }
}
