//! All URLs of the site: pages without a prepared response, redirects, trailing slashes, and unknown paths.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::{OriginalUri, Request, State};
use axum::response::{IntoResponse as _, Response};
use http::header::{ALLOW, CACHE_CONTROL, LOCATION};
use http::{HeaderValue, Method, StatusCode};
use percent_encoding::percent_decode_str;
use site::SiteSnapshot;
use site::paths;
use site::response::respond::{respond, respond_in_place};
use site::response::{CachePolicy, PreparedResponse};

use crate::current_site::CurrentSite;
use crate::error::PageError;

/// Serves a path without a route of its own.
///
/// # Errors
///
/// [`PageError::NotFound`] for an unknown path; [`PageError::Internal`] when rendering fails.
pub async fn show(
    State(current): State<Arc<CurrentSite>>,
    OriginalUri(uri): OriginalUri,
    request: Request,
) -> Result<Response, PageError> {
    let snapshot = current.snapshot();
    let path = percent_decode_str(uri.path()).decode_utf8_lossy().into_owned();
    let base = &snapshot.context.settings.base_path;
    let path = path
        .strip_prefix(base.as_str())
        .filter(|rest| rest.is_empty() || rest.starts_with('/'))
        .ok_or(PageError::NotFound)?;
    if let Some((entry, location)) = snapshot.select_entry(&href(&snapshot, path), request.headers()) {
        if request.method() != Method::GET && request.method() != Method::HEAD {
            return Ok(method_not_allowed());
        }
        let prepared = snapshot.prepare(entry).await?;
        let Some(location) = location else { return Ok(respond_to(&prepared, &request)) };
        return Ok(respond_in_place(&prepared, location.clone(), request.method(), request.headers()).map(Body::new));
    }
    if let Some(redirect) = snapshot.context.site.redirect(path) {
        let to = if redirect.to.starts_with('/') { with_base(&snapshot, &redirect.to) } else { redirect.to.clone() };
        return moved(redirect.status, &to, &request);
    }
    let trimmed = path.trim_end_matches('/');
    if trimmed != path && snapshot.entry(&href(&snapshot, trimmed)).is_some() {
        return moved(308, &href(&snapshot, trimmed), &request);
    }
    Err(PageError::NotFound)
}

/// Responds to a request with a prepared response.
pub fn respond_to(prepared: &PreparedResponse, request: &Request) -> Response {
    respond(prepared, request.method(), request.headers()).map(Body::new)
}

/// URL of the home page, for a `Location` header.
pub fn home_location(snapshot: &SiteSnapshot) -> HeaderValue {
    HeaderValue::try_from(href(snapshot, "")).unwrap_or(HeaderValue::from_static("/"))
}

/// URL of a decoded site path, as in the entries of a snapshot.
fn href(snapshot: &SiteSnapshot, path: &str) -> String {
    match path {
        "" => snapshot.context.settings.home_href(),
        paths::HOME if snapshot.context.settings.base_path.is_empty() => paths::HOME.to_owned(),
        path => snapshot.context.site.href(path),
    }
}

/// Target of a redirect: the path is encoded, the fragment unchanged.
fn with_base(snapshot: &SiteSnapshot, to: &str) -> String {
    let (path, fragment) = to.split_at(to.find('#').unwrap_or(to.len()));
    format!("{}{fragment}", href(snapshot, path))
}

/// Builds a permanent redirect that preserves the query (before a fragment, if there is one).
fn moved(status: u16, to: &str, request: &Request) -> Result<Response, PageError> {
    let (to, policy) = match request.uri().query() {
        Some(query) if !to.contains('?') => {
            let (path, fragment) = to.split_at(to.find('#').unwrap_or(to.len()));
            // A cache that ignores queries would send one reader's query to all readers.
            (format!("{path}?{query}{fragment}"), CachePolicy::NoStore)
        }
        _ => (to.to_owned(), CachePolicy::Redirect),
    };
    let location = HeaderValue::try_from(&to).map_err(|_| PageError::NotFound)?;
    let status = StatusCode::from_u16(status).map_err(|error| PageError::Internal(error.to_string()))?;
    let headers = [(LOCATION, location), (CACHE_CONTROL, policy.header())];
    Ok((status, headers, format!("Moved to {to}\n")).into_response())
}

fn method_not_allowed() -> Response {
    let mut response = PageError::MethodNotAllowed.into_response();
    response.headers_mut().insert(ALLOW, HeaderValue::from_static("GET, HEAD"));
    response
}
