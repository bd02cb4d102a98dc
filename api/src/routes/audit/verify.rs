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

/// How the chain stands.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = AuditVerification, example = json!({
    "verified": true, "checkedCount": 3, "brokenAtSeq": null, "brokenAtEventId": null, "fault": null, "headSeq": 3,
    "headHash": "9d2f1a7b3c5e8d0f2a4b6c8e0d1f3a5b7c9e0f2d4b6a8c0e1f3d5b7a9c8e6f02", "reachesHead": true,
}))]
pub struct AuditVerification {
    /// Whether every event fits and the chain reaches its head.
    pub verified: bool,
    /// Events that fit, from the first one on.
    pub checked_count: u64,
    /// The place of the first event that does not fit.
    pub broken_at_seq: Option<i64>,
    /// The first event that does not fit.
    pub broken_at_event_id: Option<String>,
    /// What is wrong with it: `gap`, `link` or `content`.
    #[schema(value_type = Option<String>, pattern = "^(gap|link|content)$")]
    pub fault: Option<Fault>,
    /// Where the chain has to end.
    pub head_seq: u64,
    /// The hash that it has to end with.
    pub head_hash: String,
    /// Whether it does: a tail that was cut off shows here.
    pub reaches_head: bool,
}

/// Verify the audit trail
///
/// Computes every hash anew, from the first event to the head. Export it and do the same yourself: the guide shows how.
#[utoipa::path(get, path = "/audit/verify", tag = "Audit", operation_id = "verifyAuditTrail", security(("bearer" = ["audit:read"])),
    responses((status = 200, description = "How the chain stands.", body = AuditVerification)))]
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
