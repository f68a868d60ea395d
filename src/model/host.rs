//! What is remembered of hosts, so that a restart is no excuse for bad manners.

use std::time::Duration;

use super::{Timestamp, Validators};

/// When a host may be asked again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HostState {
    /// Its name, with the port where that isn't the web's.
    pub name: String,
    /// Until when it's left in peace after its last answer.
    pub next: Timestamp,
    /// Until when it asked to be left alone.
    pub paused_until: Timestamp,
    /// The pause that its robots.txt asks for.
    pub crawl_delay: Duration,
}

/// The last good answer of a site's robots.txt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RobotsState {
    /// Scheme, host and port.
    pub site: String,
    /// What it says.
    pub body: RobotsBody,
    /// What to ask «changed since?» with.
    pub validators: Validators,
    /// When it was read.
    pub read: Timestamp,
    /// Until when it's believed without asking.
    pub until: Timestamp,
}

/// What a robots.txt says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RobotsBody {
    /// There is none, which allows everything.
    Missing,
    /// The same as before.
    Same,
    /// The file.
    File(Vec<u8>),
}
