//! `GET /api/v1/audit/export`

use axum::body::Body;
use axum::extract::State;
use axum::response::{IntoResponse as _, Response};
use bytes::Bytes;
use domain::id::OrganizationId;
use futures_util::stream;
use http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use store::{Store, audit};

use crate::error::ApiError;
use crate::extract::caller::{AuditRead, Caller};
use crate::extract::query::{NoParams, Query};
use crate::registry::Registry;

/// Export the audit trail
///
/// The whole chain as JSON lines, the oldest event first, streamed.
#[utoipa::path(get, path = "/audit/export", tag = "Audit", operation_id = "exportAuditTrail", security(("bearer" = ["audit:read"])),
    responses((status = 200, description = "An event a line.", body = String, content_type = "application/jsonl")))]
pub async fn export(
    State(registry): State<Registry>,
    caller: Caller<AuditRead>,
    Query(NoParams {}): Query<NoParams>,
) -> Result<Response, ApiError> {
    caller.require_organization()?;
    let first = Some((registry.store.clone(), caller.organization_id, 0));
    let lines = stream::unfold(first, |state| async move {
        let (store, organization, behind) = state?;
        match lines(&store, organization, behind).await {
            Ok((text, Some(last))) => Some((Ok(text), Some((store, organization, last)))),
            Ok((_, None)) => None,
            // An end without the last chunk: the reader sees that it is not whole.
            Err(error) => Some((Err(std::io::Error::other(error)), None)),
        }
    });
    let headers = [(CONTENT_TYPE, "application/jsonl"), (CONTENT_DISPOSITION, "attachment; filename=\"audit.jsonl\"")];
    Ok((headers, Body::from_stream(lines)).into_response())
}

/// A batch of events as JSON lines, and the place of its last event.
async fn lines(store: &Store, organization: OrganizationId, after: u64) -> Result<(Bytes, Option<u64>), ApiError> {
    let events = audit::export_batch(store, organization, after).await?;
    let mut text = Vec::new();
    for event in &events {
        serde_json::to_writer(&mut text, event).map_err(ApiError::internal)?;
        text.push(b'\n');
    }
    Ok((Bytes::from(text), events.last().map(|event| event.seq)))
}
