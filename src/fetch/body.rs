//! Reads a body to its end or to its limit, counting what arrives and what that unpacks to while it does so.

use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;

use async_compression::tokio::bufread::{BrotliDecoder, DeflateDecoder, GzipDecoder, ZlibDecoder, ZstdDecoder};
use async_compression::zstd::DParameter;
use futures_util::TryStreamExt;
use reqwest::Response;
use reqwest::header::CONTENT_ENCODING;
use tokio::io::{AsyncBufRead, AsyncBufReadExt, AsyncRead, AsyncReadExt};
use tokio::time::timeout;
use tokio_util::io::StreamReader;
use url::Url;

use super::error::{FetchError, shown};
use crate::clock::Stopwatch;

/// What we can unpack, as `Accept-Encoding` says it.
pub(super) const CODINGS: &str = "gzip, br, zstd, deflate";

/// A body may not unpack to more than this many times its size, once it is larger than [`RATIO_FROM_BYTES`].
const MAX_RATIO: u64 = 100;
const RATIO_FROM_BYTES: u64 = 1024 * 1024;
/// A body has this long to get going, and again between two pieces, but no more than a sixth of the whole time.
const MAX_GRACE: Duration = Duration::from_secs(10);
/// After the grace, a body that comes more slowly is given up.
const MIN_BYTES_PER_SECOND: u64 = 1000;
/// What a piece of a chunked body counts at least. Servers send pieces of kilobytes; five million of one byte each
/// would keep a processor busy for seconds.
const MIN_PIECE_BYTES: u64 = 512;
/// From here on a body gets all the room that it may need.
const LARGE_BYTES: usize = 1024 * 1024;
/// Largest zstd window (RFC 9659): 8 MiB.
const MAX_ZSTD_WINDOW_LOG: u32 = 23;

/// How much and how long.
#[derive(Debug, Clone, Copy)]
pub(super) struct Limits {
    /// Most bytes after unpacking.
    pub(super) max_bytes: u64,
    /// Most bytes on the wire.
    pub(super) max_wire_bytes: u64,
    /// Whether a body that is too large is cut instead of refused.
    pub(super) cuts: bool,
    /// Longest time since the request.
    pub(super) total: Duration,
}

/// Reads the body. Cancel-safe in that dropping it closes the connection.
pub(super) async fn read(response: Response, limits: &Limits, since: Stopwatch) -> Result<Vec<u8>, FetchError> {
    let url = response.url().clone();
    let coding = coding(&response, &url)?;
    if !limits.cuts && response.content_length().is_some_and(|length| length > limits.max_wire_bytes) {
        return Err(FetchError::TooLarge { url: shown(&url), limit_bytes: limits.max_wire_bytes });
    }
    let wire = Arc::<Wire>::default();
    let counter = Arc::clone(&wire);
    let max_wire_bytes = limits.max_wire_bytes;
    // The limit stands here, under the decoder: some bodies unpack to nothing for ever.
    let pieces =
        response.bytes_stream().map_err(|error| std::io::Error::other(error.without_url())).and_then(move |piece| {
            let is_beyond = counter.count(piece.len() as u64) > max_wire_bytes;
            counter.is_beyond.store(is_beyond, Ordering::Relaxed);
            std::future::ready(if is_beyond { Err(std::io::Error::other("the wire limit")) } else { Ok(piece) })
        });
    let body = Body { url: &url, limits, since, wire: &wire };
    let mut pieces = StreamReader::new(pieces);
    let is_zlib = match coding {
        Coding::Deflate => body.in_time(starts_zlib(&mut pieces)).await?,
        _ => false,
    };
    body.unpack(decoder(pieces, coding, is_zlib)).await
}

/// What came over the wire.
#[derive(Default)]
struct Wire {
    n_bytes: AtomicU64,
    /// The same, with small pieces counted as [`MIN_PIECE_BYTES`].
    n_counted: AtomicU64,
    is_beyond: AtomicBool,
}

