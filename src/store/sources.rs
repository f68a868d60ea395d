//! Sources: when they are due, who works on them, and how they fare.

use std::collections::HashMap;
use std::time::Duration;

use url::Url;

use super::db::{Db, composed, placeholders, read, row, transaction, write};
use super::{Store, StoreError, doing, stored};
use crate::model::{Because, Pace, Source, SourceId, Timestamp, Trouble, Validators};

/// New sources that are asked at once: who tries a few wants to see them.
const FIRST_POLLS_AT_ONCE: usize = 10;
/// Longest time from one new source to the next after these. Thousands added at once mustn't be asked at once, nor all
/// together ever after; an evening's collection should still be there after minutes.
const FIRST_POLLS_APART: Duration = Duration::from_millis(250);

/// Leave to work on a source until the lease ends. Every write names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim {
    /// The source.
    pub source: SourceId,
    /// Its fencing token: grows with every claim.
    pub(super) generation: i64,
    /// Its address in the configuration when it was claimed.
    pub url: Url,
    /// Whether its entrance is due; else only pages are.
    pub is_poll_due: bool,
    /// Where the entrance was found when the source's address turned out to be another page.
    pub entrance: Option<Url>,
    /// What to ask «changed since?» with.
    pub validators: Validators,
    /// Whether any poll of this address went well.
    pub has_succeeded: bool,
    /// Polls in a row that failed.
    pub failures: u32,
    /// What ailed the last poll.
    pub ailment: Option<Ailment>,
    /// Where permanent redirects lead that were not believed yet.
    pub moving: Option<Move>,
    /// What the feed wishes of polls.
    pub pace: Pace,
}

/// A move that redirects tell of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Move {
    /// Where to.
    pub to: Url,
    /// Since when all answers agree on it.
    pub since: Timestamp,
}

/// A trouble that lasts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ailment {
    /// What it is.
    pub trouble: Trouble,
    /// Polls in a row that met it.
    pub n_polls: u32,
    /// When the first of them was.
    pub since: Timestamp,
}

/// How a source fares.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceState {
    /// Its name.
    pub id: SourceId,
    /// Its address in the configuration.
    pub url: Url,
    /// The entrance's own title.
    pub title: Option<String>,
    /// Where its feed was found, when that isn't `url`.
    pub entrance: Option<Url>,
    /// When its entrance is asked next.
    pub due: Timestamp,
    /// What decided that; none before the first poll.
    pub because: Option<Because>,
    /// When its entrance was last asked.
    pub last_poll: Option<Timestamp>,
    /// When that last went well.
    pub last_success: Option<Timestamp>,
    /// Why the last poll failed; none when it went well.
    pub last_error: Option<String>,
    /// What kind of failure that was.
    pub ailment: Option<Ailment>,
    /// Polls in a row that failed.
    pub failures: u32,
    /// Articles kept.
    pub n_articles: u64,
    /// Pages still to be read.
    pub n_pending: u64,
    /// Date of its newest article.
    pub last_article: Option<Timestamp>,
}

/// What became of a poll.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// The entrance was read.
    Read,
    /// The origin says that nothing changed.
    Unchanged,
    /// It didn't work.
    Failed,
}

impl Outcome {
    /// As it's stored and shown.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Read => "ok",
            Self::Unchanged => "unchanged",
            Self::Failed => "failed",
        }
    }
}

/// One poll of the past.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Poll {
    /// When it began.
    pub at: Timestamp,
    /// `ok`, `unchanged` or `failed`.
    pub outcome: String,
    /// Links that the entrance named.
    pub n_found: u32,
    /// Links among them that were new.
    pub n_new: u32,
    /// Why it failed.
    pub error: Option<String>,
    /// What kind of failure that was.
    pub trouble: Option<Trouble>,
    /// From request to stored links.
    pub took: Duration,
}

row! {
    ClaimRow {
        id: String,
        lease_gen: i64,
        url: String,
        due_at: i64,
        entrance: Option<String>,
        etag: Option<Vec<u8>>,
        last_modified: Option<Vec<u8>>,
        last_success_at: Option<i64>,
        failures: i64,
        trouble: Option<String>,
        troubles: i64,
        trouble_since: Option<i64>,
        moved_to: Option<String>,
        moved_since: Option<i64>,
        pace: Option<String>,
    }
}

