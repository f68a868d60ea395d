//! Serves a site on loopback and remembers who asked for what.

use std::io::Write;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::Body;
use axum::extract::Request;
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use flate2::Compression;
use flate2::write::GzEncoder;
use offprint::clock::Clock;

use crate::site::{Missing, NOW, ORIGIN, Page, Site, is_asset};

/// A site that answers.
pub struct Web {
    pub address: SocketAddr,
    asked: Arc<Mutex<Vec<(String, u16)>>>,
}

impl Web {
    /// Serves the site for the rest of the process's life.
    pub fn serve(site: Arc<Site>) -> Self {
        let asked: Arc<Mutex<Vec<(String, u16)>>> = Arc::default();
        let seen = Arc::clone(&asked);
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        listener.set_nonblocking(true).unwrap();
        let address = listener.local_addr().unwrap();
        let routes = Router::new().fallback(move |request: Request| {
            let path = request.uri().path_and_query().map_or("/", |path| path.as_str()).to_owned();
            let response = answer(&site, &path, &format!("http://{address}"));
            seen.lock().unwrap().push((path, response.status().as_u16()));
            async move { response }
        });
        std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
            runtime.block_on(async {
                let listener = tokio::net::TcpListener::from_std(listener).unwrap();
                axum::serve(listener, routes).await.unwrap();
            });
        });
        Self { address, asked }
    }

    pub fn at(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// Every request so far with the status of its answer.
    pub fn asked(&self) -> Vec<(String, u16)> {
        self.asked.lock().unwrap().clone()
    }
}

fn answer(site: &Site, path: &str, base: &str) -> Response {
    let html = "text/html; charset=utf-8";
    let short = |status: u16, body: &str| respond(status, html, &[], placed(body, base).into_bytes());
    match &site.missing {
        Missing::Always(status, body) => return short(*status, body),
        Missing::Login(body) => {
            let (way, _) = path.split_once('?').unwrap_or((path, ""));
            return match way {
                "/login" => short(200, body),
                "/robots.txt" => short(404, "<title>404</title>"),
                _ => respond(302, html, &[("location", format!("{base}/login?next={way}"))], Vec::new()),
            };
        }
        _ => {}
    }
    let way = path.split('?').next().unwrap_or(path);
    match site.pages.get(path).or_else(|| site.pages.get(way)) {
        Some(page) => send(page, base),
        None if is_asset(path) => respond(200, asset_type(way), &[], Vec::new()),
        None => match &site.missing {
            Missing::Soft(body) => short(200, body),
            Missing::Home => respond(302, html, &[("location", format!("{base}/"))], Vec::new()),
            _ => short(404, "<!doctype html><title>404</title><h1>Not found</h1><p><a href=\"/\">Home</a></p>"),
        },
    }
}

fn send(page: &Page, base: &str) -> Response {
    let mut body = placed(&page.body, base).into_bytes();
    if page.is_gzipped {
        let mut packed = GzEncoder::new(Vec::new(), Compression::default());
        packed.write_all(&body).unwrap();
        body = packed.finish().unwrap();
    }
    let headers: Vec<(&str, String)> = page.headers.iter().map(|(name, value)| (*name, placed(value, base))).collect();
    respond(page.status, page.content_type, &headers, body)
}

/// The text with the site's real address, also where it is escaped for JSON or for an address.
fn placed(text: &str, base: &str) -> String {
    let text = text
        .replace(ORIGIN, base)
        .replace(&ORIGIN.replace('/', "\\/"), &base.replace('/', "\\/"))
        .replace("http%3A%2F%2Forigin.invalid", &base.replace(':', "%3A").replace('/', "%2F"));
    if !text.contains(NOW) {
        return text;
    }
    let now = Clock::system().now().as_millis();
    let now = chrono::DateTime::from_timestamp_millis(now).unwrap();
    text.replace(NOW, &now.format("%Y-%m-%dT%H:%M:%S+00:00").to_string())
}

fn respond(status: u16, content_type: &str, headers: &[(&str, String)], body: Vec<u8>) -> Response {
    let mut response = Body::from(body).into_response();
    *response.status_mut() = StatusCode::from_u16(status).unwrap();
    if !content_type.is_empty() {
        response.headers_mut().insert("content-type", HeaderValue::from_str(content_type).unwrap());
    }
    for (name, value) in headers {
        let name = axum::http::HeaderName::from_bytes(name.as_bytes()).unwrap();
        response.headers_mut().insert(name, HeaderValue::from_str(value).unwrap());
    }
    response
}

fn asset_type(path: &str) -> &'static str {
    match path.rsplit('.').next() {
        Some("css") => "text/css",
        Some("js") => "text/javascript",
        Some("svg") => "image/svg+xml",
        Some("png" | "ico") => "image/png",
        _ => "image/jpeg",
    }
}
