//! `GET /.well-known/oauth-protected-resource`

use axum::Json;
use axum::extract::State;
use domain::scope::Scope;
use serde_json::{Value, json};

use crate::state::Shared;

/// Read what this API asks of tokens
///
/// By RFC 9728: a client that was answered 401 finds out here where to get a token.
#[utoipa::path(get, path = "/.well-known/oauth-protected-resource", tag = "Discovery", operation_id = "getProtectedResourceMetadata", security(()),
    responses((status = 200, description = "The metadata.", body = Object, example = json!({
        "resource": "https://api.sentryagent.ai", "authorization_servers": ["https://api.sentryagent.ai"],
    }))))]
pub async fn protected_resource(State(app): Shared) -> Json<Value> {
    Json(json!({
        "resource": app.issuer,
        "authorization_servers": [app.issuer],
        "jwks_uri": format!("{}/.well-known/jwks.json", app.issuer),
        "scopes_supported": Scope::ALL.map(Scope::as_str),
        "bearer_methods_supported": ["header"],
        "resource_name": "SentryAgent.ai",
        "resource_documentation": app.config.portal_page("/docs"),
    }))
}
