//! `offprint health`: asks the server on this machine whether it is well, for containers without curl.
//!
//! One request over a plain socket: `fetch`, the HTTP client, refuses loopback, and rightly so.

use std::io::{self, Read, Write};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, TcpStream};
use std::time::Duration;

use super::{Context, Exit, Failure, write_json};
use crate::clock::Stopwatch;
use crate::config;

/// All that the answer may take; a probe that hangs is worse than one that fails.
const DEADLINE: Duration = Duration::from_secs(3);
/// The status line is within this; the rest of the answer doesn't matter.
const MAX_ANSWER_BYTES: usize = 8 * 1024;

#[derive(Debug, clap::Args)]
pub(super) struct Args {}

pub(super) fn run(_: &Args, context: &Context) -> Result<Exit, Failure> {
    // The server goes on with its old configuration when the file breaks, so a broken file is no reason to fail.
    let listen = config::listen_address(context.options.config.as_deref(), &context.env);
    let address = reachable(listen);
    let answer = ask(address);
    let is_well = matches!(answer, Ok(200));
    let sentence = match &answer {
        Ok(200) => format!("the server at http://{address}/ is well"),
        Ok(status) => format!("the server at http://{address}/ answers {status}"),
        Err(error) => format!("the server at http://{address}/ doesn't answer: {error}"),
    };
    let mut out = io::stdout().lock();
    if context.options.json {
        write_json(&mut out, &serde_json::json!({"ok": is_well, "address": address, "message": sentence}))?;
    } else {
        writeln!(out, "{sentence}")?;
    }
    Ok(if is_well { Exit::Fine } else { Exit::Differs })
}

/// Where a server is reached that listens on every address.
fn reachable(listen: SocketAddr) -> SocketAddr {
    let ip = match listen.ip() {
        IpAddr::V4(ip) if ip.is_unspecified() => Ipv4Addr::LOCALHOST.into(),
        IpAddr::V6(ip) if ip.is_unspecified() => Ipv6Addr::LOCALHOST.into(),
        ip => ip,
    };
    SocketAddr::new(ip, listen.port())
}

/// The status of `/healthz`.
fn ask(address: SocketAddr) -> io::Result<u16> {
    let watch = Stopwatch::start();
    let mut stream = TcpStream::connect_timeout(&address, DEADLINE)?;
    stream.set_write_timeout(Some(DEADLINE))?;
    stream.write_all(format!("GET /healthz HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n").as_bytes())?;
    let mut answer = Vec::new();
    let mut buffer = [0; 512];
    while !answer.contains(&b'\n') && answer.len() < MAX_ANSWER_BYTES {
        let left = DEADLINE.saturating_sub(watch.elapsed());
        if left.is_zero() {
            return Err(io::ErrorKind::TimedOut.into());
        }
        stream.set_read_timeout(Some(left))?;
        let n_bytes = match stream.read(&mut buffer) {
            // What a read timeout is called depends on the system.
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => return Err(io::ErrorKind::TimedOut.into()),
            result => result?,
        };
        match buffer.get(..n_bytes) {
            Some(bytes) if !bytes.is_empty() => answer.extend_from_slice(bytes),
            _ => break,
        }
    }
    status(&answer).ok_or_else(|| io::Error::new(io::ErrorKind::InvalidData, "the answer isn't HTTP"))
}

/// The number in `HTTP/1.1 200 OK`.
fn status(answer: &[u8]) -> Option<u16> {
    let line = std::str::from_utf8(answer.split(|byte| *byte == b'\r' || *byte == b'\n').next()?).ok()?;
    let (version, rest) = line.split_once(' ')?;
    version.starts_with("HTTP/1.").then_some(())?;
    rest.split(' ').next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_server_on_every_address_is_asked_on_loopback() {
        let check = |listen: &str, expected: &str| {
            assert_eq!(reachable(listen.parse().unwrap()).to_string(), expected);
        };

        check("0.0.0.0:8080", "127.0.0.1:8080");
        check("[::]:8080", "[::1]:8080");
        check("10.1.2.3:80", "10.1.2.3:80");
    }

    #[test]
    fn a_status_line_is_read_and_nothing_else_is_taken_for_one() {
        assert_eq!(status(b"HTTP/1.1 200 OK\r\nDate: x"), Some(200));
        assert_eq!(status(b"HTTP/1.0 503\n"), Some(503));
        for bad in [&b""[..], b"SSH-2.0-x 200 ", b"HTTP/1.1", b"HTTP/1.1 abc", b"\xff\xff HTTP/1.1 200"] {
            assert_eq!(status(bad), None, "{bad:?}");
        }
    }
}
