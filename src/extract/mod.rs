//! HTML becomes a draft, with a note for each block kept or removed; pure.

mod config;

pub use config::Config;
