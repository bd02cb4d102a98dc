//! `POST /api/v1/claims`

use std::sync::Arc;

use axum::extract::State;
use axum::response::Response;
use domain::claim::{self as rules, ClaimKind};
use domain::id::AgentId;
use http::StatusCode;
use http::header::LOCATION;
use serde::Deserialize;
use store::claims;
use store::records::ClaimRecord;
use utoipa::ToSchema;

use crate::error::ApiError;
use crate::extract::body::Body;
use crate::extract::caller::{AgentsWrite, Caller};
use crate::extract::idempotent::Idempotent;
use crate::extract::query::{NoParams, Query};
use crate::json_response::JsonResponse;
use crate::origins::Origins;
use crate::registry::Registry;
use crate::view::claim::ClaimView;

/// Request to create a claim.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = NewClaim, example = json!({ "kind": "domain", "target": "northquay.example" }))]
pub struct NewClaim {
    /// Kind of claim.
    #[schema(value_type = ClaimKind, required)]
    pub kind: Option<String>,
    /// Agent that the claim is about. Required for keys. Default: the organization with all its agents.
    #[schema(format = Uuid)]
    pub agent_id: Option<String>,
    /// Domain in lowercase, repository URL, or thumbprint (RFC 7638) of one of the agent's public keys, optional if the
    /// agent has only one.
    #[schema(max_length = 1000)]
    pub target: Option<String>,
}

/// Create a claim
///
/// The response contains the proof to publish or sign. Then check the claim. An agent can only create claims about
/// itself. Only verified organizations and their agents can create claims.
#[utoipa::path(post, path = "/claims", tag = "Claims", operation_id = "createClaim", security(("bearer" = ["agents:write"])),
    request_body(content = NewClaim),
    responses((status = 201, description = "Claim with its proof.", body = ClaimView, headers(("Location" = String, description = "URL of the claim.")))))]
pub async fn create(
    State(registry): State<Registry>,
    State(origins): State<Arc<Origins>>,
    caller: Caller<AgentsWrite>,
    idempotent: Idempotent,
    Query(NoParams {}): Query<NoParams>,
    Body(request): Body<NewClaim>,
) -> Result<Response, ApiError> {
    // Checks of claims send requests to hosts that the caller chooses: strangers must not use them to explore networks.
    caller.require_verified()?;
    let kind = rules::parse_kind(request.kind.as_deref()).map_err(|error| ApiError::invalid_value("kind", &error))?;
    let agent_id = request.agent_id.as_deref().map(str::parse::<AgentId>).transpose();
    let agent_id = agent_id.map_err(|error| ApiError::invalid_field("agentId", error.to_string()))?;
    match agent_id {
        Some(agent) => caller.require_access_to(agent)?,
        None if kind == ClaimKind::Key => return Err(ApiError::invalid_field("agentId", "is required for keys")),
        None => caller.require_organization()?,
    }
    let now = registry.now();
    let new = claims::NewClaim { kind, agent_id, target: request.target, nonce: rules::generate_nonce()? };
    let respond = move |created: &ClaimRecord| {
        let location = format!("{}/api/v1/claims/{}", origins.issuer, created.id);
        let view = ClaimView::at(created.clone(), now.as_millisecond())?;
        JsonResponse::new(StatusCode::CREATED, &view)?.with_header(LOCATION, &location)
    };
    let actor = caller.actor();
    let work = async |call| Ok(claims::create(&registry.store, actor, new, now, call).await?);
    idempotent.run(respond, work).await
}
