//! A request's beginning and end: it gets an id, its error a body, and the log a line.

use std::sync::Arc;
use std::time::Instant;

use axum::extract::{MatchedPath, Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use domain::rejection::Resource;
use domain::scope::{Scope, Scopes};
use http::header::{CACHE_CONTROL, CONTENT_LENGTH, WWW_AUTHENTICATE};
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use uuid::Uuid;

use crate::error::{ApiError, Told};
use crate::extract::address;
use crate::state::App;

/// The header that carries the id, in both directions.
pub const HEADER: HeaderName = HeaderName::from_static("x-request-id");

/// The id of a request: the proxy's, if it sent a plausible one, else a new one (UUID version 7, RFC 9562).
#[derive(Clone, Debug)]
pub struct RequestId(pub String);

/// The layer.
pub async fn request(State(app): State<Arc<App>>, mut request: Request, next: Next) -> Response {
    let start = Instant::now();
    let id = id(request.headers());
    request.extensions_mut().insert(RequestId(id.clone()));
    let (parts, body) = request.into_parts();
    app.addresses.note(app.clock.now(), &id, address::of(&parts, &app.config.listen.trusted_proxies));
    let request = Request::from_parts(parts, body);
    let method = request.method().clone();
    // The route and not the address: what stands in an address may be somebody's.
    let route =
        request.extensions().get::<MatchedPath>().map_or_else(|| "none".to_owned(), |path| path.as_str().to_owned());
    let mut response = next.run(request).await;
    if let Some(told) = response.extensions_mut().remove::<Told>() {
        response = with_body(&app, response, told, &id);
    } else if matches!(response.status(), StatusCode::NOT_FOUND | StatusCode::METHOD_NOT_ALLOWED)
        && is_axums_own(&response)
    {
        response = plain(&app, &response, &id);
    }
    if let Ok(value) = HeaderValue::from_str(&id) {
        response.headers_mut().insert(HEADER, value);
    }
    let headers = response.headers_mut();
    headers.entry("x-content-type-options").or_insert(HeaderValue::from_static("nosniff"));
    headers.entry("referrer-policy").or_insert(HeaderValue::from_static("no-referrer"));
    headers
        .entry("content-security-policy")
        .or_insert(HeaderValue::from_static("default-src 'none'; frame-ancestors 'none'"));
    headers.entry(CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    if app.origins.issuer.starts_with("https://") {
        headers.entry("strict-transport-security").or_insert(HeaderValue::from_static("max-age=31536000"));
    }
    let status = response.status().as_u16();
    let millis = start.elapsed().as_secs_f64() * 1000.0;
    app.metrics.answered(method.as_str(), &route, status, start.elapsed());
    tracing::info!(%method, route, status, millis, request_id = id, "request");
    response
}

/// An answer of the router itself: it has no body and no type.
fn is_axums_own(response: &Response) -> bool {
    !response.headers().contains_key(http::header::CONTENT_TYPE)
}

fn plain(app: &App, response: &Response, id: &str) -> Response {
    let error = match response.status() {
        StatusCode::METHOD_NOT_ALLOWED => ApiError::MethodNotAllowed,
        _ => ApiError::NotFound { missing: Resource::Other },
    };
    let mut answer = error.into_response();
    // What the router and its layers say stays: Allow, and who may read it.
    answer.headers_mut().extend(response.headers().clone());
    answer.headers_mut().remove(CONTENT_LENGTH);
    match answer.extensions_mut().remove::<Told>() {
        Some(told) => with_body(app, answer, told, id),
        None => answer,
    }
}

fn with_body(app: &App, response: Response, told: Told, id: &str) -> Response {
    let (mut parts, _) = response.into_parts();
    let challenge = match (parts.status, told.scope) {
        (StatusCode::UNAUTHORIZED, scope) => challenge(&app.origins.issuer, scope, told.is_refused),
        (StatusCode::FORBIDDEN, Some(scope)) => insufficient(scope),
        _ => None,
    };
    if let Some(value) = challenge {
        parts.headers.insert(WWW_AUTHENTICATE, value);
    }
    let (status, headers) = (parts.status, parts.headers);
    (status, headers, told.body(id)).into_response()
}

/// Where a token is got, and with which scope (RFC 6750, section 3; RFC 9728, section 5.1).
fn challenge(issuer: &str, scope: Option<Scope>, is_refused: bool) -> Option<HeaderValue> {
    let error = if is_refused { "error=\"invalid_token\", " } else { "" };
    let scope = scope.map(|scope| format!(", scope=\"{}\"", Scopes::from_iter([scope]))).unwrap_or_default();
    let value = format!("Bearer {error}resource_metadata=\"{issuer}/.well-known/oauth-protected-resource\"{scope}");
    HeaderValue::from_str(&value).ok()
}

/// Which scope the token would need (RFC 6750, section 3.1).
fn insufficient(scope: Scope) -> Option<HeaderValue> {
    HeaderValue::from_str(&format!("Bearer error=\"insufficient_scope\", scope=\"{scope}\"")).ok()
}

fn id(headers: &HeaderMap) -> String {
    let given = headers.get(HEADER).and_then(|value| value.to_str().ok());
    let is_plausible = |id: &&str| {
        (8..=64).contains(&id.len())
            && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
    };
    given.filter(is_plausible).map_or_else(|| Uuid::now_v7().to_string(), str::to_owned)
}
