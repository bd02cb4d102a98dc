//! `GET /api/v1/agents`

use axum::Json;
use axum::extract::State;
use domain::agent::{AgentStatus, AgentType, Word as _};
use domain::field::{Line, Refusal};
use serde::Deserialize;
use store::agents::{self, AgentFilter};
use utoipa::IntoParams;

use crate::error::ApiError;
use crate::extract::caller::{AgentsRead, Caller};
use crate::extract::query::{Query, read_page};
use crate::registry::Registry;
use crate::view::agent::AgentView;
use crate::view::list::List;

/// What the list is narrowed by.
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
    /// Of this owner alone.
    #[param(inline, value_type = Option<Line<128>>)]
    pub owner: Option<String>,
    /// Of this type alone.
    #[param(inline, value_type = Option<AgentType>)]
    pub agent_type: Option<String>,
    /// Of this status alone.
    #[param(inline, value_type = Option<AgentStatus>)]
    pub status: Option<String>,
}

/// List agents
///
/// Those of the organization, the newest first. An agent's own token lists that agent alone.
#[utoipa::path(get, path = "/agents", tag = "Agents", operation_id = "listAgents", security(("bearer" = ["agents:read"])),
    params(Filter), responses((status = 200, description = "A page of agents.", body = List<AgentView>)))]
pub async fn list(
    State(registry): State<Registry>,
    caller: Caller<AgentsRead>,
    Query(filter): Query<Filter>,
) -> Result<Json<List<AgentView>>, ApiError> {
    let page = read_page(filter.page, filter.limit)?;
    let refused = |field: &'static str| move |refusal: Refusal| ApiError::field(field, &refusal);
    let owner = filter.owner.as_deref().map(Line::<128>::read).transpose().map_err(refused("owner"))?;
    let agent_type = filter.agent_type.as_deref().map(AgentType::read).transpose().map_err(refused("agentType"))?;
    let status = filter.status.as_deref().map(AgentStatus::read).transpose().map_err(refused("status"))?;
    let filter = AgentFilter { id: caller.agent_id, owner: owner.map(Line::into_string), agent_type, status };
    let found = agents::list(&registry.store, caller.organization_id, filter, page).await?;
    Ok(Json(List::new(found.rows.into_iter().map(AgentView::from).collect(), found.total, page)))
}
