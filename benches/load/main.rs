//! How much the daemon bears: fake origins in a process of their own, the real binary on a database of its own.
//!
//! `cargo bench --bench load -- throughput`, `starvation`, `hung`, `spread` or `articles`; `--help` shows what can be
//! set. Nothing passes or fails by it: the figures are for people.

#![expect(clippy::print_stdout, reason = "a benchmark prints its table")]

mod origins;
mod watch;

use std::collections::HashMap;
use std::error::Error;
use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use clap::Parser;
use offprint::clock::{Clock, Stopwatch};
use offprint::model::{PostingRate, Rhythm, Timestamp};
use offprint::store::{self, Store};

use watch::{Usage, get};

#[derive(Parser)]
enum Mode {
    /// As many polls as it can: more sources than it can serve, 70 % of them unchanged.
    Throughput(Settings),
    /// As many sources on one host as on hosts of their own (A20).
    Starvation(Settings),
    /// Some of the sources hang (C9).
    Hung(Settings),
    /// Sources that are added all at once.
    Spread(Settings),
    /// Feeds full of articles that are all new.
    Articles(Settings),
    /// The fake origins alone.
    #[command(hide = true)]
    Origins(Origins),
}

#[derive(clap::Args, Clone, Copy)]
struct Origins {
    /// Polls of a hundred that find a change.
    #[arg(long, default_value_t = 30)]
    changed: u64,
    /// New articles with each change.
    #[arg(long, default_value_t = 0)]
    articles: u32,
    /// Articles that a feed begins with.
    #[arg(long, default_value_t = 0)]
    initial: u32,
    /// How long an origin thinks about a feed or a page.
    #[arg(long, default_value_t = 0)]
    answer_ms: u64,
}

#[derive(clap::Args, Clone)]
struct Settings {
    #[command(flatten)]
    origins: Origins,
    /// Sources on hosts of their own.
    #[arg(long)]
    many: Option<u32>,
    /// Sources on one host.
    #[arg(long)]
    one: Option<u32>,
    /// Sources that hang, on hosts of their own.
    #[arg(long)]
    hung: Option<u32>,
    /// Sources of each of the many hosts.
    #[arg(long, default_value_t = 1)]
    each: u32,
    /// The daemon lives so long.
    #[arg(long)]
    seconds: Option<u64>,
    /// In minutes: the least that a configuration allows is one.
    #[arg(long, default_value_t = 1)]
    every: u64,
    /// Seconds between two requests to one host.
    #[arg(long, default_value_t = 0)]
    delay: u64,
    /// Seconds for a request.
    #[arg(long, default_value_t = 60)]
    timeout: u64,
    #[arg(long)]
    workers: Option<usize>,
    /// The daemon.
    #[arg(long, default_value = env!("CARGO_BIN_EXE_offprint"))]
    binary: PathBuf,
    /// Passed by `cargo bench`.
    #[arg(long, hide = true)]
    bench: bool,
}

/// Which sources there are.
#[derive(Clone, Copy)]
struct Crowd {
    many: u32,
    one: u32,
    hung: u32,
    seconds: u64,
}

type Failed = Box<dyn Error>;

fn main() -> Result<(), Failed> {
    let (settings, usual) = match Mode::parse() {
        Mode::Origins(origins) => return Ok(origins::serve(origins)?),
        Mode::Throughput(settings) => (settings, Crowd { many: 30_000, one: 0, hung: 0, seconds: 150 }),
        Mode::Starvation(settings) => (settings, Crowd { many: 1000, one: 1000, hung: 0, seconds: 200 }),
        Mode::Hung(settings) => (settings, Crowd { many: 1000, one: 500, hung: 500, seconds: 200 }),
        Mode::Spread(settings) => (settings, Crowd { many: 10_000, one: 0, hung: 0, seconds: 75 }),
        Mode::Articles(mut settings) => {
            settings.origins.initial = settings.origins.initial.max(20);
            (settings, Crowd { many: 500, one: 0, hung: 0, seconds: 120 })
        }
    };
    let crowd = Crowd {
        many: settings.many.unwrap_or(usual.many),
        one: settings.one.unwrap_or(usual.one),
        hung: settings.hung.unwrap_or(usual.hung),
        seconds: settings.seconds.unwrap_or(usual.seconds),
    };
    measure(&settings, crowd)
}

/// A process that ends with the benchmark.
struct Helper(Child);

impl Drop for Helper {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn measure(settings: &Settings, crowd: Crowd) -> Result<(), Failed> {
    let folder = tempfile::tempdir()?;
    let (_origins, origin) = start_origins(&settings.origins)?;
    let listen = std::net::TcpListener::bind("127.0.0.1:0")?.local_addr()?;
    let config = folder.path().join("offprint.toml");
    std::fs::write(&config, configuration(settings, crowd, folder.path(), listen, origin.port()))?;