impl Wire {
    /// Counts a piece, and gives the sum as far as it matters to the limit.
    fn count(&self, n_bytes: u64) -> u64 {
        self.n_bytes.fetch_add(n_bytes, Ordering::Relaxed);
        let n_bytes = n_bytes.max(MIN_PIECE_BYTES);
        self.n_counted.fetch_add(n_bytes, Ordering::Relaxed).saturating_add(n_bytes)
    }

    fn n_bytes(&self) -> u64 {
        self.n_bytes.load(Ordering::Relaxed)
    }
}

struct Body<'a> {
    url: &'a Url,
    limits: &'a Limits,
    since: Stopwatch,
    wire: &'a Wire,
}

impl Body<'_> {
    async fn unpack(&self, mut decoder: Pin<Box<dyn AsyncRead + Send + '_>>) -> Result<Vec<u8>, FetchError> {
        let mut out = Vec::new();
        let mut chunk = vec![0; 32 * 1024];
        loop {
            let n_bytes = match self.in_time(decoder.read(&mut chunk)).await {
                Ok(n_bytes) => n_bytes,
                Err(FetchError::TooLarge { .. }) if self.limits.cuts => return Ok(out),
                Err(error) => return Err(error),
            };
            if n_bytes == 0 {
                return Ok(out);
            }
            if out.len() >= LARGE_BYTES && out.capacity() - out.len() < n_bytes {
                // All that it may become, of which the system gives what is written to: doubling would hold three
                // times as much while it moves.
                let most = usize::try_from(self.limits.max_bytes).unwrap_or(usize::MAX).saturating_add(chunk.len());
                out.reserve_exact(most.saturating_sub(out.len()).max(n_bytes));
            }
            out.extend_from_slice(&chunk[..n_bytes]);
            let n_out = out.len() as u64;
            if n_out > self.limits.max_bytes {
                if self.limits.cuts {
                    out.truncate(usize::try_from(self.limits.max_bytes).unwrap_or(usize::MAX));
                    return Ok(out);
                }
                return Err(FetchError::TooLarge { url: shown(self.url), limit_bytes: self.limits.max_bytes });
            }
            if n_out > RATIO_FROM_BYTES && n_out > self.wire.n_bytes().saturating_mul(MAX_RATIO) {
                return Err(FetchError::Bomb { url: shown(self.url), limit: MAX_RATIO, n_bytes: n_out });
            }
        }
    }

    /// Waits for a piece as long as is left and as the grace allows.
    async fn in_time<T>(&self, piece: impl Future<Output = std::io::Result<T>>) -> Result<T, FetchError> {
        let elapsed = self.since.elapsed();
        let left = self.limits.total.saturating_sub(elapsed);
        let grace = MAX_GRACE.min(self.limits.total / 6);
        let floor = u128::from(MIN_BYTES_PER_SECOND) * elapsed.as_millis() / 1000;
        if left.is_zero() || elapsed > grace && u128::from(self.wire.n_bytes()) < floor {
            return Err(self.slow());
        }
        match timeout(left.min(grace), piece).await {
            Err(_) => Err(self.slow()),
            Ok(Ok(value)) => Ok(value),
            Ok(Err(_)) if self.wire.is_beyond.load(Ordering::Relaxed) => {
                Err(FetchError::TooLarge { url: shown(self.url), limit_bytes: self.limits.max_wire_bytes })
            }
            Ok(Err(source)) => Err(FetchError::Body { url: shown(self.url), source }),
        }
    }

    fn slow(&self) -> FetchError {
        let n_bytes = self.wire.n_bytes();
        FetchError::Slow { url: shown(self.url), n_bytes, after: self.since.elapsed() }
    }
}

#[derive(Debug, Clone, Copy)]
enum Coding {
    Identity,
    Gzip,
    Brotli,
    Zstd,
    Deflate,
}

