//! Storing an article: its identity, its story and the text itself, in one transaction.

use url::Url;

use super::db::{Db, composed, placeholders, row, transaction};
use super::steps::{fence, known_by, name_by, take_off};
use super::{Claim, RawPage, Store, StoreError, corrupt, doing, stored};
use crate::model::{
    AliasKey, Article, ArticleId, CanonicalUrl, Fingerprint, Judgement, Link, Neighbour, StoryId, Timestamp,
};

/// Candidates looked at for one article: a band that many articles share tells nothing.
const MAX_NEIGHBOURS: i64 = 200;
/// Spreads the bands of one signature over the number line, so that one column tells band and value. The golden
/// ratio in 64 bits, as in Fibonacci hashing.
const BAND_STRIDE: u64 = 0x9e37_79b9_7f4a_7c15;

/// An article on its way into the store.
#[derive(Debug, Clone)]
pub struct NewArticle {
    /// What it says.
    pub article: Article,
    /// The link it was read from.
    pub link: Link,
    /// When the link was first seen.
    pub found: Timestamp,
    /// The date for feeds, where the article has none of its own.
    pub fallback_date: Timestamp,
    /// What duplicates are found by.
    pub fingerprint: Fingerprint,
    /// Where its page really was, after redirects; none where it was made from what the entrance told.
    pub page: Option<Url>,
    /// The page it was made of, if pages are kept.
    pub raw: Option<RawPage>,
}

/// What became of an article.
#[derive(Debug, Clone, PartialEq)]
pub enum Saved {
    /// It's new.
    New {
        /// Its id, minted now.
        id: ArticleId,
        /// What it is beside the others.
        judgement: Judgement,
    },
    /// It was known by one of its keys.
    Known {
        /// Its id.
        id: ArticleId,
    },
}

row! {
    NeighbourRow { article_id: String, story_id: String, shingles: Vec<u8>, facts: Vec<u8> }
}

const INSERT: &str = "
    INSERT INTO article (id, source_id, story_id, url, title, authors, categories, enclosures, summary, body, text,
        language, image, confidence, given_published_at, given_updated_at, published_at, updated_at, first_seen_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)";

