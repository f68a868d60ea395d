//! Somebody sets the clock: what was due in an hour is due in an hour still.

use std::time::Duration;

use super::db::{Db, read, transaction, write};
use super::{Store, StoreError, doing};
use crate::model::Timestamp;

/// Clocks that differ by less are taken as one.
const MAX_DRIFT: Duration = Duration::from_secs(60);

/// What a clock that was ahead has written comes nearer by as much as it was ahead.
const BACK: [&str; 2] = [
    "UPDATE source SET due_at = due_at - $1, last_poll_at = last_poll_at - $1,
        lease_until = CASE WHEN lease_until > $2 THEN lease_until - $1 ELSE lease_until END",
    "UPDATE pending SET due_at = due_at - $1,
        found_at = CASE WHEN found_at > $2 THEN found_at - $1 ELSE found_at END",
];
/// What is due or held only because the clock jumped over its time keeps its distance.
const ON: [&str; 2] = [
    "UPDATE source SET
        due_at = CASE WHEN due_at > $3 AND due_at <= $2 THEN due_at + $1 ELSE due_at END,
        lease_until = CASE WHEN lease_until > $3 AND lease_until <= $2 THEN lease_until + $1 ELSE lease_until END",
    "UPDATE pending SET due_at = due_at + $1 WHERE due_at > $3 AND due_at <= $2",
];

/// Who was added by a clock that was ahead, and never polled: of a million that are added at once, the last is due
/// after three days.
const FIRSTS: &str = "UPDATE source SET due_at = $1 WHERE last_poll_at IS NULL AND due_at > $1 + 604800000";

impl Store {
    /// Moves due times and leases after somebody has set the clock, so that no source falls silent and none is asked
    /// early. `before` is what the clock would show by now if nobody had.
    ///
    /// What is still in the future after a jump ahead stays: a machine that slept looks the same, and then it did
    /// come nearer.
    ///
    /// # Errors
    /// When the database fails; then nothing is moved.
    pub async fn clock_was_set(&self, before: Timestamp, now: Timestamp) -> Result<(), StoreError> {
        let failed = doing("follow the clock");
        let (by, statements) = match before.since(now) {
            Duration::ZERO => (now.since(before), ON),
            back => (back, BACK),
        };
        transaction!(&self.db, failed, tx => {
            for statement in statements {
                sqlx::query(statement)
                    .bind(i64::try_from(by.as_millis()).unwrap_or(i64::MAX))
                    .bind(now.as_millis())
                    .bind(before.as_millis())
                    .execute(&mut *tx)
                    .await
                    .map_err(failed)?;
            }
        });
        Ok(())
    }

    /// Heals what a clock that was ahead has left behind while nobody watched it: by the newest poll, it was at least
    /// so far ahead.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn forget_future(&self) -> Result<(), StoreError> {
        const NEWEST: &str = "SELECT MAX(last_poll_at) FROM source WHERE active = 1";
        let newest: Option<i64> = read!(&self.db, pool => sqlx::query_scalar(NEWEST).fetch_one(pool).await)
            .map_err(doing("find the newest poll"))?;
        let (now, newest) = (self.clock.now(), newest.map_or(Timestamp::EPOCH, Timestamp::from_millis));
        if newest.since(now) > MAX_DRIFT {
            self.clock_was_set(newest, now).await?;
        }
        write!(&self.db, pool => sqlx::query(FIRSTS).bind(now.as_millis()).execute(pool).await.map(|_| ()))
            .map_err(doing("heal due times"))
    }
}
