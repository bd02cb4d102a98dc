//! `/search?q=`: the search without JavaScript; `/search.json?q=`: results for the dialog.

use std::sync::Arc;
use std::time::Duration;

use app::model::{SearchGroup, SearchResults};
use axum::Json;
use axum::extract::rejection::QueryRejection;
use axum::extract::{OriginalUri, Query, Request, State};
use axum::response::{IntoResponse as _, Response};
use search::MAX_QUERY_BYTES;
use serde::Deserialize;
use site::SiteSnapshot;
use site::marketplace::{MarketplaceQuery, PageKey};
use site::page::negotiated_parts;
use site::response::{CachePolicy, Effort, PreparedResponse};
use site::view;
use tokio::time::timeout;
use url::form_urlencoded;

use super::page;
use crate::current_site::CurrentSite;
use crate::error::PageError;

/// Maximum wait for agents.
const AGENTS_TIMEOUT: Duration = Duration::from_millis(400);

/// Query parameters of the form.
#[derive(Debug, Deserialize)]
pub struct SearchForm {
    q: Option<String>,
}

/// Shows results as HTML or Markdown; without a query, the prepared page.
pub async fn show(
    State(current): State<Arc<CurrentSite>>,
    uri: OriginalUri,
    query: Result<Query<SearchForm>, QueryRejection>,
    request: Request,
) -> Result<Response, PageError> {
    let Some(q) = query.ok().and_then(|Query(form)| form.q) else {
        return page::show(State(current), uri, request).await;
    };
    let snapshot = current.snapshot();
    let results = run_search(&current, &snapshot, &q).await?;
    let shown: String = q.chars().take(MAX_QUERY_BYTES).collect();
    let view = view::search(&snapshot.context, Some(shown), results);
    let mut parts = negotiated_parts(&snapshot.context.settings, view, request.headers()).await?;
    parts.policy = CachePolicy::NoStore;
    Ok(page::respond_to(&PreparedResponse::new(parts, Effort::Fast, snapshot.context.settings.is_https), &request))
}

/// Returns results as JSON.
pub async fn show_json(
    State(current): State<Arc<CurrentSite>>,
    query: Result<Query<SearchForm>, QueryRejection>,
) -> Result<Response, PageError> {
    let q = query.ok().and_then(|Query(form)| form.q).unwrap_or_default();
    let snapshot = current.snapshot();
    Ok(Json(run_search(&current, &snapshot, &q).await?).into_response())
}

async fn run_search(
    current: &Arc<CurrentSite>,
    snapshot: &Arc<SiteSnapshot>,
    q: &str,
) -> Result<SearchResults, PageError> {
    let search = snapshot.search().await;
    let query = q.to_owned();
    let found = tokio::task::spawn_blocking(move || search.search(&query)).await;
    let found = found.map_err(|error| PageError::Internal(error.to_string()))?;
    let found = found.map_err(|error| PageError::Internal(error.to_string()))?;
    let mut results = view::search_results(&snapshot.context, found);
    if let Some(agents) = search_agents(current, snapshot, q).await {
        // The last hit may be a link to all agents, which isn't counted.
        results.count += agents.hits.iter().filter(|hit| !hit.trail.is_empty()).count();
        results.groups.push(agents);
    }
    Ok(results)
}

/// Finds published agents, shown below the pages. A search waits only briefly for the registry.
async fn search_agents(current: &Arc<CurrentSite>, snapshot: &SiteSnapshot, q: &str) -> Option<SearchGroup> {
    let text = form_urlencoded::Serializer::new(String::new()).append_pair("q", q).finish();
    let (query, _) = MarketplaceQuery::parse(&text);
    if query.text.is_empty() {
        return None;
    }
    let key = PageKey::List(query);
    let cache = current.marketplace();
    if cache.is_down() {
        return None;
    }
    let cached = timeout(AGENTS_TIMEOUT, cache.data(&key)).await.ok()?.ok()?.0;
    view::marketplace::agent_results(&snapshot.context, &key, &cached.data)
}
