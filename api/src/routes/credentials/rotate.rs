//! `POST /api/v1/agents/{agentId}/credentials/{credentialId}/rotate`

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use domain::id::{AgentId, CredentialId};
use domain::secret::{Purpose, Secret};
use http::StatusCode;
use serde::Deserialize;
use store::credentials;
use utoipa::ToSchema;

use crate::error::ApiError;
use crate::extract::body::{OptionalBody, whole};
use crate::extract::caller::{AgentsWrite, Caller};
use crate::extract::idempotent::Idempotent;
use crate::extract::path::Id;
use crate::extract::query::{NoParams, Query};
use crate::keys::Keys;
use crate::registry::Registry;
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
    State(registry): State<Registry>,
    State(keys): State<Arc<Keys>>,
    caller: Caller<AgentsWrite>,
    Idempotent(call): Idempotent,
    Id(agent_id): Id<AgentId>,
    Id(id): Id<CredentialId>,
    Query(NoParams {}): Query<NoParams>,
    OptionalBody(rotation): OptionalBody<Rotation>,
) -> Result<(StatusCode, Json<NewCredentialView>), ApiError> {
    caller.require_sight_of(agent_id)?;
    let overlap = rotation.overlap_seconds.unwrap_or(0);
    if overlap > LONGEST {
        return Err(ApiError::wrong("overlapSeconds", format!("is more than {LONGEST}, a week")));
    }
    let secret = Secret::make(Purpose::Agent)?;
    let secret_hash = keys.pepper().hash(&secret);
    let rotation = credentials::Rotation { agent: agent_id, id, secret_hash, overlap_seconds: overlap };
    let new = credentials::rotate(&registry.store, caller.actor(), rotation, registry.now(), call).await?;
    let view = NewCredentialView::new(new.id.to_string(), agent_id.to_string(), &secret, &new.scopes, new.expires_at);
    Ok((StatusCode::CREATED, Json(view)))
}
