//! `GET /api/v1/agents`

use axum::Json;
use axum::extract::State;
use domain::agent::{AgentStatus, AgentType, TextForm as _};
use domain::field::{InvalidValue, Line};
use serde::Deserialize;
use store::agents::{self, AgentFilter};
use utoipa::IntoParams;

use crate::error::ApiError;
use crate::extract::caller::{AgentsRead, Caller};
use crate::extract::query::{Query, parse_page};
use crate::registry::Registry;
use crate::view::agent::AgentView;
use crate::view::list::List;

/// Filters and pagination of agents.
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
    /// Filter by owner.
    #[param(inline, value_type = Option<Line<128>>)]
    pub owner: Option<String>,
    /// Filter by type.
    #[param(inline, value_type = Option<AgentType>)]
    pub agent_type: Option<String>,
    /// Filter by status.
    #[param(inline, value_type = Option<AgentStatus>)]
    pub status: Option<String>,
}

/// List agents
///
/// Agents of the organization, newest first. An agent's own token lists only that agent.
#[utoipa::path(get, path = "/agents", tag = "Agents", operation_id = "listAgents", security(("bearer" = ["agents:read"])),
    params(Filter), responses((status = 200, description = "Page of agents.", body = List<AgentView>)))]
pub async fn list(
    State(registry): State<Registry>,
    caller: Caller<AgentsRead>,
    Query(filter): Query<Filter>,
) -> Result<Json<List<AgentView>>, ApiError> {
    let page = parse_page(filter.page, filter.limit)?;
    let invalid = |field: &'static str| move |error: InvalidValue| ApiError::invalid_value(field, &error);
    let owner = filter.owner.as_deref().map(Line::<128>::parse).transpose().map_err(invalid("owner"))?;
    let agent_type = filter.agent_type.as_deref().map(AgentType::parse).transpose().map_err(invalid("agentType"))?;
    let status = filter.status.as_deref().map(AgentStatus::parse).transpose().map_err(invalid("status"))?;
    let filter = AgentFilter { id: caller.agent_id, owner: owner.map(Line::into_string), agent_type, status };
    let found = agents::list(&registry.store, caller.organization_id, filter, page).await?;
    Ok(Json(List::new(found.rows.into_iter().map(AgentView::from).collect(), found.total, page)))
}
