//! Hosts and their robots.txt, so that a restart asks nobody early.

use std::time::Duration;

use super::db::{Db, read, row, transaction};
use super::{Store, StoreError, doing};
use crate::model::{HostState, RobotsBody, RobotsState, Timestamp, Validators};

/// An old answer stands in for so long for one that can't be had.
const ROBOTS_FOR: Duration = Duration::from_secs(30 * 24 * 3600);

row! {
    HostRow { name: String, next_at: i64, paused_until: i64, crawl_delay_ms: i64 }
}

row! {
    RobotsRow {
        site: String,
        body: Option<Vec<u8>>,
        etag: Option<Vec<u8>>,
        last_modified: Option<Vec<u8>>,
        read_at: i64,
        until_at: i64,
    }
}

const KEEP_HOST: &str = "
    INSERT INTO host (name, next_at, paused_until, crawl_delay_ms) VALUES ($1, $2, $3, $4)
    ON CONFLICT (name) DO UPDATE SET
        next_at = excluded.next_at, paused_until = excluded.paused_until, crawl_delay_ms = excluded.crawl_delay_ms";

const KEEP_ROBOTS: &str = "
    INSERT INTO robots (site, body, etag, last_modified, read_at, until_at) VALUES ($1, $2, $3, $4, $5, $6)
    ON CONFLICT (site) DO UPDATE SET
        body = excluded.body, etag = excluded.etag, last_modified = excluded.last_modified,
        read_at = excluded.read_at, until_at = excluded.until_at";

const RENEW_ROBOTS: &str = "
    UPDATE robots SET etag = $2, last_modified = $3, read_at = $4, until_at = $5 WHERE site = $1";

impl Store {
    /// Remembers hosts and answers of robots.txt, in one transaction.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn remember_hosts(&self, hosts: &[HostState], robots: &[RobotsState]) -> Result<(), StoreError> {
        let failed = doing("remember a host");
        if hosts.is_empty() && robots.is_empty() {
            return Ok(());
        }
        transaction!(&self.db, failed, tx => {
            for host in hosts {
                sqlx::query(KEEP_HOST)
                    .bind(&host.name)
                    .bind(host.next.as_millis())
                    .bind(host.paused_until.as_millis())
                    .bind(i64::try_from(host.crawl_delay.as_millis()).unwrap_or(i64::MAX))
                    .execute(&mut *tx)
                    .await
                    .map_err(failed)?;
            }
            for site in robots {
                let query = match &site.body {
                    RobotsBody::Same => sqlx::query(RENEW_ROBOTS).bind(&site.site),
                    RobotsBody::Missing => sqlx::query(KEEP_ROBOTS).bind(&site.site).bind(None::<Vec<u8>>),
                    RobotsBody::File(body) => sqlx::query(KEEP_ROBOTS).bind(&site.site).bind(Some(body.clone())),
                };
                query
                    .bind(site.validators.etag.as_deref())
                    .bind(site.validators.last_modified.as_deref())
                    .bind(site.read.as_millis())
                    .bind(site.until.as_millis())
                    .execute(&mut *tx)
                    .await
                    .map_err(failed)?;
            }
        });
        Ok(())
    }

    /// Hosts that are still to be left alone, and what sites' robots.txt said; what is older is forgotten.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn hosts(&self) -> Result<(Vec<HostState>, Vec<RobotsState>), StoreError> {
        let failed = doing("recall hosts");
        let now = self.clock.now();
        let too_old = now.minus(ROBOTS_FOR);
        transaction!(&self.db, failed, tx => {
            for (sql, time) in [
                // A pause that robots.txt asks for holds as long as robots.txt is believed, and it isn't read again.
                ("DELETE FROM host WHERE next_at <= $1 AND paused_until <= $1 AND crawl_delay_ms = 0", now),
                ("DELETE FROM host WHERE next_at <= $1 AND paused_until <= $1", too_old),
                ("DELETE FROM robots WHERE read_at <= $1", too_old),
            ] {
                sqlx::query(sql).bind(time.as_millis()).execute(&mut *tx).await.map_err(failed)?;
            }
        });
        const HOSTS: &str = "SELECT name, next_at, paused_until, crawl_delay_ms FROM host";
        const ROBOTS: &str = "SELECT site, body, etag, last_modified, read_at, until_at FROM robots";
        let hosts: Vec<HostRow> =
            read!(&self.db, pool => sqlx::query_as(HOSTS).fetch_all(pool).await).map_err(failed)?;
        let robots: Vec<RobotsRow> =
            read!(&self.db, pool => sqlx::query_as(ROBOTS).fetch_all(pool).await).map_err(failed)?;
        Ok((
            hosts.into_iter().map(HostRow::into_state).collect(),
            robots.into_iter().map(RobotsRow::into_state).collect(),
        ))
    }
}

impl HostRow {
    fn into_state(self) -> HostState {
        HostState {
            name: self.name,
            next: Timestamp::from_millis(self.next_at),
            paused_until: Timestamp::from_millis(self.paused_until),
            crawl_delay: Duration::from_millis(self.crawl_delay_ms.unsigned_abs()),
        }
    }
}

impl RobotsRow {
    fn into_state(self) -> RobotsState {
        RobotsState {
            site: self.site,
            body: self.body.map_or(RobotsBody::Missing, RobotsBody::File),
            validators: Validators { etag: self.etag, last_modified: self.last_modified },
            read: Timestamp::from_millis(self.read_at),
            until: Timestamp::from_millis(self.until_at),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::Clock;
    use crate::store::Config;

    #[tokio::test]
    async fn a13_a_crawl_delay_outlives_the_pause_it_asked_for() {
        let folder = tempfile::tempdir().unwrap();
        let clock = Clock::mock(Timestamp::from_millis(1_700_000_000_000));
        let url = format!("sqlite:{}", folder.path().join("o.db").display());
        let store = Store::open(&Config { url, ..Config::default() }, clock.clone()).await.unwrap();
        let host = |name: &str, secs| HostState {
            name: name.to_owned(),
            next: clock.now(),
            paused_until: clock.now(),
            crawl_delay: Duration::from_secs(secs),
        };
        let states = [host("slow.example", 30), host("quick.example", 0)];
        store.remember_hosts(&states, &[]).await.unwrap();

        clock.advance(Duration::from_secs(3600));

        let known: Vec<HostState> = store.hosts().await.unwrap().0;
        assert_eq!(known, states[..1]);
        clock.advance(ROBOTS_FOR);
        assert!(store.hosts().await.unwrap().0.is_empty());
    }
}
