//! Names become addresses, and only public ones. The connection goes to the very address that was checked, so a
//! second, different answer of the name server changes nothing.

use std::error::Error;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

use reqwest::dns::{Addrs, Name, Resolve, Resolving};

use super::address::{Guard, Refusal};

/// A name without an address.
#[derive(Debug, thiserror::Error)]
#[error("the name `{name}` can't be found")]
pub(super) struct NoName {
    name: String,
    source: std::io::Error,
}

/// Who knows the addresses of names.
pub(super) trait Names: Send + Sync + 'static {
    /// All addresses of a name.
    fn addresses(&self, name: &str) -> impl Future<Output = std::io::Result<Vec<IpAddr>>> + Send;
}

/// The machine's own resolver: its hosts file and its name servers.
pub(super) struct OfMachine;

impl Names for OfMachine {
    async fn addresses(&self, name: &str) -> std::io::Result<Vec<IpAddr>> {
        Ok(tokio::net::lookup_host((name, 0)).await?.map(|address| address.ip()).collect())
    }
}

/// The resolver of the HTTP client.
pub(super) struct Resolver<N> {
    guard: Guard,
    names: Arc<N>,
    /// A name that may lead anywhere: the proxy's.
    open: Option<String>,
}

impl<N: Names> Resolver<N> {
    /// Lets through what the guard does of what the names lead to.
    pub(super) fn new(guard: Guard, names: N) -> Self {
        Self { guard, names: Arc::new(names), open: None }
    }

    /// The same, which lets this name lead anywhere.
    pub(super) fn opening(mut self, name: Option<&str>) -> Self {
        self.open = name.map(str::to_owned);
        self
    }
}

impl<N: Names> Resolve for Resolver<N> {
    fn resolve(&self, name: Name) -> Resolving {
        let (guard, names, open) = (self.guard.clone(), Arc::clone(&self.names), self.open.clone());
        Box::pin(async move {
            let name = name.as_str();
            let found = names.addresses(name).await;
            let found = found.map_err(|source| NoName { name: name.to_owned(), source })?;
            let checked = if open.as_deref() == Some(name) { found } else { all_allowed(name, found, &guard)? };
            Ok(Box::new(checked.into_iter().map(|address| SocketAddr::new(address, 0))) as Addrs)
        })
    }
}

/// One private address among public ones spoils them all: nobody means that.
fn all_allowed(name: &str, found: Vec<IpAddr>, guard: &Guard) -> Result<Vec<IpAddr>, Box<dyn Error + Send + Sync>> {
    match found.iter().find(|address| !guard.allows(**address)) {
        Some(inside) => Err(Box::new(Refusal::LeadsInside { name: name.to_owned(), address: *inside })),
        None => Ok(found),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn b2_a_mixed_answer_is_refused() {
        let public: IpAddr = "8.8.8.8".parse().unwrap();
        let inside: IpAddr = "10.0.0.1".parse().unwrap();

        assert_eq!(all_allowed("a.example", vec![public], &Guard::default()).unwrap(), [public]);
        let error = all_allowed("a.example", vec![public, inside], &Guard::default()).unwrap_err();
        assert!(error.to_string().starts_with("`a.example` leads to 10.0.0.1"), "{error}");
    }
}
