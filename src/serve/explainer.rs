//! Explanations of articles, made elsewhere and one at a time: reading a page takes the processor, and anybody may ask.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tracing::error;

use super::router::Lost;
use crate::model::{Entry, Explanation};
use crate::store::RawPage;

/// Longest wait for the explanations before one's own. Most take milliseconds.
const PATIENCE: Duration = Duration::from_secs(3);

/// Reads the page that an article was made of once more, as its source is read now; none where the page is damaged.
pub type Explain = Arc<dyn Fn(&Entry, &RawPage) -> Option<Explanation> + Send + Sync>;

/// Who explains; cheap to clone.
#[derive(Clone)]
pub struct Explainer {
    explain: Explain,
    keep_days: u32,
    turn: Arc<Semaphore>,
    /// Longest wait for the turn; tests have none.
    pub(super) patience: Duration,
}

/// The right to load one page and explain it; others wait until it's dropped.
pub(super) struct Turn {
    explain: Explain,
    turn: OwnedSemaphorePermit,
}

impl Explainer {
    /// Explains by `explain`, which may block, what was fetched in the last `keep_days`.
    #[must_use]
    pub fn new(keep_days: u32, explain: Explain) -> Self {
        Self { explain, keep_days, turn: Arc::new(Semaphore::new(1)), patience: PATIENCE }
    }

    /// Days for which pages are kept.
    pub(super) fn keep_days(&self) -> u32 {
        self.keep_days
    }

    /// Waits for its turn, but not for long. Pages are loaded within it, so that whoever waits holds none in memory.
    pub(super) async fn turn(&self) -> Result<Turn, Lost> {
        let turn = tokio::time::timeout(self.patience, Arc::clone(&self.turn).acquire_owned()).await;
        let Ok(Ok(turn)) = turn else { return Err(Lost::Busy) };
        Ok(Turn { explain: Arc::clone(&self.explain), turn })
    }
}

impl Turn {
    /// Explains, which ends the turn.
    pub(super) async fn explain(self, entry: Entry, raw: RawPage) -> Result<(Entry, Option<Explanation>), Lost> {
        let Self { explain, turn } = self;
        let id = entry.id;
        let explained = tokio::task::spawn_blocking(move || {
            // The turn ends with the work: who asked may have gone away by then.
            let _turn = turn;
            let explanation = explain(&entry, &raw);
            (entry, explanation)
        });
        explained.await.map_err(|failed| {
            error!(article.id = %id, error = &failed as &dyn std::error::Error, "Explaining the article `{id}` panicked; please report it");
            Lost::Broken
        })
    }
}

impl fmt::Debug for Explainer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Explainer").field("keep_days", &self.keep_days).finish_non_exhaustive()
    }
}
