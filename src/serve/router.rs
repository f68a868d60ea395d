//! Which address is answered by what.

use std::any::Any;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use axum::http::header::{CACHE_CONTROL, RETRY_AFTER};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::middleware::{from_fn, map_response};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::timeout::TimeoutLayer;
use tracing::error;

use super::document::{Document, Kind};
use super::pages::{self, Frame};
use super::{Server, Trouble, guard, style};
use crate::model::{ArticleId, FeedId, SourceId};
use crate::publish;

/// Longest time for one answer.
const ANSWER_DEADLINE: Duration = Duration::from_secs(30);
/// Seconds after which a reader may ask again while the store is away.
const RETRY_AFTER_SECONDS: &str = "30";
/// Seconds after which a reader may ask again for what others are asking for at the same time.
const RETRY_SOON_SECONDS: &str = "5";

/// Why there is no page.
#[derive(Debug, thiserror::Error)]
pub(super) enum Lost {
    #[error("there is no such page")]
    Unknown,
    #[error(transparent)]
    Trouble(#[from] Trouble),
    #[error("others are being answered")]
    Busy,
    #[error("the answer could not be made")]
    Broken,
    #[error("can't write the page")]
    Template(#[from] askama::Error),
}

type Id = Result<Path<String>, PathRejection>;
type Shared = State<Arc<Server>>;

/// All addresses of the server.
pub(super) fn routes(server: Server) -> Router {
    Router::new()
        .route("/", get(index))
        .route("/feeds/{id}", get(feed))
        .route("/articles/{id}", get(article))
        .route("/articles/{id}/explain", get(explanation))
        .route("/sources", get(sources))
        .route("/sources/{id}", get(source))
        .route("/opml.xml", get(opml))
        .route("/healthz", get(healthz))
        .route("/readyz", get(readyz))
        .route(&format!("/{}", *style::NAME), get(stylesheet))
        .fallback(unknown)
        .with_state(Arc::new(server))
        .layer(from_fn(guard::bound_target))
        .layer(TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, ANSWER_DEADLINE))
        .layer(CatchPanicLayer::custom(panicked))
        .layer(map_response(guard::protect))
}

async fn index(State(server): Shared, headers: HeaderMap) -> Response {
    server.show(pages::index(&server).await, &headers)
}

async fn sources(State(server): Shared, headers: HeaderMap) -> Response {
    server.show(pages::sources(&server).await, &headers)
}

async fn source(State(server): Shared, id: Id, headers: HeaderMap) -> Response {
    let page = match parsed::<SourceId>(id) {
        Some(id) => pages::source(&server, &id).await,
        None => Err(Lost::Unknown),
    };
    server.show(page, &headers)
}

async fn article(State(server): Shared, id: Id, headers: HeaderMap) -> Response {
    let page = match parsed::<ArticleId>(id) {
        Some(id) => pages::article(&server, id).await,
        None => Err(Lost::Unknown),
    };
    server.show(page, &headers)
}

async fn explanation(State(server): Shared, id: Id, headers: HeaderMap) -> Response {
    let page = match parsed::<ArticleId>(id) {
        Some(id) => pages::explanation(&server, id).await,
        None => Err(Lost::Unknown),
    };
    server.show(page, &headers)
}

/// `/feeds/tech` is a page; `/feeds/tech.rss`, `.atom` and `.json` are the feed.
async fn feed(State(server): Shared, name: Id, headers: HeaderMap) -> Response {
    let Ok(Path(name)) = name else { return server.lost(&Lost::Unknown) };
    let (id, kind) = match name.rsplit_once('.') {
        Some((id, "rss")) => (id, Some(Kind::Rss)),
        Some((id, "atom")) => (id, Some(Kind::Atom)),
        Some((id, "json")) => (id, Some(Kind::Json)),
        _ => (name.as_str(), None),
    };
    let catalogue = server.catalogue();
    let Some(spec) = id.parse::<FeedId>().ok().and_then(|id| catalogue.feed(&id)) else {
        return server.lost(&Lost::Unknown);
    };
    match kind {
        None => server.show(pages::feed(&server, spec).await, &headers),
        Some(kind) => server.feed(spec, kind, &headers).await.unwrap_or_else(|trouble| server.lost(&trouble.into())),
    }
}

async fn opml(State(server): Shared, headers: HeaderMap) -> Response {
    let catalogue = server.catalogue();
    let bytes = publish::opml("Offprint", &catalogue.feeds, &catalogue.public);
    Document::new(Kind::Opml, bytes, None).answer(&headers)
}

async fn stylesheet(headers: HeaderMap) -> Response {
    style::STYLE.answer(&headers)
}

async fn healthz() -> Response {
    plain(StatusCode::OK, "ok\n".to_owned())
}

async fn readyz(State(server): Shared) -> Response {
    match server.ask(server.app.store.ping()).await {
        Ok(()) => plain(StatusCode::OK, "ready\n".to_owned()),
        Err(trouble) => plain(StatusCode::SERVICE_UNAVAILABLE, format!("not ready: {}\n", chain(&trouble))),
    }
}

async fn unknown(State(server): Shared) -> Response {
    server.lost(&Lost::Unknown)
}

impl Server {
    fn show(&self, page: Result<Document, Lost>, headers: &HeaderMap) -> Response {
        page.map_or_else(|lost| self.lost(&lost), |page| page.answer(headers))
    }

    /// An answer for who asked for what isn't there: a page, whatever was asked for, and never a feed.
    fn lost(&self, lost: &Lost) -> Response {
        let status = match lost {
            Lost::Unknown => StatusCode::NOT_FOUND,
            Lost::Trouble(_) | Lost::Busy => StatusCode::SERVICE_UNAVAILABLE,
            Lost::Broken | Lost::Template(_) => StatusCode::INTERNAL_SERVER_ERROR,
        };
        let Ok(page) = pages::error(&Frame::new(&self.catalogue()), status, lost) else {
            return plain(status, format!("{lost}\n"));
        };
        let mut response = page.answer_as(status);
        if status == StatusCode::SERVICE_UNAVAILABLE {
            let seconds = if matches!(lost, Lost::Busy) { RETRY_SOON_SECONDS } else { RETRY_AFTER_SECONDS };
            response.headers_mut().insert(RETRY_AFTER, HeaderValue::from_static(seconds));
        }
        response
    }
}

/// An id in the one spelling we write it in; `{UUID}` and the like name nothing.
fn parsed<T: std::str::FromStr + ToString>(id: Id) -> Option<T> {
    let Path(text) = id.ok()?;
    text.parse().ok().filter(|id: &T| id.to_string() == text)
}

fn plain(status: StatusCode, text: String) -> Response {
    (status, [(CACHE_CONTROL, "no-store")], text).into_response()
}

fn panicked(panic: Box<dyn Any + Send + 'static>) -> Response {
    let text = panic.downcast_ref::<String>().map(String::as_str).or_else(|| panic.downcast_ref::<&str>().copied());
    error!(panic = text.unwrap_or("unknown"), "A request made the server panic; please report it");
    plain(StatusCode::INTERNAL_SERVER_ERROR, "this should not have happened; the log says more\n".to_owned())
}

fn chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        text.push_str(&format!(": {error}"));
        cause = error.source();
    }
    text
}
