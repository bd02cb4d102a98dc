//! `DELETE /api/v1/claims/{claimId}`

use axum::extract::State;
use http::StatusCode;
use sea_orm::EntityTrait as _;
use serde_json::json;

use crate::domain::audit::Outcome;
use crate::domain::id::ClaimId;
use crate::error::ApiError;
use crate::extract::caller::{AgentsWrite, Caller};
use crate::extract::path::Id;
use crate::extract::query::{NoParams, Query};
use crate::state::Shared;
use crate::store::audit;
use crate::store::claims::{self, Actor, entry};
use crate::store::entity::claim;

/// Remove a claim
///
/// It no longer counts, at once. The audit trail keeps that it was there.
#[utoipa::path(delete, path = "/claims/{claimId}", tag = "Claims", operation_id = "removeClaim", security(("bearer" = ["agents:write"])),
    params(("claimId" = uuid::Uuid, Path, description = "The claim's identifier.")),
    responses((status = 204, description = "The claim is gone.")))]
pub async fn remove(
    State(app): Shared,
    caller: Caller<AgentsWrite>,
    Id(id): Id<ClaimId>,
    Query(NoParams {}): Query<NoParams>,
) -> Result<StatusCode, ApiError> {
    let (identity, now) = (caller.identity(), app.clock.now());
    app.store
        .writer
        .run(move |tx| {
            Box::pin(async move {
                let row = claims::get(tx, &identity, id).await?;
                claim::Entity::delete_by_id(row.id.clone()).exec(tx).await?;
                let was = json!({ "state": row.state });
                let event = entry(&row, Actor::Caller(&identity), "claim.removed", Outcome::Success, was)?;
                audit::append(tx, now, event).await?;
                claims::tell(tx, &row, now.as_millisecond()).await
            })
        })
        .await?;
    Ok(StatusCode::NO_CONTENT)
}
