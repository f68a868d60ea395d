//! How a source fares, in one word.

use std::time::Duration;

use super::SourceState;
use crate::model::Timestamp;

/// Failures in a row after which it's no hiccup any more.
const BROKEN_AFTER: u32 = 3;
/// What is due later than this is asked no more: what is gone is due in a lifetime.
const NEVER: Duration = Duration::from_secs(10 * 366 * 24 * 3600);

/// How a source fares; the worse the greater.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Health {
    /// The last poll was fine.
    Fine,
    /// Never polled so far.
    Waiting,
    /// The last poll failed, those before didn't.
    Shaky,
    /// Several polls failed in a row.
    Broken,
}

impl Health {
    /// From what the store knows; without that, it's waiting.
    #[must_use]
    pub fn of(state: Option<&SourceState>) -> Self {
        match state {
            Some(state) if state.failures >= BROKEN_AFTER => Self::Broken,
            Some(state) if state.failures > 0 => Self::Shaky,
            Some(state) if state.last_poll.is_some() => Self::Fine,
            _ => Self::Waiting,
        }
    }

    /// For programs and stylesheets.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Fine => "fine",
            Self::Waiting => "waiting",
            Self::Shaky => "shaky",
            Self::Broken => "broken",
        }
    }

    /// In words.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Fine => "Fine",
            Self::Waiting => "Not read yet",
            Self::Shaky => "Last try failed",
            Self::Broken => "Failing",
        }
    }
}

impl SourceState {
    /// Whether the source is asked no more, unless somebody wants it.
    #[must_use]
    pub fn is_given_up(&self, now: Timestamp) -> bool {
        self.due.since(now) > NEVER
    }
}
