//! `GET /api/v1/audit/verify`

use axum::Json;
use axum::extract::State;
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _};
use serde::Serialize;
use utoipa::ToSchema;

use crate::domain::audit::{Event, Fault, GENESIS};
use crate::domain::id::OrganizationId;
use crate::error::ApiError;
use crate::extract::caller::{AuditRead, Caller};
use crate::extract::query::{NoParams, Query};
use crate::state::Shared;
use crate::store::entity::audit_event;
use crate::store::{Store, audit};

/// Events that are read at once.
const PART: u64 = 1000;

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
    State(app): Shared,
    caller: Caller<AuditRead>,
    Query(NoParams {}): Query<NoParams>,
) -> Result<Json<AuditVerification>, ApiError> {
    caller.organization_alone()?;
    Ok(Json(check(&app.store, caller.organization_id).await?))
}

/// The chain of an organization, as it stands in the database.
pub async fn check(store: &Store, organization: OrganizationId) -> Result<AuditVerification, ApiError> {
    // The head first: what is added meanwhile lies behind it.
    let noted = audit::noted_head(&store.reader, organization).await?;
    let head = noted.clone().unwrap_or_else(|| audit::Head { seq: 0, hash: GENESIS.to_owned() });
    let mut checked = 0;
    let mut before: Option<Event> = None;
    let mut broken = None;
    let mut hash_at_head = None;
    'parts: loop {
        let from = before.as_ref().map_or(0, |event| i64::try_from(event.seq).unwrap_or(i64::MAX));
        let part = part(store, organization, from).await?;
        if part.is_empty() {
            break;
        }
        for row in part {
            let (seq, id) = (row.seq, row.event_id.clone());
            let read = audit::event(row);
            let fault = read.as_ref().map_or(Some(Fault::Content), |event| event.fault(before.as_ref()));
            if let Some(fault) = fault {
                broken = Some((seq, id, fault));
                break 'parts;
            }
            checked += 1;
            if let Some(event) = read.as_ref().filter(|event| event.seq == head.seq) {
                hash_at_head = Some(event.hash.clone());
            }
            before = read;
        }
    }
    // Without a noted end the chain could end anywhere.
    let reaches_head = noted.is_some() && hash_at_head == Some(head.hash.clone());
    let (broken_at_seq, broken_at_event_id, fault) = match broken {
        Some((seq, id, fault)) => (Some(seq), Some(id), Some(fault)),
        None => (None, None, None),
    };
    Ok(AuditVerification {
        verified: fault.is_none() && reaches_head,
        checked_count: checked,
        broken_at_seq,
        broken_at_event_id,
        fault,
        head_seq: head.seq,
        head_hash: head.hash,
        reaches_head: fault.is_none() && reaches_head,
    })
}

/// The events behind a place, in order.
pub(super) async fn part(
    store: &Store,
    organization: OrganizationId,
    behind: i64,
) -> Result<Vec<audit_event::Model>, ApiError> {
    Ok(audit_event::Entity::find()
        .filter(audit_event::Column::OrganizationId.eq(organization.to_string()))
        .filter(audit_event::Column::Seq.gt(behind))
        .order_by_asc(audit_event::Column::Seq)
        .limit(PART)
        .all(&store.reader)
        .await?)
}
