//! Why an address gave no page, and what to do about it.

use std::error::Error;
use std::sync::Arc;
use std::time::Duration;

use url::Url;

use super::address::Refusal;
use super::identity::Identity;
use super::resolver::NoName;
use crate::model::Trouble;

/// Why a request gave nothing. Addresses in it carry no credentials.
#[derive(Debug, thiserror::Error)]
pub enum FetchError {
    /// The HTTP client can't be set up.
    #[error("can't set up the HTTP client")]
    Client(#[source] reqwest::Error),
    /// The address is one that is never fetched.
    #[error("`{url}` is not fetched: {reason}")]
    Refused {
        /// What was asked for.
        url: String,
        /// Why not.
        reason: Refusal,
    },
    /// robots.txt forbids it.
    #[error("`{url}` is not fetched: the site's robots.txt asks crawlers not to (to ignore it, set `robots = false`)")]
    Robots {
        /// What was asked for.
        url: String,
    },
    /// robots.txt can't be read, which forbids the whole host (RFC 9309, section 2.3.1.4).
    #[error("`{url}` is not fetched: the site's robots.txt can't be read")]
    RobotsUnreachable {
        /// What was asked for.
        url: String,
        /// Why robots.txt can't be read.
        #[source]
        source: Arc<FetchError>,
    },
    /// The host asked to be left alone and the time isn't over; it wasn't asked again.
    #[error("`{url}` is not fetched yet: its host asked to wait {} more", seconds(.wait))]
    Paused {
        /// What was asked for.
        url: String,
        /// How much longer.
        wait: Duration,
    },
    /// Others were first at this host for too long.
    #[error("`{url}` is not fetched: its host was busy with other requests for {}", seconds(.waited))]
    Busy {
        /// What was asked for.
        url: String,
        /// How long this one queued.
        waited: Duration,
    },
    /// No connection, or it broke before an answer.
    #[error("can't reach `{url}`")]
    Unreachable {
        /// What was asked for.
        url: String,
        /// Why: name, connection, TLS.
        #[source]
        source: reqwest::Error,
    },
    /// The source's proxy can't be reached, or doesn't connect us.
    #[error("can't reach `{url}` through the proxy `{proxy}`")]
    Proxy {
        /// What was asked for.
        url: String,
        /// The proxy, without its credentials.
        proxy: String,
        /// Why.
        #[source]
        source: reqwest::Error,
    },
    /// The source's proxy wants a login, or another.
    #[error("can't reach `{url}`: the proxy `{proxy}` wants a login (407)")]
    ProxyLogin {
        /// What was asked for.
        url: String,
        /// The proxy, without its credentials.
        proxy: String,
    },
    /// The answer didn't come in time.
    #[error("`{url}` sent no answer within {}", seconds(.after))]
    NoAnswer {
        /// What was asked for.
        url: String,
        /// The limit.
        after: Duration,
    },
    /// The body didn't come in time.
    #[error("`{url}` was too slow: {n_bytes} bytes in {}", seconds(.after))]
    Slow {
        /// What was asked for.
        url: String,
        /// How much had come.
        n_bytes: u64,
        /// How long it took.
        after: Duration,
    },
    /// The answer is an error.
    #[error("`{url}` answered {status}{}", meaning(*.status))]
    Status {
        /// What was asked for.
        url: String,
        /// The HTTP status.
        status: u16,
        /// How long the origin asks to wait.
        retry_after: Option<Duration>,
    },
    /// The answer has a status that doesn't fit the question: 204, 206, 304 to an unconditional request.
    #[error("`{url}` answered {status}, which doesn't fit what was asked")]
    Unfit {
        /// What was asked for.
        url: String,
        /// The HTTP status.
        status: u16,
    },
    /// The answer is fine but empty.
    #[error("`{url}` answered with an empty body")]
    Empty {
        /// What was asked for.
        url: String,
    },
    /// A redirect without a usable target.
    #[error("`{url}` redirects to `{target}`, which isn't an address")]
    Target {
        /// Who redirects.
        url: String,
        /// Where to.
        target: String,
    },
    /// Redirects that lead back.
    #[error("`{url}` redirects in a circle")]
    Circle {
        /// Where the circle closes.
        url: String,
    },
    /// Too many redirects.
    #[error("`{url}` redirects more than {limit} times")]
    Redirects {
        /// What was asked for at first.
        url: String,
        /// The limit.
        limit: usize,
    },
    /// The body is larger than allowed.
    #[error("`{url}` is larger than {} (to allow more, set `max_body_bytes`)", size(*.limit_bytes))]
    TooLarge {
        /// What was asked for.
        url: String,
        /// The limit that was met.
        limit_bytes: u64,
    },
    /// The body unpacks to so much that it must be an attack.
    #[error("`{url}` unpacks to more than {limit} times its size (given up after {})", size(*.n_bytes))]
    Bomb {
        /// What was asked for.
        url: String,
        /// The limit.
        limit: u64,
        /// How much was unpacked.
        n_bytes: u64,
    },
    /// The body is packed more than once.
    #[error("`{url}` has more than one content coding: `{codings}`")]
    Codings {
        /// What was asked for.
        url: String,
        /// As the header says.
        codings: String,
    },
    /// The body broke off or can't be unpacked.
    #[error("the body of `{url}` can't be read to its end")]
    Body {
        /// What was asked for.
        url: String,
        /// Why.
        #[source]
        source: std::io::Error,
    },
}

/// What to do about an error.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Remedy {
    /// Ask again after this, not before.
    RetryAfter(Duration),
    /// Ask again later, more rarely each time.
    Wait,
    /// Don't ask again for this address.
    GiveUp,
}

