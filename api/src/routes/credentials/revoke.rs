//! `DELETE /api/v1/agents/{agentId}/credentials/{credentialId}`

use axum::extract::State;
use http::StatusCode;
use sea_orm::{ActiveModelTrait as _, ActiveValue, IntoActiveModel as _};
use serde_json::json;

use super::get;
use crate::domain::id::{AgentId, CredentialId};
use crate::error::ApiError;
use crate::extract::caller::{AgentsWrite, Caller};
use crate::extract::path::Id;
use crate::extract::query::{NoParams, Query};
use crate::state::Shared;
use crate::store::agents;
use crate::store::audit::{self, Entry};

/// Revoke a credential
///
/// It ends at once, and so do its tokens for us and for those who introspect. Who verifies tokens offline accepts them
/// until they expire, within the hour. Once more changes nothing.
#[utoipa::path(delete, path = "/agents/{agentId}/credentials/{credentialId}", tag = "Credentials", operation_id = "revokeCredential",
    security(("bearer" = ["agents:write"])),
    params(("agentId" = uuid::Uuid, Path, description = "The agent's identifier."), ("credentialId" = uuid::Uuid, Path, description = "The credential's identifier.")),
    responses((status = 204, description = "The credential has ended.")))]
pub async fn revoke(
    State(app): Shared,
    caller: Caller<AgentsWrite>,
    Id(agent_id): Id<AgentId>,
    Id(id): Id<CredentialId>,
    Query(NoParams {}): Query<NoParams>,
) -> Result<StatusCode, ApiError> {
    caller.may_see(agent_id)?;
    let (identity, now) = (caller.identity(), app.clock.now());
    app.store
        .writer
        .run(move |tx| {
            Box::pin(async move {
                agents::get(tx, identity.organization_id, agent_id).await?;
                let row = get(tx, identity.organization_id, agent_id, id).await?;
                if row.revoked_at.is_some_and(|end| end <= now.as_millisecond()) {
                    return Ok(());
                }
                let mut active = row.into_active_model();
                active.revoked_at = ActiveValue::Set(Some(now.as_millisecond()));
                active.update(tx).await?;
                let entry = Entry::by(&identity, Some(agent_id), "credential.revoked", json!({ "credentialId": id }));
                audit::append(tx, now, entry).await?;
                Ok::<_, ApiError>(())
            })
        })
        .await?;
    Ok(StatusCode::NO_CONTENT)
}
