//! Programs that people read feeds with, asked what they see.

use std::fmt;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::{fs, io::Write};

use anyhow::{Context, Result, ensure};
use serde::Deserialize;
use url::Url;

/// Variables that would lead a program away from this machine.
const PROXIES: &[&str] = &["http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"];

/// An item of a feed as a reader understood it.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Item {
    pub id: String,
    pub title: String,
    pub link: String,
    /// Whether it has a date that the reader could read.
    pub dated: bool,
    pub html: String,
}

impl Item {
    /// What a person reads, in one line.
    pub fn text(&self) -> String {
        let words: String =
            scraper::Html::parse_fragment(&self.html).root_element().text().collect::<Vec<_>>().join(" ");
        one_line(&words)
    }
}

/// A feed reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reader {
    Feedparser,
    Newsboat,
    RssParser,
}

impl fmt::Display for Reader {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Reader::Feedparser => "feedparser",
            Reader::Newsboat => "newsboat",
            Reader::RssParser => "rss-parser",
        })
    }
}

impl Reader {
    /// The items of a feed.
    pub fn read(self, feed: &Url) -> Result<Vec<Item>> {
        let folder = tempfile::tempdir().context("can't make a temporary folder")?;
        let mut command = match self {
            Reader::Feedparser => script("python/bin/python", "read_with_feedparser.py", feed),
            Reader::Newsboat => script("python/bin/python", "read_with_newsboat.py", feed),
            Reader::RssParser => {
                let mut command = Command::new("node");
                command.arg(here("read_with_rss_parser.js")).arg(feed.as_str());
                command.env("NODE_PATH", tools().join("node/node_modules"));
                command
            }
        };
        command.arg(folder.path()).env("HOME", folder.path());
        let output = run(command).with_context(|| format!("{self} can't read `{feed}`; `tests/all` installs it"))?;
        serde_json::from_slice(&output.stdout).with_context(|| format!("{self} gave no list of items"))
    }
}

/// What Chromium makes of a page.
#[derive(Debug)]
pub struct Rendered {
    /// The tree after loading, as markup.
    pub dom: String,
    /// Size of a picture of it.
    pub n_png_bytes: usize,
}

/// Shows a page in Chromium without a window.
pub fn render(page: &str) -> Result<Rendered> {
    let folder = tempfile::tempdir().context("can't make a temporary folder")?;
    let picture = folder.path().join("page.png");
    let chromium = |profile: &str, option: String| {
        let mut command = Command::new("chromium");
        command
            .args(["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-dev-shm-usage"])
            .args(["--no-first-run", "--no-proxy-server", "--disable-background-networking", "--disable-sync"])
            .args(["--disable-component-update", "--hide-scrollbars", "--window-size=1200,1600"])
            .arg(format!("--user-data-dir={}", folder.path().join(profile).display()))
            .arg(option)
            .arg(page)
            .env("HOME", folder.path());
        run(command).with_context(|| format!("chromium can't show `{page}`; `tests/all` installs it"))
    };
    chromium("one", format!("--screenshot={}", picture.display()))?;
    let dom = chromium("two", "--dump-dom".to_owned())?;
    Ok(Rendered {
        dom: String::from_utf8_lossy(&dom.stdout).into_owned(),
        n_png_bytes: fs::read(&picture).context("chromium made no picture")?.len(),
    })
}

/// Whether libxml2 finds the document well-formed.
pub fn check_xml(document: &[u8]) -> Result<()> {
    let mut child = Command::new("xmllint")
        .args(["--noout", "--nonet", "-"])
        .stdin(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .context("can't start xmllint; `tests/all` installs it")?;
    child.stdin.take().context("the child has a piped stdin")?.write_all(document)?;
    let output = child.wait_with_output()?;
    ensure!(output.status.success(), "xmllint complains: {}", String::from_utf8_lossy(&output.stderr));
    Ok(())
}

/// A text without line breaks and runs of spaces.
pub fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn script(interpreter: &str, name: &str, feed: &Url) -> Command {
    let mut command = Command::new(tools().join(interpreter));
    command.arg(here(name)).arg(feed.as_str());
    command
}

fn run(mut command: Command) -> Result<Output> {
    PROXIES.iter().for_each(|name| {
        command.env_remove(name);
    });
    let output = command.stdin(Stdio::null()).output().with_context(|| format!("can't start {command:?}"))?;
    ensure!(
        output.status.success(),
        "{command:?} failed with {}: {}",
        output.status,
        String::from_utf8_lossy(&output.stderr)
    );
    Ok(output)
}

fn here(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/live").join(name)
}

fn tools() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("target/live-tools")
}