impl FetchError {
    /// What to do about it.
    #[must_use]
    pub fn remedy(&self) -> Remedy {
        match self {
            Self::Paused { wait, .. } => Remedy::RetryAfter(*wait),
            Self::Status { retry_after: Some(wait), .. } => Remedy::RetryAfter(*wait),
            Self::Status { status: 410, .. } => Remedy::GiveUp,
            Self::Refused { .. } | Self::Robots { .. } => Remedy::GiveUp,
            Self::TooLarge { .. } | Self::Bomb { .. } | Self::Codings { .. } => Remedy::GiveUp,
            // Whatever is wrong with robots.txt, it says nothing against the page for ever.
            Self::RobotsUnreachable { source, .. } => match source.remedy() {
                Remedy::GiveUp => Remedy::Wait,
                other => other,
            },
            _ => Remedy::Wait,
        }
    }

    /// Which kind of trouble it is.
    #[must_use]
    pub fn trouble(&self) -> Trouble {
        match self {
            Self::Client(_) => Trouble::Bug,
            Self::Refused { .. } => Trouble::Inside,
            Self::Robots { .. } => Trouble::Robots,
            Self::RobotsUnreachable { source, .. } => match source.trouble() {
                limited @ (Trouble::RateLimited | Trouble::NoName | Trouble::Tls | Trouble::Proxy) => limited,
                _ => Trouble::RobotsUnreadable,
            },
            Self::Paused { .. } => Trouble::RateLimited,
            Self::Busy { .. } | Self::NoAnswer { .. } | Self::Slow { .. } => Trouble::Timeout,
            Self::Unreachable { source, .. } => unreachable(source),
            Self::Proxy { source, .. } if unreachable(source) == Trouble::Tls => Trouble::Tls,
            Self::Proxy { .. } | Self::ProxyLogin { .. } => Trouble::Proxy,
            Self::Status { status, retry_after, .. } => match status {
                401 | 402 | 407 => Trouble::LoginWall,
                403 | 406 | 451 => Trouble::Forbidden,
                404 => Trouble::NotFound,
                410 => Trouble::Gone,
                429 => Trouble::RateLimited,
                503 if retry_after.is_some() => Trouble::RateLimited,
                500.. => Trouble::Server,
                _ => Trouble::Unfit,
            },
            Self::Unfit { .. } => Trouble::Unfit,
            Self::Empty { .. } => Trouble::Empty,
            Self::Target { .. } | Self::Circle { .. } | Self::Redirects { .. } => Trouble::Redirect,
            Self::TooLarge { .. } | Self::Bomb { .. } | Self::Codings { .. } => Trouble::TooLarge,
            Self::Body { .. } => Trouble::Truncated,
        }
    }

