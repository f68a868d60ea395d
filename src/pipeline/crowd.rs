//! Whether others wait for the host that a pass has.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Says to a pass whether others wait for its host; cheap to clone. A pass that is waited for asks its entrance and
/// leaves its pages for another turn, or reads a few pages, and goes.
#[derive(Debug, Clone, Default)]
pub struct Crowd(Arc<AtomicBool>);

impl Crowd {
    /// Nobody waits.
    #[must_use]
    pub fn none() -> Self {
        Self::default()
    }

    /// Says whether somebody waits.
    pub fn set(&self, waits: bool) {
        self.0.store(waits, Ordering::Relaxed);
    }

    /// Whether somebody waits.
    #[must_use]
    pub fn waits(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}
