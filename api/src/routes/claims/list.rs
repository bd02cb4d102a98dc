//! `GET /api/v1/claims`

use axum::Json;
use axum::extract::State;
use domain::id::AgentId;
use serde::Deserialize;
use store::claims;
use utoipa::IntoParams;

use crate::error::ApiError;
use crate::extract::caller::{AgentsRead, Caller};
use crate::extract::query::{Query, read_page};
use crate::registry::Registry;
use crate::view::claim::ClaimView;
use crate::view::list::List;

/// Which claims.
#[derive(Clone, Debug, Deserialize, IntoParams)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Filter {
    /// Which page, from 1 on.
    #[param(minimum = 1, maximum = 1_000_000, default = 1)]
    pub page: Option<u64>,
    /// How many on a page.
    #[param(minimum = 1, maximum = 100, default = 20)]
    pub limit: Option<u64>,
    /// Those about this agent alone, without the organization's own.
    #[param(inline, value_type = Option<uuid::Uuid>)]
    pub agent_id: Option<String>,
}

/// List claims
///
/// Those of the organization, the newest first. An agent's own token lists those about that agent alone.
#[utoipa::path(get, path = "/claims", tag = "Claims", operation_id = "listClaims", security(("bearer" = ["agents:read"])),
    params(Filter), responses((status = 200, description = "A page of claims.", body = List<ClaimView>)))]
pub async fn list(
    State(registry): State<Registry>,
    caller: Caller<AgentsRead>,
    Query(filter): Query<Filter>,
) -> Result<Json<List<ClaimView>>, ApiError> {
    let page = read_page(filter.page, filter.limit)?;
    let wanted = filter.agent_id.as_deref().map(str::parse::<AgentId>).transpose();
    let wanted = wanted.map_err(|error| ApiError::wrong("agentId", error.to_string()))?;
    let found = claims::list(&registry.store, &caller, wanted, page).await?;
    let now = registry.now_ms();
    let views = found.rows.into_iter().map(|row| ClaimView::at(row, now)).collect::<Result<_, _>>()?;
    Ok(Json(List::new(views, found.total, page)))
}
