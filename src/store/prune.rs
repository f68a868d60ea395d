//! Forgetting what has been kept long enough; names are never forgotten.

use std::time::Duration;

use super::db::{Db, transaction};
use super::{Config, Store, StoreError, doing};

const DAY: Duration = Duration::from_secs(24 * 3600);

/// How much was forgotten.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Pruned {
    /// Articles.
    pub n_articles: u64,
    /// Pages that articles were made of.
    pub n_raw_pages: u64,
}

const OLD_ARTICLES: &str = "
    DELETE FROM article WHERE first_seen_at < $1 AND id IN (
        SELECT id FROM (
            SELECT id, ROW_NUMBER() OVER (PARTITION BY source_id ORDER BY published_at DESC, id) AS place FROM article
        ) AS ranked WHERE place > $2)";

const TOUCH: &str = "
    UPDATE source SET revision = revision + 1 WHERE id IN (
        SELECT source_id FROM (
            SELECT source_id, first_seen_at,
                ROW_NUMBER() OVER (PARTITION BY source_id ORDER BY published_at DESC, id) AS place FROM article
        ) AS ranked WHERE place > $2 AND first_seen_at < $1)";

impl Store {
    /// Forgets articles and pages that are past what the settings keep. Ids and aliases stay, so that what comes
    /// back isn't taken for new.
    ///
    /// # Errors
    /// When the database fails; then nothing is forgotten.
    pub async fn prune(&self, config: &Config) -> Result<Pruned, StoreError> {
        let failed = doing("forget old articles");
        let now = self.clock.now();
        let articles_before = now.minus(DAY * config.keep.days).as_millis();
        let pages_before = now.minus(DAY * config.raw_pages.keep_days).as_millis();
        let least = i64::from(config.keep.min_items);
        let pruned = transaction!(&self.db, failed, tx => {
            sqlx::query(TOUCH).bind(articles_before).bind(least).execute(&mut *tx).await.map_err(failed)?;
            let articles =
                sqlx::query(OLD_ARTICLES).bind(articles_before).bind(least).execute(&mut *tx).await.map_err(failed)?;
            // Looking for orphans reads everything, so only where there can be some.
            if articles.rows_affected() > 0 {
                for orphans in [
                    "DELETE FROM band WHERE article_id NOT IN (SELECT id FROM article)",
                    "DELETE FROM fingerprint WHERE article_id NOT IN (SELECT id FROM article)",
                    "DELETE FROM raw_page WHERE article_id NOT IN (SELECT id FROM article)",
                ] {
                    sqlx::query(orphans).execute(&mut *tx).await.map_err(failed)?;
                }
            }
            let pages = sqlx::query("DELETE FROM raw_page WHERE fetched_at < $1")
                .bind(pages_before)
                .execute(&mut *tx)
                .await
                .map_err(failed)?;
            Pruned { n_articles: articles.rows_affected(), n_raw_pages: pages.rows_affected() }
        });
        Ok(pruned)
    }
}