impl Store {
    /// Stores an article unless it's known by one of its keys, with its aliases, its story and its page, and takes
    /// its link off the pages to read. `judge` gets its neighbours and decides whether it repeats one of them;
    /// that happens inside the transaction, so two workers can't both find the same text new.
    ///
    /// # Errors
    /// When somebody else holds the source, or the database fails; then nothing is stored.
    pub async fn save(
        &self,
        claim: &Claim,
        new: &NewArticle,
        judge: &(dyn Fn(&Fingerprint, &[Neighbour]) -> Judgement + Sync),
        oldest_neighbour: Timestamp,
    ) -> Result<Saved, StoreError> {
        let failed = doing("save an article");
        let source = claim.source.as_str();
        let article = &new.article;
        let keys = keys(new);
        let Some(first) = keys.first() else { return Err(corrupt("article without keys", article.url.as_str())) };
        let minted = ArticleId::mint(&claim.source, first);
        let lists = [
            json(&article.authors, article)?,
            json(&article.categories, article)?,
            json(&article.enclosures, article)?,
        ];
        let published = article.published.unwrap_or(new.fallback_date);
        let bands: Vec<i64> = band_values(&new.fingerprint);

        let saved = transaction!(&self.db, failed, tx => {
            fence!(tx, claim, failed);
            let known = known_by!(tx, source, &keys, failed);
            let known = known.as_deref().map(|id| stored::<ArticleId>("article id", id)).transpose()?;
            let id = known.unwrap_or(minted);
            name_by!(tx, source, &keys, id.to_string(), failed);
            take_off!(tx, source, new.link, failed);

            if known.is_some() {
                Saved::Known { id }
            } else {
                let mut neighbours = Vec::new();
                if !bands.is_empty() {
                    let sql = format!(
                        "SELECT fingerprint.article_id, story_id, shingles, facts
                         FROM fingerprint JOIN article ON article.id = fingerprint.article_id
                         WHERE fingerprint.article_id IN (
                             SELECT article_id FROM band WHERE seen_at >= $1 AND value IN {}
                             GROUP BY article_id ORDER BY COUNT(*) DESC, MIN(seen_at), article_id LIMIT $2)
                         ORDER BY first_seen_at, article.id",
                        placeholders(3, bands.len()),
                    );
                    let mut query = sqlx::query_as(composed(sql)).bind(oldest_neighbour.as_millis()).bind(MAX_NEIGHBOURS);
                    for value in &bands {
                        query = query.bind(*value);
                    }
                    let rows: Vec<NeighbourRow> = query.fetch_all(&mut *tx).await.map_err(failed)?;
                    for row in rows {
                        neighbours.push(row.into_neighbour()?);
                    }
                }
                let judgement = judge(&new.fingerprint, &neighbours);
                let story = match &judgement {
                    Judgement::New => StoryId::led_by(id),
                    Judgement::Duplicate { story, .. } => *story,
                };
                sqlx::query(INSERT)
                    .bind(id.to_string())
                    .bind(source)
                    .bind(story.to_string())
                    .bind(article.url.as_str())
                    .bind(article.title.as_str())
                    .bind(&lists[0])
                    .bind(&lists[1])
                    .bind(&lists[2])
                    .bind(&article.summary)
                    .bind(article.body.as_str())
                    .bind(&article.text)
                    .bind(article.language.as_ref().map(|language| language.as_str()))
                    .bind(article.image.as_ref().map(Url::as_str))
                    .bind(article.confidence)
                    .bind(article.published.map(Timestamp::as_millis))
                    .bind(article.updated.map(Timestamp::as_millis))
                    .bind(published.as_millis())
                    .bind(article.updated.unwrap_or(published).max(published).as_millis())
                    .bind(new.found.as_millis())
                    .execute(&mut *tx)
                    .await
                    .map_err(failed)?;
                if !bands.is_empty() {
                    sqlx::query("INSERT INTO fingerprint (article_id, shingles, facts) VALUES ($1, $2, $3)")
                        .bind(id.to_string())
                        .bind(bytes(&new.fingerprint.shingles))
                        .bind(bytes(&new.fingerprint.facts))
                        .execute(&mut *tx)
                        .await
                        .map_err(failed)?;
                }
                for value in &bands {
                    sqlx::query("INSERT INTO band (value, article_id, seen_at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING")
                        .bind(*value)
                        .bind(id.to_string())
                        .bind(new.found.as_millis())
                        .execute(&mut *tx)
                        .await
                        .map_err(failed)?;
                }
                if let Some(raw) = &new.raw {
                    sqlx::query("INSERT INTO raw_page (article_id, url, content_type, fetched_at, body) VALUES ($1, $2, $3, $4, $5)")
                        .bind(id.to_string())
                        .bind(raw.url.as_str())
                        .bind(raw.content_type.as_deref())
                        .bind(raw.fetched.as_millis())
                        .bind(&raw.zstd)
                        .execute(&mut *tx)
                        .await
                        .map_err(failed)?;
                }
                sqlx::query("UPDATE source SET revision = revision + 1 WHERE id = $1")
                    .bind(source)
                    .execute(&mut *tx)
                    .await
                    .map_err(failed)?;
                Saved::New { id, judgement }
            }
        });
        Ok(saved)
    }
}

impl NeighbourRow {
    fn into_neighbour(self) -> Result<Neighbour, StoreError> {
        let fingerprint =
            Fingerprint { bands: Vec::new(), shingles: numbers(&self.shingles), facts: numbers(&self.facts) };
        Ok(Neighbour {
            id: stored("article id", &self.article_id)?,
            story: stored("story id", &self.story_id)?,
            fingerprint,
        })
    }
}

/// The article's keys, the one it's minted from first: the link's guid or address, then where the page really was.
fn keys(new: &NewArticle) -> Vec<AliasKey> {
    let mut keys = new.link.keys();
    let page = new.page.clone().and_then(|page| CanonicalUrl::from_url(page).ok());
    for key in [Some(AliasKey::url(&new.article.url)), page.as_ref().map(AliasKey::url)].into_iter().flatten() {
        if !keys.contains(&key) {
            keys.push(key);
        }
    }
    keys
}

fn band_values(fingerprint: &Fingerprint) -> Vec<i64> {
    let stride = |index: usize| (index as u64).wrapping_mul(BAND_STRIDE);
    fingerprint.bands.iter().enumerate().map(|(index, value)| (value ^ stride(index)).cast_signed()).collect()
}

fn json<T: serde::Serialize>(value: &T, article: &Article) -> Result<String, StoreError> {
    serde_json::to_string(value).map_err(|_| corrupt("list", article.url.as_str()))
}

/// Numbers as they are stored: four bytes each, the least significant first.
fn bytes(numbers: &[u32]) -> Vec<u8> {
    numbers.iter().flat_map(|number| number.to_le_bytes()).collect()
}

fn numbers(bytes: &[u8]) -> Vec<u32> {
    bytes.chunks_exact(4).map(|four| u32::from_le_bytes([four[0], four[1], four[2], four[3]])).collect()
}
