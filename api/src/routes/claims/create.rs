//! `POST /api/v1/claims`

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse as _, Response};
use domain::claim::{self as rules, ClaimKind};
use domain::id::AgentId;
use http::StatusCode;
use http::header::LOCATION;
use serde::Deserialize;
use store::claims;
use utoipa::ToSchema;

use crate::error::ApiError;
use crate::extract::body::Body;
use crate::extract::caller::{AgentsWrite, Caller};
use crate::extract::idempotent::Idempotent;
use crate::extract::query::{NoParams, Query};
use crate::origins::Origins;
use crate::registry::Registry;
use crate::view::claim::ClaimView;

/// What is claimed.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = NewClaim, example = json!({ "kind": "domain", "target": "northquay.example" }))]
pub struct NewClaim {
    /// What is claimed.
    #[schema(value_type = ClaimKind, required)]
    pub kind: Option<String>,
    /// The agent that it is about; a key is always an agent's. Without one, it counts for all agents.
    #[schema(format = Uuid)]
    pub agent_id: Option<String>,
    /// The domain in lower case, the repository's address, or the thumbprint (RFC 7638) of one of the agent's public
    /// keys, which may be left out where there is one alone.
    #[schema(max_length = 1000)]
    pub target: Option<String>,
}

/// Claim a domain, a key or a repository
///
/// The answer says what to publish or sign; then ask for a check. An agent claims for itself alone.
#[utoipa::path(post, path = "/claims", tag = "Claims", operation_id = "createClaim", security(("bearer" = ["agents:write"])),
    request_body(content = NewClaim),
    responses((status = 201, description = "The claim, with what proves it.", body = ClaimView, headers(("Location" = String, description = "The claim's address.")))))]
pub async fn create(
    State(registry): State<Registry>,
    State(origins): State<Arc<Origins>>,
    caller: Caller<AgentsWrite>,
    Idempotent(call): Idempotent,
    Query(NoParams {}): Query<NoParams>,
    Body(wanted): Body<NewClaim>,
) -> Result<Response, ApiError> {
    let kind = rules::kind(wanted.kind.as_deref()).map_err(|refusal| ApiError::field("kind", &refusal))?;
    let agent_id = wanted.agent_id.as_deref().map(str::parse::<AgentId>).transpose();
    let agent_id = agent_id.map_err(|error| ApiError::wrong("agentId", error.to_string()))?;
    match agent_id {
        Some(agent) => caller.require_sight_of(agent)?,
        None if kind == ClaimKind::Key => return Err(ApiError::wrong("agentId", "is missing: a key is an agent's")),
        None => caller.require_organization()?,
    }
    let now = registry.now();
    let new = claims::NewClaim { kind, agent_id, target: wanted.target, nonce: rules::nonce()? };
    let created = claims::create(&registry.store, caller.actor(), new, now, call).await?;
    let location = format!("{}/api/v1/claims/{}", origins.issuer, created.id);
    let view = ClaimView::at(created, now.as_millisecond())?;
    Ok((StatusCode::CREATED, [(LOCATION, location)], Json(view)).into_response())
}
