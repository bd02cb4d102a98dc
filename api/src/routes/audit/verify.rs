//! `GET /api/v1/audit/verify`

use axum::Json;
use axum::extract::State;
use domain::audit::Fault;
use serde::Serialize;
use store::audit;
use utoipa::ToSchema;

use crate::error::ApiError;
use crate::extract::caller::{AuditRead, Caller};
use crate::extract::query::{NoParams, Query};
use crate::registry::Registry;

/// Result of a verification of the chain.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = AuditVerification, example = json!({
    "verified": true, "checkedCount": 3, "brokenAtSeq": null, "brokenAtEventId": null, "fault": null, "headSeq": 3,
    "headHash": "9d2f1a7b3c5e8d0f2a4b6c8e0d1f3a5b7c9e0f2d4b6a8c0e1f3d5b7a9c8e6f02", "reachesHead": true,
}))]
pub struct AuditVerification {
    /// True if every event is intact and the chain reaches its head.
    pub verified: bool,
    /// Number of consecutive intact events, starting with the first.
    pub checked_count: u64,
    /// Sequence number of the first faulty event. `null` if no event is faulty.
    pub broken_at_seq: Option<i64>,
    /// ID of the first faulty event. `null` if no event is faulty.
    pub broken_at_event_id: Option<String>,
    /// Fault of that event: `gap`, `link` or `content`.
    #[schema(value_type = Option<String>, pattern = "^(gap|link|content)$")]
    pub fault: Option<Fault>,
    /// Sequence number of the head.
    pub head_seq: u64,
    /// Hash of the head.
    pub head_hash: String,
    /// True if the chain reaches its head; false if its end was truncated.
    pub reaches_head: bool,
}

/// Verify the audit trail
///
/// Recomputes every hash, from the first event to the head. To verify the trail independently, export it and recompute
/// the hashes.
#[utoipa::path(get, path = "/audit/verify", tag = "Audit", operation_id = "verifyAuditTrail", security(("bearer" = ["audit:read"])),
    responses((status = 200, description = "Result of the verification.", body = AuditVerification)))]
pub async fn verify(
    State(registry): State<Registry>,
    caller: Caller<AuditRead>,
    Query(NoParams {}): Query<NoParams>,
) -> Result<Json<AuditVerification>, ApiError> {
    caller.require_organization()?;
    let result = audit::verify(&registry.store, caller.organization_id).await?;
    let (broken_at_seq, broken_at_event_id, fault) = match result.broken {
        Some(broken) => (Some(broken.seq), Some(broken.event_id), Some(broken.fault)),
        None => (None, None, None),
    };
    Ok(Json(AuditVerification {
        verified: fault.is_none() && result.reaches_head,
        checked_count: result.checked_count,
        broken_at_seq,
        broken_at_event_id,
        fault,
        head_seq: result.head.seq,
        head_hash: result.head.hash,
        reaches_head: result.reaches_head,
    }))
}
