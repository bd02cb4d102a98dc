//! Rejection of requests before routing: no valid `Host`, long query strings, and malformed paths with dot segments, encoded or not,
//! backslashes, NUL, control characters, or invalid percent-encodings.

use axum::extract::Request;
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use percent_encoding::percent_decode_str;
use web::{host, query_limit};

use crate::error::PageError;

/// Rejects malformed paths and hosts with 400, and long query strings with 414.
pub async fn url_guard(request: Request, next: Next) -> Response {
    if let Err(reason) = host::check(request.version(), request.headers()) {
        return PageError::BadHost(reason).into_response();
    }
    if let Err(excess) = query_limit::check(request.uri().query()) {
        return PageError::LongQuery(excess).into_response();
    }
    match check_path(request.uri().path()) {
        Ok(()) => next.run(request).await,
        Err(reason) => PageError::BadPath(reason).into_response(),
    }
}

/// Validates a path, as in the request line. The error completes "invalid path: it …".
fn check_path(path: &str) -> Result<(), &'static str> {
    let bytes = path.as_bytes();
    let is_encoded = |at: usize| bytes.get(at + 1..at + 3).is_some_and(|hex| hex.iter().all(u8::is_ascii_hexdigit));
    if (0..bytes.len()).any(|at| bytes[at] == b'%' && !is_encoded(at)) {
        return Err("contains an invalid percent-encoding");
    }
    let decoded = percent_decode_str(path).decode_utf8().map_err(|_| "is not UTF-8")?;
    if decoded.contains('\\') {
        return Err("contains a backslash");
    }
    if decoded.chars().any(char::is_control) {
        return Err("contains a control character");
    }
    if decoded.split('/').any(|segment| matches!(segment, "." | "..")) {
        return Err("contains a dot segment");
    }
    // A second decoding would change the path, which is the purpose of double encoding.
    if decoded.to_ascii_lowercase().contains("%2e") || decoded.to_ascii_lowercase().contains("%2f") {
        return Err("is percent-encoded twice");
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn malformed_paths_are_rejected_and_unusual_paths_are_accepted() {
        for wrong in [
            "/../etc/passwd",
            "/a/%2e%2e/b",
            "/a/%2E./b",
            "/a%5cb",
            "/a\\b",
            "/a%00",
            "/a%",
            "/%zz",
            "/%ff",
            "/%252e%252e/",
            "/a/.",
            "/%0d%0ax",
        ] {
            assert!(check_path(wrong).is_err(), "{wrong}");
        }
        for odd in ["/", "/docs/...", "/a%20b", "/%C3%BC", "/.well-known/x", "/a..b", "//", "/a;b=c"] {
            assert!(check_path(odd).is_ok(), "{odd}");
        }
    }
}
