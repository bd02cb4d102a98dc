//! Rejection of unsafe methods from other origins.
//!
//! Requires `Sec-Fetch-Site: same-origin`; without that header, the `Origin` must match. No CSRF token is needed: a
//! page of another site can set neither header.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use http::header::ORIGIN;
use http::{HeaderMap, Method};

use crate::config::Config;
use crate::error::PageError;

/// Rejects unsafe methods (RFC 9110 section 9.2.1) from other origins with 403.
pub async fn same_origin(State(config): State<Arc<Config>>, request: Request, next: Next) -> Response {
    let is_safe = matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS | Method::TRACE);
    if is_safe || is_ours(request.headers(), &config.origin()) {
        return next.run(request).await;
    }
    PageError::CrossSite.into_response()
}

fn is_ours(headers: &HeaderMap, origin: &str) -> bool {
    match (headers.get("sec-fetch-site"), headers.get(ORIGIN)) {
        (Some(site), _) => site == "same-origin",
        (None, Some(header)) => header.as_bytes().eq_ignore_ascii_case(origin.as_bytes()),
        (None, None) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_same_origin_requests_are_accepted() {
        let is_accepted = |pairs: &[(&'static str, &'static str)]| {
            let headers =
                pairs.iter().map(|(name, value)| (name.parse().expect("a name"), value.parse().expect("a value")));
            is_ours(&headers.collect(), "https://sentryagent.ai")
        };
        assert!(is_accepted(&[("sec-fetch-site", "same-origin")]));
        assert!(is_accepted(&[("origin", "https://sentryagent.ai")]));
        assert!(!is_accepted(&[("sec-fetch-site", "same-site"), ("origin", "https://sentryagent.ai")]));
        assert!(!is_accepted(&[("sec-fetch-site", "none")]));
        assert!(!is_accepted(&[("origin", "https://evil.example")]));
        assert!(!is_accepted(&[("origin", "null")]));
        assert!(!is_accepted(&[]));
    }
}
