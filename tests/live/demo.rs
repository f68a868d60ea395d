//! The real binary, showing its sample sites on free ports of this machine.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use anyhow::{Context, Result, bail, ensure};
use serde::Deserialize;
use url::Url;

/// The demo crawls before it reports; an unoptimised build on a busy machine takes its time.
const PATIENCE: Duration = Duration::from_secs(120);

/// Where everything is, as `offprint demo --json` tells once the first crawl is done.
#[derive(Debug, Deserialize)]
pub struct Report {
    pub public: Url,
    pub feeds: Vec<Feed>,
    pub articles: usize,
}

/// One feed of the demo.
#[derive(Debug, Deserialize)]
pub struct Feed {
    pub id: String,
    pub title: String,
    pub rss: Url,
    pub atom: Url,
}

/// A running demo; stops with the value.
pub struct Demo {
    pub report: Report,
    child: Child,
}

impl Demo {
    /// Starts the binary and waits for its report.
    pub fn start() -> Result<Demo> {
        let mut child = Command::new(env!("CARGO_BIN_EXE_offprint"))
            .args(["demo", "--json", "--listen", "127.0.0.1:0"])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()
            .context("can't start `offprint demo`")?;
        let stdout = child.stdout.take().context("the child has a piped stdout")?;
        let (send, receive) = mpsc::channel();
        thread::spawn(move || {
            let mut lines = BufReader::new(stdout).lines();
            let _ = send.send(lines.next());
            // Whatever else is said is read away, so that the child never waits for us.
            lines.for_each(drop);
        });
        // From here on the child is stopped when something fails.
        let mut demo = Demo { report: Report::none()?, child };
        let line = receive.recv_timeout(PATIENCE).context("`offprint demo --json` said nothing")?;
        let line = line.context("`offprint demo --json` ended without a report")??;
        demo.report = serde_json::from_str(&line).with_context(|| format!("this isn't the demo's report: {line}"))?;
        Ok(demo)
    }

    /// Asks it to stop as a service manager does and waits for its end.
    pub fn stop(mut self) -> Result<ExitStatus> {
        let pid = self.child.id().to_string();
        let signal = |signal: &str| Command::new("kill").args([signal, &pid]).status();
        ensure!(signal("-TERM")?.success(), "can't send SIGTERM");
        let (ended, watch) = mpsc::channel::<()>();
        thread::scope(|scope| {
            scope.spawn(move || watch.recv_timeout(PATIENCE).is_err_and(|_| signal("-KILL").is_ok()));
            let end = self.child.wait().context("can't wait for the demo");
            let _ = ended.send(());
            end
        })
    }
}

impl Drop for Demo {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Report {
    fn none() -> Result<Report> {
        Ok(Report { public: Url::parse("http://127.0.0.1/")?, feeds: Vec::new(), articles: 0 })
    }
}

/// What came back for a request.
pub struct Answer {
    pub status: u16,
    pub head: String,
    pub body: Vec<u8>,
}

impl Answer {
    /// A header's value.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.head
            .lines()
            .filter_map(|line| line.split_once(':'))
            .find(|(key, _)| key.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.trim())
    }
}

/// Asks for a page of this machine. HTTP/1.0, so that the body ends with the connection.
pub fn get(url: &Url, headers: &[(&str, &str)]) -> Result<Answer> {
    let address: SocketAddr = url.socket_addrs(|| None)?.into_iter().next().context("an address has a socket")?;
    ensure!(address.ip().is_loopback(), "`{url}` isn't on this machine");
    let mut stream = TcpStream::connect(address).with_context(|| format!("can't connect to `{url}`"))?;
    stream.set_read_timeout(Some(PATIENCE))?;
    let mut request = format!("GET {} HTTP/1.0\r\nHost: {address}\r\n", url.path());
    headers.iter().for_each(|(name, value)| request.push_str(&format!("{name}: {value}\r\n")));
    stream.write_all(format!("{request}\r\n").as_bytes())?;
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes)?;

    let Some(end) = bytes.windows(4).position(|window| window == b"\r\n\r\n") else {
        bail!("`{url}`: no end of headers")
    };
    let head = String::from_utf8_lossy(&bytes[..end]).into_owned();
    let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).context("a status line has a status")?;
    Ok(Answer { status, head, body: bytes.split_off(end + 4) })
}

/// An article of a sample site as its author wrote it.
pub struct Manuscript {
    pub title: String,
    /// Paragraphs without markup.
    pub paragraphs: Vec<String>,
}

/// The manuscripts that are on the sample sites from the start.
pub fn manuscripts() -> Result<Vec<Manuscript>> {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/src/cli/demo/articles");
    let mut manuscripts = Vec::new();
    for site in fs::read_dir(root).with_context(|| format!("can't list {root}"))? {
        let site = site?.path();
        if !site.is_dir() {
            continue;
        }
        for file in fs::read_dir(&site).with_context(|| format!("can't list {}", site.display()))? {
            let text = fs::read_to_string(file?.path())?;
            let (head, body) = text.split_once("\n\n").context("a manuscript has a head and a body")?;
            if head.lines().any(|line| line.trim() == "late: yes") {
                continue;
            }
            let title =
                head.lines().find_map(|line| line.strip_prefix("title: ")).context("a manuscript has a title")?;
            let paragraphs = body.split("\n\n").map(str::trim).filter(|block| is_plain(block)).map(str::to_owned);
            manuscripts.push(Manuscript { title: title.to_owned(), paragraphs: paragraphs.collect() });
        }
    }
    Ok(manuscripts)
}

/// Whether a block is a paragraph without links, stress, code or ruby: what a reader shows as it was written.
fn is_plain(block: &str) -> bool {
    !block.starts_with(['#', '>', '|', '!', '-'])
        && !block.starts_with("1.")
        && !block.contains(['[', '`', '*', '_', '{', '\n'])
}
