//! A newsroom that reads one source; days pass on a mock clock.

use std::sync::Arc;
use std::time::Duration;

use offprint::clock::Clock;
use offprint::fetch::{self, Fetcher};
use offprint::model::{Period, Reserved, Rhythm, Source, Timestamp};
use offprint::pipeline::{LEASE, Pass, Pipeline, Site};
use offprint::store::{self, Query, SourceState, Store};
use offprint::{discover, extract};
use tokio_util::sync::CancellationToken;

/// A newsroom that reads one source on a mock clock.
pub struct Desk {
    pub store: Store,
    pub pipeline: Pipeline,
    pub clock: Clock,
    pub site: Site,
    fetching: fetch::Config,
    _folder: tempfile::TempDir,
}

impl Desk {
    pub async fn reading(url: &str) -> Self {
        Self::with(url, fetch::Config { private_networks: true, ..Default::default() }).await
    }

    /// One that fetches in its own way, and as fast as it likes.
    pub async fn with(url: &str, fetching: fetch::Config) -> Self {
        let per_host = fetch::PerHost { delay: Period::from_secs(0), ..Default::default() };
        let fetching = fetch::Config { per_host, ..fetching };
        let folder = tempfile::tempdir().unwrap();
        let clock = Clock::mock(Timestamp::from_millis(1_793_620_800_000));
        let storage =
            store::Config { url: format!("sqlite:{}", folder.path().join("o.db").display()), ..Default::default() };
        let store = Store::open(&storage, clock.clone()).await.unwrap();
        let pipeline = pipeline(&store, &clock, &fetching).await;
        let source = Source {
            id: "gazette".parse().unwrap(),
            url: url.parse().unwrap(),
            title: None,
            tags: Vec::new(),
            language: None,
            timezone: chrono_tz::UTC,
            rhythm: Rhythm::Every(Duration::from_secs(3600)),
        };
        store.sync(std::slice::from_ref(&source)).await.unwrap();
        let site = Site {
            source,
            discover: discover::Config::default(),
            extract: extract::Config::default(),
            respects: Reserved { noindex: true, ..Reserved::default() },
            identity: Arc::default(),
        };
        Self { store, pipeline, clock, site, fetching, _folder: folder }
    }

    /// What a restart does: only what the store holds is left.
    pub async fn restart(&mut self) {
        self.pipeline = pipeline(&self.store, &self.clock, &self.fetching).await;
    }

    /// One pass now, whether it's due or not.
    pub async fn pass_now(&self) -> Pass {
        let claim = self.store.claim(&self.site.source.id, LEASE).await.unwrap().unwrap();
        self.pipeline.pass(&self.site, &claim, &CancellationToken::new()).await.unwrap()
    }

    pub async fn state(&self) -> SourceState {
        self.store.source(&self.site.source.id).await.unwrap().unwrap()
    }

    /// One pass over whatever is due.
    pub async fn pass(&self) -> Option<Pass> {
        let claim = self.store.claim_due(1, LEASE).await.unwrap().pop()?;
        Some(self.pipeline.pass(&self.site, &claim, &CancellationToken::new()).await.unwrap())
    }

    /// Passes until so much time is over, whenever something is due.
    pub async fn live_through(&self, time: Duration) {
        let end = self.clock.now() + time;
        while let Some(due) = self.store.next_wake().await.unwrap().filter(|due| *due <= end) {
            self.clock.advance(due.since(self.clock.now()).max(Duration::from_millis(1)));
            self.pass().await;
        }
        self.clock.advance(end.since(self.clock.now()));
    }

    pub async fn texts(&self) -> Vec<String> {
        let query = Query { sources: std::slice::from_ref(&self.site.source.id), folds: false, limit: 100 };
        self.store.entries(&query).await.unwrap().into_iter().map(|entry| entry.article.text).collect()
    }
}

/// A pipeline as a new process has it.
async fn pipeline(store: &Store, clock: &Clock, fetching: &fetch::Config) -> Pipeline {
    let fetcher = Fetcher::new(fetching, clock.clone()).unwrap();
    let (hosts, robots) = store.hosts().await.unwrap();
    fetcher.recall(hosts, robots);
    Pipeline::new(store.clone(), fetcher, clock.clone(), true)
}
