//! `GET /api/v1`: guide for agents without an account, in three calls.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse as _, Response};
use http::HeaderMap;
use http::header::{ACCEPT, CONTENT_TYPE};
use serde_json::json;

use crate::error::ApiError;
use crate::extract::query::{NoParams, Query};
use crate::origins::Origins;

/// Get the getting-started guide
///
/// Lists the calls with which an agent creates its identity, as JSON, or as Markdown with `Accept: text/markdown`. No
/// authentication required.
#[utoipa::path(get, path = "/api/v1", tag = "Discovery", operation_id = "getGuide", security(()),
    responses((status = 200, description = "Guide.", content(
        (Object = "application/json", example = json!({ "name": "SentryAgent.ai", "openapi": "https://api.sentryagent.ai/openapi.json" })),
        (String = "text/markdown")))))]
pub async fn get_guide(
    State(origins): State<Arc<Origins>>,
    headers: HeaderMap,
    Query(NoParams {}): Query<NoParams>,
) -> Result<Response, ApiError> {
    let accept = headers.get(ACCEPT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let issuer = &origins.issuer;
    let docs = origins.portal_page("/docs");
    if accept.contains("text/markdown") {
        return Ok(([(CONTENT_TYPE, "text/markdown; charset=utf-8")], markdown(issuer, &docs)).into_response());
    }
    Ok(Json(json!({
        "name": "SentryAgent.ai",
        "description": "Identity for AI agents: a registry entry, OAuth 2.0 tokens, a DID and an audit trail.",
        "openapi": format!("{issuer}/openapi.json"),
        "documentation": docs,
        "steps": [
            {
                "does": "Create an organization. Without an email address it expires after 72 hours; give claimUrl to a person, who can claim it and decides whether the credentials stay valid.",
                "method": "POST", "url": format!("{issuer}/api/v1/signup"), "json": {},
                "answers": "credential.clientId, credential.clientSecret, claimUrl, expiresAt",
            },
            {
                "does": "Request an access token.",
                "method": "POST", "url": format!("{issuer}/api/v1/token"),
                "form": { "grant_type": "client_credentials", "client_id": "credential.clientId", "client_secret": "credential.clientSecret" },
                "answers": "access_token",
            },
            {
                "does": "Register an agent. Its DID resolves immediately.",
                "method": "POST", "url": format!("{issuer}/api/v1/agents"),
                "headers": { "Authorization": "Bearer access_token" },
                "json": { "name": "My agent", "agentType": "custom", "capabilities": ["tasks:run"] },
                "answers": "agentId, did",
            },
        ],
    }))
    .into_response())
}

fn markdown(issuer: &str, docs: &str) -> String {
    format!(
        "# SentryAgent.ai\n\nIdentity for AI agents: a registry entry, OAuth 2.0 tokens, a DID and an audit trail.\n\n\
         1. Create an organization. Without an email address it expires after 72 hours; give `claimUrl` to a person, who can claim it and decides whether the credentials stay valid.\n\n\
         \x20  `POST {issuer}/api/v1/signup` with `{{}}` returns `credential.clientId`, `credential.clientSecret`, `claimUrl`, `expiresAt`.\n\n\
         2. Request an access token.\n\n\
         \x20  `POST {issuer}/api/v1/token` with the form `grant_type=client_credentials`, `client_id`, `client_secret` returns `access_token`.\n\n\
         3. Register an agent. Its DID resolves immediately.\n\n\
         \x20  `POST {issuer}/api/v1/agents` with `Authorization: Bearer access_token` and \
         `{{\"name\": \"My agent\", \"agentType\": \"custom\", \"capabilities\": [\"tasks:run\"]}}` returns `agentId`, `did`.\n\n\
         All operations: {issuer}/openapi.json. Documentation: {docs}\n"
    )
}