    let (began, watch) = (Clock::system().now(), Stopwatch::start());
    let log = std::fs::File::create(folder.path().join("log"))?;
    let mut daemon = Helper(
        Command::new(&settings.binary)
            .args(["run", "-c"])
            .arg(&config)
            .stdout(Stdio::null())
            .stderr(log)
            .env("RUST_LOG", "warn")
            .spawn()?,
    );
    while get(listen, "/healthz").is_none() {
        if daemon.0.try_wait()?.is_some() {
            return Err(std::fs::read_to_string(folder.path().join("log"))?.into());
        }
        std::thread::sleep(Duration::from_millis(5));
    }
    println!("{} sources, {} of them on one host, {} hung", crowd.many + crowd.one + crowd.hung, crowd.one, crowd.hung);
    println!("started after              {:>10.2} s", watch.elapsed().as_secs_f64());

    let usage = Usage::follow(daemon.0.id(), Duration::from_secs(crowd.seconds).saturating_sub(watch.elapsed()));
    let asked = Asked::parse(&get(origin, "/log").ok_or("the origins died")?);
    Command::new("kill").arg("-TERM").arg(daemon.0.id().to_string()).status()?;
    daemon.0.wait()?;
    usage.print();
    asked.print(began);
    let store = store::Config { url: database(folder.path()), ..store::Config::default() };
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(punctuality(settings, crowd, &store, &asked, began))?;
    let warnings = std::fs::read_to_string(folder.path().join("log"))?;
    let errors = warnings.lines().filter(|line| line.contains("ERROR")).count();
    println!("lines logged as errors     {errors:>10}");
    warnings.lines().filter(|line| line.contains("ERROR")).take(3).for_each(|line| println!("  {line}"));
    Ok(())
}

fn start_origins(settings: &Origins) -> Result<(Helper, SocketAddr), Failed> {
    let mut command = Command::new(std::env::current_exe()?);
    command.arg("origins");
    for (name, value) in [
        ("--changed", settings.changed),
        ("--articles", settings.articles.into()),
        ("--initial", settings.initial.into()),
        ("--answer-ms", settings.answer_ms),
    ] {
        command.arg(name).arg(value.to_string());
    }
    let mut child = command.stdout(Stdio::piped()).spawn()?;
    let mut line = String::new();
    let out = child.stdout.take().ok_or("no output")?;
    let helper = Helper(child);
    BufReader::new(out).read_line(&mut line)?;
    Ok((helper, SocketAddr::from(([127, 0, 0, 1], line.trim().parse()?))))
}

fn database(folder: &Path) -> String {
    format!("sqlite:{}", folder.join("offprint.db").display())
}

/// Source `n`, its group, its address.
fn sources(settings: &Settings, crowd: Crowd, port: u16) -> impl Iterator<Item = (u32, &'static str, String)> {
    let each = settings.each.max(1);
    // Interleaved, as a collection that grew over years is.
    let total = crowd.many + crowd.one + crowd.hung;
    let mut left = [crowd.many, crowd.one, crowd.hung];
    (0..total).map(move |n| {
        let group = (0..3).max_by_key(|group| left[*group] * 3 + 2 - u32::try_from(*group).unwrap_or(0)).unwrap_or(0);
        left[group] -= 1;
        let own = 256 * 256 + n / each;
        let host = format!("127.{}.{}.{}", own >> 16 & 255, own >> 8 & 255, own & 255);
        match group {
            0 => (n, "many", format!("http://{host}:{port}/s/{n}/feed")),
            1 => (n, "one", format!("http://127.0.0.1:{port}/s/{n}/feed")),
            _ => (n, "hung", format!("http://{host}:{port}/hung/{n}")),
        }
    })
}

fn configuration(settings: &Settings, crowd: Crowd, folder: &Path, listen: SocketAddr, port: u16) -> String {
    let workers = settings.workers.map_or(String::new(), |n| format!("[schedule]\nworkers = {n}\n"));
    let head = format!(
        "[server]\nlisten = \"{listen}\"\n[storage]\nurl = \"{}\"\n{workers}\
         [fetch]\nprivate_networks = true\nevery = \"{}m\"\nadaptive = false\ntimeout = \"{}s\"\n\
         [fetch.per_host]\ndelay = \"{}s\"\n",
        database(folder),
        settings.every,
        settings.timeout,
        settings.delay
    );
    let list = sources(settings, crowd, port);
    head + &list.map(|(n, _, url)| format!("[[source]]\nid = \"s{n}\"\nurl = \"{url}\"\n")).collect::<String>()
}

/// What the origins were asked, by their own log.
struct Asked {
    /// How often for each kind.
    n: HashMap<char, usize>,
    /// When each source's entrance was asked, in order.
    entrances: HashMap<u32, Vec<i64>>,
    pages: Vec<i64>,
}

impl Asked {
    fn parse(log: &str) -> Self {
        let mut asked = Self { n: HashMap::new(), entrances: HashMap::new(), pages: Vec::new() };
        for line in log.lines() {
            let mut parts = line.split(' ');
            let (Some(at), Some(kind), Some(source)) = (parts.next(), parts.next(), parts.next()) else { continue };
            let (Ok(at), Some(kind), Ok(source)) = (at.parse(), kind.chars().next(), source.parse()) else { continue };
            *asked.n.entry(kind).or_default() += 1;
            match kind {
                'f' | 'n' | 'h' => asked.entrances.entry(source).or_default().push(at),
                'p' => asked.pages.push(at),
                _ => {}
            }
        }
        asked
    }

