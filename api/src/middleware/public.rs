//! Public resources, cacheable for a minute, with a strong `ETag` over the bytes and conditional requests.

use aws_lc_rs::digest;
use axum::body::{Body, to_bytes};
use axum::extract::Request;
use axum::middleware::Next;
use axum::response::Response;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use headers::{ETag, HeaderMapExt as _, IfNoneMatch};
use http::header::{CACHE_CONTROL, CONTENT_LENGTH, CONTENT_TYPE, ETAG, VARY};
use http::{HeaderMap, HeaderValue, StatusCode};

/// Limit of a response, in bytes.
const MAX_BODY_BYTES: usize = 16 * 1024 * 1024;

/// Middleware function.
pub async fn public(request: Request, next: Next) -> Response {
    let condition = request.headers().typed_get::<IfNoneMatch>();
    let response = next.run(request).await;
    if response.status() != StatusCode::OK {
        return response;
    }
    let (mut parts, body) = response.into_parts();
    let Ok(bytes) = to_bytes(body, MAX_BODY_BYTES).await else {
        parts.status = StatusCode::INTERNAL_SERVER_ERROR;
        return Response::from_parts(parts, Body::empty());
    };
    let etag = format!("\"{}\"", URL_SAFE_NO_PAD.encode(&digest::digest(&digest::SHA256, &bytes).as_ref()[..18]));
    if let Ok(value) = HeaderValue::from_str(&etag) {
        parts.headers.insert(ETAG, value);
    }
    parts.headers.entry(CACHE_CONTROL).or_insert(HeaderValue::from_static("public, max-age=60"));
    parts.headers.append(VARY, HeaderValue::from_static("accept"));
    if condition.is_some_and(|condition| has_current(&condition, &etag)) {
        parts.status = StatusCode::NOT_MODIFIED;
        remove_content_headers(&mut parts.headers);
        return Response::from_parts(parts, Body::empty());
    }
    parts.headers.insert(CONTENT_LENGTH, HeaderValue::from(bytes.len()));
    Response::from_parts(parts, Body::from(bytes))
}

/// Returns true if the client has the current version, by weak comparison (RFC 9110, section 13.1.2).
fn has_current(condition: &IfNoneMatch, etag: &str) -> bool {
    etag.parse::<ETag>().is_ok_and(|etag| !condition.precondition_passes(&etag))
}

fn remove_content_headers(headers: &mut HeaderMap) {
    headers.remove(CONTENT_TYPE);
    headers.remove(CONTENT_LENGTH);
}

#[cfg(test)]
mod tests {
    use http::header::IF_NONE_MATCH;

    use super::*;

    fn is_current(lines: &[&str]) -> bool {
        let mut headers = HeaderMap::new();
        for line in lines {
            headers.append(IF_NONE_MATCH, line.parse().expect("a header"));
        }
        headers.typed_get().is_some_and(|condition| has_current(&condition, "\"a,1\""))
    }

    #[test]
    fn a_tag_in_the_list_is_current() {
        for lines in [&["\"a,1\""][..], &["W/\"a,1\""], &["\"x\", \"a,1\""], &["\"x\"", "\"a,1\""], &["*"]] {
            assert!(is_current(lines), "{lines:?}");
        }
    }

    #[test]
    fn other_tags_and_tags_without_quotes_are_not_current() {
        for lines in [&[][..], &["\"b\""], &["a,1"], &["W/W/\"a,1\""], &[""]] {
            assert!(!is_current(lines), "{lines:?}");
        }
    }
}
