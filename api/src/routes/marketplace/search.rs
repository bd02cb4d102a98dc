//! `GET /api/v1/marketplace/agents`

mod links;
mod parse;

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use axum::Json;
use axum::extract::{OriginalUri, State};
use axum::response::{AppendHeaders, IntoResponse as _, Response};
use http::header::LINK;
use serde::{Deserialize, Serialize};
use store::marketplace;
use utoipa::{IntoParams, ToSchema};

use crate::error::ApiError;
use crate::extract::query::Query;
use crate::marketplace::{Facet, MarketplaceQuery, SearchResult, Value};
use crate::services::MarketReader;
use crate::view::published_agent::CardView;

/// Maximum size of a page's agents, in bytes. Agents with short texts have about 1 KB, so most pages are complete.
const MAX_PAGE_BYTES: usize = 512 * 1024;

/// Search query.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Search {
    /// Words to search for in name, description, tags, capabilities and owner. All words must match; prefixes and
    /// small typos match too.
    #[param(min_length = 1, max_length = 200)]
    pub q: Option<String>,
    /// Filter by capability. Repeat the parameter to require all; separate by commas to require any.
    #[serde(default)]
    #[param(value_type = Option<Vec<String>>, example = json!(["invoices:read"]))]
    pub capability: Vec<String>,
    /// Filter by publisher slug.
    #[param(min_length = 1, max_length = 40)]
    pub publisher: Option<String>,
    /// Filter by type.
    #[param(pattern = "^(screener|classifier|orchestrator|extractor|summarizer|router|monitor|custom)$")]
    pub agent_type: Option<String>,
    /// Filter by current verification: `domain`, `key` or `repository`. Repeat the parameter to require all; separate
    /// by commas to require any.
    #[serde(default)]
    #[param(value_type = Option<Vec<String>>, example = json!(["domain", "key,repository"]))]
    pub checked: Vec<String>,
    /// Agents updated at or after this time (RFC 3339).
    #[param(format = DateTime)]
    pub updated_since: Option<String>,
    /// Sort order: `relevance` (default with `q`), `recent` (default without), `name` or `updated`.
    #[param(pattern = "^(relevance|recent|name|updated)$")]
    pub sort: Option<String>,
    /// Facets to count, separated by commas: `capability`, `agentType`, `publisher`, `checked`.
    #[serde(default)]
    #[param(value_type = Option<String>, example = "capability,agentType")]
    pub facets: Vec<String>,
    /// Page number, starting at 1. Beyond the first 10,000 agents, use `cursor`.
    #[param(minimum = 1, maximum = 10_000, default = 1)]
    pub page: Option<u64>,
    /// Items per page.
    #[param(minimum = 1, maximum = 100, default = 20)]
    pub limit: Option<u64>,
    /// Cursor: `nextCursor` of the previous page. Can't be combined with `page`.
    #[param(min_length = 1, max_length = 1000)]
    pub cursor: Option<String>,
}

/// Page of search results.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = MarketplacePage)]
pub struct PageView {
    /// Agents on this page: fewer than `limit` on the last page, and if they would exceed 512 KB. `nextCursor` then
    /// continues after the last one.
    pub data: Vec<CardView>,
    /// Total number of matches.
    pub total_count: u64,
    /// Page number, starting at 1.
    pub page: u64,
    /// Items per page.
    pub limit: u64,
    /// Total number of pages.
    pub total_pages: u64,
    /// Cursor of the next page. `null` on the last page.
    pub next_cursor: Option<String>,
    /// True if no agent matches the exact words of `q` and the results match similar ones.
    pub approximate: bool,
    /// Requested facet counts over all matches: the 50 most frequent values of each.
    pub facets: BTreeMap<&'static str, Vec<CountView>>,
}

/// Facet value with its count.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = FacetCount, example = json!({ "value": "northquay-freight", "label": "Northquay Freight", "count": 12 }))]
pub struct CountView {
    /// Value.
    pub value: String,
    /// Display name of a publisher, whose value is its slug. Absent for other facets.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// Number of matches.
    pub count: u64,
}

/// Search the marketplace
///
/// Published agents of verified organizations. An agent named exactly `q` ranks first; ties are sorted by ID. Pages and
/// cursors neither repeat nor skip agents as long as no agent is updated.
#[utoipa::path(get, path = "/marketplace/agents", tag = "Marketplace", operation_id = "searchMarketplace", security(()),
    params(Search), responses((status = 200, description = "Page of agents.", body = PageView,
        headers(("Link" = String, description = "First, previous and next page (RFC 8288). Absent if it would exceed 2 KB.")))))]
pub async fn search(
    State(reader): State<MarketReader>,
    OriginalUri(uri): OriginalUri,
    Query(parameters): Query<Search>,
) -> Result<Response, ApiError> {
    let query = parse::query(&reader, &parameters).await?;
    let now = reader.registry.now_ms();
    let mut result = reader.market.search(query.clone(), now).await?;
    let limit = u64::from(query.limit);
    let mut data = cards(&reader, &result, now).await?;
    let is_shortened = truncate(&mut data)?;
    if is_shortened {
        // Repeated for the place of the last remaining agent.
        let shorter =
            MarketplaceQuery { limit: u32::try_from(data.len()).map_err(ApiError::internal)?, ..query.clone() };
        result = reader.market.search(shorter, now).await?;
    }
    let next_cursor = result.next.as_ref().map(|cursor| cursor.encode(&query));
    let page = PageView {
        data,
        total_count: result.total,
        page: u64::from(result.offset) / limit + 1,
        limit,
        total_pages: result.total.div_ceil(limit),
        next_cursor,
        approximate: result.approximate,
        facets: facets(&result),
    };
    let by_cursor = parameters.cursor.as_deref().is_some_and(|cursor| !cursor.is_empty());
    let links = links::build(&uri, &page, by_cursor, is_shortened);
    Ok((AppendHeaders(links.map(|links| (LINK, links))), Json(page)).into_response())
}

/// Removes the agents at the end of a page that exceed its size. Returns true if there were any.
fn truncate(cards: &mut Vec<CardView>) -> Result<bool, ApiError> {
    let mut bytes = 0;
    for index in 0..cards.len() {
        bytes += serde_json::to_vec(&cards[index]).map_err(ApiError::internal)?.len();
        if bytes > MAX_PAGE_BYTES && index > 0 {
            cards.truncate(index);
            return Ok(true);
        }
    }
    Ok(false)
}

/// Reads the current cards from the database. Omits agents hidden since the last index update.
async fn cards(reader: &MarketReader, result: &Arc<SearchResult>, now: i64) -> Result<Vec<CardView>, ApiError> {
    let ids: Vec<String> = result.ids.iter().map(ToString::to_string).collect();
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let listed = marketplace::list_published(&reader.registry.store, &ids).await?;
    let mut by_id: HashMap<String, _> = listed.into_iter().map(|one| (one.agent.id.clone(), one)).collect();
    Ok(ids.iter().filter_map(|id| by_id.remove(id)).map(|one| CardView::new(one, now).in_list()).collect())
}

fn facets(result: &SearchResult) -> BTreeMap<&'static str, Vec<CountView>> {
    let name = |facet: Facet| Facet::ALL.iter().find(|(one, _)| *one == facet).map_or("", |(_, name)| name);
    let view = |value: &Value| CountView { value: value.value.clone(), label: value.label.clone(), count: value.count };
    result.facets.iter().map(|(facet, values)| (name(*facet), values.iter().map(view).collect())).collect()
}
