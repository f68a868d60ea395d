//! When and where a source posted: what its rhythm is learned from, and which hosts its pages are on.

use std::time::Duration;

use url::Url;

use super::db::{Db, read, row};
use super::{Store, StoreError, doing, stored};
use crate::model::{PostingRate, SourceId, Timestamp};

/// Newest articles that a rate is learned from.
const MAX_DATES: i64 = 200;
/// What is found so soon after the first look was there before; without a date it says nothing of when.
const FIRST_LOOK: Duration = Duration::from_secs(3600);

/// When a source posted.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Posted {
    /// The dates of its newest articles, at most 200, newest first; when they were found where they have none.
    pub dates: Vec<Timestamp>,
    /// Since when it has been read, as far as anybody remembers.
    pub watched_since: Option<Timestamp>,
}

impl Posted {
    /// The rate that speaks of it.
    #[must_use]
    pub fn rate(&self, now: Timestamp) -> PostingRate {
        PostingRate::learn(&self.dates, self.watched_since.unwrap_or(now), now)
    }
}

row! {
    DateRow { published_at: i64, first_seen_at: i64, given_published_at: Option<i64> }
}

const DATES: &str = "
    SELECT published_at, first_seen_at, given_published_at FROM article
    WHERE source_id = $1 ORDER BY published_at DESC LIMIT $2";
const FIRST_POLL: &str = "SELECT MIN(at) FROM poll WHERE source_id = $1";

impl Store {
    /// When a source posted, as far as its kept articles tell.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn posted(&self, id: &SourceId) -> Result<Posted, StoreError> {
        let failed = doing("look up when a source posted");
        let rows: Vec<DateRow> =
            read!(&self.db, pool => sqlx::query_as(DATES).bind(id.as_str()).bind(MAX_DATES).fetch_all(pool).await)
                .map_err(failed)?;
        let first_poll: Option<i64> =
            read!(&self.db, pool => sqlx::query_scalar(FIRST_POLL).bind(id.as_str()).fetch_one(pool).await)
                .map_err(failed)?;
        // Old polls are forgotten, so the articles may know of an earlier time.
        let first_seen = rows.iter().map(|row| row.first_seen_at).min();
        let watched_since = first_poll.into_iter().chain(first_seen).min().map(Timestamp::from_millis);
        let is_news = |row: &DateRow| {
            let seen = Timestamp::from_millis(row.first_seen_at);
            row.given_published_at.is_some() || watched_since.is_none_or(|since| seen.since(since) > FIRST_LOOK)
        };
        let dates =
            rows.iter().filter(|row| is_news(row)).map(|row| Timestamp::from_millis(row.published_at)).collect();
        Ok(Posted { dates, watched_since })
    }

    /// The addresses of a source's newest articles, at most `limit`.
    ///
    /// # Errors
    /// When the database fails or holds an unreadable value.
    pub async fn newest_addresses(&self, id: &SourceId, limit: usize) -> Result<Vec<Url>, StoreError> {
        const NEWEST: &str = "SELECT url FROM article WHERE source_id = $1 ORDER BY published_at DESC LIMIT $2";
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        let urls: Vec<String> =
            read!(&self.db, pool => sqlx::query_scalar(NEWEST).bind(id.as_str()).bind(limit).fetch_all(pool).await)
                .map_err(doing("look up where a source posted"))?;
        urls.iter().map(|url| stored("article address", url)).collect()
    }
}
