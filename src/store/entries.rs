//! Reading articles back: for feeds, for pages.

use std::collections::HashMap;

use super::db::{Db, composed, placeholders, read, row};
use super::{Store, StoreError, corrupt, doing, stored};
use crate::model::{
    Article, ArticleId, CanonicalUrl, CleanHtml, Coverage, Entry, Language, SourceId, StoryId, Timestamp, Title,
};

/// Which entries are wanted.
#[derive(Debug, Clone, Copy)]
pub struct Query<'a> {
    /// From these sources.
    pub sources: &'a [SourceId],
    /// Whether only the first article of each story is given, with the others as its `also`.
    pub folds: bool,
    /// At most so many.
    pub limit: usize,
}

row! {
    EntryRow {
        id: String,
        source_id: String,
        story_id: String,
        url: String,
        title: String,
        authors: String,
        categories: String,
        enclosures: String,
        summary: String,
        body: String,
        text: String,
        language: Option<String>,
        image: Option<String>,
        confidence: f64,
        given_published_at: Option<i64>,
        given_updated_at: Option<i64>,
        published_at: i64,
        updated_at: i64,
        first_seen_at: i64,
    }
}

row! {
    CoverageRow { id: String, source_id: String, story_id: String, title: String, url: String }
}

const ENTRY: &str = "
    SELECT id, source_id, story_id, url, title, authors, categories, enclosures, summary, body, text, language, image,
        confidence, given_published_at, given_updated_at, published_at, updated_at, first_seen_at
    FROM article";

impl Store {
    /// Entries by date, newest first; equal dates by id, so that the order never moves.
    ///
    /// # Errors
    /// When the database fails or holds an unreadable value.
    pub async fn entries(&self, query: &Query<'_>) -> Result<Vec<Entry>, StoreError> {
        if query.sources.is_empty() {
            return Ok(Vec::new());
        }
        let list = placeholders(2, query.sources.len());
        // The first article of a story leads it for ever, so a later and better copy moves nothing.
        let lead = match query.folds {
            false => String::new(),
            true => format!(
                "AND NOT EXISTS (
                    SELECT 1 FROM article AS earlier
                    WHERE earlier.story_id = article.story_id AND earlier.source_id IN {list}
                      AND (earlier.first_seen_at < article.first_seen_at
                        OR (earlier.first_seen_at = article.first_seen_at AND earlier.id < article.id)))"
            ),
        };
        let sql = format!("{ENTRY} WHERE source_id IN {list} {lead} ORDER BY published_at DESC, id LIMIT $1");
        let rows: Vec<EntryRow> = read!(&self.db, pool => {
            let mut rows = sqlx::query_as(composed(sql)).bind(i64::try_from(query.limit).unwrap_or(i64::MAX));
            for source in query.sources {
                rows = rows.bind(source.as_str());
            }
            rows.fetch_all(pool).await
        })
        .map_err(doing("list entries"))?;
        let mut entries = rows.into_iter().map(EntryRow::into_entry).collect::<Result<Vec<_>, _>>()?;
        if query.folds {
            self.add_coverage(&mut entries).await?;
        }
        Ok(entries)
    }

    /// One entry with what others write on it.
    ///
    /// # Errors
    /// When the database fails or holds an unreadable value.
    pub async fn entry(&self, id: ArticleId) -> Result<Option<Entry>, StoreError> {
        let sql = composed(format!("{ENTRY} WHERE id = $1"));
        let row: Option<EntryRow> =
            read!(&self.db, pool => sqlx::query_as(sql).bind(id.to_string()).fetch_optional(pool).await)
                .map_err(doing("look up an entry"))?;
        let Some(row) = row else { return Ok(None) };
        let mut entries = [row.into_entry()?];
        self.add_coverage(&mut entries).await?;
        let [entry] = entries;
        Ok(Some(entry))
    }

    async fn add_coverage(&self, entries: &mut [Entry]) -> Result<(), StoreError> {
        if entries.is_empty() {
            return Ok(());
        }
        let sql = format!(
            "SELECT id, source_id, story_id, title, url FROM article WHERE story_id IN {} ORDER BY first_seen_at, id",
            placeholders(1, entries.len()),
        );
        let rows: Vec<CoverageRow> = read!(&self.db, pool => {
            let mut rows = sqlx::query_as(composed(sql));
            for entry in entries.iter() {
                rows = rows.bind(entry.story.to_string());
            }
            rows.fetch_all(pool).await
        })
        .map_err(doing("find what else covers a story"))?;
        let mut by_story: HashMap<StoryId, Vec<Coverage>> = HashMap::new();
        for row in rows {
            let (story, coverage) = row.into_coverage()?;
            by_story.entry(story).or_default().push(coverage);
        }
        for entry in entries {
            let all = by_story.get(&entry.story).map(Vec::as_slice).unwrap_or_default();
            entry.also = all.iter().filter(|coverage| coverage.id != entry.id).cloned().collect();
        }
        Ok(())
    }
}

impl EntryRow {
    fn into_entry(self) -> Result<Entry, StoreError> {
        let article = Article {
            url: url(&self.url)?,
            title: title(&self.title)?,
            authors: list("list of authors", &self.authors)?,
            published: self.given_published_at.map(Timestamp::from_millis),
            updated: self.given_updated_at.map(Timestamp::from_millis),
            language: self.language.as_deref().and_then(Language::parse),
            image: self.image.as_deref().map(|url| stored("image address", url)).transpose()?,
            categories: list("list of categories", &self.categories)?,
            summary: self.summary,
            body: CleanHtml::from_store(self.body),
            text: self.text,
            enclosures: list("list of enclosures", &self.enclosures)?,
            confidence: self.confidence,
        };
        Ok(Entry {
            id: stored("article id", &self.id)?,
            source: stored("source id", &self.source_id)?,
            story: stored("story id", &self.story_id)?,
            published: Timestamp::from_millis(self.published_at),
            updated: Timestamp::from_millis(self.updated_at),
            first_seen: Timestamp::from_millis(self.first_seen_at),
            article,
            also: Vec::new(),
        })
    }
}

impl CoverageRow {
    fn into_coverage(self) -> Result<(StoryId, Coverage), StoreError> {
        let coverage = Coverage {
            id: stored("article id", &self.id)?,
            source: stored("source id", &self.source_id)?,
            title: title(&self.title)?,
            url: url(&self.url)?,
        };
        Ok((stored("story id", &self.story_id)?, coverage))
    }
}

fn url(text: &str) -> Result<CanonicalUrl, StoreError> {
    CanonicalUrl::parse(text).map_err(|_| corrupt("article address", text))
}

fn title(text: &str) -> Result<Title, StoreError> {
    Title::new(text).ok_or_else(|| corrupt("title", text))
}

fn list<T: serde::de::DeserializeOwned>(what: &'static str, text: &str) -> Result<Vec<T>, StoreError> {
    serde_json::from_str(text).map_err(|_| corrupt(what, text))
}
