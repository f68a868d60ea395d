//! Offprint reads news blogs on a schedule, turns each page into a clean article, finds duplicates and
//! republishes everything as RSS, Atom and JSON feeds. `docs/ARCHITECTURE.md` is the map; the modules stand in
//! the order in which they may use each other.

pub mod model;

pub mod clock;
pub mod lifecycle;

pub mod dedup;
pub mod discover;
pub mod extract;
pub mod normalise;
pub mod publish;

pub mod fetch;
pub mod store;

pub mod pipeline;
pub mod schedule;
pub mod serve;

pub mod cli;
pub mod config;
