//! What a poll found: links whose pages are still to be read, kept until each is stored or given up.

use std::time::Duration;

use url::Url;

use super::db::{Db, read, row, transaction, write};
use super::hosts::keep_hosts;
use super::steps::{fence, known_by, name_by, take_off};
use super::{Claim, Move, Outcome, Store, StoreError, corrupt, doing};
use crate::model::{
    AliasKey, ArticleId, Because, HostState, Link, Pace, RobotsState, SourceId, Timestamp, Trouble, Validators,
};

/// Past polls kept for each source.
const MAX_POLLS: i64 = 200;
const DAY: Duration = Duration::from_secs(24 * 3600);

/// A link whose page is to be read.
#[derive(Debug, Clone, PartialEq)]
pub struct Pending {
    /// What the entrance told of it.
    pub link: Link,
    /// When it was first seen; what has no date of its own gets this one.
    pub found: Timestamp,
    /// Place in the entrance it was found in, from 0.
    pub position: u32,
    /// Times its page was asked for in vain.
    pub attempts: u32,
}

/// What a poll came to.
#[derive(Debug, Clone)]
pub struct PollReport {
    /// When it began.
    pub began: Timestamp,
    /// How it ended.
    pub outcome: Outcome,
    /// When the entrance is to be asked next.
    pub due: Timestamp,
    /// What decided that.
    pub because: Because,
    /// What the entrance tells of articles, in its order; empty unless it was read.
    pub links: Vec<Link>,
    /// Most links that are new within a day; what is beyond is left out.
    pub max_new_per_day: u32,
    /// What to ask with next time; replaces what was stored unless the poll failed.
    pub validators: Validators,
    /// Where the entrance is, when the source's address is another page; replaces what was stored unless the poll
    /// failed.
    pub entrance: Option<Url>,
    /// Where permanent redirects lead that aren't believed yet; replaces what was stored unless the poll failed.
    pub moving: Option<Move>,
    /// What the feed wishes of polls; none leaves what was stored.
    pub pace: Option<Pace>,
    /// The entrance's own title, if it gave one.
    pub title: Option<String>,
    /// Why it failed.
    pub error: Option<String>,
    /// What kind of failure that was.
    pub trouble: Option<Trouble>,
    /// From request to report.
    pub took: Duration,
    /// What was learned of hosts meanwhile.
    pub hosts: Vec<HostState>,
    /// What was learned of sites' robots.txt.
    pub robots: Vec<RobotsState>,
}

/// What storing a poll came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Finished {
    /// New links.
    pub n_new: u32,
    /// Further ones that there was no room for; the next polls will bring them again.
    pub n_left_out: u32,
    /// Whether pages are to be read now. If not, the claim was given back: one commit less for most polls.
    pub has_pages: bool,
}

row! {
    PendingRow { link: String, found_at: i64, position: i64, attempts: i64 }
}

row! {
    WaitingRow { why: String, pages: i64 }
}

const WAITS: &str = "SELECT due_at FROM pending WHERE source_id = $1 AND key = $2";

const ADD: &str = "
    INSERT INTO pending (source_id, key, position, link, found_at, due_at) VALUES ($1, $2, $3, $4, $5, $5)
    ON CONFLICT (source_id, key) DO NOTHING";

const FINISH: &str = "
    UPDATE source SET due_at = $3, etag = $4, last_modified = $5,
        entrance = $6, title = COALESCE($7, title),
        last_success_at = $8, last_error = NULL, failures = 0,
        trouble = NULL, troubles = 0, trouble_since = NULL,
        moved_to = $9, moved_since = $10, pace = COALESCE($11, pace), due_because = $12
    WHERE id = $1 AND lease_gen = $2";

const FAIL: &str = "
    UPDATE source SET due_at = $3, last_error = $4, failures = failures + 1,
        troubles = CASE WHEN trouble = $5 THEN troubles + 1 ELSE 1 END,
        trouble_since = CASE WHEN trouble = $5 THEN trouble_since ELSE $6 END,
        trouble = $5, due_because = $7
    WHERE id = $1 AND lease_gen = $2";

