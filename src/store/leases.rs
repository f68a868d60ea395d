//! Leases: how long a claim holds, and when there will be something to claim.

use std::time::Duration;

use super::db::{Db, read, transaction, write};
use super::{Claim, Store, StoreError, doing};
use crate::model::Timestamp;

/// Claims whose leases are set in one transaction, so that nobody waits long behind it.
const BATCH: usize = 200;

const SET: &str = "UPDATE source SET lease_until = $1 WHERE id = $2 AND lease_gen = $3";

/// Free sources and free pages are looked up in the order of their due times; the joins are written in the order in
/// which SQLite has to go, or it goes through all sources first.
const NEXT_WAKE: &str = "
    SELECT MIN(due_at) FROM (
        SELECT due_at FROM (
            SELECT due_at FROM source WHERE active = 1 AND lease_until <= $1 ORDER BY due_at LIMIT 1) AS polls
        UNION ALL
        SELECT due_at FROM (
            SELECT pending.due_at FROM pending CROSS JOIN source
            WHERE source.id = pending.source_id AND active = 1 AND lease_until <= $1
            ORDER BY pending.due_at LIMIT 1) AS pages
        UNION ALL
        SELECT CASE WHEN lease_until > due_at THEN lease_until ELSE due_at END
        FROM source WHERE active = 1 AND lease_until > $1
        UNION ALL
        SELECT CASE WHEN lease_until > pending.due_at THEN lease_until ELSE pending.due_at END
        FROM source CROSS JOIN pending
        WHERE pending.source_id = source.id AND active = 1 AND lease_until > $1
    ) AS work";

impl Store {
    /// Keeps a claim for so long from now.
    ///
    /// # Errors
    /// When somebody else holds the source, or the database fails.
    pub async fn renew(&self, claim: &Claim, lease: Duration) -> Result<(), StoreError> {
        self.set_lease(claim, self.clock.now() + lease).await
    }

    /// Gives a claim back, so that the source can be claimed again at once.
    ///
    /// # Errors
    /// When somebody else holds the source, or the database fails.
    pub async fn release(&self, claim: &Claim) -> Result<(), StoreError> {
        self.set_lease(claim, Timestamp::EPOCH).await
    }

    /// Keeps all these claims for so long from now, as far as nobody else holds them.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn renew_all(&self, claims: &[&Claim], lease: Duration) -> Result<(), StoreError> {
        self.set_leases(claims, self.clock.now() + lease).await
    }

    /// Gives all these claims back, as far as nobody else holds them.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn release_all(&self, claims: &[&Claim]) -> Result<(), StoreError> {
        self.set_leases(claims, Timestamp::EPOCH).await
    }

    /// When there will be something to claim; none while no source is active.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn next_wake(&self) -> Result<Option<Timestamp>, StoreError> {
        let now = self.clock.now().as_millis();
        let at: Option<i64> = read!(&self.db, pool => sqlx::query_scalar(NEXT_WAKE).bind(now).fetch_one(pool).await)
            .map_err(doing("find the next due time"))?;
        Ok(at.map(Timestamp::from_millis))
    }

    async fn set_lease(&self, claim: &Claim, until: Timestamp) -> Result<(), StoreError> {
        let n_rows = write!(&self.db, pool => sqlx::query(SET)
            .bind(until.as_millis())
            .bind(claim.source.as_str())
            .bind(claim.generation)
            .execute(pool)
            .await
            .map(|done| done.rows_affected()))
        .map_err(doing("keep a lease"))?;
        if n_rows == 1 { Ok(()) } else { Err(StoreError::Fenced(claim.source.clone())) }
    }

    async fn set_leases(&self, claims: &[&Claim], until: Timestamp) -> Result<(), StoreError> {
        let failed = doing("keep leases");
        for batch in claims.chunks(BATCH) {
            transaction!(&self.db, failed, tx => {
                for claim in batch {
                    sqlx::query(SET)
                        .bind(until.as_millis())
                        .bind(claim.source.as_str())
                        .bind(claim.generation)
                        .execute(&mut *tx)
                        .await
                        .map_err(failed)?;
                }
            });
        }
        Ok(())
    }
}
