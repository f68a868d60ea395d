//! Names become addresses, and only public ones. The connection goes to the very address that was checked, so a
//! second, different answer of the name server changes nothing.

use std::error::Error;
use std::net::SocketAddr;

use reqwest::dns::{Addrs, Name, Resolve, Resolving};

use super::address::{Guard, Refusal};

/// A name without an address.
#[derive(Debug, thiserror::Error)]
#[error("the name `{name}` can't be found")]
pub(super) struct NoName {
    name: String,
    source: std::io::Error,
}

/// The resolver of the HTTP client.
pub(super) struct Resolver {
    pub(super) guard: Guard,
}

impl Resolve for Resolver {
    fn resolve(&self, name: Name) -> Resolving {
        let guard = self.guard.clone();
        Box::pin(async move {
            let found = tokio::net::lookup_host((name.as_str(), 0)).await;
            let found = found.map_err(|source| NoName { name: name.as_str().to_owned(), source })?;
            let found: Vec<SocketAddr> = found.collect();
            let checked = all_allowed(name.as_str(), found, &guard)?;
            Ok(Box::new(checked.into_iter()) as Addrs)
        })
    }
}

/// One private address among public ones spoils them all: nobody means that.
fn all_allowed(
    name: &str,
    found: Vec<SocketAddr>,
    guard: &Guard,
) -> Result<Vec<SocketAddr>, Box<dyn Error + Send + Sync>> {
    match found.iter().find(|address| !guard.allows(address.ip())) {
        Some(inside) => Err(Box::new(Refusal::LeadsInside { name: name.to_owned(), address: inside.ip() })),
        None => Ok(found),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn b2_a_mixed_answer_is_refused() {
        let public: SocketAddr = "8.8.8.8:0".parse().unwrap();
        let inside: SocketAddr = "10.0.0.1:0".parse().unwrap();

        assert_eq!(all_allowed("a.example", vec![public], &Guard::default()).unwrap(), [public]);
        let error = all_allowed("a.example", vec![public, inside], &Guard::default()).unwrap_err();
        assert!(error.to_string().starts_with("`a.example` leads to 10.0.0.1"), "{error}");
    }
}
