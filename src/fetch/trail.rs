//! The way of a request through redirects, and what of it is a move for good.

use reqwest::Response;
use reqwest::header::{HeaderName, LOCATION};
use url::Url;

use super::error::{FetchError, bare, shown};

/// Redirects that are followed for one request.
const MAX_HOPS: usize = 5;

/// The way of a request through redirects.
pub(super) struct Trail {
    first: Url,
    /// Where the request is now.
    pub(super) url: Url,
    seen: Vec<Url>,
    /// Where the page moved for good.
    pub(super) moved_to: Option<Url>,
    is_permanent: bool,
    /// Whether a redirect led from https to http.
    pub(super) is_downgraded: bool,
}

impl Trail {
    /// Starts at an address.
    pub(super) fn new(url: &Url) -> Self {
        let mut url = url.clone();
        url.set_fragment(None);
        Self { first: url.clone(), url, seen: Vec::new(), moved_to: None, is_permanent: true, is_downgraded: false }
    }

    /// Whether no redirect was followed yet.
    pub(super) fn is_at_start(&self) -> bool {
        self.seen.is_empty()
    }

    /// Goes where the answer sends us; false if it doesn't.
    pub(super) fn follow(&mut self, response: &Response) -> Result<bool, FetchError> {
        let status = response.status().as_u16();
        if !matches!(status, 301 | 302 | 303 | 307 | 308) {
            return Ok(false);
        }
        let location = raw(response, LOCATION).unwrap_or_default();
        let location = String::from_utf8_lossy(&location);
        let target = self.url.join(location.trim()).ok().filter(|_| !location.trim().is_empty());
        let Some(target) = target else {
            return Err(FetchError::Target { url: shown(&self.url), target: location.into_owned() });
        };
        // Credentials in a redirect are somebody's attempt to have us log in somewhere.
        let mut target = bare(&target);
        target.set_fragment(None);
        let is_downgrade = self.url.scheme() == "https" && target.scheme() == "http";
        self.is_downgraded |= is_downgrade;
        self.is_permanent &= matches!(status, 301 | 308) && !is_downgrade;
        if self.is_permanent {
            self.moved_to = Some(target.clone());
        }
        self.seen.push(std::mem::replace(&mut self.url, target));
        if self.seen.contains(&self.url) {
            return Err(FetchError::Circle { url: shown(&self.url) });
        }
        if self.seen.len() > MAX_HOPS {
            return Err(FetchError::Redirects { url: shown(&self.first), limit: MAX_HOPS });
        }
        Ok(true)
    }
}

/// A header's value as it came.
pub(super) fn raw(response: &Response, name: HeaderName) -> Option<Vec<u8>> {
    response.headers().get(name).map(|value| value.as_bytes().to_vec())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn redirect(status: u16, to: &str) -> Response {
        Response::from(axum::http::Response::builder().status(status).header("location", to).body("").unwrap())
    }

    #[test]
    fn a9_from_https_to_http_is_followed_and_told_and_no_move() {
        let start = Url::parse("https://a.example/feed").unwrap();
        let mut trail = Trail::new(&start);

        assert!(trail.follow(&redirect(301, "https://a.example/new")).unwrap());
        assert!(!trail.is_downgraded);
        assert!(trail.follow(&redirect(301, "http://a.example/newer")).unwrap());
        assert!(trail.follow(&redirect(301, "https://a.example/newest")).unwrap());

        assert!(trail.is_downgraded);
        assert_eq!(trail.url.as_str(), "https://a.example/newest");
        assert_eq!(trail.moved_to.unwrap().as_str(), "https://a.example/new");
    }
}
