//! The HTTP client under the gates: sends one request to one address, follows nothing, remembers nothing.

use std::collections::HashMap;
use std::error::Error;
use std::sync::{Arc, Mutex, Once, PoisonError};
use std::time::Duration;

use reqwest::header::{ACCEPT, ACCEPT_ENCODING, HeaderMap, HeaderValue, IF_MODIFIED_SINCE, IF_NONE_MATCH};
use reqwest::redirect::Policy;
use reqwest::{ClientBuilder, Proxy, Response};
use tokio::time::timeout;
use tracing::warn;
use url::Url;

use super::address::{self, Guard};
use super::body::CODINGS;
use super::config::Config;
use super::error::{FetchError, refusal, shown};
use super::identity::{Identity, place};
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

/// The client that asks directly, and one for each proxy; each has connections of its own.
pub(super) struct Clients {
    config: Config,
    direct: Arc<Client>,
    proxied: Mutex<HashMap<Url, Arc<Client>>>,
}

/// Sends requests, all by the same way.
#[expect(clippy::disallowed_types, reason = "this is the place: every request passes the gates of `fetch`")]
pub(super) struct Client {
    client: reqwest::Client,
    guard: Guard,
    /// Longest time from the request to the answer's headers.
    answer_timeout: Duration,
    proxy: Option<Url>,
}

/// One request to one address.
pub(super) struct Question<'a> {
    pub(super) url: &'a Url,
    pub(super) validators: Option<&'a Validators>,
    pub(super) accept: &'static str,
    pub(super) identity: &'a Identity,
}

impl Clients {
    /// Asks directly by this client, and by others of its kind through proxies.
    pub(super) fn over(direct: Client, config: &Config) -> Self {
        Self { config: config.clone(), direct: Arc::new(direct), proxied: Mutex::default() }
    }

    /// The client for whoever goes through this proxy, or through none.
    pub(super) fn of(&self, proxy: Option<&Url>) -> Result<Arc<Client>, FetchError> {
        let Some(proxy) = proxy else { return Ok(Arc::clone(&self.direct)) };
        let mut proxied = self.proxied.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(client) = proxied.get(proxy) {
            return Ok(Arc::clone(client));
        }
        let client = Arc::new(Client::through(proxy, &self.config)?);
        proxied.insert(proxy.clone(), Arc::clone(&client));
        Ok(client)
    }
}

impl Client {
    /// Sets up the client that asks directly.
    pub(super) fn new(config: &Config) -> Result<Self, FetchError> {
        Self::built(config, &|| builder(config, OfMachine))
    }

    /// Sets up one that goes through a proxy. The proxy is the operator's own choice and may well be inside; what is
    /// asked through it may not.
    fn through(proxy: &Url, config: &Config) -> Result<Self, FetchError> {
        let way = Proxy::all(proxy.as_str()).map_err(FetchError::Client)?;
        let names = || Resolver::new(Guard::new(config), OfMachine).opening(proxy.host_str());
        let client = Self::built(config, &|| builder(config, OfMachine).dns_resolver(names()).proxy(way.clone()))?;
        Ok(Self { proxy: Some(proxy.clone()), ..client })
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
        Ok(Self { client, guard: Guard::new(config), answer_timeout: config.answer_timeout.get(), proxy: None })
    }

    /// Refuses addresses that may not be fetched.
    pub(super) fn check(&self, url: &Url) -> Result<(), FetchError> {
        let checked = match &self.proxy {
            Some(proxy) => address::check_for_proxy(url, proxy, &self.guard),
            None => address::check(url, &self.guard),
        };
        checked.map_err(|reason| FetchError::Refused { url: shown(url), reason })
    }

    /// Sends one request and waits for the headers of its answer.
    pub(super) async fn send(&self, question: &Question<'_>, total: Duration) -> Result<Response, FetchError> {
        let after = total.min(self.answer_timeout);
        let request = self.client.get(question.url.clone()).headers(headers(question));
        let request = question.identity.logged_in(request, question.url);
        let response = match timeout(after, request.send()).await {
            Err(_) => return Err(FetchError::NoAnswer { url: shown(question.url), after }),
            Ok(Err(error)) => return Err(self.failure(question.url, error)),
            Ok(Ok(response)) => response,
        };
        if let Some(proxy) = &self.proxy {
            // To an https address the proxy's refusal is no answer; to others it looks like the site's.
            return match response.status().as_u16() {
                407 => Err(FetchError::ProxyLogin { url: shown(question.url), proxy: place(proxy) }),
                _ => Ok(response),
            };
        }
        // The resolver and the check of the address make sure of this; should either fail one day, nothing is read.
        if let Some(peer) = response.remote_addr() {
            address::public(peer.ip(), &self.guard)
                .map_err(|reason| FetchError::Refused { url: shown(question.url), reason })?;
        }
        Ok(response)
    }

    fn failure(&self, url: &Url, error: reqwest::Error) -> FetchError {
        let url = shown(url);
        match (refusal(&error), &self.proxy) {
            (Some(reason), _) => FetchError::Refused { url, reason },
            (None, Some(proxy)) if error.is_connect() => {
                FetchError::Proxy { url, proxy: place(proxy), source: error.without_url() }
            }
            (None, _) => FetchError::Unreachable { url, source: error.without_url() },
        }
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
        // A proxy of the environment would resolve names behind our back; one of a source was checked for that.
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
    if let Some(own) = question.identity.fields(question.url) {
        headers.extend(own.clone());
    }
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

/// rustls panics without a provider; whoever made one before us made the same.
fn install_tls() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let _ = rustls::crypto::ring::default_provider().install_default();
    });
}
