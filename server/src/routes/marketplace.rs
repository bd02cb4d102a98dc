//! `/marketplace` and all pages below without a fresh response, and the sitemaps of agents.

pub mod report;
pub mod sitemap;

use std::sync::Arc;

use axum::body::Body;
use axum::extract::{OriginalUri, Request, State};
use axum::response::{IntoResponse as _, Response};
use http::header::{ALLOW, CACHE_CONTROL, LOCATION, RETRY_AFTER};
use http::{HeaderMap, HeaderValue, Method, StatusCode};

use site::SiteContext;
use site::marketplace::{PageRequest, markdown_location, page_href};
use site::paths::MARKETPLACE;
use site::response::CachePolicy;
use site::response::respond::respond_in_place;

use super::page;
use crate::current_site::CurrentSite;
use crate::error::PageError;

/// Serves a page of the marketplace in the requested format.
///
/// # Errors
///
/// [`PageError::NotFound`] for an unknown page; [`PageError::Internal`] when rendering fails.
pub async fn show(
    State(current): State<Arc<CurrentSite>>,
    uri: OriginalUri,
    request: Request,
) -> Result<Response, PageError> {
    let snapshot = current.snapshot();
    let Some(page) = PageRequest::parse(request.uri().path(), request.uri().query(), request.headers()) else {
        return match canonical_href(&snapshot.context, request.uri().path()) {
            Some(to) => redirect_permanently(&to),
            // The content folder may have a page with the same prefix.
            None => page::show(State(current), uri, request).await,
        };
    };
    if request.method() != Method::GET && request.method() != Method::HEAD {
        let mut response = PageError::MethodNotAllowed.into_response();
        response.headers_mut().insert(ALLOW, HeaderValue::from_static("GET, HEAD"));
        return Ok(response);
    }
    let prepared = match current.marketplace().response(&page, &snapshot).await {
        Ok(prepared) => prepared,
        Err(PageError::Unavailable) => return Ok(unavailable()),
        Err(error) => return Err(error),
    };
    Ok(match markdown_location(&snapshot.context, &page).filter(|_| page.in_place) {
        Some(location) => respond_in_place(&prepared, location, request.method(), request.headers()).map(Body::new),
        None => page::respond_to(&prepared, &request),
    })
}

/// Builds a 503 with `Retry-After`.
pub(super) fn unavailable() -> Response {
    let mut response = PageError::Unavailable.into_response();
    response.headers_mut().insert(RETRY_AFTER, HeaderValue::from_static("5"));
    response
}

/// Canonical URL of a different spelling: uppercase IDs, trailing slashes.
fn canonical_href(context: &SiteContext, path: &str) -> Option<String> {
    let rest = path.strip_prefix(MARKETPLACE)?;
    let other = format!("{MARKETPLACE}{}", rest.trim_end_matches('/').to_ascii_lowercase());
    let page = (other != path).then(|| PageRequest::parse(&other, None, &HeaderMap::new())).flatten()?;
    Some(page_href(context, &page.key, page.format))
}

fn redirect_permanently(to: &str) -> Result<Response, PageError> {
    let location = HeaderValue::try_from(to).map_err(|_| PageError::NotFound)?;
    let headers = [(LOCATION, location), (CACHE_CONTROL, CachePolicy::Redirect.header())];
    Ok((StatusCode::PERMANENT_REDIRECT, headers, format!("Moved to {to}\n")).into_response())
}