    /// Whether the origin never heard of the request: there was no name or no connection. Asking again soon bothers
    /// nobody.
    #[must_use]
    pub fn is_unheard(&self) -> bool {
        match self {
            Self::Unreachable { source, .. } => source.is_connect(),
            Self::Proxy { .. } => true,
            Self::RobotsUnreachable { source, .. } => source.is_unheard(),
            _ => false,
        }
    }

    /// The same without what mustn't be seen.
    pub(super) fn hidden_by(mut self, identity: &Identity) -> Self {
        match &mut self {
            Self::Client(_) => {}
            Self::Target { url, target, .. } => {
                *target = identity.hidden(target);
                *url = identity.hidden(url);
            }
            Self::Codings { url, codings } => {
                *codings = identity.hidden(codings);
                *url = identity.hidden(url);
            }
            Self::Refused { url, .. }
            | Self::Robots { url }
            | Self::RobotsUnreachable { url, .. }
            | Self::Paused { url, .. }
            | Self::Busy { url, .. }
            | Self::Unreachable { url, .. }
            | Self::Proxy { url, .. }
            | Self::ProxyLogin { url, .. }
            | Self::NoAnswer { url, .. }
            | Self::Slow { url, .. }
            | Self::Status { url, .. }
            | Self::Unfit { url, .. }
            | Self::Empty { url }
            | Self::Circle { url }
            | Self::Redirects { url, .. }
            | Self::TooLarge { url, .. }
            | Self::Bomb { url, .. }
            | Self::Body { url, .. } => *url = identity.hidden(url),
        }
        self
    }

    /// The HTTP status, where the error is one.
    #[must_use]
    pub fn status(&self) -> Option<u16> {
        match self {
            Self::Status { status, .. } | Self::Unfit { status, .. } => Some(*status),
            _ => None,
        }
    }
}

/// What kept us from a connection, told from the chain of causes.
fn unreachable(error: &reqwest::Error) -> Trouble {
    let mut cause: Option<&(dyn Error + 'static)> = error.source();
    while let Some(inner) = cause {
        if inner.is::<rustls::Error>() {
            return Trouble::Tls;
        }
        if inner.is::<NoName>() {
            return Trouble::NoName;
        }
        // An `io::Error` hides what it wraps from `source`, and gives its cause's cause instead.
        let wrapped = inner.downcast_ref::<std::io::Error>().and_then(std::io::Error::get_ref);
        cause = match wrapped {
            Some(wrapped) => Some(wrapped),
            None => inner.source(),
        };
    }
    if error.is_timeout() { Trouble::Timeout } else { Trouble::Unreachable }
}

/// A size for people.
fn size(n_bytes: u64) -> String {
    const KIB: u64 = 1024;
    match n_bytes {
        n if n >= KIB * KIB && n.is_multiple_of(KIB * KIB) => format!("{} MiB", n / KIB / KIB),
        n if n >= KIB => format!("{} KiB", n / KIB),
        n => format!("{n} bytes"),
    }
}

/// Finds the refusal of an address that hides in a failed connection.
pub(super) fn refusal(error: &reqwest::Error) -> Option<Refusal> {
    let mut cause = error.source();
    while let Some(inner) = cause {
        if let Some(refusal) = inner.downcast_ref::<Refusal>() {
            return Some(refusal.clone());
        }
        cause = inner.source();
    }
    None
}

/// The address as logs may show it.
pub(super) fn shown(url: &Url) -> String {
    bare(url).into()
}

/// The address without credentials.
pub(super) fn bare(url: &Url) -> Url {
    let mut url = url.clone();
    // Both can only fail for addresses that have no credentials.
    let _ = url.set_username("");
    let _ = url.set_password(None);
    url
}

fn seconds(duration: &Duration) -> String {
    match duration.as_secs() {
        0 => format!("{} ms", duration.as_millis()),
        secs @ 1..120 => format!("{secs} s"),
        secs @ 120..7200 => format!("{} min", secs / 60),
        secs => format!("{} h", secs / 3600),
    }
}

fn meaning(status: u16) -> &'static str {
    match status {
        401 | 407 => " (it wants a login)",
        402 => " (it wants payment)",
        403 => " (it forbids this)",
        404 => " (there is no such page)",
        410 => " (the page is gone for good)",
        429 => " (too many requests)",
        451 => " (withheld for legal reasons)",
        500..=599 => " (the site has a problem)",
        _ => "",
    }
}
