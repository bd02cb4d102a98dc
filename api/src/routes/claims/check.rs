//! `POST /api/v1/claims/{claimId}/check`

use axum::Json;
use axum::extract::State;
use domain::agent::{AgentStatus, TextForm as _};
use domain::claim::{self as rules, ClaimKind};
use domain::id::ClaimId;
use serde::Deserialize;
use store::agents;
use store::claims;
use store::parse_stored as stored;
use utoipa::ToSchema;

use crate::claim_checks;
use crate::error::ApiError;
use crate::extract::body::OptionalBody;
use crate::extract::caller::{AgentsWrite, Caller};
use crate::extract::path::Id;
use crate::extract::query::{NoParams, Query};
use crate::limits::Key;
use crate::services::ClaimChecker;
use crate::view::claim::ClaimView;

/// Request to check a claim. Only claims of keys need a body.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = ClaimCheck, example = json!({ "signature": "eyJhbGciOiJFZERTQSJ9.dTNZdzJjVjFvUW04clhrNXRaYjBhSjlkTHNIZjdlR2k.c2lnbmF0dXJl" }))]
pub struct ClaimCheck {
    /// JWS in compact serialization (RFC 7515, section 7.1) by the claimed key, with the claim's nonce as payload.
    #[schema(max_length = 4096)]
    pub signature: Option<String>,
}

/// Check a claim
///
/// Runs immediately and takes up to 10 s. A failed check also returns 200, with the found and the expected value in
/// `lastFailure`. Evidence is fetched from the public internet only.
#[utoipa::path(post, path = "/claims/{claimId}/check", tag = "Claims", operation_id = "checkClaim", security(("bearer" = ["agents:write"])),
    params(("claimId" = uuid::Uuid, Path, description = "ID of the claim.")), request_body(content = ClaimCheck),
    responses((status = 200, description = "Claim after the check.", body = ClaimView)))]
pub async fn check(
    State(checker): State<ClaimChecker>,
    caller: Caller<AgentsWrite>,
    Id(id): Id<ClaimId>,
    Query(NoParams {}): Query<NoParams>,
    OptionalBody(sent): OptionalBody<ClaimCheck>,
) -> Result<Json<ClaimView>, ApiError> {
    caller.require_verified()?;
    let row = claims::get(&checker.registry.store, &caller, id).await?;
    let agent = match &row.agent_id {
        Some(agent) => Some(agents::get(&checker.registry.store, caller.organization_id, stored(agent)?).await?),
        None => None,
    };
    if agent.as_ref().is_some_and(|agent| agent.status == AgentStatus::Decommissioned.as_str()) {
        return Err(ApiError::invalid_field("claimId", "refers to a claim of a decommissioned agent"));
    }
    let kind = claims::parse_kind(&row)?;
    if kind != ClaimKind::Key && sent.signature.is_some() {
        return Err(ApiError::invalid_field("signature", "is only allowed for claims of keys"));
    }
    checker.throttle.take(Key::Check(caller.organization_id))?;
    let result = match (agent, sent.signature) {
        (Some(agent), Some(signature)) if kind == ClaimKind::Key => {
            claim_checks::check_signature(&checker, &row, &agent, &signature)
        }
        _ if kind == ClaimKind::Key => {
            return Err(ApiError::invalid_field(
                "signature",
                "is required: a JWS by the key with the nonce as payload",
            ));
        }
        _ => claim_checks::check_by_fetch(&checker, &row).await?,
    };
    let now = checker.registry.now();
    let settled =
        claims::record_check(&checker.registry.store, caller.actor(), id, row, result, rules::generate_nonce()?, now)
            .await?;
    ClaimView::at(settled, now.as_millisecond()).map(Json)
}
