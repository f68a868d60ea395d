//! TOML and environment become a `Config`, the sum of the modules' own settings. A file with any problem is refused
//! as a whole, and all its problems are told at once.

mod env;
mod error;
mod identity;
mod keys;
mod load;
mod locate;
mod mask;
mod overrides;
mod report;
mod rhythms;
mod schema;
mod secrets;
mod site_rules;
mod sites;
mod suggest;
mod tables;
mod tree;

use std::path::PathBuf;

use chrono_tz::Tz;

use crate::extract::SiteRules;
use crate::model::{FeedId, FeedSpec, Rhythm};
use crate::pipeline::Site;
use crate::{fetch, schedule, serve, store};

pub use env::Env;
pub use error::ConfigError;
pub use load::{listen_address, load};
pub use locate::locate;
pub use report::{Colour, Place, Problem, Report};
pub use schema::schema;
pub use site_rules::{RuleFile, rule_files};

/// A checked configuration: ids are unique, feeds name sources that exist, every number is within its range.
#[derive(Debug, Clone, PartialEq)]
pub struct Config {
    /// What this collection of feeds is called.
    pub title: String,
    /// The HTTP server.
    pub server: serve::Config,
    /// The store.
    pub storage: store::Config,
    /// The HTTP client.
    pub fetch: fetch::Config,
    /// The rhythm of sources without their own.
    pub rhythm: Rhythm,
    /// The time zone of sources without their own.
    pub timezone: Tz,
    /// The scheduler.
    pub schedule: schedule::Config,
    /// Rules of single sites, by host; each source has them, too.
    pub site_rules: SiteRules,
    /// The sources, in the order of the file.
    pub sites: Vec<Site>,
    /// All feeds: `all` first, then the file's `[[feed]]`s, then each source's own, in the order of the file.
    pub feeds: Vec<FeedSpec>,
}

/// A configuration, and where it came from.
#[derive(Debug, Clone)]
pub struct Loaded {
    /// What was asked for.
    pub config: Config,
    /// The file.
    pub path: PathBuf,
    /// What is allowed but perhaps not meant; one sentence each.
    pub warnings: Vec<String>,
    /// The folder of the site rules; it needn't exist.
    pub site_rules: PathBuf,
    written: secrets::Written,
}

impl Loaded {
    /// How a value was written that holds placeholders, by a dotted path such as `source.0.url`; none where the
    /// value holds none. Show this instead of the value.
    #[must_use]
    pub fn as_written(&self, path: &str) -> Option<&str> {
        self.written.get(path).map(|value| value.text.as_str())
    }
}

/// An empty file: no sources, and the feed of everything.
impl Default for Config {
    fn default() -> Self {
        let heading = tables::Heading::default();
        let pace = tables::DefaultPace::default();
        Self {
            feeds: vec![FeedSpec { id: FeedId::all(), title: heading.title.clone(), sources: Vec::new(), folds: true }],
            title: heading.title,
            server: serve::Config::default(),
            storage: store::Config::default(),
            fetch: fetch::Config::default(),
            rhythm: rhythms::default_of(pace.every.get()),
            timezone: pace.timezone,
            schedule: schedule::Config::default(),
            site_rules: SiteRules::default(),
            sites: Vec::new(),
        }
    }
}
