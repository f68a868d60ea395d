//! `offprint crawl`: one pass now over all sources, or those that are named.

use std::collections::HashMap;
use std::io::{self, Write};
use std::pin::pin;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use comfy_table::presets::NOTHING;
use comfy_table::{CellAlignment, Table};
use futures_util::StreamExt;
use futures_util::stream;
use indicatif::{MultiProgress, ProgressBar, ProgressDrawTarget, ProgressStyle};
use serde_json::json;
use tokio_util::sync::CancellationToken;

use super::app::App;
use super::{Context, Exit, Failure};
use crate::clock::{Clock, Stopwatch};
use crate::config::Config;
use crate::model::SourceId;
use crate::pipeline::{Event, LEASE, Observer, Pass, Site, explained};
use crate::store::Outcome;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Ids of the sources to read; all where none is named
    #[arg(value_name = "SOURCE")]
    sources: Vec<SourceId>,
}

/// One source's pass.
pub(super) struct Row {
    pub(super) id: SourceId,
    /// None where another process holds the source.
    pub(super) pass: Option<Pass>,
    took: Duration,
}

pub(super) async fn run(args: &Args, context: &Context) -> Result<Exit, Failure> {
    let config = context.load()?.config;
    let chosen = choose(&args.sources, &config)?;
    let app = App::open(&config, Clock::system()).await?;
    let stop = CancellationToken::new();
    let mut crawling = pin!(crawl(&chosen, &app, config.schedule.workers, &stop, !context.options.json));
    let rows = tokio::select! {
        rows = &mut crawling => rows,
        signal = tokio::signal::ctrl_c() => {
            signal?;
            // What was asked may still answer; what isn't read stays, and the next crawl goes on from there.
            stop.cancel();
            crawling.await
        }
    };
    app.store.close().await;
    let is_fine = !stop.is_cancelled() && rows.iter().all(Row::is_fine);
    let mut out = io::stdout().lock();
    if context.options.json { report_json(&rows, &mut out) } else { report_table(&rows, &mut out) }?;
    Ok(if is_fine { Exit::Fine } else { Exit::Differs })
}

impl Row {
    /// Whether the source was read, or is being read by somebody else.
    pub(super) fn is_fine(&self) -> bool {
        self.pass.as_ref().is_none_or(|pass| pass.outcome != Some(Outcome::Failed))
    }
}

/// The sources that were named; all where none is.
pub(super) fn choose(named: &[SourceId], config: &Config) -> Result<Vec<Site>, Failure> {
    if named.is_empty() {
        return Ok(config.sites.clone());
    }
    let find = |id: &SourceId| config.sites.iter().find(|site| site.source.id == *id).cloned();
    let mut named: Vec<&SourceId> = named.iter().collect();
    named.dedup();
    named
        .into_iter()
        .map(|id| {
            find(id).ok_or_else(|| {
                let known: Vec<&str> = config.sites.iter().map(|site| site.source.id.as_str()).collect();
                let near = known.iter().min_by_key(|known| strsim::damerau_levenshtein(known, id.as_str()));
                let near = near.filter(|near| strsim::damerau_levenshtein(near, id.as_str()) <= 2);
                let hint = near.map(|near| format!(" (did you mean `{near}`?)")).unwrap_or_default();
                Failure::usage(format!("there is no source `{id}`{hint}; the configuration has: {}", known.join(", ")))
            })
        })
        .collect()
}

pub(super) async fn crawl(
    sites: &[Site],
    app: &App,
    n_at_a_time: usize,
    stop: &CancellationToken,
    shows_progress: bool,
) -> Vec<Row> {
    let bars = Bars::new(shows_progress);
    let pipeline = app.pipeline.clone().unhurried().observed(bars.observer());
    let passes = sites.iter().enumerate().map(|(place, site)| {
        let (pipeline, bars) = (&pipeline, &bars);
        async move {
            let watch = Stopwatch::start();
            let id = site.source.id.clone();
            bars.start(&id);
            let done = match app.store.claim(&id, LEASE).await {
                Ok(Some(claim)) => pipeline.pass(site, &claim, stop).await.map(Some),
                Ok(None) => Ok(None),
                Err(error) => Err(error),
            };
            // One source that can't be stored is a row of the table, not the end of it.
            let pass = done.unwrap_or_else(|error| {
                let error = Some(explained(&error));
                Some(Pass { outcome: Some(Outcome::Failed), error, ..Pass::default() })
            });
            bars.finish(&id);
            (place, Row { id, pass, took: watch.elapsed() })
        }
    });
    let mut rows: Vec<_> = stream::iter(passes).buffer_unordered(n_at_a_time.max(1)).collect().await;
    rows.sort_unstable_by_key(|(place, _)| *place);
    rows.into_iter().map(|(_, row)| row).collect()
}

