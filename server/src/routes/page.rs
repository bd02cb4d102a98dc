//! Every address of content: pages that are not finished yet, old addresses, slashes too many, and nothing at all.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::{Request, State};
use axum::response::{IntoResponse as _, Response};
use http::header::{ALLOW, CACHE_CONTROL, LOCATION};
use http::{HeaderValue, Method, StatusCode};
use percent_encoding::percent_decode_str;

use crate::edge::answer::{answer, answer_in_place};
use crate::edge::finished::Finished;
use crate::edge::policy::CachePolicy;
use crate::error::PageError;
use crate::generation::Generation;
use crate::live::Live;
use crate::site_paths;

/// Answers a path that no other route has.
pub async fn page(State(live): State<Arc<Live>>, request: Request) -> Result<Response, PageError> {
    let generation = live.current();
    let path = percent_decode_str(request.uri().path()).decode_utf8_lossy().into_owned();
    let base = &generation.config.public.base_path;
    let path = path
        .strip_prefix(base.as_str())
        .filter(|rest| rest.is_empty() || rest.starts_with('/'))
        .ok_or(PageError::NotFound)?;
    if let Some((slot, in_place)) = generation.choose(&href(&generation, path), request.headers()) {
        if request.method() != Method::GET && request.method() != Method::HEAD {
            return Ok(not_allowed());
        }
        let finished = generation.finished(slot).await?;
        let Some(place) = in_place else { return Ok(respond(&finished, &request)) };
        return Ok(answer_in_place(&finished, place.clone(), request.method(), request.headers()).map(Body::new));
    }
    if let Some(redirect) = generation.site.redirect(path) {
        let to = if redirect.to.starts_with('/') { with_base(&generation, &redirect.to) } else { redirect.to.clone() };
        return moved(redirect.status, &to, &request);
    }
    let trimmed = path.trim_end_matches('/');
    if trimmed != path && generation.slot(&href(&generation, trimmed)).is_some() {
        return moved(308, &href(&generation, trimmed), &request);
    }
    Err(PageError::NotFound)
}

/// A finished answer for this request.
pub fn respond(finished: &Finished, request: &Request) -> Response {
    answer(finished, request.method(), request.headers()).map(Body::new)
}

/// The home page's address, for a `Location`.
pub fn home(generation: &Generation) -> HeaderValue {
    HeaderValue::try_from(href(generation, "")).unwrap_or(HeaderValue::from_static("/"))
}

/// The address of a decoded site path, as slots are named.
fn href(generation: &Generation, path: &str) -> String {
    let home = generation.config.public.base_path.as_str();
    match path {
        "" | site_paths::HOME if home.is_empty() => site_paths::HOME.to_owned(),
        "" => home.to_owned(),
        path => generation.site.href(path),
    }
}

/// A redirect's end: its path encoded, its fragment kept.
fn with_base(generation: &Generation, to: &str) -> String {
    let (path, fragment) = to.split_at(to.find('#').unwrap_or(to.len()));
    format!("{}{fragment}", href(generation, path))
}

/// A permanent redirect that keeps the query (before a fragment, where there is one).
fn moved(status: u16, to: &str, request: &Request) -> Result<Response, PageError> {
    let (to, policy) = match request.uri().query() {
        Some(query) if !to.contains('?') => {
            let (path, fragment) = to.split_at(to.find('#').unwrap_or(to.len()));
            // A cache that leaves queries out of its keys would hand one reader's to all.
            (format!("{path}?{query}{fragment}"), CachePolicy::NoStore)
        }
        _ => (to.to_owned(), CachePolicy::Redirect),
    };
    let location = HeaderValue::try_from(&to).map_err(|_| PageError::NotFound)?;
    let status = StatusCode::from_u16(status).map_err(|error| PageError::Internal(error.to_string()))?;
    let headers = [(LOCATION, location), (CACHE_CONTROL, policy.header())];
    Ok((status, headers, format!("Moved to {to}\n")).into_response())
}

fn not_allowed() -> Response {
    let mut response = PageError::MethodNotAllowed.into_response();
    response.headers_mut().insert(ALLOW, HeaderValue::from_static("GET, HEAD"));
    response
}