row! {
    StateRow {
        id: String,
        url: String,
        title: Option<String>,
        entrance: Option<String>,
        due_at: i64,
        due_because: Option<String>,
        last_poll_at: Option<i64>,
        last_success_at: Option<i64>,
        last_error: Option<String>,
        failures: i64,
        trouble: Option<String>,
        troubles: i64,
        trouble_since: Option<i64>,
        n_articles: i64,
        n_pending: i64,
        last_article: Option<i64>,
    }
}

row! {
    PollRow { at: i64, outcome: String, n_found: i64, n_new: i64, error: Option<String>, trouble: Option<String>, took_ms: i64 }
}

/// A changed address makes a new source of it: whoever works on the old one is fenced off.
const UPSERT: &str = "
    INSERT INTO source (id, url, active, due_at) VALUES ($1, $2, 1, $3)
    ON CONFLICT (id) DO UPDATE SET
        active = 1,
        url = excluded.url,
        entrance = CASE WHEN source.url = excluded.url THEN source.entrance END,
        etag = CASE WHEN source.url = excluded.url THEN source.etag END,
        last_modified = CASE WHEN source.url = excluded.url THEN source.last_modified END,
        due_at = CASE WHEN source.url = excluded.url THEN source.due_at ELSE excluded.due_at END,
        failures = CASE WHEN source.url = excluded.url THEN source.failures ELSE 0 END,
        trouble = CASE WHEN source.url = excluded.url THEN source.trouble END,
        troubles = CASE WHEN source.url = excluded.url THEN source.troubles ELSE 0 END,
        moved_to = CASE WHEN source.url = excluded.url THEN source.moved_to END,
        pace = CASE WHEN source.url = excluded.url THEN source.pace END,
        last_success_at = CASE WHEN source.url = excluded.url THEN source.last_success_at END,
        lease_until = CASE WHEN source.url = excluded.url THEN source.lease_until ELSE 0 END,
        lease_gen = source.lease_gen + CASE WHEN source.url = excluded.url THEN 0 ELSE 1 END";

/// Sources to ask. Apart from those with nothing but pages to read, since either alone is found by an index, and
/// together they are found by looking at every source.
const DUE_POLLS: &str = "due_at <= $1";
const DUE_PAGES: &str = "due_at > $1 AND id IN (SELECT source_id FROM pending WHERE due_at <= $1)";

const CLAIMED: &str = "source.id, lease_gen, url, due_at, entrance, etag, last_modified, last_success_at, failures,
        trouble, troubles, trouble_since, moved_to, moved_since, pace";

const CLAIM_ONE: &str = "
    UPDATE source SET lease_until = $2, lease_gen = lease_gen + 1
    WHERE id = $3 AND active = 1 AND lease_until <= $1 RETURNING";

const STATES: &str = "
    SELECT id, url, title, entrance, due_at, due_because, last_poll_at, last_success_at, last_error, failures,
        trouble, troubles, trouble_since,
        (SELECT COUNT(*) FROM article WHERE article.source_id = source.id) AS n_articles,
        (SELECT COUNT(*) FROM pending WHERE pending.source_id = source.id) AS n_pending,
        (SELECT MAX(published_at) FROM article WHERE article.source_id = source.id) AS last_article
    FROM source WHERE active = 1";

