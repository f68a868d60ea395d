//! What a process uses, by `/proc`, and one GET without a client.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

use offprint::clock::Stopwatch;

/// The kernel counts processor time in hundredths of a second, on every Linux that people run.
const TICKS: f64 = 100.0;

/// What a process used over some time.
pub struct Usage {
    seconds: f64,
    cpu: f64,
    first_kib: u64,
    last_kib: u64,
    peak_kib: u64,
    most_threads: u64,
    most_files: usize,
}

impl Usage {
    /// Looks at a process every second until the time is over.
    pub fn follow(pid: u32, time: Duration) -> Self {
        let (watch, before, first) = (Stopwatch::start(), cpu(pid), status(pid, "VmRSS:"));
        let (mut most_threads, mut most_files) = (0, 0);
        while watch.elapsed() < time {
            std::thread::sleep(Duration::from_secs(1).min(time.saturating_sub(watch.elapsed())));
            most_threads = most_threads.max(status(pid, "Threads:"));
            most_files = most_files.max(std::fs::read_dir(format!("/proc/{pid}/fd")).map_or(0, Iterator::count));
        }
        Self {
            seconds: watch.elapsed().as_secs_f64(),
            cpu: cpu(pid) - before,
            first_kib: first,
            last_kib: status(pid, "VmRSS:"),
            peak_kib: status(pid, "VmHWM:"),
            most_threads,
            most_files,
        }
    }

    pub fn print(&self) {
        println!("processor                  {:>10.1} s in {:.0} s", self.cpu, self.seconds);
        let mib = |kib: u64| kib as f64 / 1024.0;
        println!(
            "memory                     {:>10.1} MiB at the start, {:.1} at the end, {:.1} at most",
            mib(self.first_kib),
            mib(self.last_kib),
            mib(self.peak_kib)
        );
        println!("threads, open files        {:>10} and {} at most", self.most_threads, self.most_files);
    }
}

fn cpu(pid: u32) -> f64 {
    let text = std::fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
    // The name, in brackets, may hold spaces.
    let fields: Vec<&str> = text.rsplit(')').next().unwrap_or_default().split_whitespace().collect();
    let ticks = |field: usize| fields.get(field).and_then(|ticks| ticks.parse::<f64>().ok()).unwrap_or(0.0);
    (ticks(11) + ticks(12)) / TICKS
}

fn status(pid: u32, key: &str) -> u64 {
    let text = std::fs::read_to_string(format!("/proc/{pid}/status")).unwrap_or_default();
    let line = text.lines().find_map(|line| line.strip_prefix(key)).unwrap_or_default();
    line.split_whitespace().next().and_then(|number| number.parse().ok()).unwrap_or(0)
}

/// The body of an answer; none while nobody answers.
pub fn get(address: SocketAddr, path: &str) -> Option<String> {
    let mut stream = TcpStream::connect_timeout(&address, Duration::from_secs(2)).ok()?;
    stream.set_read_timeout(Some(Duration::from_secs(10))).ok()?;
    write!(stream, "GET {path} HTTP/1.1\r\nhost: {address}\r\nconnection: close\r\n\r\n").ok()?;
    let mut bytes = Vec::new();
    let mut chunk = [0; 65536];
    loop {
        let n_read = stream.read(&mut chunk).ok()?;
        bytes.extend_from_slice(&chunk[..n_read]);
        // The origins keep connections open, so the length counts.
        let text = String::from_utf8_lossy(&bytes);
        let Some((head, body)) = text.split_once("\r\n\r\n") else {
            if n_read == 0 {
                return None;
            }
            continue;
        };
        let length =
            head.lines().find_map(|line| line.to_ascii_lowercase().strip_prefix("content-length: ")?.parse().ok());
        if n_read == 0 || length.is_some_and(|length: usize| body.len() >= length) {
            return Some(body.to_owned());
        }
    }
}
