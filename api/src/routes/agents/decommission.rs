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
/// It is the end of it: its credentials stop working, its DID answers 410. Nothing is erased. Once more changes nothing. With
/// `If-Match`, only as it was read.
#[utoipa::path(delete, path = "/agents/{agentId}", tag = "Agents", operation_id = "decommissionAgent", security(("bearer" = ["agents:write"])),
    params(("agentId" = uuid::Uuid, Path, description = "The agent's identifier."), ("If-Match" = inline(Option<IfMatch>), Header, description = "The ETag that it was read with.")),
    responses((status = 204, description = "The agent is decommissioned.")))]
pub async fn decommission(
    State(registry): State<Registry>,
    caller: Caller<AgentsWrite>,
    Id(id): Id<AgentId>,
    IfMatch(expected): IfMatch,
    Query(NoParams {}): Query<NoParams>,
) -> Result<StatusCode, ApiError> {
    caller.require_sight_of(id)?;
    agents::decommission(&registry.store, caller.actor(), id, expected, registry.now()).await?;
    Ok(StatusCode::NO_CONTENT)
}
