//! `DELETE /api/v1/agents/{agentId}`

use axum::extract::State;
use domain::id::AgentId;
use http::StatusCode;
use store::agents;

use crate::error::ApiError;
use crate::extract::caller::{AgentsWrite, Caller};
use crate::extract::if_match::IfMatch;
use crate::extract::path::Id;
use crate::extract::query::{NoParams, Query};
use crate::registry::Registry;

/// Decommission an agent
///
/// Permanent: the agent's credentials stop working and its DID document returns 410. Its records are not deleted.
/// Repeated calls have no effect. With `If-Match`, decommissions only the given version.
#[utoipa::path(delete, path = "/agents/{agentId}", tag = "Agents", operation_id = "decommissionAgent", security(("bearer" = ["agents:write"])),
    params(("agentId" = uuid::Uuid, Path, description = "ID of the agent."), ("If-Match" = inline(Option<IfMatch>), Header, description = "Expected version: the ETag of the last response.")),
    responses((status = 204, description = "The agent is decommissioned.")))]
pub async fn decommission(
    State(registry): State<Registry>,
    caller: Caller<AgentsWrite>,
    Id(id): Id<AgentId>,
    IfMatch(expected): IfMatch,
    Query(NoParams {}): Query<NoParams>,
) -> Result<StatusCode, ApiError> {
    caller.require_access_to(id)?;
    agents::decommission(&registry.store, caller.actor(), id, expected, registry.now()).await?;
    Ok(StatusCode::NO_CONTENT)
}
