//! Where feeds are served.

use std::net::{Ipv4Addr, SocketAddr};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use url::Url;

/// Settings of the HTTP server.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Config {
    /// Address and port to listen on.
    pub listen: SocketAddr,
    /// Where readers reach this server; for links to itself only, article ids never depend on it. Default: made
    /// from `listen`.
    pub public_url: Option<Url>,
    /// Most items in one feed document.
    pub max_items: usize,
}

impl Default for Config {
    fn default() -> Self {
        Self { listen: SocketAddr::from((Ipv4Addr::LOCALHOST, 8080)), public_url: None, max_items: 50 }
    }
}

impl Config {
    /// Where readers reach this server, with a trailing slash.
    #[must_use]
    pub fn public(&self) -> Url {
        let mut url = self.public_url.clone().unwrap_or_else(|| {
            // Listening everywhere is no address to go to.
            let is_everywhere = self.listen.ip().is_unspecified();
            let host =
                if is_everywhere { format!("localhost:{}", self.listen.port()) } else { self.listen.to_string() };
            Url::parse(&format!("http://{host}/")).expect("a socket address is a host and a port")
        });
        if !url.path().ends_with('/') {
            let path = format!("{}/", url.path());
            url.set_path(&path);
        }
        url
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_lead_to_an_address_that_exists() {
        let public = |listen: &str| {
            let config = Config { listen: listen.parse().unwrap(), ..Config::default() };
            config.public().to_string()
        };

        assert_eq!(public("127.0.0.1:8080"), "http://127.0.0.1:8080/");
        assert_eq!(public("0.0.0.0:8080"), "http://localhost:8080/");
        assert_eq!(public("[::]:80"), "http://localhost/");
    }
}
