//! `offprint status`: how the sources fare, when they are asked next, and why then. It only reads, so that it works
//! beside the daemon and without it.

mod drift;
mod plan;
mod report;

use std::io;

use super::check::{address, database};
use super::crawl::choose;
use super::{Context, Exit, Failure, write_json};
use crate::clock::Clock;
use crate::config::Loaded;
use crate::model::{Because, Plan, PostingRate, SourceId, Timestamp};
use crate::pipeline::Site;
use crate::store::{Health, Posted, SourceState, Store, StoreError};
use drift::Drift;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Ids of the sources to tell of; all where none is named
    #[arg(value_name = "SOURCE")]
    sources: Vec<SourceId>,
    /// Tell how often each source and each host will be asked
    #[arg(long)]
    plan: bool,
}

/// How one source fares.
struct Standing {
    site: Site,
    /// Its address as the file has it.
    address: String,
    /// None where the daemon hasn't heard of the source yet, or of its new address.
    state: Option<SourceState>,
    /// When the first of its failures in a row was.
    failing_since: Option<Timestamp>,
    posted: Posted,
    drifts: Vec<Drift>,
}

pub(super) async fn run(args: &Args, context: &Context) -> Result<Exit, Failure> {
    let loaded = context.load()?;
    let chosen = choose(&args.sources, &loaded.config)?;
    let clock = Clock::system();
    let now = clock.now();
    let store = Store::open_to_read(&loaded.config.storage, clock).await.map_err(Failure::internal)?;
    let standings = standings(chosen, &loaded, store.as_ref(), now).await.map_err(Failure::internal)?;
    let mut out = io::stdout().lock();
    if args.plan {
        let known = match &store {
            Some(store) => plan::Known::of(store, &standings).await.map_err(Failure::internal)?,
            None => plan::Known::default(),
        };
        let outlook = plan::Outlook::new(&standings, &known, loaded.config.fetch.robots, now);
        if context.options.json { write_json(&mut out, &outlook.json())? } else { outlook.write(&mut out)? }
    } else if context.options.json {
        write_json(&mut out, &report::json(&standings, &database(&loaded), now))?;
    } else {
        if store.is_none() {
            report::write_unread(&mut out, &database(&loaded))?;
        }
        report::write(&mut out, &standings, !args.sources.is_empty(), now)?;
    }
    Ok(if standings.iter().any(Standing::is_in_trouble) { Exit::Differs } else { Exit::Fine })
}

/// Looks up what is known of each source.
async fn standings(
    chosen: Vec<Site>,
    loaded: &Loaded,
    store: Option<&Store>,
    now: Timestamp,
) -> Result<Vec<Standing>, StoreError> {
    let states = match store {
        Some(store) => store.sources().await?,
        None => Vec::new(),
    };
    let mut standings = Vec::new();
    for site in chosen {
        let idx = loaded.config.sites.iter().position(|known| known.source.id == site.source.id);
        let state = states.iter().find(|state| state.id == site.source.id && state.url == site.source.url).cloned();
        let mut standing = Standing {
            address: idx.map(|idx| address(loaded, idx)).unwrap_or_default(),
            state,
            failing_since: None,
            posted: Posted::default(),
            drifts: Vec::new(),
            site,
        };
        if let Some(store) = store {
            standing.look_closer(store, now).await?;
        }
        standings.push(standing);
    }
    Ok(standings)
}

impl Standing {
    async fn look_closer(&mut self, store: &Store, now: Timestamp) -> Result<(), StoreError> {
        let Some(state) = &self.state else { return Ok(()) };
        self.posted = store.posted(&state.id).await?;
        self.drifts = drift::drifts(&self.site, store, &self.posted, now).await?;
        if state.failures > 0 {
            let failed = store.polls(&state.id, state.failures.try_into().unwrap_or(usize::MAX)).await?;
            self.failing_since = failed.last().map(|poll| poll.at);
        }
        Ok(())
    }

    fn id(&self) -> &SourceId {
        &self.site.source.id
    }

    fn health(&self) -> Health {
        Health::of(self.state.as_ref())
    }

    fn is_in_trouble(&self) -> bool {
        self.health() >= Health::Shaky || self.drifts.iter().any(Drift::is_wrong)
    }

    fn rate(&self, now: Timestamp) -> PostingRate {
        self.posted.rate(now)
    }

    /// What its rhythm comes to, if nothing else decides.
    fn plan(&self, now: Timestamp) -> Plan {
        Plan::of(&self.site.source, &self.rate(now), now)
    }

    fn because(&self) -> Option<Because> {
        self.state.as_ref().and_then(|state| state.because)
    }

    /// Whether it's asked no more, unless somebody wants it.
    fn is_given_up(&self, now: Timestamp) -> bool {
        self.state.as_ref().is_some_and(|state| state.is_given_up(now))
    }

    /// When it's asked next; none where it isn't asked any more, or where no daemon knows it.
    fn next(&self, now: Timestamp) -> Option<Timestamp> {
        self.state.as_ref().filter(|state| !state.is_given_up(now)).map(|state| state.due)
    }
}
