//! `/marketplace` and all below it that is not finished yet, and the sitemaps of its agents.

pub mod report;
pub mod sitemap;

use std::sync::Arc;

use axum::body::Body;
use axum::extract::{Request, State};
use axum::response::{IntoResponse as _, Response};
use http::header::{ALLOW, CACHE_CONTROL, LOCATION, RETRY_AFTER};
use http::{HeaderMap, HeaderValue, Method, StatusCode};

use super::page;
use crate::edge::answer::answer_in_place;
use crate::edge::policy::CachePolicy;
use crate::error::PageError;
use crate::generation::Generation;
use crate::live::Live;
use crate::marketplace::Ask;
use crate::site_paths::MARKETPLACE;
use crate::view::marketplace::{href, place};

/// Answers what the marketplace shows, in the form that is asked for.
pub async fn show(State(live): State<Arc<Live>>, request: Request) -> Result<Response, PageError> {
    let generation = live.current();
    let path = request.uri().path().strip_prefix(generation.config.public.base_path.as_str()).unwrap_or_default();
    let Some(ask) = Ask::read(path, request.uri().query(), request.headers()) else {
        return match tidy(&generation, path) {
            Some(to) => moved(&to),
            // Or a page of the content folder that begins alike.
            None => page::page(State(live), request).await,
        };
    };
    if request.method() != Method::GET && request.method() != Method::HEAD {
        let mut response = PageError::MethodNotAllowed.into_response();
        response.headers_mut().insert(ALLOW, HeaderValue::from_static("GET, HEAD"));
        return Ok(response);
    }
    let finished = match live.shelf().finished(&ask, &generation).await {
        Ok(finished) => finished,
        Err(PageError::Unavailable) => return Ok(unavailable()),
        Err(error) => return Err(error),
    };
    Ok(match place(&generation, &ask).filter(|_| ask.in_place) {
        Some(place) => answer_in_place(&finished, place, request.method(), request.headers()).map(Body::new),
        None => page::respond(&finished, &request),
    })
}

/// 503, with a time to come again.
pub(super) fn unavailable() -> Response {
    let mut response = PageError::Unavailable.into_response();
    response.headers_mut().insert(RETRY_AFTER, HeaderValue::from_static("5"));
    response
}

/// Where another spelling of an address leads: identifiers in capitals, slashes too many.
fn tidy(generation: &Generation, path: &str) -> Option<String> {
    let rest = path.strip_prefix(MARKETPLACE)?;
    let other = format!("{MARKETPLACE}{}", rest.trim_end_matches('/').to_ascii_lowercase());
    let ask = (other != path).then(|| Ask::read(&other, None, &HeaderMap::new())).flatten()?;
    Some(href(generation, &ask.subject, ask.form))
}

fn moved(to: &str) -> Result<Response, PageError> {
    let location = HeaderValue::try_from(to).map_err(|_| PageError::NotFound)?;
    let headers = [(LOCATION, location), (CACHE_CONTROL, CachePolicy::Redirect.header())];
    Ok((StatusCode::PERMANENT_REDIRECT, headers, format!("Moved to {to}\n")).into_response())
}
