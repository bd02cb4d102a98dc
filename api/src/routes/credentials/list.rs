//! `GET /api/v1/agents/{agentId}/credentials`

use axum::Json;
use axum::extract::State;
use domain::id::AgentId;
use serde::Deserialize;
use store::credentials;
use utoipa::IntoParams;

use crate::error::ApiError;
use crate::extract::caller::{AgentsRead, Caller};
use crate::extract::path::Id;
use crate::extract::query::{Query, parse_page};
use crate::registry::Registry;
use crate::view::credential::CredentialView;
use crate::view::list::List;

/// Pagination of credentials.
#[derive(Clone, Copy, Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Pagination {
    /// Page number, starting at 1.
    #[param(minimum = 1, maximum = 1_000_000, default = 1)]
    pub page: Option<u64>,
    /// Items per page.
    #[param(minimum = 1, maximum = 100, default = 20)]
    pub limit: Option<u64>,
}

/// List an agent's credentials
///
/// Newest first, including revoked and expired credentials. Secrets are neither stored nor returned.
#[utoipa::path(get, path = "/agents/{agentId}/credentials", tag = "Credentials", operation_id = "listCredentials",
    security(("bearer" = ["agents:read"])), params(("agentId" = uuid::Uuid, Path, description = "ID of the agent."), Pagination),
    responses((status = 200, description = "Page of credentials.", body = List<CredentialView>)))]
pub async fn list(
    State(registry): State<Registry>,
    caller: Caller<AgentsRead>,
    Id(agent_id): Id<AgentId>,
    Query(pagination): Query<Pagination>,
) -> Result<Json<List<CredentialView>>, ApiError> {
    let page = parse_page(pagination.page, pagination.limit)?;
    caller.require_access_to(agent_id)?;
    let found = credentials::list(&registry.store, caller.organization_id, agent_id, page).await?;
    let now = registry.now_ms();
    Ok(Json(List::new(found.rows.into_iter().map(|row| CredentialView::at(row, now)).collect(), found.total, page)))
}
