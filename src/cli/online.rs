//! `offprint check --online`: every source tried, politely, and what came of it.

use std::io::{self, Write};

use futures_util::{StreamExt, stream};
use serde_json::{Value, json};

use super::check::address;
use super::span::ago;
use super::{Exit, Failure, write_json};
use crate::clock::Clock;
use crate::config::Loaded;
use crate::fetch::Fetcher;
use crate::model::{Timestamp, Trouble};
use crate::pipeline::{Entrance, Probe, Sample, Site, Unread, probe};
use crate::store::Store;

/// Tries the sources side by side, one request at a time for each host. `report` is the check's own, for programs.
pub(super) async fn run(
    sites: Vec<Site>,
    loaded: &Loaded,
    report: Option<Value>,
    out: &mut impl Write,
) -> Result<Exit, Failure> {
    let clock = Clock::system();
    let fetcher = Fetcher::new(&loaded.config.fetch, clock.clone()).map_err(Failure::internal)?;
    // What hosts asked for before holds for this as well.
    let known = Store::open_to_read(&loaded.config.storage, clock.clone()).await.map_err(Failure::internal)?;
    if let Some(store) = known {
        let (hosts, robots) = store.known_hosts().await.map_err(Failure::internal)?;
        fetcher.recall(hosts, robots);
        store.close().await;
    }
    let now = clock.now();
    let n_at_a_time = loaded.config.schedule.workers.max(1);
    let (fetcher, clock) = (&fetcher, &clock);
    let probes =
        sites.iter().map(|site| async move { Tried { site, probe: probe(fetcher, site, clock).await, loaded } });
    let mut probes = stream::iter(probes).buffered(n_at_a_time);
    let (mut lines, mut n_failed, mut n_requests) = (Vec::new(), 0, 0);
    while let Some(tried) = probes.next().await {
        n_failed += usize::from(tried.probe.failure().is_some());
        n_requests += tried.probe.n_requests;
        match report {
            Some(_) => lines.push(tried.json()),
            None => tried.write(out, now)?,
        }
    }
    match report {
        Some(mut report) => {
            report["ok"] = json!(n_failed == 0);
            report["online"] = json!(lines);
            write_json(out, &report)?;
        }
        None => writeln!(out, "{} sources, {n_failed} with a problem; {n_requests} requests", sites.len())?,
    }
    Ok(if n_failed == 0 { Exit::Fine } else { Exit::Differs })
}

/// One source, and what came of it.
struct Tried<'a> {
    site: &'a Site,
    probe: Probe,
    loaded: &'a Loaded,
}

impl Tried<'_> {
    fn write(&self, out: &mut impl Write, now: Timestamp) -> io::Result<()> {
        let Self { site, probe, .. } = self;
        let id = &site.source.id;
        match probe.failure() {
            Some(unread) => write_unread(out, &format!("{id}: "), unread)?,
            None => writeln!(out, "{id}: fine")?,
        }
        if let Ok(entrance) = &probe.entrance {
            self.write_entrance(out, entrance, now)?;
        }
        writeln!(out, "  {} requests in {:.1} s\n", probe.n_requests, probe.took.as_secs_f64())
    }

    fn write_entrance(&self, out: &mut impl Write, entrance: &Entrance, now: Timestamp) -> io::Result<()> {
        let title = entrance.title.as_ref().map(|title| format!(", “{title}”")).unwrap_or_default();
        let newest = entrance.newest.map(|newest| format!(", the newest {}", ago(newest, now))).unwrap_or_default();
        let kind = entrance.kind.name();
        writeln!(out, "  {kind} `{}`{title}: {} items{newest}", self.place(entrance), entrance.n_items)?;
        if let Some(moved_to) = &entrance.moved_to {
            writeln!(
                out,
                "  it has moved for good: change the source's url to `{}`",
                self.site.identity.hidden(&shown(moved_to))
            )?;
        }
        for sample in &entrance.samples {
            let title = sample.title.as_deref().unwrap_or("(no headline)");
            match (sample.n_words, sample.confidence) {
                (Some(n_words), Some(sure)) => {
                    writeln!(out, "  “{title}”: {n_words} words, {:.0} % sure", sure * 100.0)?
                }
                (Some(n_words), None) => writeln!(out, "  “{title}”: {n_words} words, by the entrance alone")?,
                (None, _) => writeln!(out, "  “{title}”: no article")?,
            }
            if let Some(unread) = &sample.unread {
                writeln!(out, "    {}", unread.why)?;
            }
            for (key, css) in &sample.dead_selectors {
                writeln!(out, "    `{key}` (`{css}`) finds nothing there")?;
            }
        }
        entrance.notes.iter().try_for_each(|note| writeln!(out, "  {note}"))
    }

    fn json(&self) -> Value {
        let Self { site, probe, .. } = self;
        let entrance = probe.entrance.as_ref().ok().map(|entrance| {
            json!({
                "url": self.place(entrance),
                "kind": entrance.kind.name(),
                "title": entrance.title,
                "items": entrance.n_items,
                "newest": entrance.newest,
                "moved_to": entrance.moved_to.as_ref().map(|url| site.identity.hidden(&shown(url))),
                "notes": entrance.notes,
                "samples": entrance.samples.iter().map(sample_json).collect::<Vec<_>>(),
            })
        });
        json!({
            "source": site.source.id,
            "ok": probe.failure().is_none(),
            "error": probe.failure().map(unread_json),
            "entrance": entrance,
            "requests": probe.n_requests,
            "seconds": probe.took.as_secs_f64(),
        })
    }

    /// Where the entrance is; as the file has it where it's the same, so that secrets stay placeholders.
    fn place(&self, entrance: &Entrance) -> String {
        let sites = &self.loaded.config.sites;
        let idx = sites.iter().position(|known| known.source.id == self.site.source.id);
        match idx {
            Some(idx) if entrance.url == self.site.source.url => address(self.loaded, idx),
            _ => self.site.identity.hidden(&shown(&entrance.url)),
        }
    }
}

fn write_unread(out: &mut impl Write, prefix: &str, unread: &Unread) -> io::Result<()> {
    writeln!(out, "{prefix}{}", unread.why)?;
    unread.trouble.map_or(Ok(()), |trouble| writeln!(out, "  {}: {}", trouble.as_str(), trouble.advice()))
}

fn sample_json(sample: &Sample) -> Value {
    let dead = sample.dead_selectors.iter().map(|(key, css)| json!({"key": key, "selector": css}));
    json!({
        "url": shown(&sample.url),
        "title": sample.title,
        "words": sample.n_words,
        "confidence": sample.confidence,
        "error": sample.unread.as_ref().map(unread_json),
        "dead_selectors": dead.collect::<Vec<_>>(),
    })
}

fn unread_json(unread: &Unread) -> Value {
    json!({
        "kind": unread.trouble.map(Trouble::as_str),
        "message": unread.why,
        "cure": unread.trouble.map(|trouble| trouble.cure().as_str()),
        "advice": unread.trouble.map(Trouble::advice),
    })
}

fn shown(url: &url::Url) -> String {
    let mut url = url.clone();
    // Both can only fail for addresses that have no login.
    let _ = url.set_username("");
    let _ = url.set_password(None);
    url.into()
}
