//! `POST /api/v1/claims/{claimId}/check`

use axum::Json;
use axum::extract::State;
use domain::agent::{AgentStatus, Word as _};
use domain::claim::{self as rules, ClaimKind};
use domain::id::ClaimId;
use serde::Deserialize;
use store::agents;
use store::claims;
use store::parse_stored as stored;
use utoipa::ToSchema;

use crate::claims as checks;
use crate::error::ApiError;
use crate::extract::body::OptionalBody;
use crate::extract::caller::{AgentsWrite, Caller};
use crate::extract::path::Id;
use crate::extract::query::{NoParams, Query};
use crate::limits::Key;
use crate::services::ClaimChecker;
use crate::view::claim::ClaimView;

/// What proves a key. A claim of another kind needs no body.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = ClaimCheck, example = json!({ "signature": "eyJhbGciOiJFZERTQSJ9.dTNZdzJjVjFvUW04clhrNXRaYjBhSjlkTHNIZjdlR2k.c2lnbmF0dXJl" }))]
pub struct ClaimCheck {
    /// A JWS in compact form (RFC 7515, section 7.1) by the claimed key, whose payload is the claim's nonce.
    #[schema(max_length = 4096)]
    pub signature: Option<String>,
}

/// Check a claim
///
/// It is done at once, within some seconds. A check that does not succeed answers 200 too: `lastFailure` says what was
/// found and what was expected. What is published is read from the public internet alone.
#[utoipa::path(post, path = "/claims/{claimId}/check", tag = "Claims", operation_id = "checkClaim", security(("bearer" = ["agents:write"])),
    params(("claimId" = uuid::Uuid, Path, description = "The claim's identifier.")), request_body(content = ClaimCheck),
    responses((status = 200, description = "The claim as it stands after the check.", body = ClaimView)))]
pub async fn check(
    State(checker): State<ClaimChecker>,
    caller: Caller<AgentsWrite>,
    Id(id): Id<ClaimId>,
    Query(NoParams {}): Query<NoParams>,
    OptionalBody(sent): OptionalBody<ClaimCheck>,
) -> Result<Json<ClaimView>, ApiError> {
    let row = claims::get(&checker.registry.store, &caller, id).await?;
    let agent = match &row.agent_id {
        Some(agent) => Some(agents::get(&checker.registry.store, caller.organization_id, stored(agent)?).await?),
        None => None,
    };
    if agent.as_ref().is_some_and(|agent| agent.status == AgentStatus::Decommissioned.word()) {
        return Err(ApiError::wrong("claimId", "is of an agent that is decommissioned"));
    }
    let kind = claims::kind(&row)?;
    if kind != ClaimKind::Key && sent.signature.is_some() {
        return Err(ApiError::wrong("signature", "is for claims of keys: this one is proved by what is published"));
    }
    checker.throttle.take(Key::Check(caller.organization_id))?;
    let result = match (agent, sent.signature) {
        (Some(agent), Some(signature)) if kind == ClaimKind::Key => checks::signed(&checker, &row, &agent, &signature),
        _ if kind == ClaimKind::Key => {
            return Err(ApiError::wrong("signature", "is missing: a JWS by the key, whose payload is the nonce"));
        }
        _ => checks::fetched(&checker, &row).await?,
    };
    let now = checker.registry.now();
    let settled =
        claims::settle(&checker.registry.store, caller.actor(), id, row, result, rules::nonce()?, now).await?;
    ClaimView::at(settled, now.as_millisecond()).map(Json)
}
