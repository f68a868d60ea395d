//! When: claims, cron, pacing.

mod config;

pub use config::Config;
