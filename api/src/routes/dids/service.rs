//! `GET /.well-known/did.json`

use std::sync::Arc;

use axum::extract::State;
use axum::response::Response;
use domain::did;
use http::HeaderMap;
use jsonwebtoken::jwk::Jwk;
use serde_json::{Value, json};

use super::agent::answer;
use crate::error::ApiError;
use crate::keys::Keys;
use crate::origins::Origins;

/// Read the service's own DID document
///
/// Its keys are those that sign tokens, agent cards and the ends of audit trails. Those that signed once and sign no
/// more are listed without a purpose.
#[utoipa::path(get, path = "/.well-known/did.json", tag = "DIDs", operation_id = "getServiceDidDocument", security(()),
    responses((status = 200, description = "The document.", body = Object, content_type = "application/did+json", example = json!({
        "id": "did:web:api.sentryagent.ai", "verificationMethod": [],
    }))))]
pub async fn service(
    State(origins): State<Arc<Origins>>,
    State(keys): State<Arc<Keys>>,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    let did = did::of_service(&origins.did_host);
    let values = |jwks: Vec<Jwk>| jwks.iter().map(serde_json::to_value).collect::<Result<Vec<Value>, _>>();
    let current = values(keys.jwks().keys).map_err(ApiError::internal)?;
    let retired = values(keys.retired()).map_err(ApiError::internal)?;
    let endpoint = json!({ "id": format!("{did}#registry"), "type": "AgentRegistry", "serviceEndpoint": format!("{}/api/v1", origins.issuer) });
    Ok(answer(&headers, did::document(&did, &current, &retired, &[endpoint])))
}