const LOG: &str = "
    INSERT INTO poll (source_id, at, outcome, n_found, n_new, error, took_ms, trouble)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";

const N_NEW_SINCE: &str = "SELECT CAST(COALESCE(SUM(n_new), 0) AS BIGINT) FROM poll WHERE source_id = $1 AND at > $2";

const FORGET_POLLS: &str = "
    DELETE FROM poll WHERE source_id = $1 AND at <= (
        SELECT at FROM poll WHERE source_id = $1 ORDER BY at DESC LIMIT 1 OFFSET $2)";

const FIRST_PAGE: &str = "SELECT due_at FROM pending WHERE source_id = $1 AND due_at <= $2 LIMIT 1";
/// The claim was proved in the same transaction.
const GIVE_BACK: &str = "UPDATE source SET lease_until = 0 WHERE id = $1";

impl Store {
    /// Notes that the entrance is about to be asked, and when it may be asked again: from here on a killed process
    /// can't lead to an early poll.
    ///
    /// # Errors
    /// When somebody else holds the source, or the database fails.
    pub async fn begin_poll(&self, claim: &Claim, due: Timestamp) -> Result<(), StoreError> {
        const BEGIN: &str =
            "UPDATE source SET last_poll_at = $3, due_at = $4, due_because = $5 WHERE id = $1 AND lease_gen = $2";
        let now = self.clock.now().as_millis();
        let n_rows = write!(&self.db, pool => sqlx::query(BEGIN)
            .bind(claim.source.as_str())
            .bind(claim.generation)
            .bind(now)
            .bind(due.as_millis())
            .bind(Because::Rhythm.as_str())
            .execute(pool)
            .await
            .map(|done| done.rows_affected()))
        .map_err(doing("begin a poll"))?;
        if n_rows == 1 { Ok(()) } else { Err(StoreError::Fenced(claim.source.clone())) }
    }

