//! What a hostile document costs: processor time and memory, each in a process of its own, by the daemon's own way.
//!
//! `cargo bench --bench hostile` starts an origin on loopback and this program again for each document and each way
//! to read it, as an entrance and as a page; it tells which costs more than the goal, and fails where one kills its
//! process. Linux only: it reads /proc.

#![expect(clippy::print_stdout, reason = "a benchmark prints its table")]
#![expect(clippy::print_stderr, reason = "a benchmark says what is wrong")]

mod documents;

use std::collections::HashMap;
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::process::{Command, ExitCode};
use std::sync::Arc;
use std::time::Duration;

use mimalloc::MiMalloc;
use offprint::clock::Clock;
use offprint::fetch::{Accept, Answer, Config, FetchError, Fetched, Fetcher, PerHost, Request, into_text};
use offprint::model::{CanonicalUrl, Link, Period, Reserved, Rhythm, Source, Timestamp};
use offprint::pipeline::{Site, read_page};
use offprint::{discover, extract};
use url::Url;

use documents::Case;

/// As the daemon has it.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

/// What one document should cost at most.
const MAX_CPU_MS: u64 = 1000;
const MAX_ADDED_KIB: u64 = 64 * 1024;
/// The kernel counts processor time in hundredths of a second.
const TICK_MS: u64 = 10;

/// How a document is read.
#[derive(Clone, Copy, PartialEq)]
enum Way {
    Entrance,
    Page,
}

/// What reading it cost.
struct Cost {
    cpu_ms: u64,
    added_kib: u64,
    outcome: String,
}

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().collect();
    if let [_, flag, way, url] = arguments.as_slice()
        && flag == "--read"
    {
        return read(if way == "entrance" { Way::Entrance } else { Way::Page }, url);
    }
    let wanted = arguments.get(1).filter(|name| !name.starts_with('-'));
    let cases = documents::cases();
    let address = serve(&cases);
    let mut is_fine = true;
    println!("| case | document | as an entrance | as a page | outcome |\n|---|---|---|---|---|");
    for (n, case) in cases.iter().enumerate().filter(|(_, case)| wanted.is_none_or(|name| case.name.contains(name))) {
        let url = format!("http://{address}/{n}");
        let [entrance, page] = [measure("entrance", &url), measure("page", &url)];
        let cell = |cost: &Option<Cost>| match cost {
            Some(cost) => format!("{:.2} s, {} MiB", cost.cpu_ms as f64 / 1000.0, cost.added_kib / 1024),
            None => "**died**".to_owned(),
        };
        let outcome = page.as_ref().map_or("", |cost| cost.outcome.as_str());
        println!("| {} | {} | {} | {} | {outcome} |", case.group, case.name, cell(&entrance), cell(&page));
        let within = |cost: &Option<Cost>| {
            cost.as_ref().is_some_and(|cost| cost.cpu_ms <= MAX_CPU_MS && cost.added_kib <= MAX_ADDED_KIB)
        };
        if !within(&entrance) || !within(&page) {
            eprintln!("`{}` costs more than {MAX_CPU_MS} ms or {} MiB", case.name, MAX_ADDED_KIB / 1024);
        }
        is_fine &= entrance.is_some() && page.is_some();
    }
    if is_fine { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Serves the ordinary page and feed at `/page` and `/feed`, and the documents by their numbers.
fn serve(cases: &[Case]) -> SocketAddr {
    let [page, feed] = documents::ordinary();
    let mut answers: HashMap<String, (Vec<u8>, Vec<u8>)> =
        HashMap::from([("/page".to_owned(), (page, Vec::new())), ("/feed".to_owned(), (feed, Vec::new()))]);
    for (n, case) in cases.iter().enumerate() {
        // As one write would have it: a packet is full of what is small.
        let n_times = if case.flood.is_empty() { 0 } else { 65_536_usize.div_ceil(case.flood.len()) };
        answers.insert(format!("/{n}"), (case.first.clone(), case.flood.repeat(n_times)));
    }
    let answers = Arc::new(answers);
    let listener = TcpListener::bind("127.0.0.1:0").expect("loopback has a free port");
    let address = listener.local_addr().expect("a listener has an address");
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let answers = Arc::clone(&answers);
            std::thread::spawn(move || answer(stream, &answers));
        }
    });
    address
}

fn answer(mut stream: TcpStream, answers: &HashMap<String, (Vec<u8>, Vec<u8>)>) {
    let mut request = Vec::new();
    let mut byte = [0];
    while !request.ends_with(b"\r\n\r\n") && stream.read(&mut byte).is_ok_and(|n| n == 1) {
        request.push(byte[0]);
    }
    let path = String::from_utf8_lossy(&request).split(' ').nth(1).unwrap_or_default().to_owned();
    let Some((first, flood)) = answers.get(&path) else { return };
    let mut is_heard = stream.write_all(first).is_ok();
    while is_heard && !flood.is_empty() {
        is_heard = stream.write_all(flood).is_ok();
    }
}

