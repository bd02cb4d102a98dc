//! `/sitemap-agents.xml`: the index of the sitemaps of published agents; `/sitemap-agents/{number}.xml`: a sitemap
//! (sitemaps.org, version 0.9).

use std::sync::Arc;

use axum::extract::{Path, Request, State};
use axum::response::Response;
use bytes::Bytes;
use http::{HeaderValue, StatusCode};
use site::SiteSnapshot;
use site::marketplace::{Format, PageKey, page_href};
use site::paths::{MARKETPLACE, SITEMAP_AGENTS};
use site::response::{CachePolicy, Effort, PreparedResponse, ResponseParts, Sandbox};
use site::text::sitemap::write_entries;

use super::unavailable;
use crate::current_site::CurrentSite;
use crate::error::PageError;
use crate::routes::page::respond_to;

/// Serves the index; 503 until all agents are loaded.
pub async fn show_index(State(current): State<Arc<CurrentSite>>, request: Request) -> Result<Response, PageError> {
    let snapshot = current.snapshot();
    let Some(count) = current.marketplace().directory.sitemap_count() else { return Ok(unavailable()) };
    let folder = snapshot.context.site.href(SITEMAP_AGENTS.trim_end_matches(".xml"));
    let addresses =
        (1..=count).map(|number| (snapshot.context.settings.absolute_url(&format!("{folder}/{number}.xml")), None));
    sitemap_response(&snapshot, &request, "sitemapindex", "sitemap", addresses)
}

/// Serves a sitemap.
pub async fn show_sitemap(
    State(current): State<Arc<CurrentSite>>,
    Path(name): Path<String>,
    request: Request,
) -> Result<Response, PageError> {
    let snapshot = current.snapshot();
    let number = name.strip_suffix(".xml").and_then(|number| number.parse().ok()).ok_or(PageError::NotFound)?;
    let agents = current.marketplace().directory.sitemap(number).ok_or(PageError::NotFound)?;
    let absolute = |path: &str| snapshot.context.settings.absolute_url(path);
    // The first sitemap includes the list: without a marketplace, there are neither agents nor a list.
    let list = (number == 1).then(|| (absolute(&snapshot.context.site.href(MARKETPLACE)), None));
    let addresses = agents.into_iter().map(|(id, at)| {
        let day = at.to_string().chars().take(10).collect::<String>();
        (absolute(&page_href(&snapshot.context, &PageKey::Agent(id), Format::Html)), Some(day))
    });
    let addresses = list.into_iter().chain(addresses);
    sitemap_response(&snapshot, &request, "urlset", "url", addresses)
}

fn sitemap_response(
    snapshot: &SiteSnapshot,
    request: &Request,
    root: &str,
    entry: &str,
    addresses: impl Iterator<Item = (String, Option<String>)>,
) -> Result<Response, PageError> {
    let body =
        write_entries(root, entry, addresses).map_err(|error| PageError::Internal(format!("sitemap: {error}")))?;
    let parts = ResponseParts {
        status: StatusCode::OK,
        content_type: HeaderValue::from_static("application/xml; charset=utf-8"),
        body: Bytes::from(body),
        policy: CachePolicy::Agents,
        sandbox: Sandbox::File,
        varies_by_accept: false,
        extra: Vec::new(),
    };
    Ok(respond_to(&PreparedResponse::new(parts, Effort::Fast, snapshot.context.settings.is_https), request))
}
