//! The HTTP client under the gates: sends one request to one address, follows nothing, remembers nothing.

use std::error::Error;
use std::sync::Once;
use std::time::Duration;

use reqwest::header::{ACCEPT, ACCEPT_ENCODING, HeaderMap, HeaderValue, IF_MODIFIED_SINCE, IF_NONE_MATCH};
use reqwest::redirect::Policy;
use reqwest::{ClientBuilder, Response};
use tokio::time::timeout;
use tracing::warn;
use url::Url;

use super::address::{self, Guard};
use super::body::CODINGS;
use super::config::Config;
use super::error::{FetchError, refusal, shown};
use super::resolver::{Names, OfMachine, Resolver};
use super::robots::PRODUCT;
use crate::model::Validators;

/// The page that says what Offprint is; stands in for a contact.
const PROJECT: &str = "https://github.com/offprint/offprint";
/// Idle connections are closed after this: the next page of the same host comes after a second or two, its next poll
/// after minutes, and a crawl of hundreds of hosts a second would keep thousands open.
const IDLE: Duration = Duration::from_secs(5);
/// Largest header of an HTTP/2 answer, in bytes.
const MAX_HEADER_BYTES: u32 = 64 * 1024;

/// Sends requests.
#[expect(clippy::disallowed_types, reason = "this is the place: every request passes the gates of `fetch`")]
pub(super) struct Client {
    client: reqwest::Client,
    guard: Guard,
    /// Longest time from the request to the answer's headers.
    answer_timeout: Duration,
}

/// One request to one address.
pub(super) struct Question<'a> {
    pub(super) url: &'a Url,
    pub(super) validators: Option<&'a Validators>,
    pub(super) accept: &'static str,
}

impl Client {
    /// Sets up the client.
    pub(super) fn new(config: &Config) -> Result<Self, FetchError> {
        Self::built(config, &|| builder(config, OfMachine))
    }

    /// Sets up the client as `builder` has it.
    pub(super) fn built(config: &Config, builder: &dyn Fn() -> ClientBuilder) -> Result<Self, FetchError> {
        install_tls();
        let client = match builder().build() {
            Ok(client) => client,
            // A machine without root certificates can still read its own network, and say why it can't read others.
            Err(error) => {
                let client = builder().tls_certs_only([]).build().map_err(FetchError::Client)?;
                warn!(
                    error = &error as &dyn Error,
                    "Found no root certificates, so every https address will fail: install `ca-certificates`"
                );
                client
            }
        };
        Ok(Self { client, guard: Guard::new(config), answer_timeout: config.answer_timeout.get() })
    }

    /// Refuses addresses that may not be fetched.
    pub(super) fn check(&self, url: &Url) -> Result<(), FetchError> {
        address::check(url, &self.guard).map_err(|reason| FetchError::Refused { url: shown(url), reason })
    }

    /// Sends one request and waits for the headers of its answer.
    pub(super) async fn send(&self, question: &Question<'_>, total: Duration) -> Result<Response, FetchError> {
        let after = total.min(self.answer_timeout);
        let answer = timeout(after, self.client.get(question.url.clone()).headers(headers(question)).send()).await;
        let response = match answer {
            Err(_) => return Err(FetchError::NoAnswer { url: shown(question.url), after }),
            Ok(Err(error)) => return Err(failure(question.url, error)),
            Ok(Ok(response)) => response,
        };
        // The resolver and the check of the address make sure of this; should either fail one day, nothing is read.
        if let Some(peer) = response.remote_addr() {
            address::public(peer.ip(), &self.guard)
                .map_err(|reason| FetchError::Refused { url: shown(question.url), reason })?;
        }
        Ok(response)
    }
}

/// The client as it is set up, with `names` to resolve them.
pub(super) fn builder(config: &Config, names: impl Names) -> ClientBuilder {
    let contact = config.contact.as_ref().map_or(PROJECT, Url::as_str);
    ClientBuilder::new()
        .user_agent(format!("{PRODUCT}/{} (+{contact})", env!("CARGO_PKG_VERSION")))
        .redirect(Policy::none())
        .referer(false)
        .retry(reqwest::retry::never())
        // A proxy would resolve names behind our back.
        .no_proxy()
        .dns_resolver(Resolver::new(Guard::new(config), names))
        .connect_timeout(config.connect_timeout.get())
        .pool_idle_timeout(IDLE)
        .pool_max_idle_per_host(1)
        .http1_ignore_invalid_headers_in_responses(true)
        .http2_max_header_list_size(MAX_HEADER_BYTES)
}

fn headers(question: &Question<'_>) -> HeaderMap {
    let mut headers = HeaderMap::new();
    headers.insert(ACCEPT, HeaderValue::from_static(question.accept));
    headers.insert(ACCEPT_ENCODING, HeaderValue::from_static(CODINGS));
    if let Some(validators) = question.validators {
        // As received, byte for byte. What a header can't hold never was one.
        let value = |bytes: &Option<Vec<u8>>| HeaderValue::from_bytes(bytes.as_deref()?).ok();
        if let Some(etag) = value(&validators.etag) {
            headers.insert(IF_NONE_MATCH, etag);
        }
        if let Some(last_modified) = value(&validators.last_modified) {
            headers.insert(IF_MODIFIED_SINCE, last_modified);
        }
    }
    headers
}

fn failure(url: &Url, error: reqwest::Error) -> FetchError {
    let url = shown(url);
    match refusal(&error) {
        Some(reason) => FetchError::Refused { url, reason },
        None => FetchError::Unreachable { url, source: error.without_url() },
    }
}

/// rustls panics without a provider; whoever made one before us made the same.
fn install_tls() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let _ = rustls::crypto::ring::default_provider().install_default();
    });
}
