//! `GET /api/v1/claims`

use axum::Json;
use axum::extract::State;
use domain::id::AgentId;
use serde::Deserialize;
use store::claims;
use utoipa::IntoParams;

use crate::error::ApiError;
use crate::extract::caller::{AgentsRead, Caller};
use crate::extract::query::{Query, parse_page};
use crate::registry::Registry;
use crate::view::claim::ClaimView;
use crate::view::list::List;

/// Filters and pagination of claims.
#[derive(Clone, Debug, Deserialize, IntoParams)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Filter {
    /// Page number, starting at 1.
    #[param(minimum = 1, maximum = 1_000_000, default = 1)]
    pub page: Option<u64>,
    /// Items per page.
    #[param(minimum = 1, maximum = 100, default = 20)]
    pub limit: Option<u64>,
    /// Filter by agent; excludes claims about the organization.
    #[param(inline, value_type = Option<uuid::Uuid>)]
    pub agent_id: Option<String>,
}

/// List claims
///
/// Claims of the organization, newest first. An agent's own token lists only claims about that agent.
#[utoipa::path(get, path = "/claims", tag = "Claims", operation_id = "listClaims", security(("bearer" = ["agents:read"])),
    params(Filter), responses((status = 200, description = "Page of claims.", body = List<ClaimView>)))]
pub async fn list(
    State(registry): State<Registry>,
    caller: Caller<AgentsRead>,
    Query(filter): Query<Filter>,
) -> Result<Json<List<ClaimView>>, ApiError> {
    let page = parse_page(filter.page, filter.limit)?;
    let agent_id = filter.agent_id.as_deref().map(str::parse::<AgentId>).transpose();
    let agent_id = agent_id.map_err(|error| ApiError::invalid_field("agentId", error.to_string()))?;
    let found = claims::list(&registry.store, &caller, agent_id, page).await?;
    let now = registry.now_ms();
    let views = found.rows.into_iter().map(|row| ClaimView::at(row, now)).collect::<Result<_, _>>()?;
    Ok(Json(List::new(views, found.total, page)))
}
