//! `offprint add`: a site is tried, shown, and becomes a source of the configuration.

mod file;

use std::io::{self, BufRead, IsTerminal, Write};
use std::path::{Path, PathBuf};

use serde_json::{Value, json};
use url::Url;

use super::extract::unconfigured;
use super::span::ago;
use super::{Context, Exit, Failure, write_json};
use crate::clock::Clock;
use crate::config::{self, Config, ConfigError};
use crate::fetch::Fetcher;
use crate::model::{CanonicalUrl, SourceId, Timestamp, Trouble};
use crate::pipeline::{Entrance, Probe, Sample, Site, Unread, probe};
use crate::store::Store;
use file::Proposal;

/// Where a configuration is begun where there is none.
const FIRST_FILE: &str = "config/offprint.toml";
/// An entrance that tells so much of each article holds the whole of it.
const FULL_SHARE: f64 = 0.8;
/// Longer titles are slogans.
const MAX_TITLE_CHARS: usize = 80;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The address of a site, a feed, a sitemap or a page that lists articles
    url: String,
    /// Its name in addresses; default: made from the host
    #[arg(long, value_name = "ID")]
    id: Option<SourceId>,
    /// What readers see; default: what the site calls itself
    #[arg(long, value_name = "TITLE")]
    title: Option<String>,
    /// A name by which feeds pick it; may be given again
    #[arg(long = "tag", value_name = "TAG")]
    tags: Vec<String>,
    /// Show what would be added, and add nothing
    #[arg(long, conflicts_with = "yes")]
    dry_run: bool,
    /// Add it without asking
    #[arg(long, short)]
    yes: bool,
}

/// Why nothing can be asked.
#[derive(Debug, thiserror::Error)]
enum Mistake {
    #[error("`{0}` isn't an address of the web: write one such as `https://blog.example.com/`")]
    Address(String),
    #[error("the id `{0}` is taken: choose another with `--id`")]
    Taken(String),
    #[error("nobody is there to be asked: give `--yes` to add it, or `--dry-run` to look only")]
    Nobody,
}

/// The configuration as it is, or that there is none yet.
struct Home {
    path: PathBuf,
    exists: bool,
    config: Config,
}

pub(super) async fn run(args: &Args, context: &Context) -> Result<Exit, Failure> {
    let url = address(&args.url).map_err(Failure::usage)?;
    let home = home(context)?;
    let mut out = io::stdout().lock();
    if let Some(known) = known(&home.config, &url) {
        return told_known(&known, &url, context.options.json, &mut out);
    }
    let id = match &args.id {
        Some(id) if is_taken(&home.config, id.as_str()) => return Err(Failure::usage(Mistake::Taken(id.to_string()))),
        Some(id) => id.clone(),
        None => free_id(&home.config, &url),
    };
    let mut site = unconfigured(&url, &home.config.site_rules);
    (site.source.id, site.source.title, site.source.timezone) = (id, args.title.clone(), home.config.timezone);
    let clock = Clock::system();
    let probe = tried(&home.config, &site, &clock).await?;
    let Ok(entrance) = &probe.entrance else { return refused(&probe, &url, context.options.json, &mut out) };
    if probe.failure().is_some() {
        return refused(&probe, &url, context.options.json, &mut out);
    }
    if let Some(known) = known(&home.config, &entrance.url) {
        return told_known(&known, &entrance.url, context.options.json, &mut out);
    }
    let proposal = Proposal { id: site.source.id.clone(), url, title: title(args, entrance), tags: args.tags.clone() };
    if !context.options.json {
        show(&probe, entrance, clock.now(), &mut out)?;
        writeln!(out, "\n{}", proposal.toml())?;
    }
    let is_wanted = args.yes || !args.dry_run && asked(&home.path, &mut out)?;
    if is_wanted {
        file::append(&home.path, home.exists, &proposal, &context.env).map_err(Failure::usage)?;
    }
    if context.options.json {
        write_json(&mut out, &report(&probe, entrance, &proposal, is_wanted.then_some(home.path.as_path())))?;
    } else if is_wanted {
        writeln!(
            out,
            "Added to {} as `{}`. Read it now with `offprint crawl {}`; a daemon that runs reads it after a reload (SIGHUP).",
            home.path.display(),
            proposal.id,
            proposal.id
        )?;
    } else {
        writeln!(out, "Nothing was added.")?;
    }
    Ok(Exit::Fine)
}

