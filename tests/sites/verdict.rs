//! Compares what the real program stored of a site with the truth.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Arc;

use chrono::{DateTime, TimeDelta};
use offprint::clock::Clock;
use offprint::model::{Entry, SourceId, Timestamp};
use offprint::store::{self, Query, Store};

use crate::site::{Ends, Site, Truth};
use crate::web::Web;

/// Least share of the needed articles that have to be found, each with its headline and its whole text.
const LEAST_FOUND: f64 = 0.95;
/// Largest share of what was stored that may be no article of the site, or one a second time.
const MOST_FALSE: f64 = 0.02;
/// Largest share of the found articles whose date may be wrong.
const MOST_MISDATED: f64 = 0.05;
/// Most requests of `add`.
const MOST_REQUESTS: usize = 15;

const SETTINGS: &str = "[fetch]\nprivate_networks = true\n\n[fetch.per_host]\ndelay = \"0s\"\n";

/// Holds the program to the truth about a site: `add URL --yes`, then `crawl`.
pub fn hold(site: Site) {
    let site = Arc::new(site);
    let web = Web::serve(Arc::clone(&site));
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("offprint.toml");
    let url = web.at(&site.start);
    match site.ends {
        Ends::Fails(words) => return refused(&site, &url, &file, words),
        Ends::Articles => add(&site, &web, &url, &file),
    }

    let crawled = offprint(&["crawl"], folder.path());

    let verdict = Verdict::of(&site, &stored(folder.path()), &format!("http://{}", web.address));
    let asked: Vec<String> = web.asked().iter().map(|(path, status)| format!("{status} {path}")).collect();
    let report = format!("{}: {verdict:#?}\n{}\nasked: {asked:#?}", site.name, crawled.text);
    let share = |part: usize, whole: usize| part as f64 / whole.max(1) as f64;
    assert!(share(verdict.n_right, verdict.n_needed) >= LEAST_FOUND, "too few articles\n{report}");
    assert!(share(verdict.strangers.len(), verdict.n_stored) <= MOST_FALSE, "too many false ones\n{report}");
    assert!(share(verdict.misdated.len(), verdict.n_right) <= MOST_MISDATED, "wrong dates\n{report}");
}

/// One `add --yes` makes a source of the site.
fn add(site: &Site, web: &Web, url: &str, file: &Path) {
    fs::write(file, SETTINGS).unwrap();

    let added = offprint(&["add", url, "--yes", "--id", "site", "--json"], file.parent().unwrap());

    let n_requests = web.asked().len();
    assert_eq!(added.code, Some(0), "{}: {}", site.name, added.text);
    assert!(n_requests <= MOST_REQUESTS, "{}: `add` made {n_requests} requests: {:#?}", site.name, web.asked());
    let written = fs::read_to_string(file).unwrap();
    assert!(written.starts_with(SETTINGS.trim_end()), "{}: what stood in the file is gone: {written}", site.name);
    assert_eq!(written.matches("[[source]]").count(), 1, "{}: {written}", site.name);
}

/// `add --yes` says why nothing can be had from the site, and leaves the file alone.
fn refused(site: &Site, url: &str, file: &Path, words: &[&str]) {
    fs::write(file, SETTINGS).unwrap();

    let added = offprint(&["add", url, "--yes", "--id", "site"], file.parent().unwrap());

    let said = added.text.to_lowercase();
    assert_eq!(added.code, Some(1), "{}: {}", site.name, added.text);
    assert!(words.iter().any(|word| said.contains(word)), "{}: none of {words:?} in: {}", site.name, added.text);
    assert_eq!(fs::read_to_string(file).unwrap(), SETTINGS, "{}", site.name);
}

struct Ran {
    code: Option<i32>,
    text: String,
}