/// The body's one coding. What isn't a coding we know is none, as browsers take it: some servers write the charset
/// there.
fn coding(response: &Response, url: &Url) -> Result<Coding, FetchError> {
    let values = response.headers().get_all(CONTENT_ENCODING).iter().filter_map(|value| value.to_str().ok());
    let codings: Vec<(String, Coding)> = values
        .flat_map(|value| value.split(','))
        .map(|name| name.trim().to_ascii_lowercase())
        .filter_map(|name| {
            let coding = match name.as_str() {
                "gzip" | "x-gzip" => Coding::Gzip,
                "br" => Coding::Brotli,
                "zstd" => Coding::Zstd,
                "deflate" => Coding::Deflate,
                _ => return None,
            };
            Some((name, coding))
        })
        .collect();
    match codings.as_slice() {
        [] => Ok(Coding::Identity),
        [(_, coding)] => Ok(*coding),
        many => {
            let codings = many.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>().join(", ");
            Err(FetchError::Codings { url: shown(url), codings })
        }
    }
}

fn decoder<'a>(
    wire: impl AsyncBufRead + Send + 'a,
    coding: Coding,
    is_zlib: bool,
) -> Pin<Box<dyn AsyncRead + Send + 'a>> {
    match coding {
        Coding::Identity => Box::pin(wire),
        Coding::Gzip => {
            let mut decoder = GzipDecoder::new(wire);
            decoder.multiple_members(true);
            Box::pin(decoder)
        }
        Coding::Brotli => Box::pin(BrotliDecoder::new(wire)),
        Coding::Zstd => {
            let window = DParameter::window_log_max(MAX_ZSTD_WINDOW_LOG);
            let mut decoder = ZstdDecoder::with_params(wire, &[window]);
            decoder.multiple_members(true);
            Box::pin(decoder)
        }
        Coding::Deflate if is_zlib => Box::pin(ZlibDecoder::new(wire)),
        Coding::Deflate => Box::pin(DeflateDecoder::new(wire)),
    }
}

/// `deflate` means zlib, but some servers send the bare stream.
async fn starts_zlib(wire: &mut (impl AsyncBufRead + Unpin)) -> std::io::Result<bool> {
    let first = wire.fill_buf().await?;
    Ok(match first {
        [method, flags, ..] => method & 0x0f == 8 && (u16::from(*method) << 8 | u16::from(*flags)) % 31 == 0,
        _ => first.first().is_some_and(|method| method & 0x0f == 8),
    })
}

#[cfg(test)]
mod tests {
    use std::task::{Context, Poll};

    use tokio::io::ReadBuf;

    use super::*;

    /// A body that never ends, and that counts how much of it was taken.
    struct Endless(Arc<AtomicU64>);

    impl AsyncRead for Endless {
        fn poll_read(self: Pin<&mut Self>, _: &mut Context<'_>, into: &mut ReadBuf<'_>) -> Poll<std::io::Result<()>> {
            let n_bytes = into.remaining();
            into.put_slice(&vec![b'x'; n_bytes]);
            self.0.fetch_add(n_bytes as u64, Ordering::Relaxed);
            Poll::Ready(Ok(()))
        }
    }

    #[tokio::test]
    async fn b5_no_more_is_unpacked_than_the_limit_and_one_piece() {
        for cuts in [false, true] {
            let url = Url::parse("http://a.example/").unwrap();
            let limits =
                Limits { max_bytes: 1_000_000, max_wire_bytes: 1_000_000, cuts, total: Duration::from_secs(60) };
            // So much came over the wire that the ratio says nothing.
            let wire = Wire { n_bytes: AtomicU64::new(1 << 40), ..Wire::default() };
            let body = Body { url: &url, limits: &limits, since: Stopwatch::start(), wire: &wire };
            let n_unpacked = Arc::new(AtomicU64::new(0));

            let got = body.unpack(Box::pin(Endless(Arc::clone(&n_unpacked)))).await;

            assert_eq!(got.is_ok(), cuts, "{got:?}");
            assert!(got.map_or(true, |bytes| bytes.len() == 1_000_000));
            assert!(n_unpacked.load(Ordering::Relaxed) <= 1_000_000 + 32 * 1024);
        }
    }
}
