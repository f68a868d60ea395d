//! What a rhythm comes to for one source: how often it is asked, in figures and in words.

use std::time::Duration;

use super::{Period, PostingRate, Rhythm, Source, Timestamp};

const DAY: Duration = Duration::from_secs(24 * 3600);
/// Polls that are looked ahead, within a week.
const MAX_POLLS: u32 = 1000;

/// How often a source will be asked in the coming week, if it goes on as it did and nothing asks for more patience.
#[derive(Debug, Clone, PartialEq)]
pub struct Plan {
    /// Questions a day.
    pub requests_per_day: f64,
    /// The shortest and the longest wait.
    waits: (Duration, Duration),
}

impl Plan {
    /// Follows the source's rhythm from `now` on.
    #[must_use]
    pub fn of(source: &Source, rate: &PostingRate, now: Timestamp) -> Self {
        let (mut at, mut n_polls) = (now, 0);
        let mut waits = (Duration::MAX, Duration::ZERO);
        while n_polls == 0 || (at.since(now) < 7 * DAY && n_polls < MAX_POLLS) {
            let next = source.rhythm.next_after(at, source.timezone, source.id.as_str(), rate);
            let wait = next.since(at);
            waits = (waits.0.min(wait), waits.1.max(wait));
            (at, n_polls) = (next, n_polls + 1);
        }
        let days = at.since(now).as_secs_f64() / DAY.as_secs_f64();
        Self { requests_per_day: f64::from(n_polls) / days.max(f64::EPSILON), waits }
    }

    /// As people read it after «asked»: `every 40 min to 3 h`.
    #[must_use]
    pub fn words(&self, rhythm: &Rhythm) -> String {
        match rhythm {
            Rhythm::Every(interval) => format!("every {}", Period::from_secs(interval.as_secs())),
            Rhythm::Cron(times) => format!("at the times of `{}`", times.as_str()),
            Rhythm::Adaptive(_) => match (rounded(self.waits.0), rounded(self.waits.1)) {
                (least, most) if least == most => format!("every {least}"),
                (least, most) => format!("every {least} to {most}"),
            },
        }
    }
}

/// To whole minutes, five minutes or hours.
fn rounded(wait: Duration) -> String {
    let minutes = (wait.as_secs_f64() / 60.0).max(1.0);
    match minutes {
        ..10.0 => format!("{minutes:.0} min"),
        ..118.0 => format!("{:.0} min", (minutes / 5.0).round() * 5.0),
        ..2850.0 => format!("{:.0} h", minutes / 60.0),
        _ => format!("{:.0} days", minutes / 60.0 / 24.0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Adaptive;

    #[test]
    fn a_plan_tells_how_often_a_source_is_asked() {
        let now = Timestamp::from_millis(1_767_571_200_000);
        let hour = Duration::from_secs(3600);
        let adaptive = Adaptive { every: hour / 2, min: hour / 4, max: 24 * hour };
        let hourly: Vec<_> = (0..720).map(|n| now.minus(hour * n)).collect();
        for (rhythm, posts, words, requests) in [
            (Rhythm::Every(hour), &[][..], "every 1h", 22.0..24.0),
            (Rhythm::cron("0 7 * * *").unwrap(), &[], "at the times of `0 7 * * *`", 0.9..1.2),
            (Rhythm::Adaptive(adaptive), &[], "every 13 h to 15 h", 1.6..1.9),
            (Rhythm::Adaptive(adaptive), &hourly, "every 30 min to 35 min", 42.0..50.0),
        ] {
            let source = Source {
                id: "gazette".parse().unwrap(),
                url: "https://gazette.example/".parse().unwrap(),
                title: None,
                tags: Vec::new(),
                language: None,
                timezone: chrono_tz::UTC,
                rhythm,
            };
            let rate = PostingRate::learn(posts, now.minus(400 * DAY), now);

            let plan = Plan::of(&source, &rate, now);

            assert_eq!(plan.words(&source.rhythm), words);
            assert!(requests.contains(&plan.requests_per_day), "{words}: {}", plan.requests_per_day);
        }
    }
}