    fn print(&self, began: Timestamp) {
        let n = |kind| self.n.get(&kind).copied().unwrap_or(0);
        let polls = per_second(self.entrances.values().flatten().copied(), began);
        let repeated: usize = self.entrances.values().map(|times| times.len().saturating_sub(1)).sum();
        println!("polls                      {:>10}   busiest 10 s: {:.1}/s", n('f') + n('n') + n('h'), best(&polls));
        println!("unchanged, of repeated     {:>10.1} %", 100.0 * n('n') as f64 / repeated.max(1) as f64);
        let pages = per_second(self.pages.iter().copied(), began);
        println!("pages                      {:>10}   busiest 10 s: {:.1}/s", n('p'), best(&pages));
        println!("questions for robots.txt   {:>10}", n('r'));
        let first = per_second(self.entrances.values().filter_map(|times| times.first().copied()), began);
        let mean = self.entrances.len() as f64 / first.len().max(1) as f64;
        println!(
            "first polls                {:>10}   over {} s, {mean:.1}/s, at most {} in a second (mean + 6 sigma: {:.0})",
            self.entrances.len(),
            first.len(),
            first.iter().max().unwrap_or(&0),
            mean + 6.0 * mean.sqrt()
        );
    }
}

/// How many in each second since the start, up to the last.
fn per_second(times: impl Iterator<Item = i64>, began: Timestamp) -> Vec<usize> {
    let mut counts = Vec::new();
    for at in times {
        let second = usize::try_from((at - began.as_millis()) / 1000).unwrap_or(0);
        if counts.len() <= second {
            counts.resize(second + 1, 0);
        }
        counts[second] += 1;
    }
    counts
}

fn best(counts: &[usize]) -> f64 {
    let window = counts.len().clamp(1, 10);
    let most = counts.windows(window).map(|window| window.iter().sum::<usize>()).max().unwrap_or(0);
    most as f64 / window as f64
}

/// How late each source was asked, by the due times that followed from its polls.
async fn punctuality(
    settings: &Settings,
    crowd: Crowd,
    config: &store::Config,
    asked: &Asked,
    began: Timestamp,
) -> Result<(), Failed> {
    let store = Store::open(config, Clock::system()).await?;
    let every = Duration::from_secs(60 * settings.every);
    let (rhythm, none) = (Rhythm::Every(every), PostingRate::learn(&[], began, began));
    let mut late: HashMap<&str, Vec<f64>> = HashMap::new();
    let mut unasked: HashMap<&str, usize> = HashMap::new();
    let end = asked.entrances.values().flatten().max().copied().unwrap_or_default();
    let mut n_articles = 0;
    for (n, group, _) in sources(settings, crowd, 0) {
        let id = format!("s{n}").parse()?;
        let mut polls = store.polls(&id, 1000).await?;
        polls.reverse();
        let Some(times) = asked.entrances.get(&n) else {
            *unasked.entry(group).or_default() += 1;
            continue;
        };
        for poll in polls.iter().filter(|poll| poll.error.is_none()) {
            let due = rhythm.next_after(poll.at, chrono_tz::UTC, id.as_str(), &none).as_millis();
            // The first question after a poll comes more than half an interval later; none means that it still waits.
            let next =
                times.iter().find(|at| **at > poll.at.as_millis() + i64::try_from(every.as_millis() / 2).unwrap_or(0));
            let wait = next.copied().unwrap_or(end) - due;
            if next.is_some() || wait > 0 {
                late.entry(group).or_default().push(wait.max(0) as f64 / 1000.0);
            }
        }
    }
    for state in store.sources().await? {
        n_articles += state.n_articles;
    }
    println!("articles stored            {n_articles:>10}");
    for group in ["many", "one", "hung"] {
        let Some(late) = late.get_mut(group) else { continue };
        late.sort_by(f64::total_cmp);
        let at = |share: f64| late[((late.len() - 1) as f64 * share) as usize];
        println!(
            "lateness of `{group}`{}{:>9.2} s median, {:.2} s p99, {:.2} s at most, over {} polls; never asked: {}",
            " ".repeat(12 - group.len()),
            at(0.5),
            at(0.99),
            at(1.0),
            late.len(),
            unasked.get(group).copied().unwrap_or(0)
        );
    }
    store.close().await;
    Ok(())
}
