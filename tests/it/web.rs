//! A site whose answers a test writes.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::extract::Request;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};

use crate::origin::serve;

/// A site whose answers a test writes, and which remembers what it was asked.
pub struct Web {
    address: SocketAddr,
    asked: Arc<Mutex<Vec<(String, HeaderMap)>>>,
}

impl Web {
    /// `answer` gets the path and how often it was asked for before.
    pub fn new(answer: impl Fn(&str, usize) -> Response + Clone + Send + Sync + 'static) -> Self {
        let asked: Arc<Mutex<Vec<(String, HeaderMap)>>> = Arc::default();
        let seen = Arc::clone(&asked);
        let address = serve(Router::new().fallback(move |request: Request| {
            let path = request.uri().path().to_owned();
            let mut asked = seen.lock().unwrap();
            let n_before = asked.iter().filter(|(known, _)| *known == path).count();
            asked.push((path.clone(), request.headers().clone()));
            let response = answer(&path, n_before);
            async move { response }
        }));
        Self { address, asked }
    }

    /// An address of the site.
    pub fn at(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// How often this path was asked for.
    pub fn count(&self, path: &str) -> usize {
        self.asked.lock().unwrap().iter().filter(|(known, _)| known == path).count()
    }

    /// The value of a header each time this path was asked for.
    pub fn headers(&self, path: &str, name: &str) -> Vec<Option<String>> {
        let asked = self.asked.lock().unwrap();
        let values = asked.iter().filter(|(known, _)| known == path).map(|(_, headers)| headers.get(name));
        values.map(|value| value.map(|value| value.to_str().unwrap().to_owned())).collect()
    }
}

/// There is no such page.
pub fn missing() -> Response {
    StatusCode::NOT_FOUND.into_response()
}
