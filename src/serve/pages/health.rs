//! How a source fares, and what its operator can do.

use crate::model::{SourceId, Timestamp};
use crate::store::{Ailment, Health, SourceState};

impl Health {
    /// Of a feed with these sources, and the words for it. One source of many that fails doesn't break a feed.
    pub(super) fn of_feed(sources: &[SourceId], states: &[SourceState]) -> (Self, String) {
        let of = |id: &SourceId| Self::of(states.iter().find(|state| state.id == *id));
        let all: Vec<Self> = sources.iter().map(of).collect();
        let n_ill = all.iter().filter(|health| **health >= Self::Shaky).count();
        match (all.as_slice(), n_ill) {
            ([one], _) => (*one, one.label().to_owned()),
            (_, 0) if all.contains(&Self::Fine) => (Self::Fine, Self::Fine.label().to_owned()),
            (_, 0) => (Self::Waiting, Self::Waiting.label().to_owned()),
            (_, n) if n == all.len() => (Self::Broken, "Every source has a problem".to_owned()),
            (_, n) => (Self::Shaky, format!("{n} of {} sources with a problem", all.len())),
        }
    }
}

/// What to do about a failure of a kind that no version has named.
const UNKNOWN: &str = "It is tried again by itself; offprint crawl with the source's id tries it now.";

/// What to do about what ails a source.
pub(super) fn advice(ailment: Option<&Ailment>) -> &'static str {
    ailment.map_or(UNKNOWN, |ailment| ailment.trouble.advice())
}

/// Whether the source waits only for its turn.
pub(super) fn is_due(state: &SourceState, now: Timestamp) -> bool {
    state.due <= now
}

#[cfg(test)]
mod tests {
    use super::*;

    fn state(id: &str, failures: u32, is_polled: bool) -> SourceState {
        SourceState {
            id: id.parse().unwrap(),
            url: "https://a.example/".parse().unwrap(),
            title: None,
            entrance: None,
            due: Timestamp::EPOCH,
            because: None,
            last_poll: is_polled.then_some(Timestamp::EPOCH),
            last_success: None,
            last_error: None,
            ailment: None,
            failures,
            n_articles: 0,
            n_pending: 0,
            last_article: None,
        }
    }

    #[test]
    fn a_merged_feed_is_broken_only_when_all_its_sources_are() {
        let cases: [(&[(u32, bool)], Health); 6] = [
            (&[(0, true), (0, false)], Health::Fine),
            (&[(0, false), (0, false)], Health::Waiting),
            (&[(9, true), (0, true)], Health::Shaky),
            (&[(9, true), (1, true)], Health::Broken),
            (&[(1, true)], Health::Shaky),
            (&[], Health::Waiting),
        ];

        for (sources, expected) in cases {
            let states: Vec<SourceState> =
                sources.iter().zip(["a", "b"]).map(|((failures, polled), id)| state(id, *failures, *polled)).collect();
            let ids: Vec<SourceId> = states.iter().map(|state| state.id.clone()).collect();
            assert_eq!(Health::of_feed(&ids, &states).0, expected, "{sources:?}");
        }
    }
}
