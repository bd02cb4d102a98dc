//! `GET /.well-known/oauth-authorization-server` and `/.well-known/openid-configuration`

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use domain::scope::Scope;
use serde_json::{Value, json};

use crate::origins::Origins;

/// Read the authorization server's metadata
///
/// By RFC 8414. Both addresses answer the same, since clients look for either.
#[utoipa::path(get, path = "/.well-known/oauth-authorization-server", tag = "Discovery", operation_id = "getServerMetadata", security(()),
    responses((status = 200, description = "The metadata.", body = Object, example = json!({
        "issuer": "https://api.sentryagent.ai", "token_endpoint": "https://api.sentryagent.ai/api/v1/token",
    }))))]
pub async fn server(State(origins): State<Arc<Origins>>) -> Json<Value> {
    let issuer = &origins.issuer;
    let portal = origins.portal_page("/docs");
    Json(json!({
        "issuer": issuer,
        "token_endpoint": format!("{issuer}/api/v1/token"),
        "token_endpoint_auth_methods_supported": ["client_secret_basic", "client_secret_post"],
        "introspection_endpoint": format!("{issuer}/api/v1/token/introspect"),
        "introspection_endpoint_auth_methods_supported": ["client_secret_basic", "client_secret_post"],
        "revocation_endpoint": format!("{issuer}/api/v1/token/revoke"),
        "revocation_endpoint_auth_methods_supported": ["client_secret_basic", "client_secret_post"],
        "jwks_uri": format!("{issuer}/.well-known/jwks.json"),
        "grant_types_supported": ["client_credentials"],
        "response_types_supported": [],
        "scopes_supported": Scope::ALL.map(Scope::as_str),
        "service_documentation": portal,
        // openid-configuration has to name these (OpenID Connect Discovery, section 3); there are no ID tokens here.
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": ["RS256", "EdDSA"],
    }))
}

/// Read the server's metadata where OpenID Connect looks for it
///
/// The same as `/.well-known/oauth-authorization-server`. There are no users and no ID tokens here.
#[utoipa::path(get, path = "/.well-known/openid-configuration", tag = "Discovery", operation_id = "getOpenidConfiguration", security(()),
    responses((status = 200, description = "The metadata.", body = Object, example = json!({
        "issuer": "https://api.sentryagent.ai", "token_endpoint": "https://api.sentryagent.ai/api/v1/token",
    }))))]
pub async fn openid(state: State<Arc<Origins>>) -> Json<Value> {
    server(state).await
}
