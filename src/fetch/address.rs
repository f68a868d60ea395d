//! Which addresses may be fetched at all: a page must not make us knock at doors inside.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use url::{Host, Url};

use super::config::Config;
use super::network::Network;

/// Ports below this belong to services of the system.
const FIRST_FREE_PORT: u16 = 1024;

/// Ports above it on which databases, caches and control planes listen; sorted.
const PRIVATE_PORTS: [u16; 20] = [
    1433, 1521, 2049, 2375, 2376, 2379, 2380, 3306, 3389, 5432, 5672, 5984, 6000, 6379, 6443, 9042, 9092, 10250, 11211,
    27017,
];

/// Why an address is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// Neither http nor https.
    #[error("`{0}` isn't a scheme of the web")]
    Scheme(String),
    /// No host.
    #[error("it has no host")]
    Host,
    /// A port where no web server listens.
    #[error("port {0} isn't one of the web")]
    Port(u16),
    /// A port beside 80 and 443, where only those are asked.
    #[error("port {0} is neither 80 nor 443 (to allow it, set `web_ports_only = false`)")]
    NotOfWeb(u16),
    /// A name of this machine.
    #[error("`{0}` is a name of this machine or network (to allow it, name its network in `allowed_networks`)")]
    LocalName(String),
    /// An address of this machine or of a private or reserved network.
    #[error("{0} isn't a public address (to allow it, name its network in `allowed_networks`)")]
    Private(IpAddr),
    /// A name that leads to one.
    #[error(
        "`{name}` leads to {address}, which isn't a public address (to allow it, name its network in `allowed_networks`)"
    )]
    LeadsInside {
        /// The name.
        name: String,
        /// One of its addresses.
        address: IpAddr,
    },
}

/// Which addresses beside the public ones may be fetched.
#[derive(Debug, Clone, Default)]
pub(super) struct Guard {
    private_networks: bool,
    allowed: Vec<Network>,
    web_ports_only: bool,
}

impl Guard {
    /// As the operator wants it.
    pub(super) fn new(config: &Config) -> Self {
        Self {
            private_networks: config.private_networks,
            allowed: config.allowed_networks.clone(),
            web_ports_only: config.web_ports_only,
        }
    }

    /// Whether an address may be fetched.
    pub(super) fn allows(&self, address: IpAddr) -> bool {
        self.private_networks || is_public(address) || self.allowed.iter().any(|network| network.contains(address))
    }
}

/// Checks all that an address tells by itself. Names are checked again when they are resolved; addresses in digits
/// never get there, so they are checked here.
pub(super) fn check(url: &Url, guard: &Guard) -> Result<(), Refusal> {
    if !matches!(url.scheme(), "http" | "https") {
        return Err(Refusal::Scheme(url.scheme().to_owned()));
    }
    let port = url.port_or_known_default().unwrap_or_default();
    let is_of_web = matches!(port, 80 | 443);
    let is_system = port < FIRST_FREE_PORT && !is_of_web;
    if guard.web_ports_only && !is_of_web {
        return Err(Refusal::NotOfWeb(port));
    }
    if port == 0 || !guard.private_networks && (is_system || PRIVATE_PORTS.binary_search(&port).is_ok()) {
        return Err(Refusal::Port(port));
    }
    match url.host().ok_or(Refusal::Host)? {
        Host::Domain(name) if name.trim_matches('.').is_empty() => Err(Refusal::Host),
        // A name is checked again by what it leads to.
        Host::Domain(_) if guard.private_networks || !guard.allowed.is_empty() => Ok(()),
        Host::Domain(name) => {
            if is_local_name(name) {
                Err(Refusal::LocalName(name.to_owned()))
            } else {
                Ok(())
            }
        }
        Host::Ipv4(address) => public(IpAddr::V4(address), guard),
        Host::Ipv6(address) => public(IpAddr::V6(address), guard),
    }
}

/// Checks an address that a proxy will look up, so that nobody checks what it leads to: no name of this machine or
/// network then, whatever networks are open, and not the proxy itself.
pub(super) fn check_for_proxy(url: &Url, proxy: &Url, guard: &Guard) -> Result<(), Refusal> {
    check(url, guard)?;
    match url.host() {
        Some(Host::Domain(name)) if !guard.private_networks => {
            let is_proxy = proxy.host_str().is_some_and(|host| is_same_name(host, name));
            if is_local_name(name) || is_proxy { Err(Refusal::LocalName(name.to_owned())) } else { Ok(()) }
        }
        _ => Ok(()),
    }
}

