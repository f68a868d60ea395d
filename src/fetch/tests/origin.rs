//! A web server that says what a test wants, byte for byte, and remembers what it was asked.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;
use url::Url;

/// What the server does with a request.
pub(super) enum Reply {
    /// Sends this and closes.
    Bytes(Vec<u8>),
    /// Sends this and then nothing, for ever.
    Hang(Vec<u8>),
    /// Sends the first, and the second a byte at a time.
    Drip(Vec<u8>, Vec<u8>),
    /// Sends the first once and the second until nobody listens.
    Endless(Vec<u8>, Vec<u8>),
}

#[derive(Default)]
struct Seen {
    requests: Vec<Vec<u8>>,
    n_open: usize,
    most_open: usize,
    n_sent: usize,
}

/// The server; it stops when it is dropped.
pub(super) struct Origin {
    pub(super) url: Url,
    seen: Arc<Mutex<Seen>>,
    _tasks: JoinSet<()>,
}

impl Origin {
    /// Starts a server on a free port of this machine; `reply` gets the path and the number of requests before.
    pub(super) async fn new(reply: impl Fn(&str, usize) -> Reply + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = Url::parse(&format!("http://{}/", listener.local_addr().unwrap())).unwrap();
        let seen = Arc::<Mutex<Seen>>::default();
        let mut tasks = JoinSet::new();
        let (reply, shared) = (Arc::new(reply), Arc::clone(&seen));
        tasks.spawn(async move {
            let mut connections = JoinSet::new();
            while let Ok((stream, _)) = listener.accept().await {
                let (reply, seen) = (Arc::clone(&reply), Arc::clone(&shared));
                connections.spawn(async move { serve(stream, &*reply, &seen).await });
            }
        });
        Self { url, seen, _tasks: tasks }
    }

    /// One that always gives the same answer.
    pub(super) async fn saying(answer: Vec<u8>) -> Self {
        Self::new(move |_, _| Reply::Bytes(answer.clone())).await
    }

    pub(super) fn at(&self, path: &str) -> Url {
        self.url.join(path).unwrap()
    }

    /// All requests so far, as they came.
    pub(super) fn requests(&self) -> Vec<Vec<u8>> {
        self.seen.lock().unwrap().requests.clone()
    }

    pub(super) fn paths(&self) -> Vec<String> {
        self.requests().iter().map(|request| path(request)).collect()
    }

    /// The value of a header of the last request, as it came.
    pub(super) fn header(&self, name: &str) -> Option<Vec<u8>> {
        let requests = self.requests();
        let lines = requests.last()?.split(|b| *b == b'\n').map(|line| line.strip_suffix(b"\r").unwrap_or(line));
        let prefix = format!("{name}: ");
        lines
            .filter_map(|line| {
                let (start, value) = line.split_at_checked(prefix.len())?;
                start.eq_ignore_ascii_case(prefix.as_bytes()).then(|| value.to_vec())
            })
            .next()
    }

    /// Most requests that were open at a time.
    pub(super) fn most_open(&self) -> usize {
        self.seen.lock().unwrap().most_open
    }

    /// Bytes that were sent.
    pub(super) fn n_sent(&self) -> usize {
        self.seen.lock().unwrap().n_sent
    }
}

/// An answer with headers, one a line, and a body.
pub(super) fn answer(status: &str, headers: &str, body: &[u8]) -> Vec<u8> {
    let headers: String = headers.lines().map(|line| format!("{}\r\n", line.trim())).collect();
    let head = format!("HTTP/1.1 {status}\r\n{headers}Content-Length: {}\r\nConnection: close\r\n\r\n", body.len());
    [head.as_bytes(), body].concat()
}

fn path(request: &[u8]) -> String {
    String::from_utf8_lossy(request).split(' ').nth(1).unwrap_or_default().to_owned()
}

async fn serve(mut stream: TcpStream, reply: &(dyn Fn(&str, usize) -> Reply + Send + Sync), seen: &Mutex<Seen>) {
    let mut request = Vec::new();
    // A TLS handshake starts with this byte, and isn't waited out.
    while !request.ends_with(b"\r\n\r\n") && request != [0x16] {
        let mut byte = [0; 1];
        match stream.read(&mut byte).await {
            Ok(1) => request.push(byte[0]),
            _ => return,
        }
    }
    let n_before = {
        let mut seen = seen.lock().unwrap();
        seen.n_open += 1;
        seen.most_open = seen.most_open.max(seen.n_open);
        seen.requests.push(request.clone());
        seen.requests.len() - 1
    };
    // A second request at a time would come while this one waits for its turn here.
    for _ in 0..50 {
        tokio::task::yield_now().await;
    }
    let (first, rest) = match reply(&path(&request), n_before) {
        Reply::Bytes(bytes) => (bytes, None),
        Reply::Hang(bytes) => (bytes, Some(Vec::new())),
        Reply::Endless(bytes, chunk) => (bytes, Some(chunk)),
        Reply::Drip(bytes, rest) => {
            seen.lock().unwrap().n_open -= 1;
            return drip(stream, &bytes, &rest).await;
        }
    };
    seen.lock().unwrap().n_open -= 1;
    if stream.write_all(&first).await.is_err() {
        return;
    }
    match rest {
        None => {}
        Some(chunk) if chunk.is_empty() => std::future::pending().await,
        Some(chunk) => {
            while stream.write_all(&chunk).await.is_ok() {
                seen.lock().unwrap().n_sent += chunk.len();
            }
        }
    }
}

async fn drip(mut stream: TcpStream, first: &[u8], rest: &[u8]) {
    let mut is_heard = stream.write_all(first).await.is_ok();
    let mut rest = rest.iter();
    while is_heard && let Some(byte) = rest.next() {
        is_heard = stream.write_all(&[*byte]).await.is_ok();
        // A pause, not a synchronisation: slowness is what is tested.
        let _ = tokio::time::timeout(Duration::from_millis(20), std::future::pending::<()>()).await;
    }
}
