//! Security headers and a cache policy for every response without its own.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::Response;
use http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY};
use site::response::CachePolicy;
use site::response::security::{self, Sandbox};

use crate::config::Config;

/// Adds missing headers.
pub async fn security_headers(State(config): State<Arc<Config>>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    if !headers.contains_key(CONTENT_SECURITY_POLICY) {
        security::write(headers, &Sandbox::Page, config.is_https());
    }
    if !headers.contains_key(CACHE_CONTROL) {
        headers.insert(CACHE_CONTROL, CachePolicy::NoStore.header());
    }
    response
}