/// Has another process read the document.
fn measure(way: &str, url: &str) -> Option<Cost> {
    let program = std::env::current_exe().expect("a program has a path");
    let output = Command::new(program).args(["--read", way, url]).output().expect("a program can start itself");
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let mut fields = text.trim().splitn(3, '\t');
    let mut number = || fields.next()?.parse().ok();
    let cost = number().zip(number());
    if cost.is_none() || !output.status.success() {
        eprintln!("{url} as {way}: {}\n{}", output.status, String::from_utf8_lossy(&output.stderr));
    }
    let (cpu_ms, added_kib) = cost.filter(|_| output.status.success())?;
    Some(Cost { cpu_ms, added_kib, outcome: fields.next().unwrap_or_default().to_owned() })
}

/// The other process: reads something ordinary, then the document, and says what that added.
fn read(way: Way, url: &str) -> ExitCode {
    let url: Url = url.parse().expect("the first process made it");
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().expect("a runtime starts");
    let config = Config {
        private_networks: true,
        robots: false,
        per_host: PerHost { delay: Period::from_secs(0), ..PerHost::default() },
        ..Config::default()
    };
    let fetcher = Fetcher::new(&config, Clock::system()).expect("the client can be set up");
    let site = site(&url);
    for (way, path) in [(Way::Entrance, "/feed"), (Way::Page, "/page")] {
        let ordinary = url.join(path).expect("a path is an address");
        runtime.block_on(read_once(&fetcher, &site, way, &ordinary)).expect("the ordinary is read");
    }
    // The peak is counted anew from here.
    std::fs::write("/proc/self/clear_refs", "5").expect("the kernel forgets the peak");
    let (cpu_before, kib_before) = (cpu_ms(), status_kib("VmRSS:"));

    let outcome = runtime.block_on(read_once(&fetcher, &site, way, &url));

    let outcome = outcome.unwrap_or_else(|error| error.to_string().replace(url.as_str(), "it").replace('`', ""));
    let added_kib = status_kib("VmHWM:").saturating_sub(kib_before);
    println!("{}\t{added_kib}\t{outcome}", cpu_ms().saturating_sub(cpu_before));
    runtime.shutdown_timeout(Duration::from_secs(1));
    ExitCode::SUCCESS
}

/// What the daemon does with it, without the store.
async fn read_once(fetcher: &Fetcher, site: &Site, way: Way, url: &Url) -> Result<String, FetchError> {
    let accept = if way == Way::Entrance { Accept::Entrance } else { Accept::Page };
    let Fetched { url, answer, .. } = fetcher.get(&Request { url, validators: None, accept }).await?;
    let Answer::Body { bytes, content_type } = answer else { return Ok("not modified".to_owned()) };
    let site = site.clone();
    let work = tokio::task::spawn_blocking(move || match way {
        Way::Entrance => {
            let text = into_text(bytes, content_type.as_deref());
            let found = discover::entrance(&text, content_type.as_deref(), &url, &site.discover, site.source.timezone);
            format!("{} links", found.links.len())
        }
        Way::Page => {
            let link = Link::to(CanonicalUrl::from_url(url.clone()).expect("it was fetched"));
            let now = Timestamp::from_millis(1_767_571_200_000);
            let _ = zstd::encode_all(bytes.as_slice(), 3);
            let reading = read_page(bytes, content_type.as_deref(), &url, &link, &site, now);
            let _ = reading.fingerprint();
            match reading.article {
                Ok(normalised) => format!("an article of {} characters", normalised.article.text.chars().count()),
                Err(unfit) => unfit.to_string(),
            }
        }
    });
    Ok(work.await.expect("no document makes the reader panic"))
}

fn site(url: &Url) -> Site {
    let source = Source {
        id: "hostile".parse().expect("it is a name"),
        url: url.clone(),
        title: None,
        tags: Vec::new(),
        language: None,
        timezone: chrono_tz::UTC,
        rhythm: Rhythm::Every(Duration::from_secs(3600)),
    };
    Site {
        source,
        discover: discover::Config::default(),
        extract: extract::Config::default(),
        respects: Reserved::default(),
        identity: Arc::default(),
    }
}

/// Processor time of this process with all its threads.
fn cpu_ms() -> u64 {
    let stat = std::fs::read_to_string("/proc/self/stat").expect("the kernel tells");
    // The name in brackets may hold blanks.
    let after_name = stat.rsplit(')').next().unwrap_or_default();
    after_name.split_whitespace().skip(11).take(2).filter_map(|ticks| ticks.parse::<u64>().ok()).sum::<u64>() * TICK_MS
}

fn status_kib(name: &str) -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").expect("the kernel tells");
    let line = status.lines().find_map(|line| line.strip_prefix(name)).unwrap_or_default();
    line.split_whitespace().next().and_then(|n| n.parse().ok()).unwrap_or_default()
}