pub(super) fn report_table(rows: &[Row], out: &mut impl Write) -> io::Result<()> {
    let mut table = Table::new();
    table.load_style(NOTHING);
    table.set_header(["SOURCE", "RESULT", "FOUND", "NEW", "STORED", "ALSO ELSEWHERE", "SECONDS"]);
    for column in 2..=6 {
        if let Some(column) = table.column_mut(column) {
            column.set_cell_alignment(CellAlignment::Right);
        }
    }
    for row in rows {
        let pass = row.pass.clone().unwrap_or_default();
        table.add_row([
            row.id.to_string(),
            result(row).to_owned(),
            pass.n_found.to_string(),
            pass.n_new.to_string(),
            pass.n_stored.to_string(),
            pass.n_duplicates.to_string(),
            format!("{:.1}", row.took.as_secs_f64()),
        ]);
    }
    writeln!(out, "{}", table.trim_fmt())?;
    for row in rows {
        if let Some(error) = row.pass.as_ref().and_then(|pass| pass.error.as_ref()) {
            writeln!(out, "{}: {error}", row.id)?;
        }
        if let Some(pass) = row.pass.as_ref()
            && let Some(words) = &pass.withheld
        {
            let n = pass.n_withheld;
            writeln!(out, "{}: {n} left out, since the pages ask `{words}` (see `respect` in the settings)", row.id)?;
        }
        if let Some((selector, n_pages)) = row.pass.as_ref().and_then(|pass| pass.dead_selector.as_ref()) {
            writeln!(out, "{}: {selector} finds nothing on {n_pages} pages; the automatic choice stands", row.id)?;
        }
    }
    Ok(())
}

fn report_json(rows: &[Row], out: &mut impl Write) -> io::Result<()> {
    for row in rows {
        let pass = row.pass.clone().unwrap_or_default();
        let line = json!({
            "source": row.id,
            "result": result(row),
            "found": pass.n_found,
            "new": pass.n_new,
            "stored": pass.n_stored,
            "duplicates": pass.n_duplicates,
            "from_entrance": pass.n_from_entrance,
            "dismissed": pass.n_dismissed,
            "postponed": pass.n_postponed,
            "withheld": pass.n_withheld,
            "withheld_for": pass.withheld,
            "error": pass.error,
            "dead_selector": pass.dead_selector.map(|(selector, _)| selector),
            "seconds": row.took.as_secs_f64(),
        });
        writeln!(out, "{line}")?;
    }
    Ok(())
}

fn result(row: &Row) -> &'static str {
    match &row.pass {
        None => "busy elsewhere",
        Some(pass) => pass.outcome.map_or("stopped", Outcome::as_str),
    }
}

/// A line for each source that is being read, on a terminal only.
struct Bars {
    all: MultiProgress,
    by_source: Arc<Mutex<HashMap<SourceId, ProgressBar>>>,
}

impl Bars {
    fn new(is_shown: bool) -> Self {
        let target = if is_shown { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() };
        Self { all: MultiProgress::with_draw_target(target), by_source: Arc::default() }
    }

    fn start(&self, id: &SourceId) {
        let style = ProgressStyle::with_template("{prefix:>20} {bar:30} {pos}/{len} {msg}");
        let bar = self.all.add(ProgressBar::new(0)).with_prefix(id.to_string());
        bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
        self.bars().insert(id.clone(), bar);
    }

    fn finish(&self, id: &SourceId) {
        if let Some(bar) = self.bars().remove(id) {
            bar.finish_and_clear();
        }
    }

    fn observer(&self) -> Observer {
        let by_source = Arc::clone(&self.by_source);
        Arc::new(move |id, event| {
            let bars = by_source.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
            let Some(bar) = bars.get(id) else { return };
            match event {
                Event::Polling => bar.set_message("looking for articles"),
                Event::ToRead(n) => {
                    bar.inc_length(n.into());
                    bar.set_message("reading");
                }
                Event::Read => bar.inc(1),
            }
        })
    }

    fn bars(&self) -> std::sync::MutexGuard<'_, HashMap<SourceId, ProgressBar>> {
        self.by_source.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}
