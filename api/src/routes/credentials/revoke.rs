//! `DELETE /api/v1/agents/{agentId}/credentials/{credentialId}`

use axum::extract::State;
use domain::id::{AgentId, CredentialId};
use http::StatusCode;
use store::credentials;

use crate::error::ApiError;
use crate::extract::caller::{AgentsWrite, Caller};
use crate::extract::path::Id;
use crate::extract::query::{NoParams, Query};
use crate::registry::Registry;

/// Revoke a credential
///
/// It ends at once, and so do its tokens for us and for those who introspect. Who verifies tokens offline accepts them
/// until they expire, within the hour. Once more changes nothing.
#[utoipa::path(delete, path = "/agents/{agentId}/credentials/{credentialId}", tag = "Credentials", operation_id = "revokeCredential",
    security(("bearer" = ["agents:write"])),
    params(("agentId" = uuid::Uuid, Path, description = "The agent's identifier."), ("credentialId" = uuid::Uuid, Path, description = "The credential's identifier.")),
    responses((status = 204, description = "The credential has ended.")))]
pub async fn revoke(
    State(registry): State<Registry>,
    caller: Caller<AgentsWrite>,
    Id(agent_id): Id<AgentId>,
    Id(id): Id<CredentialId>,
    Query(NoParams {}): Query<NoParams>,
) -> Result<StatusCode, ApiError> {
    caller.require_sight_of(agent_id)?;
    credentials::revoke(&registry.store, caller.actor(), agent_id, id, registry.now()).await?;
    Ok(StatusCode::NO_CONTENT)
}