    /// Stores what a poll came to, in one transaction: new links, validators, the next due time, what was learned of
    /// hosts; and gives the claim back if that leaves nothing to read. A link that is known under one of its keys gets
    /// the others as aliases. Where links are left out, the validators stay as they were, so that the same document
    /// comes again.
    ///
    /// # Errors
    /// When somebody else holds the source, or the database fails; then nothing is stored.
    pub async fn finish_poll(&self, claim: &Claim, report: &PollReport) -> Result<Finished, StoreError> {
        let failed = doing("store what a poll found");
        let links = report.links.iter().map(encode).collect::<Result<Vec<_>, _>>()?;
        let source = claim.source.as_str();
        let now = self.clock.now();
        let a_day_ago = report.began.minus(DAY).as_millis();
        let finished = transaction!(&self.db, failed, tx => {
            fence!(tx, claim, failed);
            keep_hosts!(tx, &report.hosts, &report.robots, now, failed);
            let n_today: i64 = sqlx::query_scalar(N_NEW_SINCE)
                .bind(source)
                .bind(a_day_ago)
                .fetch_one(&mut *tx)
                .await
                .map_err(failed)?;
            let room = report.max_new_per_day.saturating_sub(u32::try_from(n_today).unwrap_or(u32::MAX));
            let (mut n_new, mut n_left_out) = (0_u32, 0_u32);
            for (position, (keys, link)) in links.iter().enumerate() {
                if let Some(article) = known_by!(tx, source, keys, failed) {
                    name_by!(tx, source, keys, &article, failed);
                } else if n_new >= room {
                    let key = keys.last().map(AliasKey::as_str).unwrap_or_default();
                    let waits: Option<i64> = sqlx::query_scalar(WAITS)
                        .bind(source)
                        .bind(key)
                        .fetch_optional(&mut *tx)
                        .await
                        .map_err(failed)?;
                    n_left_out += u32::from(waits.is_none());
                } else if let Some(key) = keys.last() {
                    let done = sqlx::query(ADD)
                        .bind(source)
                        .bind(key.as_str())
                        .bind(i64::try_from(position).unwrap_or(i64::MAX))
                        .bind(link)
                        .bind(report.began.as_millis())
                        .execute(&mut *tx)
                        .await
                        .map_err(failed)?;
                    n_new += u32::from(done.rows_affected() == 1);
                }
            }
            let none = Validators::default();
            let validators = match n_left_out {
                0 => &report.validators,
                _ if report.entrance == claim.entrance => &claim.validators,
                // What another address gave says nothing of this one.
                _ => &none,
            };
            match report.outcome {
                Outcome::Failed => {
                    sqlx::query(FAIL)
                        .bind(source)
                        .bind(claim.generation)
                        .bind(report.due.as_millis())
                        .bind(report.error.as_deref())
                        .bind(report.trouble.map(Trouble::as_str))
                        .bind(report.began.as_millis())
                        .bind(report.because.as_str())
                        .execute(&mut *tx)
                        .await
                        .map_err(failed)?;
                }
                Outcome::Read | Outcome::Unchanged => {
                    sqlx::query(FINISH)
                        .bind(source)
                        .bind(claim.generation)
                        .bind(report.due.as_millis())
                        .bind(validators.etag.as_deref())
                        .bind(validators.last_modified.as_deref())
                        .bind(report.entrance.as_ref().map(Url::as_str))
                        .bind(report.title.as_deref())
                        .bind(report.began.as_millis())
                        .bind(report.moving.as_ref().map(|moving| moving.to.as_str()))
                        .bind(report.moving.as_ref().map(|moving| moving.since.as_millis()))
                        .bind(report.pace.and_then(|pace| serde_json::to_string(&pace).ok()))
                        .bind(report.because.as_str())
                        .execute(&mut *tx)
                        .await
                        .map_err(failed)?;
                }
            }
            sqlx::query(LOG)
                .bind(source)
                .bind(report.began.as_millis())
                .bind(report.outcome.as_str())
                .bind(i64::try_from(report.links.len()).unwrap_or(i64::MAX))
                .bind(i64::from(n_new))
                .bind(report.error.as_deref())
                .bind(i64::try_from(report.took.as_millis()).unwrap_or(i64::MAX))
                .bind(report.trouble.map(Trouble::as_str))
                .execute(&mut *tx)
                .await
                .map_err(failed)?;
            sqlx::query(FORGET_POLLS).bind(source).bind(MAX_POLLS).execute(&mut *tx).await.map_err(failed)?;
            let first: Option<i64> = sqlx::query_scalar(FIRST_PAGE)
                .bind(source)
                .bind(now.as_millis())
                .fetch_optional(&mut *tx)
                .await
                .map_err(failed)?;
            if first.is_none() {
                sqlx::query(GIVE_BACK).bind(source).execute(&mut *tx).await.map_err(failed)?;
            }
            Finished { n_new, n_left_out, has_pages: first.is_some() }
        });
        Ok(finished)
    }

    /// The source's pages that are due to be read, in the order in which they were found.
    ///
    /// # Errors
    /// When the database fails or holds an unreadable link.
    pub async fn pending(&self, claim: &Claim, limit: usize) -> Result<Vec<Pending>, StoreError> {
        const PENDING: &str = "
            SELECT link, found_at, position, attempts FROM pending
            WHERE source_id = $1 AND due_at <= $2
            ORDER BY found_at, position LIMIT $3";
        let rows: Vec<PendingRow> = read!(&self.db, pool => sqlx::query_as(PENDING)
            .bind(claim.source.as_str())
            .bind(self.clock.now().as_millis())
            .bind(i64::try_from(limit).unwrap_or(i64::MAX))
            .fetch_all(pool)
            .await)
        .map_err(doing("list pages to read"))?;
        rows.into_iter().map(PendingRow::into_pending).collect()
    }

