//! `offprint demo`: the sample sites and the daemon that reads them, together on this machine.

use std::io::{self, IsTerminal, Write};
use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};

use axum::body::Body;
use axum::http::Request;
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio::sync::watch;
use tower::ServiceExt;
use tracing::info;
use url::Url;

use super::{EVERY, Edition, INTERVAL, Settings, Site, config_toml, sites};
use crate::cli::app::{self, App, catalogue, explainer};
use crate::cli::{Context, Exit, Failure, crawl, run as daemon};
use crate::clock::Clock;
use crate::config::{self, Env, Loaded};
use crate::lifecycle::Lifecycle;
use crate::model::Rhythm;
use crate::serve::{self, ServeError};

/// Where the demo listens unless told otherwise; where that is taken, on any free port.
const USUAL_ADDRESS: SocketAddr = SocketAddr::new(std::net::IpAddr::V4(Ipv4Addr::LOCALHOST), 8080);

#[derive(Debug, clap::Args)]
pub struct Args {
    /// Crawl, print what came of it and where the feeds were written, and exit
    #[arg(long)]
    once: bool,
    /// Address to serve on [default: 127.0.0.1:8080, or a free port where that is taken]
    #[arg(long, value_name = "ADDRESS")]
    listen: Option<SocketAddr>,
}

/// Everything the demo has set up before it crawls.
struct Stage {
    folder: tempfile::TempDir,
    listener: TcpListener,
    loaded: Loaded,
    edition: Edition,
    sites: Vec<(Site, Url)>,
}

pub async fn run(args: &Args, context: &Context) -> Result<Exit, Failure> {
    let clock = Clock::system();
    let mut lifecycle = Lifecycle::new().map_err(Failure::internal)?;
    let stage = set_up(args, &clock, &lifecycle).await?;
    let config = &stage.loaded.config;
    let app = App::open(config, clock).await?;
    let is_json = context.options.json;
    let stop = lifecycle.token();
    let rows = tokio::select! {
        rows = crawl::crawl(&config.sites, &app, config.schedule.workers, &stop, !is_json) => rows,
        () = lifecycle.interrupted() => return Ok(Exit::Differs),
    };
    let is_fine = rows.iter().all(crawl::Row::is_fine);
    let n_articles: u32 = rows.iter().filter_map(|row| row.pass.as_ref()).map(|pass| pass.n_stored).sum();
    {
        let mut out = io::stdout().lock();
        if is_json && !args.once {
            writeln!(out, "{}", report(&stage, n_articles))?;
            out.flush()?;
        } else if !is_json {
            crawl::report_table(&rows, &mut out)?;
        }
    }
    if args.once {
        write_feeds(stage, &app, is_json, n_articles).await?;
        app.store.close().await;
        return Ok(if is_fine { Exit::Fine } else { Exit::Differs });
    }
    if !is_json {
        invite(&stage, &mut io::stdout().lock())?;
    }
    serve_until_stopped(stage, app, lifecycle).await
}

/// Starts the sample sites and writes the configuration that reads them.
async fn set_up(args: &Args, clock: &Clock, lifecycle: &Lifecycle) -> Result<Stage, Failure> {
    let listener = match args.listen {
        Some(address) => serve::bind(address).await,
        None => match serve::bind(USUAL_ADDRESS).await {
            Err(ServeError::Taken(_)) => serve::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, 0))).await,
            bound => bound,
        },
    };
    let listener = listener.map_err(Failure::internal)?;
    let listen = listener.local_addr()?;
    let folder = tempfile::Builder::new().prefix("offprint-demo-").tempdir()?;

    let all = sites();
    let edition = Edition::new(&all, clock.now());
    let mut placed = Vec::with_capacity(all.len());
    for site in all {
        let site_listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let base = address(site_listener.local_addr()?)?;
        let routes = site.router(edition.clone(), &base);
        let stop = lifecycle.token();
        lifecycle.tasks().spawn(async move {
            let served = axum::serve(site_listener, routes).with_graceful_shutdown(stop.cancelled_owned());
            // The sites end with the demo; should one break before, its source says so.
            let _ = served.await;
        });
        placed.push((site, base));
    }

    let public_url = address(listen)?;
    let path = folder.path().join("offprint.toml");
    let settings = Settings { listen, public_url: &public_url, data: folder.path() };
    std::fs::write(&path, config_toml(&settings, &placed))?;
    let mut loaded = config::load(&path, &Env::default())?;
    for site in &mut loaded.config.sites {
        site.source.rhythm = Rhythm::Every(EVERY);
    }
    Ok(Stage { folder, listener, loaded, edition, sites: placed })
}

fn address(socket: SocketAddr) -> Result<Url, Failure> {
    Url::parse(&format!("http://{socket}/")).map_err(Failure::internal)
}

