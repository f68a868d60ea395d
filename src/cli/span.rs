//! Spans of time as people say them.

use std::time::Duration;

use crate::model::Timestamp;

/// Rounded down to a whole unit: `40 s`, `12 min`, `3 h`, `9 days`.
pub(super) fn span(duration: Duration) -> String {
    match duration.as_secs() {
        secs @ ..120 => format!("{secs} s"),
        secs @ ..7200 => format!("{} min", secs / 60),
        secs @ ..172_800 => format!("{} h", secs / 3600),
        secs => format!("{} days", secs / 86_400),
    }
}

/// How long ago that was: `12 min ago`.
pub(super) fn ago(then: Timestamp, now: Timestamp) -> String {
    format!("{} ago", span(now.since(then)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_span_is_told_in_the_largest_unit_that_tells_enough() {
        for (secs, words) in
            [(0, "0 s"), (119, "119 s"), (120, "2 min"), (7199, "119 min"), (7200, "2 h"), (200_000, "2 days")]
        {
            assert_eq!(span(Duration::from_secs(secs)), words);
        }
    }
}
