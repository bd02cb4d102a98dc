//! `DELETE /api/v1/agents/{agentId}`

use axum::extract::State;
use http::StatusCode;
use sea_orm::{ActiveModelTrait as _, DatabaseTransaction, EntityTrait as _, IntoActiveModel as _};
use serde_json::json;

use crate::domain::agent::{AgentStatus, Word as _};
use crate::domain::id::AgentId;
use crate::error::ApiError;
use crate::extract::caller::{AgentsWrite, Caller, Identity};
use crate::extract::if_match::IfMatch;
use crate::extract::path::Id;
use crate::extract::query::{NoParams, Query};
use crate::state::Shared;
use crate::store::audit::{self, Entry};
use crate::store::entity::agent;
use crate::store::{agents, claims, credentials};
use crate::view::agent::etag;

/// Decommission an agent
///
/// It is the end of it: its credentials stop working, its DID answers 410. Nothing is erased. Once more changes nothing. With
/// `If-Match`, only as it was read.
#[utoipa::path(delete, path = "/agents/{agentId}", tag = "Agents", operation_id = "decommissionAgent", security(("bearer" = ["agents:write"])),
    params(("agentId" = uuid::Uuid, Path, description = "The agent's identifier."), ("If-Match" = inline(Option<IfMatch>), Header, description = "The ETag that it was read with.")),
    responses((status = 204, description = "The agent is decommissioned.")))]
pub async fn decommission(
    State(app): Shared,
    caller: Caller<AgentsWrite>,
    Id(id): Id<AgentId>,
    version: IfMatch,
    Query(NoParams {}): Query<NoParams>,
) -> Result<StatusCode, ApiError> {
    caller.may_see(id)?;
    let (identity, now) = (caller.identity(), app.clock.now());
    app.store.writer.run(move |tx| Box::pin(async move { end(tx, &identity, id, &version, now).await })).await?;
    Ok(StatusCode::NO_CONTENT)
}

async fn end(
    tx: &DatabaseTransaction,
    caller: &Identity,
    id: AgentId,
    version: &IfMatch,
    now: jiff::Timestamp,
) -> Result<(), ApiError> {
    let mut row = agents::get(tx, caller.organization_id, id).await?;
    if row.status == AgentStatus::Decommissioned.word() {
        return Ok(());
    }
    version.check(&etag(&row))?;
    row.status = AgentStatus::Decommissioned.word().into();
    row.decommissioned_at = Some(now.as_millisecond());
    row.updated_at = now.as_millisecond();
    row.revision += 1;
    // Its address is free for another agent.
    row.email_key = None;
    agent::Entity::update(row.clone().into_active_model().reset_all()).exec(tx).await?;
    let revoked = credentials::revoke_all(tx, now, caller.organization_id, Some(id)).await?;
    claims::follow(tx, now, caller, &row).await?;
    // Of one that is hidden, too: whoever was told that it may come back is told that it does not.
    if row.published_at.is_some() {
        agents::note(tx, &row.id, "gone", now.as_millisecond()).await?;
    }
    let entry = Entry::by(caller, Some(id), "agent.decommissioned", json!({ "revokedCredentials": revoked }));
    audit::append(tx, now, entry).await?;
    Ok(())
}
