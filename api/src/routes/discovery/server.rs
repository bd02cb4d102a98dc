//! `GET /.well-known/oauth-authorization-server` and `/.well-known/openid-configuration`

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use domain::scope::Scope;
use serde_json::{Value, json};

use crate::origins::Origins;

/// Get the authorization server metadata
///
/// RFC 8414. Both URLs return the same document, since clients use either.
#[utoipa::path(get, path = "/.well-known/oauth-authorization-server", tag = "Discovery", operation_id = "getServerMetadata", security(()),
    responses((status = 200, description = "Metadata.", body = Object, example = json!({
        "issuer": "https://api.sentryagent.ai", "token_endpoint": "https://api.sentryagent.ai/api/v1/token",
    }))))]
pub async fn get_server_metadata(State(origins): State<Arc<Origins>>) -> Json<Value> {
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
        // Required in openid-configuration (OpenID Connect Discovery, section 3); this service issues no ID tokens.
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": ["RS256", "EdDSA"],
    }))
}

/// Get the OpenID Connect configuration
///
/// Same document as `/.well-known/oauth-authorization-server`. The service has no end users and issues no ID tokens.
#[utoipa::path(get, path = "/.well-known/openid-configuration", tag = "Discovery", operation_id = "getOpenidConfiguration", security(()),
    responses((status = 200, description = "Metadata.", body = Object, example = json!({
        "issuer": "https://api.sentryagent.ai", "token_endpoint": "https://api.sentryagent.ai/api/v1/token",
    }))))]
pub async fn get_openid_configuration(state: State<Arc<Origins>>) -> Json<Value> {
    get_server_metadata(state).await
}
