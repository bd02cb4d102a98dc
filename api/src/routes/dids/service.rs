//! `GET /.well-known/did.json`

use axum::extract::State;
use axum::response::Response;
use domain::did;
use http::HeaderMap;
use jsonwebtoken::jwk::Jwk;
use serde_json::{Value, json};

use super::agent::answer;
use crate::error::ApiError;
use crate::state::Shared;

/// Read the service's own DID document
///
/// Its keys are those that sign tokens, agent cards and the ends of audit trails. Those that signed once and sign no
/// more are listed without a purpose.
#[utoipa::path(get, path = "/.well-known/did.json", tag = "DIDs", operation_id = "getServiceDidDocument", security(()),
    responses((status = 200, description = "The document.", body = Object, content_type = "application/did+json", example = json!({
        "id": "did:web:api.sentryagent.ai", "verificationMethod": [],
    }))))]
pub async fn service(State(app): Shared, headers: HeaderMap) -> Result<Response, ApiError> {
    let did = did::of_service(&app.config.did_host());
    let values = |keys: Vec<Jwk>| keys.iter().map(serde_json::to_value).collect::<Result<Vec<Value>, _>>();
    let keys = values(app.keys.jwks().keys).map_err(ApiError::internal)?;
    let retired = values(app.keys.retired()).map_err(ApiError::internal)?;
    let endpoint = json!({ "id": format!("{did}#registry"), "type": "AgentRegistry", "serviceEndpoint": format!("{}/api/v1", app.issuer) });
    Ok(answer(&headers, did::document(&did, &keys, &retired, &[endpoint])))
}
