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
use crate::extract::query::{Query, read_page};
use crate::registry::Registry;
use crate::view::credential::CredentialView;
use crate::view::list::List;

/// Which part of the list.
#[derive(Clone, Copy, Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Part {
    /// Which page, from 1 on.
    #[param(minimum = 1, maximum = 1_000_000, default = 1)]
    pub page: Option<u64>,
    /// How many on a page.
    #[param(minimum = 1, maximum = 100, default = 20)]
    pub limit: Option<u64>,
}

/// List an agent's credentials
///
/// The newest first, with those that have ended. Secrets are not among them: we don't have them.
#[utoipa::path(get, path = "/agents/{agentId}/credentials", tag = "Credentials", operation_id = "listCredentials",
    security(("bearer" = ["agents:read"])), params(("agentId" = uuid::Uuid, Path, description = "The agent's identifier."), Part),
    responses((status = 200, description = "A page of credentials.", body = List<CredentialView>)))]
pub async fn list(
    State(registry): State<Registry>,
    caller: Caller<AgentsRead>,
    Id(agent_id): Id<AgentId>,
    Query(part): Query<Part>,
) -> Result<Json<List<CredentialView>>, ApiError> {
    let page = read_page(part.page, part.limit)?;
    caller.require_sight_of(agent_id)?;
    let found = credentials::list(&registry.store, caller.organization_id, agent_id, page).await?;
    let now = registry.now_ms();
    Ok(Json(List::new(found.rows.into_iter().map(|row| CredentialView::at(row, now)).collect(), found.total, page)))
}