/// Runs the daemon, and lets a new article appear on one of the sites now and then.
async fn serve_until_stopped(stage: Stage, app: App, mut lifecycle: Lifecycle) -> Result<Exit, Failure> {
    let (edition, clock, stop) = (stage.edition.clone(), app.clock.clone(), lifecycle.token());
    lifecycle.spawn("newsroom", async move {
        loop {
            // Both branches are cancel-safe.
            tokio::select! {
                () = stop.cancelled() => return Ok::<(), std::convert::Infallible>(()),
                () = clock.sleep(INTERVAL) => {}
            }
            if let Some(release) = edition.publish_next() {
                info!("A new article on `{}`: {}", release.site, release.title);
            }
        }
    });
    let ended = daemon::start(lifecycle, stage.listener, app, stage.loaded, None).await;
    drop(stage.folder);
    ended.map(|()| Exit::Fine)
}

/// One JSON object: where everything is.
fn report(stage: &Stage, n_articles: u32) -> Value {
    let config = &stage.loaded.config;
    let public = config.server.public();
    let feeds: Vec<Value> = config
        .feeds
        .iter()
        .map(|feed| {
            let in_format = |format: &str| format!("{public}feeds/{}.{format}", feed.id);
            json!({
                "id": feed.id,
                "title": feed.title,
                "rss": in_format("rss"),
                "atom": in_format("atom"),
                "json": in_format("json"),
            })
        })
        .collect();
    let sites: Vec<Value> = stage.sites.iter().map(|(site, url)| json!({"id": site.key, "url": url})).collect();
    json!({"public": public, "feeds": feeds, "sites": sites, "articles": n_articles})
}

/// Tells a person where to look and what to subscribe to.
fn invite(stage: &Stage, out: &mut impl Write) -> io::Result<()> {
    let config = &stage.loaded.config;
    let public = config.server.public();
    let (bold, plain) = if io::stdout().is_terminal() { ("\x1b[1m", "\x1b[0m") } else { ("", "") };
    writeln!(out, "\nThe sample sites, with all their clutter:")?;
    for (site, url) in &stage.sites {
        writeln!(out, "  {url}  {}: {}", site.title, site.about)?;
    }
    writeln!(out, "\nOpen in a browser:      {bold}{public}{plain}")?;
    writeln!(out, "Subscribe in a reader:  {bold}{public}feeds/all.rss{plain}  (or .atom, .json)")?;
    for feed in config.feeds.iter().filter(|feed| feed.id.as_str() != "all") {
        writeln!(out, "                        {public}feeds/{}.rss", feed.id)?;
    }
    writeln!(out, "\nThe configuration:      {}", stage.loaded.path.display())?;
    writeln!(out, "A new article appears every {} seconds. Stop with Ctrl-C.", INTERVAL.as_secs())?;
    out.flush()
}

/// Writes every feed in every format to files that stay, and prints their paths.
async fn write_feeds(stage: Stage, app: &App, is_json: bool, n_articles: u32) -> Result<(), Failure> {
    let config = &stage.loaded.config;
    let folder = stage.folder.path().join("feeds");
    std::fs::create_dir_all(&folder)?;
    let (_sender, shown) = watch::channel(catalogue(config));
    let (_sites, sites) = watch::channel(app::sites(config));
    let explainer = explainer(config, sites);
    let server = serve::App { store: app.store.clone(), catalogue: shown, clock: app.clock.clone(), explainer };
    let router = serve::router(server);
    let mut feeds = Vec::new();
    for feed in &config.feeds {
        for format in ["rss", "atom", "json"] {
            let path = format!("/feeds/{}.{format}", feed.id);
            let request = Request::get(&path).body(Body::empty()).map_err(Failure::internal)?;
            let answer = router.clone().oneshot(request).await.map_err(Failure::internal)?;
            let bytes = axum::body::to_bytes(answer.into_body(), usize::MAX).await.map_err(Failure::internal)?;
            let file = folder.join(format!("{}.{format}", feed.id));
            std::fs::write(&file, &bytes)?;
            feeds.push((feed.id.to_string(), format, file));
        }
    }
    let config_path = stage.loaded.path.clone();
    // The files are what was asked for, so they stay.
    let kept = stage.folder.keep();
    tell_files(&kept, &config_path, &feeds, is_json, n_articles)?;
    Ok(())
}

fn tell_files(
    folder: &Path,
    config: &Path,
    feeds: &[(String, &str, PathBuf)],
    is_json: bool,
    n_articles: u32,
) -> io::Result<()> {
    let mut out = io::stdout().lock();
    if is_json {
        let feeds: Vec<Value> =
            feeds.iter().map(|(id, format, path)| json!({"id": id, "format": format, "path": path})).collect();
        return writeln!(
            out,
            "{}",
            json!({"folder": folder, "config": config, "articles": n_articles, "feeds": feeds})
        );
    }
    writeln!(out, "\nThe feeds are in {}:", folder.join("feeds").display())?;
    for (_, _, path) in feeds {
        writeln!(out, "  {}", path.display())?;
    }
    out.flush()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn the_demos_own_configuration_is_good() {
        let args = Args { once: true, listen: Some(SocketAddr::from((Ipv4Addr::LOCALHOST, 0))) };
        let lifecycle = Lifecycle::new().unwrap();

        let stage = set_up(&args, &Clock::system(), &lifecycle).await;

        let Ok(stage) = stage else { panic!("the demo can't set itself up") };
        let config = stage.loaded.config;
        assert_eq!(config.sites.len(), sites().len());
        lifecycle.token().cancel();
    }
}
