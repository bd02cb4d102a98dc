//! `POST /api/v1/agents/{agentId}/credentials/{credentialId}/rotate`

use std::sync::Arc;

use axum::extract::State;
use axum::response::Response;
use domain::id::{AgentId, CredentialId};
use domain::secret::{Purpose, Secret};
use http::StatusCode;
use serde::Deserialize;
use store::credentials::{self, Rotated};
use utoipa::ToSchema;

use crate::error::ApiError;
use crate::extract::body::{OptionalBody, deserialize_u32};
use crate::extract::caller::{AgentsWrite, Caller};
use crate::extract::idempotent::Idempotent;
use crate::extract::path::Id;
use crate::extract::query::{NoParams, Query};
use crate::json_response::JsonResponse;
use crate::keys::Keys;
use crate::registry::Registry;
use crate::view::credential::NewCredentialView;

/// Maximum overlap, in seconds: a week.
const MAX_OVERLAP_SECONDS: u32 = 604_800;

/// Request to rotate a credential.
#[derive(Clone, Copy, Debug, Default, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({ "overlapSeconds": 3600 }))]
pub struct Rotation {
    /// Overlap, in seconds, during which the old credential still works. At most a week.
    #[schema(minimum = 0, maximum = 604_800, default = 0)]
    #[serde(default, deserialize_with = "deserialize_u32")]
    pub overlap_seconds: Option<u32>,
}

/// Rotate a credential
///
/// Creates a credential with the same scopes. The old credential stops working immediately or, for a rotation without
/// downtime, after `overlapSeconds`.
#[utoipa::path(post, path = "/agents/{agentId}/credentials/{credentialId}/rotate", tag = "Credentials", operation_id = "rotateCredential",
    security(("bearer" = ["agents:write"])),
    params(("agentId" = uuid::Uuid, Path, description = "ID of the agent."), ("credentialId" = uuid::Uuid, Path, description = "ID of the credential.")),
    request_body(content = Rotation), responses((status = 201, description = "New credential with its secret.", body = NewCredentialView)))]
pub async fn rotate(
    State(registry): State<Registry>,
    State(keys): State<Arc<Keys>>,
    caller: Caller<AgentsWrite>,
    idempotent: Idempotent,
    Id(agent_id): Id<AgentId>,
    Id(id): Id<CredentialId>,
    Query(NoParams {}): Query<NoParams>,
    OptionalBody(rotation): OptionalBody<Rotation>,
) -> Result<Response, ApiError> {
    caller.require_access_to(agent_id)?;
    let overlap = rotation.overlap_seconds.unwrap_or(0);
    if overlap > MAX_OVERLAP_SECONDS {
        return Err(ApiError::invalid_field(
            "overlapSeconds",
            format!("must be at most {MAX_OVERLAP_SECONDS} (a week)"),
        ));
    }
    let secret = Secret::generate(Purpose::Agent)?;
    let secret_hash = keys.pepper().hash(&secret);
    let rotation = credentials::Rotation { agent: agent_id, id, secret_hash, overlap_seconds: overlap };
    let respond = move |new: &Rotated| {
        let (id, agent) = (new.id.to_string(), agent_id.to_string());
        JsonResponse::secret(
            StatusCode::CREATED,
            &NewCredentialView::new(id, agent, &secret, &new.scopes, new.expires_at),
        )
    };
    let (actor, now) = (caller.actor(), registry.now());
    let work = async |call| Ok(credentials::rotate(&registry.store, actor, rotation, now, call).await?);
    idempotent.run(respond, work).await
}
