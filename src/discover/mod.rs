//! Entrance documents (feed, home page, listing) become links; pure.

mod config;

pub use config::Config;
