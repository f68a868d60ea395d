//! The address of an article, in one spelling.

use std::fmt;

use serde::{Deserialize, Serialize};
use url::Url;

use super::is_tracking_parameter;

/// A longer address is refused: nothing that people publish comes near.
const MAX_BYTES: usize = 4096;

/// Why an address can't be an article's.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum UrlError {
    /// Not a URL.
    #[error("`{0}` isn't a URL")]
    Syntax(String),
    /// Neither `http` nor `https`, or without a host.
    #[error("`{0}` isn't an http or https address")]
    Scheme(String),
    /// Longer than 4096 bytes.
    #[error("an address of {0} bytes is too long")]
    TooLong(usize),
}

/// An absolute `http` or `https` address without fragment, credentials, default port and tracking
/// parameters. Two spellings of it may still name one page: compare by [`CanonicalUrl::identity`].
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct CanonicalUrl(Url);

impl CanonicalUrl {
    /// Reads an absolute address.
    ///
    /// # Errors
    /// When it's no URL, not of the web, or too long.
    pub fn parse(text: &str) -> Result<Self, UrlError> {
        let text = text.trim();
        if text.len() > MAX_BYTES {
            return Err(UrlError::TooLong(text.len()));
        }
        Self::from_url(Url::parse(text).map_err(|_| UrlError::Syntax(text.to_owned()))?)
    }

    /// Brings a parsed address into the one spelling.
    ///
    /// # Errors
    /// When it's not of the web, or too long.
    pub fn from_url(mut url: Url) -> Result<Self, UrlError> {
        if url.as_str().len() > MAX_BYTES {
            return Err(UrlError::TooLong(url.as_str().len()));
        }
        if !matches!(url.scheme(), "http" | "https") || url.host_str().is_none_or(str::is_empty) {
            return Err(UrlError::Scheme(url.to_string()));
        }
        url.set_fragment(None);
        // An http URL with a host has a user and a password to take away, so neither call can fail.
        let _ = url.set_username("");
        let _ = url.set_password(None);
        if url.query().is_some() {
            let kept: Vec<&str> = url.query().unwrap_or_default().split('&').filter(|pair| is_kept(pair)).collect();
            let query = kept.join("&");
            url.set_query((!query.is_empty()).then_some(query.as_str()));
        }
        Ok(Self(url))
    }

    /// The address as a URL.
    #[must_use]
    pub fn as_url(&self) -> &Url {
        &self.0
    }

    /// The address as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }

    /// What stays the same between the variants under which one page is linked: no scheme, no `www.`,
    /// no trailing slash, query parameters in order of their names.
    #[must_use]
    pub fn identity(&self) -> String {
        let host = self.0.host_str().unwrap_or_default();
        let host = host.strip_prefix("www.").unwrap_or(host).trim_end_matches('.');
        let mut key = host.to_owned();
        if let Some(port) = self.0.port() {
            key.push_str(&format!(":{port}"));
        }
        key.push_str(self.0.path().trim_end_matches('/'));
        if let Some(query) = self.0.query() {
            let mut pairs: Vec<&str> = query.split('&').collect();
            pairs.sort_unstable();
            key.push('?');
            key.push_str(&pairs.join("&"));
        }
        key
    }
}

impl fmt::Display for CanonicalUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl TryFrom<String> for CanonicalUrl {
    type Error = UrlError;

    fn try_from(text: String) -> Result<Self, UrlError> {
        Self::parse(&text)
    }
}

impl From<CanonicalUrl> for String {
    fn from(url: CanonicalUrl) -> Self {
        url.0.into()
    }
}

fn is_kept(pair: &str) -> bool {
    let name = pair.split('=').next().unwrap_or_default();
    !pair.is_empty() && !is_tracking_parameter(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_loses_what_does_not_name_the_page() {
        let url = CanonicalUrl::parse(" HTTPS://me:secret@Example.COM:443/a?utm_source=x&p=7&fbclid=1#top ").unwrap();

        assert_eq!(url.as_str(), "https://example.com/a?p=7");
    }

    #[test]
    fn variants_of_one_address_have_one_identity() {
        let variants = [
            "https://example.com/news/a/",
            "http://www.example.com/news/a",
            "https://example.com:443/news/a?utm_medium=rss#comments",
        ];

        for variant in variants {
            assert_eq!(CanonicalUrl::parse(variant).unwrap().identity(), "example.com/news/a", "{variant}");
        }
        assert_eq!(
            CanonicalUrl::parse("https://example.com/?b=2&a=1").unwrap().identity(),
            CanonicalUrl::parse("https://example.com?a=1&b=2").unwrap().identity(),
        );
    }

    #[test]
    fn only_addresses_of_the_web_are_taken() {
        for bad in ["", "a/b", "mailto:a@example.com", "javascript:alert(1)", "file:///etc/passwd", "http://"] {
            assert!(CanonicalUrl::parse(bad).is_err(), "{bad:?}");
        }
        assert_eq!(CanonicalUrl::parse(&format!("http://a/{}", "x".repeat(5000))), Err(UrlError::TooLong(5009)));
    }
}
