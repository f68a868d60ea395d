//! The pages that articles were made of, kept for a while.

use url::Url;

use super::db::{Db, read, row};
use super::{Store, StoreError, doing, stored};
use crate::model::{ArticleId, SourceId, Timestamp};

/// A page as it was fetched.
#[derive(Debug, Clone)]
pub struct RawPage {
    /// Where it came from, after redirects.
    pub url: Url,
    /// Its media type as the origin gave it.
    pub content_type: Option<String>,
    /// When it came.
    pub fetched: Timestamp,
    /// Its bytes, compressed with zstd.
    pub zstd: Vec<u8>,
}

row! {
    RawRow { url: String, content_type: Option<String>, fetched_at: i64, body: Vec<u8> }
}

impl Store {
    /// The page that an article was made of; none where the article was made without one, or the page was forgotten.
    ///
    /// # Errors
    /// When the database fails or holds an unreadable value.
    pub async fn raw_page(&self, id: ArticleId) -> Result<Option<RawPage>, StoreError> {
        let sql = "SELECT url, content_type, fetched_at, body FROM raw_page WHERE article_id = $1";
        let row: Option<RawRow> =
            read!(&self.db, pool => sqlx::query_as(sql).bind(id.to_string()).fetch_optional(pool).await)
                .map_err(doing("look up a page"))?;
        row.map(RawRow::into_page).transpose()
    }

    /// The pages last kept of a source, at most `limit`, the newest first.
    ///
    /// # Errors
    /// When the database fails or holds an unreadable value.
    pub async fn newest_pages(&self, source: &SourceId, limit: usize) -> Result<Vec<RawPage>, StoreError> {
        const NEWEST: &str = "
            SELECT raw_page.url, content_type, fetched_at, raw_page.body
            FROM raw_page JOIN article ON article.id = raw_page.article_id
            WHERE source_id = $1 ORDER BY fetched_at DESC LIMIT $2";
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        let rows: Vec<RawRow> =
            read!(&self.db, pool => sqlx::query_as(NEWEST).bind(source.as_str()).bind(limit).fetch_all(pool).await)
                .map_err(doing("look up a source's pages"))?;
        rows.into_iter().map(RawRow::into_page).collect()
    }
}

impl RawRow {
    fn into_page(self) -> Result<RawPage, StoreError> {
        Ok(RawPage {
            url: stored("page address", &self.url)?,
            content_type: self.content_type,
            fetched: Timestamp::from_millis(self.fetched_at),
            zstd: self.body,
        })
    }
}
