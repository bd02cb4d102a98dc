//! `GET /api/v1/audit/{eventId}`

use axum::Json;
use axum::extract::State;
use sea_orm::{ColumnTrait as _, QueryFilter as _};

use super::visible;
use crate::domain::id::EventId;
use crate::error::{ApiError, Missing};
use crate::extract::caller::{AuditRead, Caller};
use crate::extract::path::Id;
use crate::extract::query::{NoParams, Query};
use crate::state::Shared;
use crate::store::audit;
use crate::store::entity::audit_event;
use crate::view::audit::AuditEventView;

/// Read an event of the audit trail
#[utoipa::path(get, path = "/audit/{eventId}", tag = "Audit", operation_id = "getAuditEvent", security(("bearer" = ["audit:read"])),
    params(("eventId" = uuid::Uuid, Path, description = "The event's identifier.")),
    responses((status = 200, description = "The event.", body = AuditEventView)))]
pub async fn show(
    State(app): Shared,
    caller: Caller<AuditRead>,
    Id(id): Id<EventId>,
    Query(NoParams {}): Query<NoParams>,
) -> Result<Json<AuditEventView>, ApiError> {
    let found = visible(&caller).filter(audit_event::Column::EventId.eq(id.to_string())).one(&app.store.reader).await?;
    let event = found.and_then(audit::event).ok_or(ApiError::NotFound { missing: Missing::AuditEvent })?;
    Ok(Json(event.into()))
}
