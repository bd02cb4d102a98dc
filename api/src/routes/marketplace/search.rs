//! `GET /api/v1/marketplace/agents`

mod links;
mod read;

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use axum::Json;
use axum::extract::{OriginalUri, State};
use axum::response::{IntoResponse as _, Response};
use http::header::LINK;
use serde::{Deserialize, Serialize};
use store::marketplace;
use utoipa::{IntoParams, ToSchema};

use crate::error::ApiError;
use crate::extract::query::Query;
use crate::marketplace::{Facet, Found, Value};
use crate::services::MarketReader;
use crate::view::listing::CardView;

/// What is looked for.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Search {
    /// Words to look for in name, description, tags, capabilities and owner. All of them have to be found; their
    /// beginnings and small typos will do.
    #[param(min_length = 1, max_length = 200)]
    pub q: Option<String>,
    /// Only agents with this capability. Repeated: with all of them. With commas: with any of these.
    #[serde(default)]
    #[param(value_type = Option<Vec<String>>, example = json!(["invoices:read"]))]
    pub capability: Vec<String>,
    /// Only agents of this publisher, by its slug.
    #[param(min_length = 1, max_length = 40)]
    pub publisher: Option<String>,
    /// Only agents of this type.
    #[param(pattern = "^(screener|classifier|orchestrator|extractor|summarizer|router|monitor|custom)$")]
    pub agent_type: Option<String>,
    /// Only agents of which this was checked, by a claim that holds now: `domain`, `key` or `repository`. Repeated: all
    /// of them. With commas: any of these.
    #[serde(default)]
    #[param(value_type = Option<Vec<String>>, example = json!(["domain", "key,repository"]))]
    pub checked: Vec<String>,
    /// Only agents that were changed at this time or later (RFC 3339).
    #[param(format = DateTime)]
    pub updated_since: Option<String>,
    /// `relevance` (usual with `q`), `recent` (usual without), `name` or `updated`.
    #[param(pattern = "^(relevance|recent|name|updated)$")]
    pub sort: Option<String>,
    /// What to count, with commas: `capability`, `agentType`, `publisher`, `checked`.
    #[serde(default)]
    #[param(value_type = Option<String>, example = "capability,agentType")]
    pub facets: Vec<String>,
    /// Which page, from 1 on. Beyond the first 10,000 agents, use `cursor`.
    #[param(minimum = 1, maximum = 10_000, default = 1)]
    pub page: Option<u64>,
    /// How many on a page.
    #[param(minimum = 1, maximum = 100, default = 20)]
    pub limit: Option<u64>,
    /// The `nextCursor` of the last page. Not together with `page`.
    #[param(min_length = 1, max_length = 1000)]
    pub cursor: Option<String>,
}

/// A page of what was found.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = MarketplacePage)]
pub struct PageView {
    /// The agents.
    pub data: Vec<CardView>,
    /// How many were found in all.
    pub total_count: u64,
    /// Which page this is, from 1 on.
    pub page: u64,
    /// How many are on a page at most.
    pub limit: u64,
    /// How many pages there are.
    pub total_pages: u64,
    /// What to ask for the next page with. `null` on the last.
    pub next_cursor: Option<String>,
    /// Whether none of them has all the words of `q` as they were typed, but only ones close to them.
    pub approximate: bool,
    /// The counts that were asked for, over all that was found: the 50 most frequent values of each.
    pub facets: BTreeMap<&'static str, Vec<CountView>>,
}

/// A value, and how many have it.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = FacetCount, example = json!({ "value": "northquay-freight", "label": "Northquay Freight", "count": 12 }))]
pub struct CountView {
    /// The value.
    pub value: String,
    /// Of a publisher, whose value is its slug: what it is called now. Other facets have none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// How many agents have it.
    pub count: u64,
}

/// Search the marketplace
///
/// Agents of verified organizations that want to be seen. An agent whose name is `q` comes first; what is found alike
/// comes by its identifier. Pages and cursors neither repeat nor leave out agents as long as none change.
#[utoipa::path(get, path = "/marketplace/agents", tag = "Marketplace", operation_id = "searchMarketplace", security(()),
    params(Search), responses((status = 200, description = "A page of agents.", body = PageView,
        headers(("Link" = String, description = "The first, previous and next page (RFC 8288).")))))]
pub async fn search(
    State(reader): State<MarketReader>,
    OriginalUri(uri): OriginalUri,
    Query(asked): Query<Search>,
) -> Result<Response, ApiError> {
    let question = read::question(&reader, &asked).await?;
    let now = reader.registry.now_ms();
    let found = reader.market.search(question.clone(), now).await?;
    let limit = u64::from(question.limit);
    let next_cursor = found.next.as_ref().map(|cursor| cursor.write(&question));
    let page = PageView {
        data: cards(&reader, &found, now).await?,
        total_count: found.total,
        page: u64::from(found.offset) / limit + 1,
        limit,
        total_pages: found.total.div_ceil(limit),
        next_cursor,
        approximate: found.approximate,
        facets: facets(&found),
    };
    let links = links::of(&uri, &page, asked.cursor.as_deref().is_some_and(|cursor| !cursor.is_empty()));
    Ok(([(LINK, links)], Json(page)).into_response())
}

/// The cards, as the database has them now: what was hidden since the index was made is not shown.
async fn cards(reader: &MarketReader, found: &Arc<Found>, now: i64) -> Result<Vec<CardView>, ApiError> {
    let ids: Vec<String> = found.ids.iter().map(ToString::to_string).collect();
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let listed = marketplace::list_published(&reader.registry.store, &ids).await?;
    let mut by_id: HashMap<String, _> = listed.into_iter().map(|one| (one.agent.id.clone(), one)).collect();
    Ok(ids.iter().filter_map(|id| by_id.remove(id)).map(|one| CardView::new(one, now)).collect())
}

fn facets(found: &Found) -> BTreeMap<&'static str, Vec<CountView>> {
    let name = |facet: Facet| Facet::ALL.iter().find(|(one, _)| *one == facet).map_or("", |(_, name)| name);
    let view = |value: &Value| CountView { value: value.value.clone(), label: value.label.clone(), count: value.count };
    found.facets.iter().map(|(facet, values)| (name(*facet), values.iter().map(view).collect())).collect()
}
