//! `offprint extract`: pages in, articles out, one JSON line each.

use std::fs;
use std::io::{self, Read};
use std::path::Path;
use std::sync::Arc;

use flate2::read::GzDecoder;
use serde_json::{Value, json};
use url::Url;

use super::{Context, Exit, Failure, batch};
use crate::clock::{Clock, Stopwatch};
use crate::config::Config;
use crate::extract::SiteRules;
use crate::model::{Access, CanonicalUrl, Link, Rhythm, Source, Timestamp};
use crate::normalise::Unfit;
use crate::pipeline::{Site, read_page};
use crate::{discover, extract};

/// Largest page read from a file, unpacked.
const MAX_PAGE_BYTES: u64 = 64 * 1024 * 1024;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Threads that read pages; 0 takes as many as there are processors
    #[arg(long, value_name = "N", default_value_t = 0)]
    threads: usize,
}

pub(super) fn run(args: &Args, context: &Context) -> Result<Exit, Failure> {
    let config = context.load_if_any()?.map(|loaded| loaded.config).unwrap_or_default();
    let now = Clock::system().now();
    let work = |job: &Value| record(job, &config, now);
    batch::run(&mut io::BufReader::new(io::stdin()), &mut io::stdout().lock(), args.threads, work)?;
    Ok(Exit::Fine)
}

/// A page of nobody's source; rules of its site are known all the same.
pub(super) fn unconfigured(url: &Url, site_rules: &SiteRules) -> Site {
    Site {
        source: Source {
            id: "page".parse().expect("a constant that fits"),
            url: url.clone(),
            title: None,
            tags: Vec::new(),
            language: None,
            timezone: chrono_tz::UTC,
            rhythm: Rhythm::Every(std::time::Duration::from_secs(3600)),
        },
        discover: discover::Config::default(),
        extract: extract::Config { site_rules: site_rules.clone(), ..extract::Config::default() },
        respects: Default::default(),
        identity: Arc::default(),
    }
}

/// The source that a page belongs to by its host, with its settings; else one without.
pub(super) fn site_of(url: &Url, config: &Config) -> Site {
    let host = |url: &Url| url.host_str().map(|host| host.strip_prefix("www.").unwrap_or(host).to_owned());
    let own = config.sites.iter().find(|site| host(&site.source.url) == host(url));
    own.cloned().unwrap_or_else(|| unconfigured(url, &config.site_rules))
}

fn record(job: &Value, config: &Config, now: Timestamp) -> Result<Value, String> {
    let text = |key: &str| job.get(key).and_then(Value::as_str);
    let url = batch::address(job)?;
    let bytes = match (text("html"), text("path")) {
        (Some(html), _) => html.as_bytes().to_vec(),
        (None, Some(path)) => read_file(Path::new(path)).map_err(|error| format!("can't read `{path}`: {error}"))?,
        (None, None) => return Err("neither `path` nor `html` is given".to_owned()),
    };
    // What came as text is UTF-8 whatever the page says of itself.
    let content_type = text("html").map(|_| "text/html; charset=utf-8");
    let canonical = CanonicalUrl::from_url(url.clone()).map_err(|error| error.to_string())?;
    let site = site_of(&url, config);

    let watch = Stopwatch::start();
    let reading = read_page(bytes, content_type, &url, &Link::to(canonical), &site, now);
    let mut record = match reading.article {
        Ok(normalised) => {
            let article = normalised.article;
            json!({
                "id": job.get("id"),
                "title": article.title.as_str(),
                "authors": article.authors,
                "published": normalised.published,
                "updated": normalised.updated,
                "language": article.language,
                "image": article.image,
                "text": article.text,
                "html": article.body.as_str(),
                "confidence": article.confidence,
                "access": normalised.access,
            })
        }
        Err(unfit) => json!({
            "id": job.get("id"),
            "title": null,
            "authors": [],
            "published": null,
            "updated": null,
            "language": null,
            "image": null,
            "text": "",
            "html": "",
            "confidence": 0.0,
            "access": if unfit == Unfit::Paywall { Access::Paid } else { Access::Open },
            "unfit": unfit.to_string(),
        }),
    };
    record["seconds"] = json!(watch.elapsed().as_secs_f64());
    Ok(record)
}

/// A file's bytes; one that ends in `.gz` is unpacked.
pub(super) fn read_file(path: &Path) -> io::Result<Vec<u8>> {
    let file = fs::File::open(path)?;
    let mut bytes = Vec::new();
    let n_read = if path.extension().is_some_and(|extension| extension == "gz") {
        GzDecoder::new(io::BufReader::new(file)).take(MAX_PAGE_BYTES + 1).read_to_end(&mut bytes)?
    } else {
        file.take(MAX_PAGE_BYTES + 1).read_to_end(&mut bytes)?
    };
    if n_read as u64 > MAX_PAGE_BYTES {
        return Err(io::Error::other(format!("larger than {} MiB", MAX_PAGE_BYTES / 1024 / 1024)));
    }
    Ok(bytes)
}