/// Refuses addresses that are neither public nor allowed.
pub(super) fn public(address: IpAddr, guard: &Guard) -> Result<(), Refusal> {
    if guard.allows(address) { Ok(()) } else { Err(Refusal::Private(address)) }
}

fn is_local_name(name: &str) -> bool {
    let bare = name.trim_end_matches('.').to_ascii_lowercase();
    ["localhost", "local", "internal", "home.arpa"]
        .iter()
        .any(|local| bare == *local || bare.strip_suffix(local).is_some_and(|rest| rest.ends_with('.')))
}

fn is_same_name(a: &str, b: &str) -> bool {
    a.trim_end_matches('.').eq_ignore_ascii_case(b.trim_end_matches('.'))
}

/// Whether an address is one of the public internet (IANA special-purpose registries, RFC 6890).
#[must_use]
pub fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_public_v4(address),
        IpAddr::V6(address) => is_public_v6(address),
    }
}

fn is_public_v4(address: Ipv4Addr) -> bool {
    let is_special = match address.octets() {
        [0 | 10 | 127, ..] => true,
        [100, b, ..] => (64..128).contains(&b),
        [169, 254, ..] => true,
        [172, b, ..] => (16..32).contains(&b),
        [192, 0, 0 | 2, _] => true,
        // 6to4 relays, and AS112.
        [192, 88, 99, _] | [192, 31, 196, _] | [192, 52, 193, _] | [192, 175, 48, _] => true,
        [192, 168, ..] => true,
        [198, 18 | 19, ..] => true,
        [198, 51, 100, _] | [203, 0, 113, _] => true,
        // Multicast, reserved, broadcast.
        [a, ..] if a >= 224 => true,
        _ => false,
    };
    !is_special
}

/// Only 2000::/3 is in public use, and of it neither what tunnels IPv4 nor what is reserved. Mapped addresses
/// (::ffff:0:0/96) and translated ones (64:ff9b::/96) lie outside of it.
fn is_public_v6(address: Ipv6Addr) -> bool {
    let [first, second, ..] = address.segments();
    let is_special = match first {
        // 2001::/23: Teredo, benchmarks, ORCHID. 2001:db8::/32: documentation.
        0x2001 => second < 0x0200 || second == 0x0db8,
        // 6to4.
        0x2002 => true,
        // 3fff::/20: documentation.
        0x3fff => second < 0x1000,
        _ => false,
    };
    (0x2000..0x4000).contains(&first) && !is_special
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fetch::tests::forbidden::forbidden;

    fn refused(url: &str) -> bool {
        // What is no URL at all can't be fetched either.
        Url::parse(url).map_or(true, |url| check(&url, &Guard::default()).is_err())
    }

    #[test]
    fn b1_addresses_inside_are_refused_in_every_spelling() {
        for host in forbidden() {
            assert!(refused(&format!("http://{host}/")), "{host}");
        }
    }

    #[test]
    fn b1_only_ports_of_the_web_are_asked_where_that_is_wanted() {
        let guard = Guard { web_ports_only: true, private_networks: true, ..Guard::default() };
        for (url, is_allowed) in [
            ("http://ok.example/", true),
            ("https://ok.example/", true),
            ("https://ok.example:80/", true),
            ("http://ok.example:8080/", false),
            ("https://ok.example:8443/", false),
        ] {
            let url = Url::parse(url).unwrap();

            assert_eq!(check(&url, &guard).is_ok(), is_allowed, "{url}");
            assert!(check(&url, &Guard::default()).is_ok(), "{url}");
        }
    }

    #[test]
    fn b3_schemes_other_than_the_webs_are_refused() {
        for url in [
            "file:///etc/passwd",
            "ftp://a.example/",
            "gopher://a.example",
            "data:text/html,x",
            "javascript:1",
            "unix:/x",
            "blob:x",
        ] {
            assert!(refused(url), "{url}");
        }
    }

    #[test]
    fn public_addresses_are_fetched() {
        for url in [
            // A backslash is a slash in the web's URLs, so the rest is a path.
            "http://ok.com\\@127.0.0.1/",
            "http://example.com/",
            "https://example.com:8443/",
            "http://8.8.8.8/",
            "http://[2606:4700::1111]/",
            "http://172.32.0.1/",
            "http://100.128.0.1/",
            "http://internal.example/",
            "http://notlocalhost/",
            "http://[2001:4860:4860::8888]/",
        ] {
            assert!(!refused(url), "{url}");
        }
    }
}
