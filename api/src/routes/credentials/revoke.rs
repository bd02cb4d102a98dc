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
/// Effective immediately, including for the credential's tokens at this API and on introspection. Services that verify
/// tokens offline accept them until they expire, within an hour. Repeated calls have no effect.
#[utoipa::path(delete, path = "/agents/{agentId}/credentials/{credentialId}", tag = "Credentials", operation_id = "revokeCredential",
    security(("bearer" = ["agents:write"])),
    params(("agentId" = uuid::Uuid, Path, description = "ID of the agent."), ("credentialId" = uuid::Uuid, Path, description = "ID of the credential.")),
    responses((status = 204, description = "The credential is revoked.")))]
pub async fn revoke(
    State(registry): State<Registry>,
    caller: Caller<AgentsWrite>,
    Id(agent_id): Id<AgentId>,
    Id(id): Id<CredentialId>,
    Query(NoParams {}): Query<NoParams>,
) -> Result<StatusCode, ApiError> {
    caller.require_access_to(agent_id)?;
    credentials::revoke(&registry.store, caller.actor(), agent_id, id, registry.now()).await?;
    Ok(StatusCode::NO_CONTENT)
}