    /// Why pages of a source wait, the most frequent reason first, and how many for each.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn waiting(&self, source: &SourceId, limit: usize) -> Result<Vec<(String, u32)>, StoreError> {
        const WAITING: &str = "
            SELECT last_error AS why, COUNT(*) AS pages FROM pending
            WHERE source_id = $1 AND last_error IS NOT NULL
            GROUP BY last_error ORDER BY COUNT(*) DESC, last_error LIMIT $2";
        let rows: Vec<WaitingRow> = read!(&self.db, pool => sqlx::query_as(WAITING)
            .bind(source.as_str())
            .bind(i64::try_from(limit).unwrap_or(i64::MAX))
            .fetch_all(pool)
            .await)
        .map_err(doing("list why pages wait"))?;
        Ok(rows.into_iter().map(|row| (row.why, u32::try_from(row.pages).unwrap_or(u32::MAX))).collect())
    }

    /// Puts a page off until `due`, counting one attempt more.
    ///
    /// # Errors
    /// When somebody else holds the source, or the database fails.
    pub async fn postpone(&self, claim: &Claim, link: &Link, due: Timestamp, why: &str) -> Result<(), StoreError> {
        const POSTPONE: &str = "
            UPDATE pending SET due_at = $3, attempts = attempts + 1, last_error = $4
            WHERE source_id = $1 AND key = $2
              AND EXISTS (SELECT 1 FROM source WHERE source.id = $1 AND lease_gen = $5)";
        let n_rows = write!(&self.db, pool => sqlx::query(POSTPONE)
            .bind(claim.source.as_str())
            .bind(AliasKey::url(&link.url).as_str())
            .bind(due.as_millis())
            .bind(why)
            .bind(claim.generation)
            .execute(pool)
            .await
            .map(|done| done.rows_affected()))
        .map_err(doing("put a page off"))?;
        if n_rows == 1 { Ok(()) } else { Err(StoreError::Fenced(claim.source.clone())) }
    }

    /// Leaves all the source's pages alone until `due`, without counting an attempt. Gives their number.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn postpone_all(&self, claim: &Claim, due: Timestamp) -> Result<u32, StoreError> {
        const POSTPONE: &str = "
            UPDATE pending SET due_at = $2
            WHERE source_id = $1 AND due_at < $2
              AND EXISTS (SELECT 1 FROM source WHERE source.id = $1 AND lease_gen = $3)";
        let n_rows = write!(&self.db, pool => sqlx::query(POSTPONE)
            .bind(claim.source.as_str())
            .bind(due.as_millis())
            .bind(claim.generation)
            .execute(pool)
            .await
            .map(|done| done.rows_affected()))
        .map_err(doing("leave a source's pages alone"))?;
        Ok(u32::try_from(n_rows).unwrap_or(u32::MAX))
    }

    /// Gives a link up for good: it turned out to be no article. It won't be asked for again.
    ///
    /// # Errors
    /// When somebody else holds the source, or the database fails.
    pub async fn dismiss(&self, claim: &Claim, link: &Link) -> Result<(), StoreError> {
        let failed = doing("give a link up");
        let keys = link.keys();
        let (Some(first), source) = (keys.first(), claim.source.as_str()) else { return Ok(()) };
        let id = ArticleId::mint(&claim.source, first).to_string();
        transaction!(&self.db, failed, tx => {
            fence!(tx, claim, failed);
            name_by!(tx, source, &keys, &id, failed);
            take_off!(tx, source, link, failed);
        });
        Ok(())
    }
}

impl PendingRow {
    fn into_pending(self) -> Result<Pending, StoreError> {
        Ok(Pending {
            link: serde_json::from_str(&self.link).map_err(|_| corrupt("link", &self.link))?,
            found: Timestamp::from_millis(self.found_at),
            position: u32::try_from(self.position).unwrap_or(u32::MAX),
            attempts: u32::try_from(self.attempts).unwrap_or(u32::MAX),
        })
    }
}

/// A link with its keys, ready to be stored.
fn encode(link: &Link) -> Result<(Vec<AliasKey>, String), StoreError> {
    let text = serde_json::to_string(link).map_err(|_| corrupt("link", link.url.as_str()))?;
    Ok((link.keys(), text))
}
