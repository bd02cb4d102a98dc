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

/// Remove a claim
///
/// It no longer counts, at once. The audit trail keeps that it was there.
#[utoipa::path(delete, path = "/claims/{claimId}", tag = "Claims", operation_id = "removeClaim", security(("bearer" = ["agents:write"])),
    params(("claimId" = uuid::Uuid, Path, description = "The claim's identifier.")),
    responses((status = 204, description = "The claim is gone.")))]
pub async fn remove(
    State(registry): State<Registry>,
    caller: Caller<AgentsWrite>,
    Id(id): Id<ClaimId>,
    Query(NoParams {}): Query<NoParams>,
) -> Result<StatusCode, ApiError> {
    claims::remove(&registry.store, caller.actor(), id, registry.now()).await?;
    Ok(StatusCode::NO_CONTENT)
}
