//! `GET /.well-known/did.json`

use std::sync::Arc;

use axum::extract::State;
use axum::response::Response;
use domain::did;
use http::HeaderMap;
use jsonwebtoken::jwk::Jwk;
use serde_json::{Value, json};

use super::agent::respond;
use crate::error::ApiError;
use crate::keys::Keys;
use crate::origins::Origins;

/// Get the service's DID document
///
/// Contains the keys that sign tokens, agent cards and heads of audit trails. Retired keys are listed without a
/// verification relationship.
#[utoipa::path(get, path = "/.well-known/did.json", tag = "DIDs", operation_id = "getServiceDidDocument", security(()),
    responses((status = 200, description = "DID document.", body = Object, content_type = "application/did+json", example = json!({
        "id": "did:web:api.sentryagent.ai", "verificationMethod": [],
    }))))]
pub async fn get_service_did_document(
    State(origins): State<Arc<Origins>>,
    State(keys): State<Arc<Keys>>,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    let did = did::service_did(&origins.did_host);
    let values = |jwks: Vec<Jwk>| jwks.iter().map(serde_json::to_value).collect::<Result<Vec<Value>, _>>();
    let current = values(keys.jwks().keys).map_err(ApiError::internal)?;
    let retired = values(keys.retired()).map_err(ApiError::internal)?;
    let endpoint = json!({ "id": format!("{did}#registry"), "type": "AgentRegistry", "serviceEndpoint": format!("{}/api/v1", origins.issuer) });
    Ok(respond(&headers, did::build_document(&did, &current, &retired, &[endpoint])))
}
