//! What must never be asked: each special network by one of its addresses, and this machine in every spelling.

use std::net::IpAddr;

use url::{Host, Url};

/// One address of each network that isn't public, and many spellings of one of this machine's.
pub(in crate::fetch) const INSIDE: [&str; 46] = [
    "127.0.0.2",
    "127.2",
    "2130706434",
    "0x7f000002",
    "0177.0.0.2",
    "①②⑦.⓪.⓪.②",
    "127。0。0。2",
    "%31%32%37.0.0.2",
    "user@127.0.0.2",
    "ok.example@127.0.0.2",
    "127.0.0.2#@ok.example",
    "127.0.0.2\\@ok.example",
    "127.0.0.2?@ok.example",
    "0",
    "0.1.2.3",
    "10.1.2.3",
    "172.16.0.1",
    "172.31.255.255",
    "192.168.1.1",
    "100.64.0.1",
    "100.127.255.255",
    "169.254.169.254",
    "192.0.0.8",
    "192.0.2.1",
    "198.18.0.1",
    "198.19.255.255",
    "198.51.100.1",
    "203.0.113.1",
    "224.0.0.1",
    "240.0.0.1",
    "255.255.255.255",
    "[::]",
    "[::1]",
    "[::ffff:127.0.0.2]",
    "[::ffff:8.8.8.8]",
    "[::127.0.0.1]",
    "[64:ff9b::7f00:2]",
    "[64:ff9b:1::7f00:2]",
    "[2002:7f00:2::]",
    "[2001::1]",
    "[2001:db8::1]",
    "[fc00::1]",
    "[fd00:ec2::254]",
    "[fe80::1]",
    "[ff02::1]",
    "[fec0::1]",
];

/// Names that lead inside by what they are, whatever a name server says.
pub(in crate::fetch) const NAMES_OF_THIS_MACHINE: [&str; 6] =
    ["localhost", "LOCALHOST", "localhost.", "a.localhost", "printer.local", "metadata.google.internal"];

/// What is no host, or no port of the web.
pub(in crate::fetch) const NO_HOSTS: [&str; 9] = [
    "[fe80::1%25eth0]",
    "[fe80::1%eth0]",
    "..",
    "ok.example\r\nHost: x:25",
    "ok.example%0d%0aHost:x",
    "127.0.0.256",
    "ok.example:22",
    "ok.example:6379",
    "ok.example:0",
];

/// The address of `host` at a port, unless it names its own.
pub(super) fn at(host: &str, port: u16) -> String {
    if host.starts_with("ok.example") && !host.contains('@') {
        return format!("http://{host}/");
    }
    let end = host.find(['#', '\\', '?']).unwrap_or(host.len());
    format!("http://{}:{port}{}/", &host[..end], &host[end..])
}

/// The addresses among [`INSIDE`], each once.
pub(super) fn addresses() -> Vec<IpAddr> {
    let mut addresses: Vec<IpAddr> = INSIDE
        .iter()
        .filter_map(|host| match Url::parse(&format!("http://{host}/")).unwrap().host()? {
            Host::Ipv4(address) => Some(IpAddr::V4(address)),
            Host::Ipv6(address) => Some(IpAddr::V6(address)),
            Host::Domain(_) => None,
        })
        .collect();
    addresses.sort();
    addresses.dedup();
    addresses
}
