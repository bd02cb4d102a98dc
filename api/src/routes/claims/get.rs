//! `GET /api/v1/claims/{claimId}`

use axum::Json;
use axum::extract::State;
use domain::id::ClaimId;
use store::claims;

use crate::error::ApiError;
use crate::extract::caller::{AgentsRead, Caller};
use crate::extract::path::Id;
use crate::extract::query::{NoParams, Query};
use crate::registry::Registry;
use crate::view::claim::ClaimView;

/// Get a claim
///
/// Returns the state as of the last check, without a new check.
#[utoipa::path(get, path = "/claims/{claimId}", tag = "Claims", operation_id = "getClaim", security(("bearer" = ["agents:read"])),
    params(("claimId" = uuid::Uuid, Path, description = "ID of the claim.")),
    responses((status = 200, description = "Claim.", body = ClaimView)))]
pub async fn get(
    State(registry): State<Registry>,
    caller: Caller<AgentsRead>,
    Id(id): Id<ClaimId>,
    Query(NoParams {}): Query<NoParams>,
) -> Result<Json<ClaimView>, ApiError> {
    let row = claims::get(&registry.store, &caller, id).await?;
    ClaimView::at(row, registry.now_ms()).map(Json)
}
