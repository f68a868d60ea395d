//! How Offprint behaves as a guest.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use url::Url;

use super::network::Network;
use crate::model::Period;

/// Settings of the HTTP client.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Config {
    /// A page that says who runs this and how to opt out; goes into the User-Agent. Default: the project's page.
    pub contact: Option<Url>,
    /// How hard one host may be asked.
    pub per_host: PerHost,
    /// Whether addresses of private networks and of this machine may be fetched.
    pub private_networks: bool,
    /// Networks that may be fetched although they are private, such as `10.1.0.0/16`.
    pub allowed_networks: Vec<Network>,
    /// Whether only the ports 80 and 443 may be asked.
    pub web_ports_only: bool,
    /// Whether robots.txt is obeyed (RFC 9309).
    pub robots: bool,
    /// Longest time for one request with its body.
    pub timeout: Period,
    /// Longest time of it for name, connection and TLS.
    pub connect_timeout: Period,
    /// Longest time of it until the answer begins, the connection included.
    pub answer_timeout: Period,
    /// Largest body after decompression, in bytes; on the wire, half of it.
    pub max_body_bytes: u64,
}

/// Limits for one host, over everything that is fetched from it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct PerHost {
    /// Requests at a time: 1 to 16.
    pub concurrency: usize,
    /// Least time from the end of one response to the next request.
    pub delay: Period,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            contact: None,
            per_host: PerHost::default(),
            private_networks: false,
            allowed_networks: Vec::new(),
            web_ports_only: false,
            robots: true,
            timeout: Period::from_secs(60),
            connect_timeout: Period::from_secs(10),
            answer_timeout: Period::from_secs(15),
            max_body_bytes: 10 * 1024 * 1024,
        }
    }
}

impl Default for PerHost {
    fn default() -> Self {
        Self { concurrency: 1, delay: Period::from_secs(1) }
    }
}
