//! Remembers; the only module that speaks SQL.

mod config;

pub use config::Config;
