//! The port: who may connect, for how long, and how it ends.

use std::io;
use std::net::SocketAddr;
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use axum::Router;
use axum::http::Request;
use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::conn::auto::Builder;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tokio_util::sync::CancellationToken;
use tower::ServiceExt;
use tracing::{debug, info, warn};

use super::App;
use super::idle::Idle;
use crate::lifecycle::Tasks;

/// Most connections at a time. Under 1024, the usual limit of open files; the rest waits in the system's queue.
const MAX_CONNECTIONS: usize = 800;
/// Longest wait for the head of a request, and for the first request of a connection. Hyper counts the wait for a
/// next request to it, so a kept connection that nobody uses ends after this, too.
const HEAD_DEADLINE: Duration = Duration::from_secs(10);
/// Longest time without a byte on a connection: a reader that doesn't read its answer, a silent HTTP/2 client.
const IDLE_DEADLINE: Duration = Duration::from_secs(60);
/// Pause after the system refused a connection, so that a lack of file descriptors doesn't become a busy loop.
const REFUSAL_PAUSE: Duration = Duration::from_millis(100);
/// Most bytes of a request's head. Hyper takes 400 kB; ours need 1.
const MAX_HEAD_BYTES: usize = 16 << 10;

/// Why the server can't serve.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// Somebody else listens there.
    #[error(
        "can't listen on `{0}`: another program has the port; set `listen` under `[server]` to a free one, or stop that program"
    )]
    Taken(SocketAddr),
    /// The port needs rights that the process hasn't.
    #[error(
        "can't listen on `{0}`: ports below 1024 need special rights; set `listen` under `[server]` to a higher one, such as 8080"
    )]
    Forbidden(SocketAddr),
    /// The address isn't one of this machine.
    #[error(
        "can't listen on `{0}`: this machine has no such address; set `listen` under `[server]` to `127.0.0.1` or `0.0.0.0`"
    )]
    Elsewhere(SocketAddr),
    /// Anything else.
    #[error("can't listen on `{address}`; set `listen` under `[server]` to another address")]
    Bind {
        /// Where.
        address: SocketAddr,
        /// Why.
        #[source]
        source: io::Error,
    },
}

/// Opens the port; port 0 takes a free one.
///
/// # Errors
/// When the address is taken, forbidden or not of this machine.
pub async fn bind(address: SocketAddr) -> Result<TcpListener, ServeError> {
    TcpListener::bind(address).await.map_err(|source| match source.kind() {
        io::ErrorKind::AddrInUse => ServeError::Taken(address),
        io::ErrorKind::PermissionDenied => ServeError::Forbidden(address),
        io::ErrorKind::AddrNotAvailable => ServeError::Elsewhere(address),
        _ => ServeError::Bind { address, source },
    })
}

/// Serves until `stop` is cancelled; then takes no more connections, and those that are open end after the answer
/// under way. Each connection is one of `tasks`.
///
/// # Errors
/// None so far: what goes wrong concerns one connection.
pub async fn run(listener: TcpListener, app: App, stop: CancellationToken, tasks: Tasks) -> Result<(), ServeError> {
    if let Ok(address) = listener.local_addr() {
        info!(server.address = %address, "Serving on http://{address}/");
    }
    let router = super::router(app);
    let places = Arc::new(Semaphore::new(MAX_CONNECTIONS));
    loop {
        // Cancel-safe: a place that isn't taken and a connection that isn't accepted are not lost.
        let place = tokio::select! {
            () = stop.cancelled() => return Ok(()),
            Ok(place) = places.clone().acquire_owned() => place,
        };
        let accepted = tokio::select! {
            () = stop.cancelled() => return Ok(()),
            accepted = listener.accept() => accepted,
        };
        match accepted {
            Ok((stream, _)) => {
                let (router, stop) = (router.clone(), stop.clone());
                tasks.spawn(async move {
                    connection(stream, router, stop).await;
                    drop(place);
                });
            }
            Err(error) => {
                warn!(error = &error as &dyn std::error::Error, "Couldn't accept a connection");
                pause(REFUSAL_PAUSE).await;
            }
        }
    }
}

async fn connection(stream: TcpStream, router: Router, stop: CancellationToken) {
    // Without this, small answers wait for the client's acknowledgement. Failing is no harm.
    let _ = stream.set_nodelay(true);
    let has_asked = AtomicBool::new(false);
    let service = service_fn(|request: Request<Incoming>| {
        has_asked.store(true, Ordering::Relaxed);
        router.clone().oneshot(request)
    });
    let mut builder = Builder::new(TokioExecutor::new());
    builder.http1().timer(TokioTimer::new()).header_read_timeout(HEAD_DEADLINE).max_buf_size(MAX_HEAD_BYTES);
    builder.http2().timer(TokioTimer::new()).max_concurrent_streams(64).max_header_list_size(16 << 10);
    let mut connection = pin!(builder.serve_connection(TokioIo::new(Idle::new(stream, IDLE_DEADLINE)), service));
    // Hyper's own timer starts only once it knows the version, and a client can be slow to tell.
    let mut first_request = pin!(pause(HEAD_DEADLINE));
    let (mut is_new, mut is_stopping) = (true, false);

    loop {
        tokio::select! {
            end = connection.as_mut() => {
                if let Err(error) = end {
                    debug!(error = &*error as &dyn std::error::Error, "A connection ended early");
                }
                return;
            }
            () = first_request.as_mut(), if is_new => {
                if !has_asked.load(Ordering::Relaxed) {
                    return;
                }
                is_new = false;
            }
            () = stop.cancelled(), if !is_stopping => {
                connection.as_mut().graceful_shutdown();
                is_stopping = true;
            }
        }
    }
}

#[expect(clippy::disallowed_methods, reason = "a network's patience is the machine's time, whatever the clock shows")]
async fn pause(time: Duration) {
    tokio::time::sleep(time).await;
}
