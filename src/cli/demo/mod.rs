//! The sample news sites that `offprint demo` reads: their articles, their furniture, and how they are served.

mod command;
mod dates;
mod edition;
mod kirigahama;
mod larkfield;
mod markup;
mod nafidha;
mod northbank;
mod paper;
mod picture;
mod selasar;
mod settings;
mod site;
mod story;
#[cfg(test)]
mod tests;
mod web;

pub use command::{Args, run};
pub use edition::{Edition, INTERVAL, Release};
pub use settings::{EVERY, Settings, config_toml};
pub use site::{Site, Truth, sites, truth};
