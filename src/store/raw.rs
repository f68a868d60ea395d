//! The pages that articles were made of, kept for a while.

use url::Url;

use super::db::{Db, read, row};
use super::{Store, StoreError, doing, stored};
use crate::model::{ArticleId, Timestamp};

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
