//! `GET /api/v1/audit/head`

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use domain::time::rfc3339;
use serde::Serialize;
use serde_json::json;
use store::audit::{self, RecordedHead};
use utoipa::ToSchema;

use crate::anchors::Anchors;
use crate::config::Algorithm;
use crate::error::ApiError;
use crate::extract::caller::{AuditRead, Caller};
use crate::extract::query::{NoParams, Query};
use crate::keys::Keys;
use crate::origins::Origins;
use crate::registry::Registry;

/// Signed head of the chain. Store it to detect later whether an earlier event was altered or removed.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = AuditHead, example = json!({
    "organizationId": "01993b6e-7f1c-7a52-9a54-6d1f0a3c9d11", "headSeq": 3,
    "headHash": "9d2f1a7b3c5e8d0f2a4b6c8e0d1f3a5b7c9e0f2d4b6a8c0e1f3d5b7a9c8e6f02",
    "at": "2026-11-25T09:40:00.000Z", "signature": "eyJ0eXAiOiJhdWRpdC1oZWFkK2p3dCJ9.eyJoZWFkU2VxIjozfQ.c2lnbmF0dXJl",
}))]
pub struct AuditHead {
    /// Organization that owns the chain.
    #[schema(format = Uuid)]
    pub organization_id: String,
    /// Sequence number of the last event; 0 if there is none.
    pub head_seq: u64,
    /// Hash of the last event.
    pub head_hash: String,
    /// Time at which the head was read.
    #[schema(format = DateTime)]
    pub at: String,
    /// These values as a JWT, signed by the service (`/.well-known/jwks.json`).
    pub signature: String,
}

/// Get the head of the audit trail
///
/// Returns the head, signed. A head that was changed in the database is not signed.
#[utoipa::path(get, path = "/audit/head", tag = "Audit", operation_id = "getAuditHead", security(("bearer" = ["audit:read"])),
    responses((status = 200, description = "Head of the chain.", body = AuditHead)))]
pub async fn get_head(
    State(registry): State<Registry>,
    State(origins): State<Arc<Origins>>,
    State(keys): State<Arc<Keys>>,
    State(anchors): State<Arc<Anchors>>,
    caller: Caller<AuditRead>,
    Query(NoParams {}): Query<NoParams>,
) -> Result<Json<AuditHead>, ApiError> {
    // The anchor first: it moves forward with the head.
    let anchor = anchors.find(caller.organization_id).map(|anchor| anchor.head());
    let RecordedHead { head, is_authentic } = audit::head(&registry.store, caller.organization_id).await?;
    let reaches_anchor = match anchor {
        Some(anchor) if head.seq < anchor.seq => false,
        Some(anchor) => audit::contains(&registry.store, caller.organization_id, &anchor).await?,
        None => true,
    };
    if !is_authentic || !reaches_anchor {
        return Err(ApiError::AuditTrailBroken);
    }
    let now = registry.now();
    let claims = json!({
        "iss": origins.issuer,
        "sub": caller.organization_id,
        "iat": now.as_second(),
        "headSeq": head.seq,
        "headHash": head.hash,
    });
    let key = keys.signer(Algorithm::EdDsa).ok_or_else(|| ApiError::internal("no EdDSA signing key"))?;
    Ok(Json(AuditHead {
        organization_id: caller.organization_id.to_string(),
        head_seq: head.seq,
        head_hash: head.hash,
        at: rfc3339(now.as_millisecond()),
        signature: key.sign("audit-head+jwt", &claims)?,
    }))
}
