//! What holds for every answer: nothing runs, nothing is sniffed, nothing is told to other sites.

use axum::extract::Request;
use axum::http::StatusCode;
use axum::http::header::{CONTENT_SECURITY_POLICY, HeaderName, HeaderValue, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

/// Longest path and query: ours are under 120 bytes.
const MAX_TARGET_BYTES: usize = 2048;

/// Pages show pictures and media of the web, a stylesheet of ours, and the players that `normalise` lets through;
/// they run nothing.
const POLICY: &str = "default-src 'none'; style-src 'self'; img-src https: http: data:; media-src https: http:; \
    frame-src https://www.youtube-nocookie.com https://www.youtube.com https://player.vimeo.com \
    https://www.dailymotion.com https://geo.dailymotion.com https://w.soundcloud.com https://open.spotify.com \
    https://bandcamp.com https://embed.podcasts.apple.com https://archive.org; \
    form-action 'none'; base-uri 'none'; frame-ancestors 'none'";

const HEADERS: [(HeaderName, &str); 3] =
    [(CONTENT_SECURITY_POLICY, POLICY), (X_CONTENT_TYPE_OPTIONS, "nosniff"), (REFERRER_POLICY, "no-referrer")];

/// Adds what every answer says.
pub(super) async fn protect(mut response: Response) -> Response {
    for (name, value) in HEADERS {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    response
}

/// Refuses addresses that can't be ours before anybody looks at them.
pub(super) async fn bound_target(request: Request, next: Next) -> Response {
    let n_bytes = request.uri().path_and_query().map_or(0, |target| target.as_str().len());
    if n_bytes > MAX_TARGET_BYTES {
        return (StatusCode::URI_TOO_LONG, "this address is too long\n").into_response();
    }
    next.run(request).await
}
