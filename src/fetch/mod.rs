//! The only HTTP client: an address becomes a page, politely and safely.

mod config;

pub use config::Config;
