//! `GET /api/v1/agents/{agentId}/did/resolve`

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse as _, Response};
use domain::agent::{AgentStatus, Word as _};
use domain::id::AgentId;
use domain::time::rfc3339;
use http::StatusCode;
use http::header::CONTENT_TYPE;
use serde_json::{Value, json};
use store::agents;

use super::agent::document;
use crate::error::ApiError;
use crate::extract::path::Id;
use crate::origins::Origins;
use crate::registry::Registry;

/// Resolve an agent's DID
///
/// The document with its metadata (DID Resolution). Of a decommissioned agent: 410, and `deactivated: true`.
#[utoipa::path(get, path = "/agents/{agentId}/did/resolve", tag = "DIDs", operation_id = "resolveDid", security(()),
    params(("agentId" = uuid::Uuid, Path, description = "The agent's identifier.")),
    responses((status = 200, description = "The resolution.", body = Object, content_type = "application/did-resolution", example = json!({
        "didDocument": { "id": "did:web:api.sentryagent.ai:agents:01993b6e-8123-7d11-8a2b-77c1d9a0be55" }, "didDocumentMetadata": {}, "didResolutionMetadata": { "contentType": "application/did+json" },
    })), (status = 410, description = "The agent is decommissioned.", body = Object, content_type = "application/did-resolution", example = json!({
        "didDocument": null, "didDocumentMetadata": { "deactivated": true }, "didResolutionMetadata": {},
    }))))]
pub async fn resolve(
    State(registry): State<Registry>,
    State(origins): State<Arc<Origins>>,
    Id(id): Id<AgentId>,
) -> Result<Response, ApiError> {
    let row = agents::get_of_any_tenant(&registry.store, id).await?;
    let is_gone = row.status == AgentStatus::Decommissioned.word();
    let mut metadata = json!({
        "created": rfc3339(row.created_at),
        "updated": rfc3339(row.updated_at),
        "versionId": row.revision.to_string(),
    });
    if is_gone {
        metadata["deactivated"] = Value::Bool(true);
    }
    let resolution = json!({
        "didDocument": if is_gone { Value::Null } else { document(&row, &origins.issuer, agents::is_published(&registry.store, &row).await?) },
        "didDocumentMetadata": metadata,
        "didResolutionMetadata": if is_gone { json!({}) } else { json!({ "contentType": "application/did+json" }) },
    });
    let status = if is_gone { StatusCode::GONE } else { StatusCode::OK };
    Ok((status, [(CONTENT_TYPE, "application/did-resolution")], Json(resolution)).into_response())
}
