//! `offprint check`: what is wrong with the configuration, or what it asks for, and whether its sources answer.

use std::io::{self, Write};
use std::path::{Path, absolute};

use comfy_table::Table;
use comfy_table::presets::NOTHING;
use serde_json::{Value, json};

use super::crawl::choose;
use super::{Context, Exit, Failure, online, write_json};
use crate::config::{ConfigError, Loaded, Place, Problem};
use crate::model::{FeedSpec, Period, Rhythm, SourceId};

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Try every source: find and read its entrance and a few articles; nothing is stored
    #[arg(long)]
    online: bool,
    /// Ids of the sources to try; all where none is named
    #[arg(value_name = "SOURCE", requires = "online")]
    sources: Vec<SourceId>,
}

pub(super) async fn run(args: &Args, context: &Context) -> Result<Exit, Failure> {
    let mut out = io::stdout().lock();
    match context.load() {
        Ok(loaded) if args.online => {
            let chosen = choose(&args.sources, &loaded.config)?;
            let json = context.options.json.then(|| fine_json(&loaded));
            return online::run(chosen, &loaded, json, &mut out).await;
        }
        Ok(loaded) if context.options.json => write_json(&mut out, &fine_json(&loaded))?,
        Ok(loaded) => write_summary(&mut out, &loaded)?,
        Err(error) if context.options.json => {
            write_json(&mut out, &wrong_json(&error))?;
            return Ok(Exit::Usage);
        }
        Err(error) => return Err(error.into()),
    }
    Ok(Exit::Fine)
}

fn write_summary(out: &mut impl Write, loaded: &Loaded) -> io::Result<()> {
    let config = &loaded.config;
    writeln!(out, "`{}` is fine", loaded.path.display())?;
    if !config.sites.is_empty() {
        let mut table = Table::new();
        table.load_style(NOTHING).set_header(["SOURCE", "VISITED", "TAGS", "ADDRESS"]);
        for (idx, site) in config.sites.iter().enumerate() {
            let source = &site.source;
            let tags = source.tags.join(", ");
            table.add_row([source.id.to_string(), visited(loaded, idx), tags, address(loaded, idx)]);
        }
        writeln!(out, "\n{}", table.trim_fmt())?;
    }
    let mut table = Table::new();
    table.load_style(NOTHING).set_header(["FEED", "SOURCES", "TITLE"]);
    for (path, feed) in merged(loaded) {
        let title = loaded.as_written(&path).unwrap_or(&feed.title).to_owned();
        table.add_row([feed.id.to_string(), feed.sources.len().to_string(), title]);
    }
    writeln!(out, "\n{}\n", table.trim_fmt())?;
    writeln!(out, "Each source has a feed of its own as well. Feeds are served at {}", public(loaded))?;
    writeln!(out, "Articles are kept in {}", database(loaded))?;
    loaded.warnings.iter().try_for_each(|warning| writeln!(out, "warning: {warning}"))
}

fn fine_json(loaded: &Loaded) -> Value {
    let config = &loaded.config;
    let sources = config.sites.iter().enumerate().map(|(idx, site)| {
        let source = &site.source;
        let visited = visited(loaded, idx);
        json!({"id": source.id, "url": address(loaded, idx), "visited": visited, "tags": source.tags})
    });
    let feeds = merged(loaded).map(|(path, feed)| {
        let title = loaded.as_written(&path).unwrap_or(&feed.title);
        json!({"id": feed.id, "title": title, "sources": feed.sources})
    });
    json!({
        "ok": true,
        "path": loaded.path,
        "errors": [],
        "warnings": loaded.warnings,
        "sources": sources.collect::<Vec<_>>(),
        "feeds": feeds.collect::<Vec<_>>(),
        "listen": config.server.listen,
        "public_url": public(loaded),
        "database": database(loaded),
    })
}

fn wrong_json(error: &ConfigError) -> Value {
    let (path, errors): (Option<&Path>, Vec<Value>) = match error.report() {
        Some(report) => (Some(report.path()), report.problems().iter().map(problem_json).collect()),
        None => {
            let path = match error {
                ConfigError::Read { path, .. } | ConfigError::TooLarge { path } | ConfigError::NotText { path, .. } => {
                    Some(path.as_path())
                }
                _ => None,
            };
            let line = match error {
                ConfigError::NotText { line, .. } => Some(*line),
                _ => None,
            };
            let cause = std::error::Error::source(error).map(|cause| format!(": {cause}")).unwrap_or_default();
            let message = format!("{error}{cause}");
            (path, vec![json!({"line": line, "column": null, "message": message, "help": error.help()})])
        }
    };
    json!({"ok": false, "path": path, "errors": errors})
}

fn problem_json(problem: &Problem) -> Value {
    let Problem { message, help, place } = problem;
    match place {
        Place::File { line, column, .. } => json!({"line": line, "column": column, "message": message, "help": help}),
        Place::Variable(name) => {
            json!({"line": null, "column": null, "variable": name, "message": message, "help": help})
        }
    }
}

/// The feeds that gather several sources, each with the place of its title in the file.
fn merged(loaded: &Loaded) -> impl Iterator<Item = (String, &FeedSpec)> {
    let feeds = loaded.config.feeds.iter().filter(|feed| feed.folds).enumerate();
    feeds.map(|(idx, feed)| match idx.checked_sub(1) {
        Some(idx) => (format!("feed.{idx}.title"), feed),
        None => ("server.title".to_owned(), feed),
    })
}

/// A source's address as the file has it: secrets stay placeholders.
pub(super) fn address(loaded: &Loaded, idx: usize) -> String {
    let written = loaded.as_written(&format!("source.{idx}.url")).map(str::to_owned);
    written.or_else(|| Some(loaded.config.sites.get(idx)?.source.url.to_string())).unwrap_or_default()
}

fn visited(loaded: &Loaded, idx: usize) -> String {
    let Some(site) = loaded.config.sites.get(idx) else { return String::new() };
    match &site.source.rhythm {
        Rhythm::Every(interval) => format!("every {}", Period::from_secs(interval.as_secs())),
        Rhythm::Adaptive(adaptive) => {
            let [min, max] = [adaptive.min, adaptive.max].map(|limit| Period::from_secs(limit.as_secs()));
            format!("every {min} to {max}, as it posts")
        }
        Rhythm::Cron(times) => format!("{} ({})", times.as_str(), site.source.timezone.name()),
    }
}

fn public(loaded: &Loaded) -> String {
    let written = loaded.as_written("server.public_url").map(str::to_owned);
    written.unwrap_or_else(|| loaded.config.server.public().to_string())
}

/// Where the database is, in full where it is a file.
pub(super) fn database(loaded: &Loaded) -> String {
    let url = &loaded.config.storage.url;
    if let Some(written) = loaded.as_written("storage.url") {
        return written.to_owned();
    }
    let path = url.strip_prefix("sqlite:").and_then(|path| path.trim_start_matches("//").split('?').next());
    match path {
        Some(path) if !path.is_empty() && !path.starts_with(':') => {
            absolute(path).map_or_else(|_| path.to_owned(), |path| path.display().to_string())
        }
        _ => url.clone(),
    }
}
