//! The real binary, run on a folder of its own.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

/// Longest wait for a state that must come.
const DEADLINE: Duration = Duration::from_secs(60);

/// A folder with a configuration and a database, on which the binary can be started again and again.
pub struct Daemon {
    folder: tempfile::TempDir,
    address: SocketAddr,
}

/// A process of the daemon; killed when it's dropped.
pub struct Running<'a> {
    daemon: &'a Daemon,
    child: Child,
}

/// An answer of the daemon's server.
pub struct Answer {
    pub status: u16,

    pub body: Vec<u8>,
}

impl Daemon {
    /// Writes a configuration with the server and storage that tests need before `rest`.
    pub fn prepare(rest: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        // The port is free again when the listener is dropped, and nobody else takes it that soon.
        let address = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
        let database = folder.path().join("data/offprint.db");
        let config =
            format!("[server]\nlisten = \"{address}\"\n[storage]\nurl = \"sqlite:{}\"\n{rest}", database.display());
        let daemon = Self { folder, address };
        std::fs::write(daemon.config(), config).unwrap();
        daemon
    }

    /// The configuration's file.
    pub fn config(&self) -> PathBuf {
        self.folder.path().join("offprint.toml")
    }

    /// The folder of configuration, database and log.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Starts `offprint run` and waits until it serves.
    pub fn start(&self) -> Running<'_> {
        self.start_with(&[])
    }

    /// The same, with further arguments.
    pub fn start_with(&self, arguments: &[&str]) -> Running<'_> {
        self.start_as(arguments, &[])
    }

    /// The same with these environment variables.
    pub fn start_in(&self, variables: &[(String, String)]) -> Running<'_> {
        self.start_as(&[], variables)
    }

    fn start_as(&self, arguments: &[&str], variables: &[(String, String)]) -> Running<'_> {
        let log = std::fs::File::options().create(true).append(true).open(self.folder.path().join("log")).unwrap();
        let child = Command::new(env!("CARGO_BIN_EXE_offprint"))
            .args(["run", "-c"])
            .arg(self.config())
            .args(arguments)
            .current_dir(self.folder.path())
            .envs(variables.iter().map(|(name, value)| (name, value)))
            .stdout(Stdio::null())
            .stderr(log)
            .spawn()
            .unwrap();
        let running = Running { daemon: self, child };
        self.wait("the daemon serves", || running.get("/healthz").is_some_and(|answer| answer.status == 200));
        running
    }

    /// What the daemon has logged so far.
    pub fn log(&self) -> String {
        std::fs::read_to_string(self.folder.path().join("log")).unwrap_or_default()
    }

    /// Waits for a state that must come, looking often.
    pub fn wait(&self, what: &str, mut is_so: impl FnMut() -> bool) {
        let looks = DEADLINE.as_millis() / 20;
        for _ in 0..looks {
            if is_so() {
                return;
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        panic!("waited {DEADLINE:?} in vain until {what}; the log:\n{}", self.log());
    }
}

impl Running<'_> {
    /// Sends SIGKILL and waits for the end.
    pub fn kill(&mut self) {
        let _ = self.child.kill();
        self.child.wait().unwrap();
    }

    /// Sends a signal by its name, such as `TERM`.
    pub fn signal(&self, name: &str) {
        let status = Command::new("kill").arg(format!("-{name}")).arg(self.child.id().to_string()).status().unwrap();
        assert!(status.success());
    }

    /// Waits for the end and gives the exit code.
    pub fn exit_code(&mut self) -> Option<i32> {
        self.child.wait().unwrap().code()
    }

    /// Whether the process has ended.
    pub fn has_ended(&mut self) -> bool {
        self.child.try_wait().unwrap().is_some()
    }

    /// Asks the daemon's server; none while it doesn't answer.
    pub fn get(&self, path: &str) -> Option<Answer> {
        get(self.daemon.address, path, "")
    }

    /// The items of a feed as a reader sees them: id, title, date. Empty while there is no feed.
    pub fn items(&self, feed: &str) -> Vec<(String, String, String)> {
        let Some(answer) = self.get(&format!("/feeds/{feed}.rss")).filter(|answer| answer.status == 200) else {
            return Vec::new();
        };
        let feed = feed_rs::parser::parse(answer.body.as_slice()).expect("every feed that is served is valid");
        let text = |text: Option<feed_rs::model::Text>| text.map(|text| text.content).unwrap_or_default();
        feed.entries
            .into_iter()
            .map(|entry| {
                (entry.id, text(entry.title), entry.published.map(|date| date.to_rfc3339()).unwrap_or_default())
            })
            .collect()
    }
}

impl Drop for Running<'_> {
    fn drop(&mut self) {
        self.kill();
    }
}

/// One GET without compression; `headers` are whole lines with their line ends.
pub fn get(address: SocketAddr, path: &str, headers: &str) -> Option<Answer> {
    let mut stream = TcpStream::connect_timeout(&address, Duration::from_secs(2)).ok()?;
    stream.set_read_timeout(Some(Duration::from_secs(10))).ok()?;
    write!(stream, "GET {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n{headers}\r\n").ok()?;
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes).ok()?;
    let split = bytes.windows(4).position(|four| four == b"\r\n\r\n")?;
    let head = String::from_utf8_lossy(&bytes[..split]).into_owned();
    let status = head.split(' ').nth(1)?.parse().ok()?;
    Some(Answer { status, body: bytes[split + 4..].to_vec() })
}