impl Store {
    /// Takes over the sources of the configuration: the first few new ones are due now and the others one after the
    /// other, known ones keep their due times, those that are gone rest with all they have. A changed address is asked
    /// afresh.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn sync(&self, sources: &[Source]) -> Result<(), StoreError> {
        let failed = doing("take over the sources");
        let now = self.clock.now();
        transaction!(&self.db, failed, tx => {
            let rows: Vec<(String, String)> =
                sqlx::query_as("SELECT id, url FROM source").fetch_all(&mut *tx).await.map_err(failed)?;
            let known: HashMap<String, String> = rows.into_iter().collect();
            let is_new = |source: &Source| known.get(source.id.as_str()).is_none_or(|url| url != source.url.as_str());
            let n_new = sources.iter().filter(|source| is_new(source)).count();
            let mut place = 0;
            sqlx::query("UPDATE source SET active = 0").execute(&mut *tx).await.map_err(failed)?;
            for source in sources {
                let due = now + first_wait(place, n_new, source.rhythm.interval(now));
                place += usize::from(is_new(source));
                sqlx::query(UPSERT)
                    .bind(source.id.as_str())
                    .bind(source.url.as_str())
                    .bind(due.as_millis())
                    .execute(&mut *tx)
                    .await
                    .map_err(failed)?;
            }
        });
        self.forget_future().await
    }

    /// Takes sources that are due (their entrance or some of their pages) and that nobody holds, the longest due
    /// first, at most `limit`. Until `lease` is over no other worker gets them.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn claim_due(&self, limit: usize, lease: Duration) -> Result<Vec<Claim>, StoreError> {
        let mut claims = self.claim_some(limit, DUE_POLLS, lease).await?;
        if claims.len() < limit {
            claims.extend(self.claim_some(limit - claims.len(), DUE_PAGES, lease).await?);
        }
        Ok(claims)
    }

    async fn claim_some(&self, limit: usize, work: &'static str, lease: Duration) -> Result<Vec<Claim>, StoreError> {
        let now = self.clock.now();
        let select = format!(
            "SELECT id FROM source WHERE active = 1 AND lease_until <= $1 AND {work} ORDER BY due_at, id LIMIT $3"
        );
        let take = "UPDATE source SET lease_until = $2, lease_gen = lease_gen + 1";
        let sql = match self.db {
            Db::Sqlite { .. } => format!("{take} WHERE id IN ({select}) RETURNING {CLAIMED}"),
            // It would let two workers pick the same rows and the second wait for the first; it's told to skip them.
            Db::Postgres(_) => format!(
                "WITH due AS MATERIALIZED ({select} FOR UPDATE SKIP LOCKED)
                 {take} FROM due WHERE source.id = due.id RETURNING {CLAIMED}"
            ),
        };
        let sql = composed(sql);
        let mut rows: Vec<ClaimRow> = write!(&self.db, pool => sqlx::query_as(sql)
            .bind(now.as_millis())
            .bind((now + lease).as_millis())
            .bind(i64::try_from(limit).unwrap_or(i64::MAX))
            .fetch_all(pool)
            .await)
        .map_err(doing("claim due sources"))?;
        // They come back in any order.
        rows.sort_by(|one, other| (one.due_at, &one.id).cmp(&(other.due_at, &other.id)));
        rows.into_iter().map(|row| row.into_claim(now)).collect()
    }

    /// Takes one source whether it's due or not; none while somebody else holds it.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn claim(&self, source: &SourceId, lease: Duration) -> Result<Option<Claim>, StoreError> {
        let now = self.clock.now();
        let sql = composed(format!("{CLAIM_ONE} {CLAIMED}"));
        let row: Option<ClaimRow> = write!(&self.db, pool => sqlx::query_as(sql)
            .bind(now.as_millis())
            .bind((now + lease).as_millis())
            .bind(source.as_str())
            .fetch_optional(pool)
            .await)
        .map_err(doing("claim a source"))?;
        row.map(|row| row.into_claim(now).map(|claim| Claim { is_poll_due: true, ..claim })).transpose()
    }

    /// How every active source fares, in order of their names.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn sources(&self) -> Result<Vec<SourceState>, StoreError> {
        let sql = composed(format!("{STATES} ORDER BY id"));
        let rows: Vec<StateRow> =
            read!(&self.db, pool => sqlx::query_as(sql).fetch_all(pool).await).map_err(doing("list the sources"))?;
        rows.into_iter().map(StateRow::into_state).collect()
    }

    /// How one active source fares.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn source(&self, id: &SourceId) -> Result<Option<SourceState>, StoreError> {
        let sql = composed(format!("{STATES} AND id = $1"));
        let row: Option<StateRow> =
            read!(&self.db, pool => sqlx::query_as(sql).bind(id.as_str()).fetch_optional(pool).await)
                .map_err(doing("look up a source"))?;
        row.map(StateRow::into_state).transpose()
    }

    /// A source's past polls, newest first.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn polls(&self, id: &SourceId, limit: usize) -> Result<Vec<Poll>, StoreError> {
        const POLLS: &str = "SELECT at, outcome, n_found, n_new, error, trouble, took_ms FROM poll
            WHERE source_id = $1 ORDER BY at DESC LIMIT $2";
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        let rows: Vec<PollRow> =
            read!(&self.db, pool => sqlx::query_as(POLLS).bind(id.as_str()).bind(limit).fetch_all(pool).await)
                .map_err(doing("list a source's polls"))?;
        Ok(rows.into_iter().map(PollRow::into_poll).collect())
    }

    /// A number that moves whenever the articles of these sources change; equal numbers mean equal feeds.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn revision(&self, sources: &[SourceId]) -> Result<u64, StoreError> {
        if sources.is_empty() {
            return Ok(0);
        }
        let list = placeholders(1, sources.len());
        let sql = format!("SELECT CAST(COALESCE(SUM(revision), 0) AS BIGINT) FROM source WHERE id IN {list}");
        let sum: i64 = read!(&self.db, pool => {
            let mut query = sqlx::query_scalar(composed(sql));
            for source in sources {
                query = query.bind(source.as_str());
            }
            query.fetch_one(pool).await
        })
        .map_err(doing("compare revisions"))?;
        Ok(sum.unsigned_abs())
    }
}

