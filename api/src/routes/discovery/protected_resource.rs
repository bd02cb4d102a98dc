//! `GET /.well-known/oauth-protected-resource`

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use domain::scope::Scope;
use serde_json::{Value, json};

use crate::origins::Origins;

/// Get the protected resource metadata
///
/// RFC 9728. After a 401, clients find the authorization server in this document.
#[utoipa::path(get, path = "/.well-known/oauth-protected-resource", tag = "Discovery", operation_id = "getProtectedResourceMetadata", security(()),
    responses((status = 200, description = "Metadata.", body = Object, example = json!({
        "resource": "https://api.sentryagent.ai", "authorization_servers": ["https://api.sentryagent.ai"],
    }))))]
pub async fn get_protected_resource_metadata(State(origins): State<Arc<Origins>>) -> Json<Value> {
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