/// An address as people write it: without a scheme it is https.
fn address(text: &str) -> Result<Url, Mistake> {
    let wrong = || Mistake::Address(text.to_owned());
    let text = text.trim();
    let url = match Url::parse(text) {
        Ok(url) if matches!(url.scheme(), "http" | "https") => url,
        // `host:8080/path` reads as a scheme.
        Ok(url) if url.has_host() => return Err(wrong()),
        _ if text.split('/').next().is_some_and(|host| host.contains('.') || host.starts_with("localhost")) => {
            Url::parse(&format!("https://{text}")).map_err(|_| wrong())?
        }
        _ => return Err(wrong()),
    };
    if url.host_str().is_none_or(str::is_empty) { Err(wrong()) } else { Ok(url) }
}

fn home(context: &Context) -> Result<Home, Failure> {
    let named = context.options.config.as_deref();
    let path = match config::locate(named, &context.env) {
        Ok(path) => path,
        Err(ConfigError::NotFound { .. }) => PathBuf::from(FIRST_FILE),
        Err(error) => return Err(error.into()),
    };
    if !path.exists() {
        return Ok(Home { path, exists: false, config: Config::default() });
    }
    let config = config::load(&path, &context.env)?.config;
    Ok(Home { path, exists: true, config })
}

/// The source that has this address already.
fn known(config: &Config, url: &Url) -> Option<SourceId> {
    let identity = |url: &Url| CanonicalUrl::from_url(url.clone()).ok().map(|url| url.identity());
    let wanted = identity(url)?;
    let site = config.sites.iter().find(|site| identity(site.address()).as_ref() == Some(&wanted))?;
    Some(site.source.id.clone())
}

fn is_taken(config: &Config, id: &str) -> bool {
    id == "health" || config.feeds.iter().any(|feed| feed.id.as_str() == id)
}

fn free_id(config: &Config, url: &Url) -> SourceId {
    let base = url.host_str().and_then(SourceId::from_host).map_or_else(|| "source".to_owned(), |id| id.to_string());
    let stem: String = base.chars().take(58).collect();
    let numbered = (2..).map(|n| format!("{}-{n}", stem.trim_end_matches('-')));
    let mut names = std::iter::once(base).chain(numbered).filter(|name| !is_taken(config, name));
    names.find_map(|name| name.parse().ok()).expect("numbers don't end")
}

async fn tried(config: &Config, site: &Site, clock: &Clock) -> Result<Probe, Failure> {
    let fetcher = Fetcher::new(&config.fetch, clock.clone()).map_err(Failure::internal)?;
    // What hosts asked for before holds for this as well.
    let store = Store::open_to_read(&config.storage, clock.clone()).await.map_err(Failure::internal)?;
    if let Some(store) = store {
        let (hosts, robots) = store.known_hosts().await.map_err(Failure::internal)?;
        fetcher.recall(hosts, robots);
        store.close().await;
    }
    Ok(probe(&fetcher, site, clock).await)
}

/// What the site calls itself, where that is a name.
fn title(args: &Args, entrance: &Entrance) -> Option<String> {
    let found = || entrance.title.clone().filter(|title| title.chars().count() <= MAX_TITLE_CHARS);
    args.title.clone().or_else(found)
}

fn asked(path: &Path, out: &mut impl Write) -> Result<bool, Failure> {
    if !io::stdin().is_terminal() {
        return Err(Failure::usage(Mistake::Nobody));
    }
    write!(out, "Add it to {}? [Y/n] ", path.display())?;
    out.flush()?;
    let mut answer = String::new();
    io::stdin().lock().read_line(&mut answer)?;
    Ok(matches!(answer.trim().to_lowercase().as_str(), "" | "y" | "yes"))
}

