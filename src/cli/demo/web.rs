//! Serves a sample site: validators and conditional answers, pictures, robots.txt, a page for what isn't there.

use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, Response, StatusCode, Uri, header};
use axum::routing::get;
use chrono::DateTime;
use url::Url;
use xxhash_rust::xxh3::xxh3_64;

use super::edition::Edition;
use super::paper::{Answer, Paper};
use super::picture;
use super::site::{Request, Site};
use crate::model::Timestamp;

/// The smallest picture there is: one transparent point.
const PIXEL: &[u8] =
    b"GIF89a\x01\0\x01\0\x80\0\0\0\0\0\xff\xff\xff!\xf9\x04\x01\0\0\0\0,\0\0\0\0\x01\0\x01\0\0\x02\x01D\0;";

struct Press {
    site: Site,
    edition: Edition,
    base: String,
}

pub(crate) fn router(site: Site, edition: Edition, base: &Url) -> Router {
    let base = base.as_str().trim_end_matches('/').to_owned();
    let press = Arc::new(Press { site, edition, base });
    Router::new().route("/", get(serve)).route("/{*path}", get(serve)).with_state(press)
}

async fn serve(State(press): State<Arc<Press>>, uri: Uri, asked: HeaderMap) -> Response<Body> {
    let paper = Paper::new(&press.site, &press.edition, &press.base);
    let updated = paper.updated();
    let path = uri.path();
    if let Some(picture) = picture::at(path) {
        return document(StatusCode::OK, picture.content_type, picture.body, None, &asked);
    }
    match path {
        "/robots.txt" => {
            let robots = press.site.robots.replace("{base}", &press.base);
            return document(StatusCode::OK, "text/plain; charset=utf-8", robots.into_bytes(), None, &asked);
        }
        "/px.gif" => return document(StatusCode::OK, "image/gif", PIXEL.to_vec(), None, &asked),
        _ => {}
    }
    let request = Request { path, query: uri.query().unwrap_or_default() };
    match (press.site.answer)(&paper, &request) {
        Some(Answer::Document { content_type, body }) => {
            document(StatusCode::OK, content_type, body.into_bytes(), Some(updated), &asked)
        }
        Some(Answer::Moved(to)) => moved(&to),
        None => {
            let page = (press.site.not_found)(&paper).into_bytes();
            document(StatusCode::NOT_FOUND, "text/html; charset=utf-8", page, None, &asked)
        }
    }
}

fn document(
    status: StatusCode,
    content_type: &str,
    body: Vec<u8>,
    modified: Option<Timestamp>,
    asked: &HeaderMap,
) -> Response<Body> {
    let etag = format!("\"{:016x}\"", xxh3_64(&body));
    let unchanged = status == StatusCode::OK && is_known(asked, &etag, modified);
    let mut answer = Response::builder()
        .status(if unchanged { StatusCode::NOT_MODIFIED } else { status })
        .header(header::SERVER, "nginx")
        .header(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    if status == StatusCode::OK {
        answer = answer.header(header::ETAG, etag).header(header::CACHE_CONTROL, "no-cache");
    }
    if let Some(modified) = modified.filter(|_| status == StatusCode::OK) {
        answer = answer.header(header::LAST_MODIFIED, modified.http_date());
    }
    let body = match unchanged {
        true => answer.body(Body::empty()),
        false => answer.header(header::CONTENT_TYPE, content_type).body(Body::from(body)),
    };
    body.unwrap_or_default()
}

/// Whether the visitor has this already; `If-None-Match` decides where it is sent (RFC 9110, section 13.2.2).
fn is_known(asked: &HeaderMap, etag: &str, modified: Option<Timestamp>) -> bool {
    let text = |name| asked.get(name).and_then(|value: &header::HeaderValue| value.to_str().ok());
    if let Some(tags) = text(header::IF_NONE_MATCH) {
        return tags.split(',').map(|tag| tag.trim().trim_start_matches("W/")).any(|tag| tag == etag || tag == "*");
    }
    let since = text(header::IF_MODIFIED_SINCE).and_then(|since| DateTime::parse_from_rfc2822(since).ok());
    match (since, modified) {
        (Some(since), Some(modified)) => modified.as_millis() <= since.timestamp_millis(),
        _ => false,
    }
}

fn moved(to: &str) -> Response<Body> {
    let answer = Response::builder().status(StatusCode::MOVED_PERMANENTLY).header(header::LOCATION, to);
    answer.body(Body::empty()).unwrap_or_default()
}
