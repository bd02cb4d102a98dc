//! `GET /api/v1/audit/{eventId}`

use axum::Json;
use axum::extract::State;
use domain::id::EventId;
use store::audit;

use crate::error::ApiError;
use crate::extract::caller::{AuditRead, Caller};
use crate::extract::path::Id;
use crate::extract::query::{NoParams, Query};
use crate::registry::Registry;
use crate::view::audit::AuditEventView;

/// Get an audit event
#[utoipa::path(get, path = "/audit/{eventId}", tag = "Audit", operation_id = "getAuditEvent", security(("bearer" = ["audit:read"])),
    params(("eventId" = uuid::Uuid, Path, description = "ID of the event.")),
    responses((status = 200, description = "Event.", body = AuditEventView)))]
pub async fn get(
    State(registry): State<Registry>,
    caller: Caller<AuditRead>,
    Id(id): Id<EventId>,
    Query(NoParams {}): Query<NoParams>,
) -> Result<Json<AuditEventView>, ApiError> {
    Ok(Json(audit::get(&registry.store, &caller, id).await?.into()))
}