fn told_known(id: &SourceId, url: &Url, is_json: bool, out: &mut impl Write) -> Result<Exit, Failure> {
    if is_json {
        write_json(out, &json!({"added": false, "source": id, "url": url, "reason": "known"}))?;
    } else {
        writeln!(out, "`{url}` is read already, by the source `{id}`. Nothing was added.")?;
    }
    Ok(Exit::Fine)
}

fn refused(probe: &Probe, url: &Url, is_json: bool, out: &mut impl Write) -> Result<Exit, Failure> {
    let unread = probe.failure();
    if is_json {
        let error = unread.map(|unread| {
            json!({
                "kind": unread.trouble.map(Trouble::as_str),
                "message": unread.why,
                "advice": unread.trouble.map(Trouble::advice),
            })
        });
        write_json(out, &json!({"added": false, "url": url, "error": error, "requests": probe.n_requests}))?;
        return Ok(Exit::Differs);
    }
    let nothing = Unread { trouble: None, why: format!("`{url}` lists nothing that is an article") };
    let unread = unread.unwrap_or(&nothing);
    writeln!(out, "{}", unread.why)?;
    if let Some(trouble) = unread.trouble {
        writeln!(out, "{}", trouble.advice())?;
    }
    writeln!(out, "Nothing was added; {} requests were made.", probe.n_requests)?;
    Ok(Exit::Differs)
}

fn show(probe: &Probe, entrance: &Entrance, now: Timestamp, out: &mut impl Write) -> io::Result<()> {
    let title = entrance.title.as_ref().map(|title| format!(", “{title}”")).unwrap_or_default();
    let newest = entrance.newest.map(|newest| format!(", the newest {}", ago(newest, now))).unwrap_or_default();
    writeln!(out, "Found a {} at {}{title}", entrance.kind.noun(), entrance.url)?;
    writeln!(out, "{} articles{newest}; it tells {}", entrance.n_items, tells(&entrance.samples))?;
    for sample in &entrance.samples {
        let date = sample.published.map(|at| format!(", {}", ago(at, now))).unwrap_or_default();
        let n_words = sample.n_words.map_or_else(|| "no article".to_owned(), |n| format!("{n} words"));
        writeln!(out, "\n  {}\n  {n_words}{date}", sample.title.as_deref().unwrap_or("(no headline)"))?;
        if let Some(opening) = &sample.opening {
            writeln!(out, "  {} …", opening.split_whitespace().collect::<Vec<_>>().join(" "))?;
        }
        if let Some(unread) = &sample.unread {
            writeln!(out, "  {}", unread.why)?;
        }
    }
    writeln!(out, "\n{} requests in {:.1} s", probe.n_requests, probe.took.as_secs_f64())
}

/// How much the entrance itself tells of its articles.
fn tells(samples: &[Sample]) -> &'static str {
    let is_full = |sample: &Sample| {
        sample.n_words.is_some_and(|n_words| sample.n_told_words as f64 >= FULL_SHARE * n_words as f64 && n_words > 0)
    };
    match samples {
        _ if !samples.is_empty() && samples.iter().all(is_full) => "their full text",
        _ if samples.iter().any(|sample| sample.n_told_words > 0) => "summaries, so pages are read",
        _ => "headlines alone, so pages are read",
    }
}

fn report(probe: &Probe, entrance: &Entrance, proposal: &Proposal, written: Option<&Path>) -> Value {
    let samples = entrance.samples.iter().map(|sample| {
        json!({
            "url": sample.url,
            "title": sample.title,
            "published": sample.published,
            "words": sample.n_words,
            "confidence": sample.confidence,
            "opening": sample.opening,
            "error": sample.unread.as_ref().map(|unread| &unread.why),
        })
    });
    json!({
        "added": written.is_some(),
        "file": written,
        "source": proposal.id,
        "url": proposal.url,
        "title": proposal.title,
        "entrance": {"url": entrance.url, "kind": entrance.kind.name(), "items": entrance.n_items, "newest": entrance.newest},
        "tells": tells(&entrance.samples),
        "samples": samples.collect::<Vec<_>>(),
        "toml": proposal.toml(),
        "requests": probe.n_requests,
        "seconds": probe.took.as_secs_f64(),
    })
}
