//! `GET /api/v1`: how an agent that comes without an account gets one, in three calls.

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

/// Read how to begin
///
/// No login: what an agent has to call to have an identity, as JSON, or as Markdown for `Accept: text/markdown`.
#[utoipa::path(get, path = "/api/v1", tag = "Discovery", operation_id = "getGuide", security(()),
    responses((status = 200, description = "Three calls.", content(
        (Object = "application/json", example = json!({ "name": "SentryAgent.ai", "openapi": "https://api.sentryagent.ai/openapi.json" })),
        (String = "text/markdown")))))]
pub async fn guide(
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
        "description": "An identity for AI agents: a registry entry, OAuth 2.0 tokens, a DID, an audit trail.",
        "openapi": format!("{issuer}/openapi.json"),
        "documentation": docs,
        "steps": [
            {
                "does": "Make an organization. Without an e-mail address it lasts 72 hours; give claimUrl to a person, who can keep it.",
                "method": "POST", "url": format!("{issuer}/api/v1/signup"), "json": {},
                "answers": "credential.clientId, credential.clientSecret, claimUrl, expiresAt",
            },
            {
                "does": "Get an access token.",
                "method": "POST", "url": format!("{issuer}/api/v1/token"),
                "form": { "grant_type": "client_credentials", "client_id": "credential.clientId", "client_secret": "credential.clientSecret" },
                "answers": "access_token",
            },
            {
                "does": "Register an agent. It has a DID at once.",
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
        "# SentryAgent.ai\n\nAn identity for AI agents: a registry entry, OAuth 2.0 tokens, a DID, an audit trail.\n\n\
         1. Make an organization. Without an e-mail address it lasts 72 hours; give `claimUrl` to a person, who can keep it.\n\n\
         \x20  `POST {issuer}/api/v1/signup` with `{{}}` answers `credential.clientId`, `credential.clientSecret`, `claimUrl`, `expiresAt`.\n\n\
         2. Get an access token.\n\n\
         \x20  `POST {issuer}/api/v1/token` with the form `grant_type=client_credentials`, `client_id`, `client_secret` answers `access_token`.\n\n\
         3. Register an agent. It has a DID at once.\n\n\
         \x20  `POST {issuer}/api/v1/agents` with `Authorization: Bearer access_token` and \
         `{{\"name\": \"My agent\", \"agentType\": \"custom\", \"capabilities\": [\"tasks:run\"]}}` answers `agentId`, `did`.\n\n\
         All operations: {issuer}/openapi.json. Documentation: {docs}\n"
    )
}
