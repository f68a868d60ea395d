//! HTTP: feeds, pages, health.

mod config;

pub use config::Config;
