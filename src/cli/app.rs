//! The parts of the daemon put together from a configuration.

use std::collections::HashMap;
use std::error::Error;
use std::sync::Arc;

use tokio::sync::watch;
use tracing::warn;

use super::Failure;
use super::extract::unconfigured;
use crate::clock::Clock;
use crate::config::Config;
use crate::fetch::Fetcher;
use crate::model::{Entry, Link};
use crate::pipeline::{self, Pipeline};
use crate::schedule::Sites;
use crate::serve::{Catalogue, Explainer};
use crate::store::{RawPage, Store, StoreError};

/// Store, client and stages of one process.
#[derive(Clone)]
pub struct App {
    /// The database.
    pub store: Store,
    /// The HTTP client.
    pub fetcher: Fetcher,
    /// The stages.
    pub pipeline: Pipeline,
    /// What time it is.
    pub clock: Clock,
}

impl App {
    /// Opens the database, takes over the sources and builds the client.
    ///
    /// # Errors
    /// When the database can't be opened or the client's settings are unusable.
    pub async fn open(config: &Config, clock: Clock) -> Result<Self, Failure> {
        let store = Store::open(&config.storage, clock.clone()).await.map_err(Failure::internal)?;
        let fetcher = Fetcher::new(&config.fetch, clock.clone()).map_err(Failure::internal)?;
        let (hosts, robots) = store.hosts().await.map_err(Failure::internal)?;
        fetcher.recall(hosts, robots);
        let keeps_raw_pages = config.storage.raw_pages.keep_days > 0;
        let pipeline = Pipeline::new(store.clone(), fetcher.clone(), clock.clone(), keeps_raw_pages);
        let app = Self { store, fetcher, pipeline, clock };
        app.sync(config).await.map_err(Failure::internal)?;
        Ok(app)
    }

    /// Takes over the sources of a configuration.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn sync(&self, config: &Config) -> Result<(), StoreError> {
        let sources: Vec<_> = config.sites.iter().map(|site| site.source.clone()).collect();
        self.store.sync(&sources).await
    }
}

/// The sources by name, for the scheduler.
#[must_use]
pub fn sites(config: &Config) -> Sites {
    let by_name: HashMap<_, _> =
        config.sites.iter().map(|site| (site.source.id.clone(), Arc::new(site.clone()))).collect();
    Arc::new(by_name)
}

/// What the server shows.
#[must_use]
pub fn catalogue(config: &Config) -> Arc<Catalogue> {
    Arc::new(Catalogue {
        public: config.server.public(),
        max_items: config.server.max_items,
        sources: config.sites.iter().map(|site| site.source.clone()).collect(),
        feeds: config.feeds.clone(),
    })
}

/// Who explains articles, by the sources as they are configured at that moment.
#[must_use]
pub fn explainer(config: &Config, sites: watch::Receiver<Sites>) -> Explainer {
    let site_rules = config.site_rules.clone();
    let explain = move |entry: &Entry, raw: &RawPage| {
        let site = sites.borrow().get(&entry.source).map(Arc::clone);
        // A source that is configured no more has no settings any more.
        let site = site.unwrap_or_else(|| Arc::new(unconfigured(&raw.url, &site_rules)));
        let explanation = pipeline::explain(raw, &Link::to(entry.article.url.clone()), &site);
        explanation
            .inspect_err(|error| warn!(article.id = %entry.id, error = error as &dyn Error, "Can't explain an article"))
            .ok()
    };
    Explainer::new(config.storage.raw_pages.keep_days, Arc::new(explain))
}
