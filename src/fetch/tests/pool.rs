//! Open connections: kept between requests, and ended where they are allowed no more.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;

use super::*;

/// A server that keeps its connections open, and counts them and what they carry.
struct Patient {
    port: u16,
    n_connections: Arc<AtomicUsize>,
    n_requests: Arc<AtomicUsize>,
    _tasks: JoinSet<()>,
}

impl Patient {
    async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let (n_connections, n_requests) = (Arc::<AtomicUsize>::default(), Arc::<AtomicUsize>::default());
        let (connections, requests) = (Arc::clone(&n_connections), Arc::clone(&n_requests));
        let mut tasks = JoinSet::new();
        tasks.spawn(async move {
            let mut open = JoinSet::new();
            while let Ok((stream, _)) = listener.accept().await {
                connections.fetch_add(1, Ordering::SeqCst);
                open.spawn(answer_all(stream, Arc::clone(&requests)));
            }
        });
        Self { port, n_connections, n_requests, _tasks: tasks }
    }

    fn counts(&self) -> (usize, usize) {
        (self.n_connections.load(Ordering::SeqCst), self.n_requests.load(Ordering::SeqCst))
    }
}

async fn answer_all(mut stream: TcpStream, n_requests: Arc<AtomicUsize>) {
    let mut request = Vec::new();
    while let Ok(byte) = stream.read_u8().await {
        request.push(byte);
        if request.ends_with(b"\r\n\r\n") {
            n_requests.fetch_add(1, Ordering::SeqCst);
            request.clear();
            if stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nx").await.is_err() {
                return;
            }
        }
    }
}

#[tokio::test]
async fn b2_an_open_connection_is_not_used_once_its_address_is_closed() {
    let server = Patient::start().await;
    let opening = |network: &str| Config {
        private_networks: false,
        allowed_networks: vec![network.parse().unwrap(), "::1".parse().unwrap()],
        ..config()
    };
    // By its name, since an address in digits is checked before any connection is looked for.
    let url = Url::parse(&format!("http://localhost:{}/", server.port)).unwrap();
    let fetcher = fetcher(&opening("127.0.0.0/8"));
    get(&fetcher, &url).await.unwrap();
    get(&fetcher, &url).await.unwrap();
    assert_eq!(server.counts(), (1, 2), "the connection is kept");

    fetcher.reconfigure(&opening("10.0.0.0/8")).unwrap();
    let refused = get(&fetcher, &url).await;
    fetcher.reconfigure(&opening("127.0.0.0/8")).unwrap();
    get(&fetcher, &url).await.unwrap();

    assert!(matches!(refused, Err(FetchError::Refused { .. })), "{refused:?}");
    assert_eq!(server.counts(), (2, 3));
}
