//! `offprint run`: crawl on schedule and serve, until told to stop.

use std::error::Error;
use std::sync::Arc;
use std::time::Duration;

use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;
use tracing::{error, info, warn};

use super::app::{App, catalogue, explainer, sites};
use super::{Context, Exit, Failure};
use crate::clock::Clock;
use crate::config::{Config, ConfigError, Loaded};
use crate::fetch;
use crate::lifecycle::Lifecycle;
use crate::schedule::{Scheduler, Sites, WakeUp, housekeep};
use crate::serve::{self, Catalogue};

/// Longest graceful stop.
const GRACE: Duration = Duration::from_secs(9);
/// Longest wait for the database to close after that.
const CLOSING: Duration = Duration::from_secs(1);
/// How often the configuration is looked at for changes. File events get lost when a volume's link is swapped.
const LOOK_AT_CONFIG: Duration = Duration::from_secs(2);

/// Reads the configuration again, as it was read at the start.
pub(super) type Reload = Box<dyn Fn() -> Result<Loaded, ConfigError> + Send>;

#[derive(Debug, clap::Args)]
pub(super) struct Args {}

pub(super) async fn run(_: &Args, context: &Context) -> Result<Exit, Failure> {
    let loaded = context.load()?;
    for warning in &loaded.warnings {
        warn!("{warning}");
    }
    if loaded.config.fetch.contact.is_none() {
        warn!(
            "Sites are shown this project's page and not yours: set `contact` under `[fetch]` to a page or a mailto \
             address that says who runs this, so that they can reach you before they block you"
        );
    }
    let lifecycle = Lifecycle::new().map_err(Failure::internal)?;
    // The database first: that another Offprint has it says more than that it has the port.
    let app = App::open(&loaded.config, Clock::system()).await?;
    let listener = serve::bind(loaded.config.server.listen).await.map_err(Failure::internal)?;
    let context = context.clone();
    let reload: Reload = Box::new(move || context.load());
    start(lifecycle, listener, app, loaded, Some(reload)).await?;
    Ok(Exit::Fine)
}

/// Starts all tasks of the daemon and waits for its end.
///
/// # Errors
/// When a task fails or doesn't stop in time.
pub(super) async fn start(
    mut lifecycle: Lifecycle,
    listener: TcpListener,
    app: App,
    loaded: Loaded,
    reload: Option<Reload>,
) -> Result<(), Failure> {
    let config = &loaded.config;
    let stop = lifecycle.token();
    let wake_up = WakeUp::new();
    let (send_sites, sites) = watch::channel(sites(config));
    let (send_catalogue, catalogue) = watch::channel(catalogue(config));

    let explainer = explainer(config, sites.clone());
    let server = serve::App { store: app.store.clone(), catalogue, clock: app.clock.clone(), explainer };
    lifecycle.spawn("server", serve::run(listener, server, stop.clone(), lifecycle.tasks()));
    let scheduler = Scheduler {
        store: app.store.clone(),
        pipeline: app.pipeline.clone(),
        clock: app.clock.clone(),
        sites,
        wake_up: wake_up.clone(),
        config: config.schedule.clone(),
        per_host: config.fetch.per_host.concurrency,
    };
    lifecycle.spawn("scheduler", scheduler.run(stop.clone()));
    let housekeeping = housekeep(app.store.clone(), config.storage.clone(), wake_up.clone(), stop.clone());
    lifecycle.spawn("housekeeping", housekeeping);
    if let Some(reload) = reload {
        let reloader = Reloader { app: app.clone(), loaded, reload, send_sites, send_catalogue, wake_up };
        lifecycle.spawn("reload", reloader.run(stop));
    }
    let ended = lifecycle.run(GRACE).await;
    // A database that is left open is whole all the same: its log is read at the next start.
    let _ = tokio::time::timeout(CLOSING, app.store.close()).await;
    ended.map_err(Failure::internal)
}

/// Reads the configuration again on SIGHUP and when its file has changed.
struct Reloader {
    app: App,
    loaded: Loaded,
    reload: Reload,
    send_sites: watch::Sender<Sites>,
    send_catalogue: watch::Sender<Arc<Catalogue>>,
    wake_up: WakeUp,
}

impl Reloader {
    async fn run(mut self, stop: CancellationToken) -> Result<(), std::io::Error> {
        let mut hangup = signal(SignalKind::hangup())?;
        let mut seen = self.file();
        loop {
            // All branches are cancel-safe.
            let is_asked = tokio::select! {
                () = stop.cancelled() => return Ok(()),
                _ = hangup.recv() => true,
                () = self.app.clock.sleep(LOOK_AT_CONFIG) => false,
            };
            let now = self.file();
            if is_asked || (now.is_some() && now != seen) {
                seen = now;
                self.take_over().await;
            }
        }
    }

    fn file(&self) -> Option<Vec<u8>> {
        std::fs::read(&self.loaded.path).ok()
    }

    /// Takes a good configuration over; a bad one is refused whole, and the old one goes on.
    async fn take_over(&mut self) {
        let path = self.loaded.path.clone();
        let loaded = match (self.reload)() {
            Ok(loaded) => loaded,
            Err(refused) => {
                error!("The old configuration goes on, since `{}` can't be used:\n{refused}", path.display());
                return;
            }
        };
        if let Err(failed) = self.app.sync(&loaded.config).await {
            error!(error = &failed as &dyn Error, "The old configuration goes on, since the store failed");
            return;
        }
        if let Err(failed) = self.app.fetcher.reconfigure(&loaded.config.fetch) {
            error!(error = &failed as &dyn Error, "The old addresses may be fetched as before, since TLS failed");
        }
        for warning in &loaded.warnings {
            warn!("{warning}");
        }
        for setting in needs_restart(&self.loaded.config, &loaded.config) {
            warn!("The change of `{setting}` takes effect after a restart");
        }
        self.send_sites.send_replace(sites(&loaded.config));
        self.send_catalogue.send_replace(catalogue(&loaded.config));
        info!(n_sources = loaded.config.sites.len(), "Took over the configuration `{}`", path.display());
        self.loaded = loaded;
        self.wake_up.wake();
    }
}

fn needs_restart(old: &Config, new: &Config) -> Vec<&'static str> {
    let mut changed = Vec::new();
    if old.server.listen != new.server.listen {
        changed.push("server.listen");
    }
    if old.storage != new.storage {
        changed.push("[storage]");
    }
    let taken_over = fetch::Config {
        contact: new.fetch.contact.clone(),
        private_networks: new.fetch.private_networks,
        allowed_networks: new.fetch.allowed_networks.clone(),
        ..old.fetch.clone()
    };
    if taken_over != new.fetch {
        changed.push("[fetch]");
    }
    if old.schedule != new.schedule {
        changed.push("[schedule]");
    }
    changed
}
