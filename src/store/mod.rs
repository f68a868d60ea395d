//! Remembers; the only module that speaks SQL.
//!
//! A source is worked on under a lease. Each writing call names its [`Claim`] and fails with
//! [`StoreError::Fenced`] once somebody else holds the source, so a worker that was away too long can't undo
//! what its successor did.

mod articles;
mod config;
mod db;
mod entries;
mod frontier;
mod health;
mod hosts;
mod leases;
mod posted;
mod prune;
mod raw;
mod shift;
mod sources;
mod steps;
#[cfg(test)]
mod tests;

use std::path::PathBuf;

use crate::clock::Clock;
use crate::model::SourceId;
use db::Db;

pub use articles::{NewArticle, Saved};
pub use config::{Config, Keep, RawPages};
pub use entries::Query;
pub use frontier::{Finished, Pending, PollReport};
pub use health::Health;
pub use posted::Posted;
pub use prune::Pruned;
pub use raw::RawPage;
pub use sources::{Ailment, Claim, Move, Outcome, Poll, SourceState};

/// What went wrong with the database, and where.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The address names no database that Offprint knows.
    #[error("`{url}` isn't a database address: write `sqlite:` and a path, such as `sqlite:data/offprint.db`")]
    Scheme {
        /// The address without its password.
        url: String,
    },
    /// The folder of the database can't be made.
    #[error(
        "can't create the folder `{path}` for the database: give the user that runs Offprint the right to, or set another `url` under `[storage]`"
    )]
    Folder {
        /// The folder.
        path: PathBuf,
        /// Why.
        #[source]
        source: std::io::Error,
    },
    /// The database can't be opened.
    #[error("can't open the database `{url}`")]
    Open {
        /// The address without its password.
        url: String,
        /// Why.
        #[source]
        source: sqlx::Error,
    },
    /// The file that keeps other processes out can't be made.
    #[error("can't write `{path}`: give the user that runs Offprint the right to write the database and its folder")]
    Lock {
        /// The lock file.
        path: PathBuf,
        /// Why.
        #[source]
        source: std::io::Error,
    },
    /// Another process works on the database.
    #[error(
        "another Offprint has the database `{path}` open: leave the work to it (`offprint status` tells how it fares), or stop it first"
    )]
    InUse {
        /// The database.
        path: PathBuf,
    },
    /// The database can be opened but not written.
    #[error(
        "can't write to the database `{path}`: give the user that runs Offprint the right to write the file and its folder"
    )]
    ReadOnly {
        /// The file.
        path: PathBuf,
        /// Why.
        #[source]
        source: sqlx::Error,
    },
    /// The tables can't be brought up to date.
    #[error("can't bring the tables of `{url}` up to date: was it written by a newer Offprint?")]
    Migrate {
        /// The address without its password.
        url: String,
        /// Why.
        #[source]
        source: sqlx::migrate::MigrateError,
    },
    /// The tables are of another version, and whoever only reads can't change them.
    #[error(
        "the database `{url}` was written by {} Offprint: {}",
        if *.is_newer { "a newer" } else { "an older" },
        if *.is_newer { "use that one" } else { "start this one once (`offprint run` or `crawl`), which brings it up to date" }
    )]
    OtherVersion {
        /// The address without its password.
        url: String,
        /// Whether it's of a later version than this.
        is_newer: bool,
    },
    /// A statement failed.
    #[error("the database failed to {doing}")]
    Database {
        /// What was being done, as «save an article».
        doing: &'static str,
        /// Why.
        #[source]
        source: sqlx::Error,
    },
    /// A stored value isn't what was stored.
    #[error("the database holds an unreadable {what}: `{value}`")]
    Corrupt {
        /// Which kind of value.
        what: &'static str,
        /// Its beginning.
        value: String,
    },
    /// The lease on the source ran out and somebody else took it.
    #[error("the lease on the source `{0}` was lost to another worker")]
    Fenced(SourceId),
}

/// The database, with the clock that its times come from; cheap to clone.
#[derive(Debug, Clone)]
pub struct Store {
    db: Db,
    clock: Clock,
}

impl Store {
    /// Opens the database, creates it where there is none, and brings its tables up to date.
    ///
    /// # Errors
    /// When the address is wrong, or the database can't be opened, written or brought up to date.
    pub async fn open(config: &Config, clock: Clock) -> Result<Self, StoreError> {
        Ok(Self { db: Db::open(&config.url).await?, clock })
    }

    /// Opens the database to look at it, also while another process works on it: every write fails. None where there is
    /// no database yet, or nothing in it.
    ///
    /// # Errors
    /// When the address is wrong, or the database can't be opened or is of another version.
    pub async fn open_to_read(config: &Config, clock: Clock) -> Result<Option<Self>, StoreError> {
        Ok(Db::open_to_read(&config.url).await?.map(|db| Self { db, clock }))
    }

    /// Whether the database answers.
    ///
    /// # Errors
    /// When it doesn't.
    pub async fn ping(&self) -> Result<(), StoreError> {
        db::read!(&self.db, pool => sqlx::query("SELECT 1").execute(pool).await.map(|_| ())).map_err(doing("answer"))
    }

    /// Closes the database, so that nothing is left in its write-ahead log.
    pub async fn close(&self) {
        match &self.db {
            Db::Sqlite { writer, reader, .. } => {
                reader.close().await;
                writer.close().await;
            }
            Db::Postgres(pool) => pool.close().await,
        }
    }
}

/// Makes a database error say what was being done.
fn doing(doing: &'static str) -> impl Fn(sqlx::Error) -> StoreError + Copy {
    move |source| StoreError::Database { doing, source }
}

/// Reads back what was stored in a form of its own.
fn stored<T: std::str::FromStr>(what: &'static str, value: &str) -> Result<T, StoreError> {
    value.parse().map_err(|_| corrupt(what, value))
}

fn corrupt(what: &'static str, value: &str) -> StoreError {
    StoreError::Corrupt { what, value: value.chars().take(80).collect() }
}
