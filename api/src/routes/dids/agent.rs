//! `GET /agents/{agentId}/did.json`

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse as _, Response};
use domain::did;
use domain::id::AgentId;
use http::HeaderMap;
use http::header::{ACCEPT, CONTENT_TYPE};
use serde_json::{Value, json};
use store::agents::OwnedAgent;

use super::find;
use crate::error::ApiError;
use crate::extract::path::Id;
use crate::origins::Origins;
use crate::registry::Registry;

/// Get an agent's DID document
///
/// The did:web method defines this URL. Documents of published agents list the endpoint and the card. Documents of
/// suspended agents and organizations contain no usable keys; decommissioned agents and those of an organization whose
/// deletion was requested return 410.
#[utoipa::path(get, path = "/agents/{agentId}/did.json", tag = "DIDs", operation_id = "getDidDocument", security(()),
    params(("agentId" = uuid::Uuid, Path, description = "ID of the agent.")),
    responses((status = 200, description = "DID document.", body = Object, content_type = "application/did+json", example = json!({
        "id": "did:web:api.sentryagent.ai:agents:01993b6e-8123-7d11-8a2b-77c1d9a0be55", "verificationMethod": [],
    }))))]
pub async fn get_did_document(
    State(registry): State<Registry>,
    State(origins): State<Arc<Origins>>,
    headers: HeaderMap,
    Id(id): Id<AgentId>,
) -> Result<Response, ApiError> {
    let found = find(&registry, id).await?;
    Ok(respond(&headers, document(&found, &origins.issuer)))
}

/// Builds the document of an agent. The endpoint is included for published agents only.
pub(crate) fn document(found: &OwnedAgent, issuer: &str) -> Value {
    let row = &found.agent;
    let did = did::agent_did(&row.did_host, &row.id);
    let keys = if found.is_active() { row.public_keys.as_array().cloned().unwrap_or_default() } else { Vec::new() };
    let mut services = Vec::new();
    if let Some(endpoint) = row.endpoint_url.as_ref().filter(|_| found.is_published()) {
        services.push(json!({ "id": format!("{did}#endpoint"), "type": "AgentEndpoint", "serviceEndpoint": endpoint }));
        let card = format!("{issuer}/agents/{}/agent-card.json", row.id);
        services.push(json!({ "id": format!("{did}#agent-card"), "type": "AgentCard", "serviceEndpoint": card }));
    }
    did::build_document(&did, &keys, &[], &services)
}

/// Responds with the media type of DID Core 1.0, unless `Accept` names that of 1.1.
pub(super) fn respond(headers: &HeaderMap, document: Value) -> Response {
    let accept = headers.get(ACCEPT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let is_new = accept.split(',').any(|one| one.split(';').next().unwrap_or_default().trim() == "application/did");
    let media_type = if is_new { "application/did" } else { "application/did+json" };
    ([(CONTENT_TYPE, media_type)], Json(document)).into_response()
}
