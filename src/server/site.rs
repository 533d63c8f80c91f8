//! The static site: files as they are, compressed, and looked at again on each visit.

use std::path::Path;

use axum::Router;
use axum::extract::Request;
use axum::http::header::{
    CACHE_CONTROL, CONTENT_LENGTH, ETAG, IF_MODIFIED_SINCE, IF_NONE_MATCH, LAST_MODIFIED,
};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::middleware::{Next, from_fn};
use axum::response::{IntoResponse, Response};
use tower_http::compression::CompressionLayer;
use tower_http::services::ServeDir;

/// Serves a folder.
pub fn router(folder: &Path) -> Router {
    Router::new()
        .fallback_service(ServeDir::new(folder))
        .layer(from_fn(revalidate))
        .layer(CompressionLayer::new())
}

/// File names stay the same from build to build, so browsers ask each time; an entity tag makes
/// the answer short where nothing changed.
async fn revalidate(mut request: Request, next: Next) -> Response {
    let known = request.headers_mut().remove(IF_NONE_MATCH);
    if known.is_some() {
        // The tag is the finer of the two (RFC 9110 §13.1.3).
        request.headers_mut().remove(IF_MODIFIED_SINCE);
    }
    let mut response = next.run(request).await;
    if let Some(tag) = tag(response.headers()) {
        if response.status() == StatusCode::OK && known.is_some_and(|known| names(&known, &tag)) {
            response = StatusCode::NOT_MODIFIED.into_response();
        }
        response.headers_mut().insert(ETAG, tag);
    }
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    response
}

/// A weak tag, since the same file travels in several encodings.
fn tag(headers: &HeaderMap) -> Option<HeaderValue> {
    let modified = headers.get(LAST_MODIFIED)?.to_str().ok()?;
    let length = headers.get(CONTENT_LENGTH)?.to_str().ok()?;
    let modified: String = modified.chars().filter(char::is_ascii_alphanumeric).collect();
    HeaderValue::from_str(&format!("W/\"{length}-{modified}\"")).ok()
}

fn names(known: &HeaderValue, tag: &HeaderValue) -> bool {
    let known = known.to_str().unwrap_or_default();
    let tag = tag.to_str().unwrap_or_default().trim_start_matches("W/");
    known.split(',').any(|known| known.trim().trim_start_matches("W/") == tag)
}
