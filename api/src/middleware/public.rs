//! What everybody may read and keep: a strong `ETag` over the bytes, 304, a minute in caches.

use aws_lc_rs::digest;
use axum::body::{Body, to_bytes};
use axum::extract::Request;
use axum::middleware::Next;
use axum::response::Response;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use http::header::{CACHE_CONTROL, CONTENT_LENGTH, CONTENT_TYPE, ETAG, IF_NONE_MATCH, VARY};
use http::{HeaderMap, HeaderValue, StatusCode};

/// Largest answer of these routes, in bytes.
const LARGEST: usize = 16 * 1024 * 1024;

/// The layer.
pub async fn public(request: Request, next: Next) -> Response {
    let asked = request.headers().get(IF_NONE_MATCH).cloned();
    let response = next.run(request).await;
    if response.status() != StatusCode::OK {
        return response;
    }
    let (mut parts, body) = response.into_parts();
    let Ok(bytes) = to_bytes(body, LARGEST).await else {
        parts.status = StatusCode::INTERNAL_SERVER_ERROR;
        return Response::from_parts(parts, Body::empty());
    };
    let etag = format!("\"{}\"", URL_SAFE_NO_PAD.encode(&digest::digest(&digest::SHA256, &bytes).as_ref()[..18]));
    if let Ok(value) = HeaderValue::from_str(&etag) {
        parts.headers.insert(ETAG, value);
    }
    parts.headers.entry(CACHE_CONTROL).or_insert(HeaderValue::from_static("public, max-age=60"));
    parts.headers.append(VARY, HeaderValue::from_static("accept"));
    if asked.is_some_and(|asked| matches(&asked, &etag)) {
        parts.status = StatusCode::NOT_MODIFIED;
        strip(&mut parts.headers);
        return Response::from_parts(parts, Body::empty());
    }
    parts.headers.insert(CONTENT_LENGTH, HeaderValue::from(bytes.len()));
    Response::from_parts(parts, Body::from(bytes))
}

/// The weak comparison of RFC 9110, section 13.1.2.
fn matches(asked: &HeaderValue, etag: &str) -> bool {
    let Ok(asked) = asked.to_str() else { return false };
    asked.split(',').map(str::trim).any(|one| one == "*" || one.trim_start_matches("W/") == etag)
}

fn strip(headers: &mut HeaderMap) {
    headers.remove(CONTENT_TYPE);
    headers.remove(CONTENT_LENGTH);
}
