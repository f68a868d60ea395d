//! What must never be asked: each special network by one of its addresses, and this machine in every spelling.

/// One address of each network that isn't public, and many spellings of one of this machine's.
pub(crate) fn inside() -> impl Iterator<Item = &'static str> {
    include_str!("../../../tests/fixtures/fetch/inside.txt").lines()
}

/// Names that lead inside by what they are, whatever a name server says.
const NAMES_OF_THIS_MACHINE: [&str; 6] =
    ["localhost", "LOCALHOST", "localhost.", "a.localhost", "printer.local", "metadata.google.internal"];

/// What is no host, or no port of the web.
const NO_HOSTS: [&str; 9] = [
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

/// Everything that must not be asked, as it may stand after `http://`.
pub(crate) fn forbidden() -> impl Iterator<Item = &'static str> {
    inside().chain(NAMES_OF_THIS_MACHINE).chain(NO_HOSTS)
}

/// The address of `host` at a port, unless it names its own.
pub(crate) fn at(host: &str, port: u16) -> String {
    if host.starts_with("ok.example") && !host.contains('@') {
        return format!("http://{host}/");
    }
    let end = host.find(['#', '\\', '?']).unwrap_or(host.len());
    format!("http://{}:{port}{}/", &host[..end], &host[end..])
}
