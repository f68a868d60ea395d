//! `offprint discover`: entrances (feeds, listings) in, their items out, one JSON line each.

use std::io;
use std::path::Path;

use serde_json::{Value, json};

use super::extract::{read_file, site_of};
use super::{Context, Exit, Failure, batch};
use crate::config::Config;
use crate::discover::{self, Item};
use crate::fetch::decode;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Threads that read entrances; 0 takes as many as there are processors
    #[arg(long, value_name = "N", default_value_t = 0)]
    threads: usize,
}

pub(super) fn run(args: &Args, context: &Context) -> Result<Exit, Failure> {
    let config = context.load_if_any()?.map(|loaded| loaded.config).unwrap_or_default();
    let work = |job: &Value| record(job, &config);
    batch::run(&mut io::BufReader::new(io::stdin()), &mut io::stdout().lock(), args.threads, work)?;
    Ok(Exit::Fine)
}

fn record(job: &Value, config: &Config) -> Result<Value, String> {
    let text = |key: &str| job.get(key).and_then(Value::as_str);
    let url = batch::address(job)?;
    let content_type = text("content_type");
    let document = match (text("body"), text("path")) {
        // What came as text is decoded already, whatever the document says of itself.
        (Some(body), _) => body.to_owned(),
        (None, Some(path)) => {
            let bytes = read_file(Path::new(path)).map_err(|error| format!("can't read `{path}`: {error}"))?;
            decode(&bytes, content_type).into_owned()
        }
        (None, None) => return Err("neither `path` nor `body` is given".to_owned()),
    };
    let site = site_of(&url, config);
    let contents = discover::contents(&document, content_type, &url, &site.discover, site.source.timezone);
    Ok(json!({
        "id": job.get("id"),
        "kind": contents.kind.name(),
        "title": contents.title,
        "items": contents.items.iter().map(item).collect::<Vec<_>>(),
        "notes": contents.notes,
    }))
}

fn item(item: &Item) -> Value {
    json!({
        "guid": item.guid,
        "url": item.address,
        "title": item.title,
        "published": item.published,
        "updated": item.updated,
        "authors": item.authors,
        "categories": item.categories,
        "summary": item.summary,
        "content": item.content,
        "enclosures": item.enclosures,
    })
}
