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

/// Longest pause that the store believes was meant; a clock that was ahead writes others.
pub(super) const MAX_SILENCE: Duration = Duration::from_secs(31 * 24 * 3600);

/// Passes may commit in another order than they looked, so what is older never takes a turn or a silence back, unless
/// it lies too far ahead to be meant.
pub(super) const KEEP_HOST: &str = "
    INSERT INTO host (name, next_at, paused_until, crawl_delay_ms) VALUES ($1, $2, $3, $4)
    ON CONFLICT (name) DO UPDATE SET
        crawl_delay_ms = CASE WHEN host.next_at > excluded.next_at AND host.next_at <= $5
            THEN host.crawl_delay_ms ELSE excluded.crawl_delay_ms END,
        paused_until = CASE WHEN host.paused_until > excluded.paused_until AND host.paused_until <= $5
            THEN host.paused_until ELSE excluded.paused_until END,
        next_at = CASE WHEN host.next_at > excluded.next_at AND host.next_at <= $5
            THEN host.next_at ELSE excluded.next_at END";

pub(super) const KEEP_ROBOTS: &str = "
    INSERT INTO robots (site, body, etag, last_modified, read_at, until_at) VALUES ($1, $2, $3, $4, $5, $6)
    ON CONFLICT (site) DO UPDATE SET
        body = excluded.body, etag = excluded.etag, last_modified = excluded.last_modified,
        read_at = excluded.read_at, until_at = excluded.until_at";

pub(super) const RENEW_ROBOTS: &str = "
    UPDATE robots SET etag = $2, last_modified = $3, read_at = $4, until_at = $5 WHERE site = $1";

/// Keeps what was learned of hosts; a macro, because it runs in transactions of both databases.
macro_rules! keep_hosts {
    ($tx:ident, $hosts:expr, $robots:expr, $now:expr, $failed:expr) => {{
        for host in $hosts {
            sqlx::query($crate::store::hosts::KEEP_HOST)
                .bind(&host.name)
                .bind(host.next.as_millis())
                .bind(host.paused_until.as_millis())
                .bind(i64::try_from(host.crawl_delay.as_millis()).unwrap_or(i64::MAX))
                .bind(($now + $crate::store::hosts::MAX_SILENCE).as_millis())
                .execute(&mut *$tx)
                .await
                .map_err($failed)?;
        }
        for site in $robots {
            let query = match &site.body {
                $crate::model::RobotsBody::Same => sqlx::query($crate::store::hosts::RENEW_ROBOTS).bind(&site.site),
                $crate::model::RobotsBody::Missing => {
                    sqlx::query($crate::store::hosts::KEEP_ROBOTS).bind(&site.site).bind(None::<Vec<u8>>)
                }
                $crate::model::RobotsBody::File(body) => {
                    sqlx::query($crate::store::hosts::KEEP_ROBOTS).bind(&site.site).bind(Some(body.clone()))
                }
            };
            query
                .bind(site.validators.etag.as_deref())
                .bind(site.validators.last_modified.as_deref())
                .bind(site.read.as_millis())
                .bind(site.until.as_millis())
                .execute(&mut *$tx)
                .await
                .map_err($failed)?;
        }
    }};
}

pub(super) use keep_hosts;

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
        let now = self.clock.now();
        transaction!(&self.db, failed, tx => keep_hosts!(tx, hosts, robots, now, failed));
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
        self.known_hosts().await
    }

    /// What is remembered of hosts and sites, the old as well; forgets nothing.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn known_hosts(&self) -> Result<(Vec<HostState>, Vec<RobotsState>), StoreError> {
        let failed = doing("recall hosts");
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

    /// A4: two passes that commit in the other order than they looked leave the later turn and the longer silence.
    #[tokio::test]
    async fn a4_an_older_state_of_a_host_takes_nothing_back() {
        let folder = tempfile::tempdir().unwrap();
        let clock = Clock::mock(Timestamp::from_millis(1_700_000_000_000));
        let url = format!("sqlite:{}", folder.path().join("o.db").display());
        let store = Store::open(&Config { url, ..Config::default() }, clock.clone()).await.unwrap();
        let at = |secs| clock.now() + Duration::from_secs(secs);
        let state = |next, paused_until, delay| HostState {
            name: "a.example".to_owned(),
            next: at(next),
            paused_until: at(paused_until),
            crawl_delay: Duration::from_secs(delay),
        };
        let kept = async |states: [HostState; 2]| {
            for state in states {
                store.remember_hosts(&[state], &[]).await.unwrap();
            }
            store.hosts().await.unwrap().0.pop().unwrap()
        };

        let swapped = kept([state(30, 7200, 30), state(10, 0, 0)]).await;
        let in_order = kept([state(40, 0, 5), state(60, 9000, 20)]).await;
        let year = 366 * 24 * 3600;
        let healed = kept([state(year, year, 5), state(70, 60, 5)]).await;

        assert_eq!(swapped, state(30, 7200, 30));
        assert_eq!(in_order, state(60, 9000, 20));
        assert_eq!(healed, state(70, 60, 5));
    }

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