fn offprint(arguments: &[&str], folder: &Path) -> Ran {
    let output = Command::new(env!("CARGO_BIN_EXE_offprint"))
        .args(["-c", "offprint.toml"])
        .args(arguments)
        .current_dir(folder)
        .env_clear()
        .stdin(Stdio::null())
        .output()
        .unwrap();
    let text = [output.stdout, output.stderr].map(|bytes| String::from_utf8(bytes).unwrap()).join("\n");
    Ran { code: output.status.code(), text }
}

/// Every article that the program's database has.
fn stored(folder: &Path) -> Vec<Entry> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let storage = store::Config {
            url: format!("sqlite:{}", folder.join("data/offprint.db").display()),
            ..Default::default()
        };
        let clock = Clock::mock(Timestamp::from_millis(1_795_000_000_000));
        let store = Store::open(&storage, clock).await.unwrap();
        let source: SourceId = "site".parse().unwrap();
        let entries = store.entries(&Query { sources: &[source], folds: false, limit: 1000 }).await.unwrap();
        store.close().await;
        entries
    })
}

#[derive(Debug, Default)]
struct Verdict {
    n_needed: usize,
    n_stored: usize,
    /// Needed ones with the right headline and the whole text.
    n_right: usize,
    missing: Vec<String>,
    /// Headlines that differ: as stored and as true.
    mistitled: Vec<(String, String)>,
    /// Texts without the first or the last words.
    cut: Vec<String>,
    misdated: Vec<String>,
    /// Stored, but no article of the site, or one a second time.
    strangers: Vec<String>,
}

impl Verdict {
    fn of(site: &Site, stored: &[Entry], base: &str) -> Self {
        let mut verdict = Self { n_stored: stored.len(), ..Self::default() };
        let mut seen = BTreeSet::new();
        for entry in stored {
            let url = entry.article.url.to_string();
            let path = plain(url.strip_prefix(base).unwrap_or(&url));
            match site.articles.iter().find(|truth| plain(&truth.path) == path) {
                Some(truth) if seen.insert(truth.path.as_str()) => verdict.judge(truth, entry),
                _ => verdict.strangers.push(format!("{path} “{}”", entry.article.title)),
            }
        }
        let needed = site.articles.iter().filter(|truth| truth.is_needed);
        verdict.missing = needed
            .clone()
            .filter(|truth| !seen.contains(truth.path.as_str()))
            .map(|truth| truth.path.clone())
            .collect();
        verdict.n_needed = needed.count();
        verdict
    }

    fn judge(&mut self, truth: &Truth, entry: &Entry) {
        let title = entry.article.title.to_string();
        let text = collapsed(&entry.article.text);
        let is_titled = collapsed(&title) == collapsed(&truth.title);
        let is_whole = [&truth.first_words, &truth.last_words].iter().all(|words| text.contains(&collapsed(words)));
        if !is_titled {
            self.mistitled.push((title, truth.title.clone()));
        }
        if !is_whole {
            self.cut.push(format!("{}: {} … {}", truth.path, head(&text), tail(&text)));
        }
        let stored_at = DateTime::from_timestamp_millis(entry.published.as_millis()).unwrap();
        // Many sites tell the day only, and in a time zone of their own.
        if truth.published.is_some_and(|at| (at - stored_at).abs() > TimeDelta::hours(36)) {
            self.misdated.push(format!("{}: {stored_at}, not {:?}", truth.path, truth.published));
        }
        self.n_right += usize::from(truth.is_needed && is_titled && is_whole);
    }
}

/// Without a fragment, the last slash and the name of an index.
fn plain(path: &str) -> String {
    let path = path.split('#').next().unwrap_or(path);
    path.trim_end_matches("index.html").trim_end_matches('/').to_owned()
}

/// One space between words, none at the ends; dense scripts may be broken anywhere.
fn collapsed(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn head(text: &str) -> String {
    text.chars().take(60).collect()
}

fn tail(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    chars[chars.len().saturating_sub(60)..].iter().collect()
}
