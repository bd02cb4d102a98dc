//! Outermost middleware: request ID, `Host`, limit of the query string, error body, security headers, log line.

use std::net::IpAddr;
use std::sync::Arc;
use std::time::Instant;

use axum::extract::{MatchedPath, Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use domain::rejection::Resource;
use domain::scope::{Scope, Scopes};
use http::header::{ACCESS_CONTROL_ALLOW_ORIGIN, CACHE_CONTROL, CONTENT_LENGTH, WWW_AUTHENTICATE};
use http::{HeaderValue, StatusCode};
use web::client_address::{ClientAddress, Peer};
use web::host;
use web::query_limit;
use web::request_id::RequestId;

use crate::error::{ApiError, ErrorResponse};
use crate::limits::Key;
use crate::state::App;

/// Middleware function.
pub async fn request(State(app): State<Arc<App>>, request: Request, next: Next) -> Response {
    let start = Instant::now();
    let (mut parts, body) = request.into_parts();
    let trusted = &app.config.listen.trusted_proxies;
    let peer = parts.extensions.get::<Peer>().copied().unwrap_or(Peer::UNKNOWN);
    let id = RequestId::of(peer, &parts.headers, trusted);
    parts.extensions.insert(id.clone());
    let ClientAddress(address) = ClientAddress::insert(&mut parts.extensions, &parts.headers, trusted);
    app.addresses.write(app.clock.now(), id.as_str(), address);
    let request = Request::from_parts(parts, body);
    let method = request.method().clone();
    // Logs the route, not the path: a path may contain an ID, or a secret in the wrong place.
    let route = request.extensions().get::<MatchedPath>().map(|path| path.as_str().to_owned());
    let mut response = match check(&app, &request, address) {
        Ok(()) => next.run(request).await,
        Err(error) => error.into_response(),
    };
    if let Some(error) = response.extensions_mut().remove::<ErrorResponse>() {
        response = with_body(&app, response, error, id.as_str());
    } else if matches!(response.status(), StatusCode::NOT_FOUND | StatusCode::METHOD_NOT_ALLOWED)
        && is_router_response(&response)
    {
        response = router_error(&app, &response, id.as_str(), route.is_some());
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
    let route = route.as_deref().unwrap_or("none");
    let status = response.status().as_u16();
    let millis = start.elapsed().as_secs_f64() * 1000.0;
    app.metrics.count_response(method.as_str(), route, status, start.elapsed());
    tracing::info!(%method, route, status, millis, request_id = id.as_str(), "request");
    id.write_header(response.headers_mut());
    response
}

/// Rejects requests without a valid `Host`, rejects long query strings, and counts requests without a route: the limits of all others are in their middleware.
fn check(app: &App, request: &Request, address: IpAddr) -> Result<(), ApiError> {
    host::check(request.version(), request.headers()).map_err(|reason| ApiError::invalid_field("Host", reason))?;
    query_limit::check(request.uri().query()).map_err(|excess| ApiError::invalid_field("query", excess.to_string()))?;
    if request.extensions().get::<MatchedPath>().is_none() {
        app.limits.take(Key::Document(address))?;
    }
    Ok(())
}

/// Returns true for a response of the router itself, without body and content type.
fn is_router_response(response: &Response) -> bool {
    !response.headers().contains_key(http::header::CONTENT_TYPE)
}

fn router_error(app: &App, response: &Response, id: &str, has_route: bool) -> Response {
    let error = match response.status() {
        StatusCode::METHOD_NOT_ALLOWED => ApiError::MethodNotAllowed,
        _ => ApiError::NotFound { missing: Resource::Other },
    };
    let mut error_response = error.into_response();
    if !has_route {
        // Scripts of any origin can read that a path doesn't exist; the layers of CORS belong to routes.
        error_response.headers_mut().insert(ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    }
    // Keeps the headers of the router and its layers: Allow, and those of CORS.
    error_response.headers_mut().extend(response.headers().clone());
    error_response.headers_mut().remove(CONTENT_LENGTH);
    match error_response.extensions_mut().remove::<ErrorResponse>() {
        Some(error) => with_body(app, error_response, error, id),
        None => error_response,
    }
}

fn with_body(app: &App, response: Response, error: ErrorResponse, id: &str) -> Response {
    let (mut parts, _) = response.into_parts();
    let challenge = match (parts.status, error.scope) {
        (StatusCode::UNAUTHORIZED, scope) => challenge(&app.origins.issuer, scope, error.has_invalid_token),
        (StatusCode::FORBIDDEN, Some(scope)) => insufficient_scope(scope),
        _ => None,
    };
    if let Some(value) = challenge {
        parts.headers.insert(WWW_AUTHENTICATE, value);
    }
    let (status, headers) = (parts.status, parts.headers);
    (status, headers, error.body(id)).into_response()
}

/// Builds the challenge of a 401: where to request a token, and its scope (RFC 6750, section 3; RFC 9728, section 5.1).
fn challenge(issuer: &str, scope: Option<Scope>, has_invalid_token: bool) -> Option<HeaderValue> {
    let error = if has_invalid_token { "error=\"invalid_token\", " } else { "" };
    let scope = scope.map(|scope| format!(", scope=\"{}\"", Scopes::from_iter([scope]))).unwrap_or_default();
    let value = format!("Bearer {error}resource_metadata=\"{issuer}/.well-known/oauth-protected-resource\"{scope}");
    HeaderValue::from_str(&value).ok()
}

/// Builds the challenge of a 403: the missing scope (RFC 6750, section 3.1).
fn insufficient_scope(scope: Scope) -> Option<HeaderValue> {
    HeaderValue::from_str(&format!("Bearer error=\"insufficient_scope\", scope=\"{scope}\"")).ok()
}
