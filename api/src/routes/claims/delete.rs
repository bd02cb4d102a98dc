//! `DELETE /api/v1/claims/{claimId}`

use axum::extract::State;
use domain::id::ClaimId;
use http::StatusCode;
use store::claims;

use crate::error::ApiError;
use crate::extract::caller::{AgentsWrite, Caller};
use crate::extract::path::Id;
use crate::extract::query::{NoParams, Query};
use crate::registry::Registry;

/// Delete a claim
///
/// Effective immediately. The audit trail retains the history of the claim.
#[utoipa::path(delete, path = "/claims/{claimId}", tag = "Claims", operation_id = "removeClaim", security(("bearer" = ["agents:write"])),
    params(("claimId" = uuid::Uuid, Path, description = "ID of the claim.")),
    responses((status = 204, description = "The claim is deleted.")))]
pub async fn delete(
    State(registry): State<Registry>,
    caller: Caller<AgentsWrite>,
    Id(id): Id<ClaimId>,
    Query(NoParams {}): Query<NoParams>,
) -> Result<StatusCode, ApiError> {
    claims::remove(&registry.store, caller.actor(), id, registry.now()).await?;
    Ok(StatusCode::NO_CONTENT)
}
