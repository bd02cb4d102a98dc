//! `GET /api/v1/agents/{agentId}/did/resolve`

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse as _, Response};
use domain::id::AgentId;
use domain::rejection::Rejection;
use domain::time::rfc3339;
use http::StatusCode;
use http::header::CONTENT_TYPE;
use serde_json::{Value, json};
use store::{StoreError, agents};

use super::agent::document;
use crate::error::ApiError;
use crate::extract::path::Id;
use crate::origins::Origins;
use crate::registry::Registry;

/// Resolve an agent's DID
///
/// Returns the document with its metadata (DID Resolution). For an agent that is decommissioned, or deleted
/// with its organization: 410 with `deactivated: true`.
#[utoipa::path(get, path = "/agents/{agentId}/did/resolve", tag = "DIDs", operation_id = "resolveDid", security(()),
    params(("agentId" = uuid::Uuid, Path, description = "ID of the agent.")),
    responses((status = 200, description = "Result of the resolution.", body = Object, content_type = "application/did-resolution", example = json!({
        "didDocument": { "id": "did:web:api.sentryagent.ai:agents:01993b6e-8123-7d11-8a2b-77c1d9a0be55" }, "didDocumentMetadata": {}, "didResolutionMetadata": { "contentType": "application/did+json" },
    })), (status = 410, description = "The agent is decommissioned or deleted.", body = Object, content_type = "application/did-resolution", example = json!({
        "didDocument": null, "didDocumentMetadata": { "deactivated": true }, "didResolutionMetadata": {},
    }))))]
pub async fn resolve(
    State(registry): State<Registry>,
    State(origins): State<Arc<Origins>>,
    Id(id): Id<AgentId>,
) -> Result<Response, ApiError> {
    let found = match agents::get_of_any_tenant(&registry.store, id).await {
        // Nothing is left of an agent whose organization was deleted, except that its DID was deactivated.
        Err(StoreError::Rejected(Rejection::Removed { .. })) => return Ok(respond(StatusCode::GONE, &deactivated())),
        found => found?,
    };
    let (row, is_gone) = (&found.agent, found.is_deactivated());
    let mut metadata = json!({
        "created": rfc3339(row.created_at),
        "updated": rfc3339(row.updated_at),
        "versionId": row.revision.to_string(),
    });
    if is_gone {
        metadata["deactivated"] = Value::Bool(true);
    }
    let resolution = json!({
        "didDocument": if is_gone { Value::Null } else { document(&found, &origins.issuer) },
        "didDocumentMetadata": metadata,
        "didResolutionMetadata": if is_gone { json!({}) } else { json!({ "contentType": "application/did+json" }) },
    });
    let status = if is_gone { StatusCode::GONE } else { StatusCode::OK };
    Ok(respond(status, &resolution))
}

/// Result for a DID of which nothing else is known.
fn deactivated() -> Value {
    json!({ "didDocument": null, "didDocumentMetadata": { "deactivated": true }, "didResolutionMetadata": {} })
}

fn respond(status: StatusCode, resolution: &Value) -> Response {
    (status, [(CONTENT_TYPE, "application/did-resolution")], Json(resolution)).into_response()
}
