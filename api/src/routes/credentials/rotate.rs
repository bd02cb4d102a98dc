//! `POST /api/v1/agents/{agentId}/credentials/{credentialId}/rotate`

use axum::Json;
use axum::extract::State;
use http::StatusCode;
use sea_orm::{ActiveModelTrait as _, ActiveValue, DatabaseTransaction, IntoActiveModel as _};
use serde::Deserialize;
use serde_json::json;
use utoipa::ToSchema;

use super::create::{MOST, living, too_many};
use super::get;
use crate::domain::agent::{AgentStatus, Word as _};
use crate::domain::id::{AgentId, CredentialId};
use crate::domain::secret::{Pepper, Purpose, Secret};
use crate::error::ApiError;
use crate::extract::body::{OptionalBody, whole};
use crate::extract::caller::{AgentsWrite, Caller, Identity};
use crate::extract::path::Id;
use crate::extract::query::{NoParams, Query};
use crate::identity::stored;
use crate::state::Shared;
use crate::store::agents;
use crate::store::audit::{self, Entry};
use crate::store::credentials::{self, NewCredential};
use crate::view::credential::NewCredentialView;

/// Longest overlap, in seconds: a week.
const LONGEST: u32 = 604_800;

/// How long the old credential goes on.
#[derive(Clone, Copy, Debug, Default, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({ "overlapSeconds": 3600 }))]
pub struct Rotation {
    /// Seconds for which the old credential works beside the new one.
    #[schema(minimum = 0, maximum = 604_800, default = 0)]
    #[serde(default, deserialize_with = "whole")]
    pub overlap_seconds: Option<u32>,
}

/// Rotate a credential
///
/// Makes a new one with the same scopes. The old one ends now, or after the overlap, so that nothing stands still.
#[utoipa::path(post, path = "/agents/{agentId}/credentials/{credentialId}/rotate", tag = "Credentials", operation_id = "rotateCredential",
    security(("bearer" = ["agents:write"])),
    params(("agentId" = uuid::Uuid, Path, description = "The agent's identifier."), ("credentialId" = uuid::Uuid, Path, description = "The credential's identifier.")),
    request_body(content = Rotation), responses((status = 201, description = "The new credential.", body = NewCredentialView)))]
pub async fn rotate(
    State(app): Shared,
    caller: Caller<AgentsWrite>,
    Id(agent_id): Id<AgentId>,
    Id(id): Id<CredentialId>,
    Query(NoParams {}): Query<NoParams>,
    OptionalBody(rotation): OptionalBody<Rotation>,
) -> Result<(StatusCode, Json<NewCredentialView>), ApiError> {
    caller.may_see(agent_id)?;
    let overlap = rotation.overlap_seconds.unwrap_or(0);
    if overlap > LONGEST {
        return Err(ApiError::wrong("overlapSeconds", format!("is more than {LONGEST}, a week")));
    }
    let (identity, now, shared) = (caller.identity(), app.clock.now(), app.clone());
    let view = app
        .store
        .writer
        .run(move |tx| {
            Box::pin(async move { replace(tx, shared.keys.pepper(), &identity, agent_id, id, overlap, now).await })
        })
        .await?;
    Ok((StatusCode::CREATED, Json(view)))
}

async fn replace(
    tx: &DatabaseTransaction,
    pepper: &Pepper,
    caller: &Identity,
    agent_id: AgentId,
    id: CredentialId,
    overlap: u32,
    now: jiff::Timestamp,
) -> Result<NewCredentialView, ApiError> {
    let agent = agents::get(tx, caller.organization_id, agent_id).await?;
    if agent.status == AgentStatus::Decommissioned.word() {
        return Err(ApiError::Removed { reason: "decommissioned" });
    }
    let old = get(tx, caller.organization_id, agent_id, id).await?;
    let now_ms = now.as_millisecond();
    if !credentials::is_live(old.revoked_at, old.expires_at, now_ms) {
        return Err(ApiError::wrong("credentialId", "is of a credential that has ended: make a new one"));
    }
    let (new_id, secret) = (CredentialId::new(), Secret::make(Purpose::Agent)?);
    let scopes: crate::domain::scope::Scopes = stored(&old.scopes)?;
    if caller.agent_id.is_some() && !caller.scopes.cover(&scopes) {
        return Err(ApiError::NotAllowed(
            "this credential may do more than your own token: let the organization rotate it",
        ));
    }
    let current = living(tx, agent_id, now_ms).await?;
    if overlap > 0 && current >= MOST {
        return Err(too_many(current));
    }
    // What was given an end is given one as far away again.
    let expires_at = caller.no_longer_than_own(old.expires_at.map(|end| now_ms + (end - old.created_at)));
    let view = NewCredentialView::new(new_id.to_string(), agent_id.to_string(), &secret, &scopes, expires_at);
    let end = now_ms + i64::from(overlap) * 1000;
    let mut active = old.clone().into_active_model();
    active.revoked_at = ActiveValue::Set(Some(old.revoked_at.map_or(end, |already| already.min(end))));
    active.update(tx).await?;
    let new = NewCredential {
        id: new_id,
        organization_id: caller.organization_id,
        agent_id: Some(agent_id),
        secret_hash: pepper.hash(&secret),
        scopes,
        expires_at,
    };
    credentials::insert(tx, now, new).await?;
    let metadata = json!({ "credentialId": new_id, "replaces": id, "overlapSeconds": overlap });
    audit::append(tx, now, Entry::by(caller, Some(agent_id), "credential.rotated", metadata)).await?;
    Ok(view)
}
