//! `GET /.well-known/oauth-protected-resource`

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use domain::scope::Scope;
use serde_json::{Value, json};

use crate::origins::Origins;

/// Read what this API asks of tokens
///
/// By RFC 9728: a client that was answered 401 finds out here where to get a token.
#[utoipa::path(get, path = "/.well-known/oauth-protected-resource", tag = "Discovery", operation_id = "getProtectedResourceMetadata", security(()),
    responses((status = 200, description = "The metadata.", body = Object, example = json!({
        "resource": "https://api.sentryagent.ai", "authorization_servers": ["https://api.sentryagent.ai"],
    }))))]
pub async fn protected_resource(State(origins): State<Arc<Origins>>) -> Json<Value> {
    Json(json!({
        "resource": origins.issuer,
        "authorization_servers": [origins.issuer],
        "jwks_uri": format!("{}/.well-known/jwks.json", origins.issuer),
        "scopes_supported": Scope::ALL.map(Scope::as_str),
        "bearer_methods_supported": ["header"],
        "resource_name": "SentryAgent.ai",
        "resource_documentation": origins.portal_page("/docs"),
    }))
}