impl ClaimRow {
    fn into_claim(self, now: Timestamp) -> Result<Claim, StoreError> {
        Ok(Claim {
            source: stored("source id", &self.id)?,
            generation: self.lease_gen,
            url: stored("source address", &self.url)?,
            is_poll_due: self.due_at <= now.as_millis(),
            entrance: self.entrance.as_deref().map(|url| stored("entrance", url)).transpose()?,
            validators: Validators { etag: self.etag, last_modified: self.last_modified },
            has_succeeded: self.last_success_at.is_some(),
            failures: count(self.failures),
            ailment: ailment(self.trouble.as_deref(), self.troubles, self.trouble_since),
            moving: self
                .moved_to
                .as_deref()
                .zip(self.moved_since)
                .and_then(|(to, since)| Some(Move { to: to.parse().ok()?, since: Timestamp::from_millis(since) })),
            pace: self.pace.as_deref().and_then(|pace| serde_json::from_str(pace).ok()).unwrap_or_default(),
        })
    }
}

impl StateRow {
    fn into_state(self) -> Result<SourceState, StoreError> {
        Ok(SourceState {
            id: stored("source id", &self.id)?,
            url: stored("source address", &self.url)?,
            title: self.title,
            entrance: self.entrance.as_deref().map(|url| stored("entrance", url)).transpose()?,
            due: Timestamp::from_millis(self.due_at),
            because: self.due_because.as_deref().and_then(|name| name.parse().ok()),
            last_poll: self.last_poll_at.map(Timestamp::from_millis),
            last_success: self.last_success_at.map(Timestamp::from_millis),
            last_error: self.last_error,
            ailment: ailment(self.trouble.as_deref(), self.troubles, self.trouble_since),
            failures: count(self.failures),
            n_articles: self.n_articles.unsigned_abs(),
            n_pending: self.n_pending.unsigned_abs(),
            last_article: self.last_article.map(Timestamp::from_millis),
        })
    }
}

impl PollRow {
    fn into_poll(self) -> Poll {
        Poll {
            at: Timestamp::from_millis(self.at),
            outcome: self.outcome,
            n_found: count(self.n_found),
            n_new: count(self.n_new),
            error: self.error,
            trouble: self.trouble.as_deref().and_then(|name| name.parse().ok()),
            took: Duration::from_millis(self.took_ms.unsigned_abs()),
        }
    }
}

/// When the source in this place among so many new ones is asked first: a few at once, the others evenly over its
/// interval, or quicker if they are few.
fn first_wait(place: usize, n_new: usize, interval: Duration) -> Duration {
    let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    let step = (interval / count(n_new).max(1)).min(FIRST_POLLS_APART);
    step * count(place.saturating_sub(FIRST_POLLS_AT_ONCE))
}

/// A name that a newer version has stored is none: the words beside it still tell.
fn ailment(trouble: Option<&str>, n_polls: i64, since: Option<i64>) -> Option<Ailment> {
    let trouble = trouble?.parse().ok()?;
    Some(Ailment { trouble, n_polls: count(n_polls), since: Timestamp::from_millis(since?) })
}

fn count(n: i64) -> u32 {
    u32::try_from(n).unwrap_or(if n < 0 { 0 } else { u32::MAX })
}
