//! HTTP: feeds, pages, health. What a subscriber asks for is answered from memory or from the store, and never from
//! an error.

mod cache;
mod conditional;
mod config;
mod document;
mod explainer;
mod feeds;
mod guard;
mod idle;
mod listener;
mod pages;
mod router;
mod style;

#[cfg(test)]
mod tests;

use std::future::Future;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use tokio::sync::watch;
use tracing::{info, warn};
use url::Url;

use crate::clock::Clock;
use crate::model::{FeedId, FeedSpec, Source, SourceId};
use crate::store::{Store, StoreError};
use cache::Cache;

pub use config::Config;
pub use explainer::{Explain, Explainer};
pub use listener::{ServeError, bind, run};

/// Longest wait for the store. A reader of a feed then gets the last good one.
const STORE_DEADLINE: Duration = Duration::from_secs(5);

/// What is served, as configured. Replaced as a whole when the configuration is reloaded.
#[derive(Debug, Clone, PartialEq)]
pub struct Catalogue {
    /// Where readers reach this server, with a trailing slash. Links are made of it, never of the `Host` header.
    pub public: Url,
    /// Most items in one feed document.
    pub max_items: usize,
    /// The sources that are read.
    pub sources: Vec<Source>,
    /// The sources' own feeds, the configured ones and `all`, in the order in which people see them.
    pub feeds: Vec<FeedSpec>,
}

impl Catalogue {
    fn feed(&self, id: &FeedId) -> Option<&FeedSpec> {
        self.feeds.iter().find(|feed| feed.id == *id)
    }

    fn source(&self, id: &SourceId) -> Option<&Source> {
        self.sources.iter().find(|source| source.id == *id)
    }
}

/// What serving needs; cheap to clone.
#[derive(Debug, Clone)]
pub struct App {
    /// The articles.
    pub store: Store,
    /// What is served; the newest value counts.
    pub catalogue: watch::Receiver<Arc<Catalogue>>,
    /// Tells what is due.
    pub clock: Clock,
    /// Tells why an article came out as it did.
    pub explainer: Explainer,
}

/// The routes over the app, for whoever asks without a network.
pub fn router(app: App) -> axum::Router {
    router::routes(Server::new(app))
}

/// Why the store had no answer.
#[derive(Debug, thiserror::Error)]
enum Trouble {
    #[error("the store failed")]
    Store(#[from] StoreError),
    #[error("the database didn't answer within {STORE_DEADLINE:?}")]
    Slow,
}

/// The app with what it remembers between requests.
#[derive(Debug)]
struct Server {
    app: App,
    cache: Cache,
    is_degraded: AtomicBool,
}

impl Server {
    fn new(app: App) -> Self {
        Self { app, cache: Cache::default(), is_degraded: AtomicBool::new(false) }
    }

    fn catalogue(&self) -> Arc<Catalogue> {
        self.app.catalogue.borrow().clone()
    }

    /// Waits for the store, but not for ever; says once when it begins to fail and once when it's back.
    async fn ask<T>(&self, question: impl Future<Output = Result<T, StoreError>>) -> Result<T, Trouble> {
        let answer = match tokio::time::timeout(STORE_DEADLINE, question).await {
            Ok(answer) => answer.map_err(Trouble::Store),
            Err(_) => Err(Trouble::Slow),
        };
        match &answer {
            Ok(_) if self.is_degraded.swap(false, Ordering::Relaxed) => info!("The store answers again"),
            Err(error) if !self.is_degraded.swap(true, Ordering::Relaxed) => {
                warn!(error = error as &dyn std::error::Error, "The store fails; feeds are served as last rendered");
            }
            _ => {}
        }
        answer
    }
}
