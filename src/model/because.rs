//! Why a source is asked at the time it is and not earlier.

use std::str::FromStr;

/// What decided when a source is asked next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Because {
    /// Its rhythm: interval, cron expression or learned rate.
    Rhythm,
    /// What the feed wishes of those who poll it.
    Feed,
    /// What the server's last answer asked for: freshness or `Retry-After`.
    Server,
    /// Failures in a row, which double the wait.
    Backoff,
    /// A trouble that won't pass by itself.
    Trouble,
    /// A question that nobody heard, which is soon repeated.
    Unheard,
}

impl Because {
    const ALL: [Self; 6] = [Self::Rhythm, Self::Feed, Self::Server, Self::Backoff, Self::Trouble, Self::Unheard];

    /// As it is stored.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Rhythm => "rhythm",
            Self::Feed => "feed",
            Self::Server => "server",
            Self::Backoff => "backoff",
            Self::Trouble => "trouble",
            Self::Unheard => "unheard",
        }
    }

    /// As people read it after «because».
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Rhythm => "that is its rhythm",
            Self::Feed => "the feed wishes it",
            Self::Server => "the server asked for it",
            Self::Backoff => "it failed again and again",
            Self::Trouble => "its trouble won't pass by itself",
            Self::Unheard => "nobody heard the last question",
        }
    }
}

/// A name that no reason has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("this isn't a reason for a due time")]
pub struct BecauseError;

impl FromStr for Because {
    type Err = BecauseError;

    fn from_str(name: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|because| because.as_str() == name).ok_or(BecauseError)
    }
}
