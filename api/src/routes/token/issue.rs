//! `POST /api/v1/token`

use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse as _, Response};
use domain::actor::Actor;
use domain::json_errors::can_echo;
use domain::organization::Status;
use domain::scope::Scopes;
use http::HeaderMap;
use http::header::{CACHE_CONTROL, PRAGMA};
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::audit::{self, Entry};
use url::Url;
use utoipa::ToSchema;

use super::OAuthError;
use super::client::authenticate_client;
use super::form::Form;
use crate::error::ApiError;
use crate::extract::address::ClientAddress;
use crate::identity::Found;
use crate::keys::TOKEN_LIFETIME;
use crate::services::TokenIssuer;
use crate::tokens::{self, Subject};
use crate::usage::Metric;

/// Request for a token. Unknown parameters are ignored.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = TokenRequest, example = json!({
    "grant_type": "client_credentials", "client_id": "01993b6e-8123-7d11-8a2b-77c1d9a0be55",
    "client_secret": "sagent_0ctkPpN4q7mWm0bIhGJvQv1yF3u8sXrK2Zt5aYc9LdE", "scope": "agents:read",
}))]
pub struct TokenRequest {
    /// Grant type: `client_credentials`.
    #[schema(pattern = "^client_credentials$")]
    pub grant_type: String,
    /// Client ID: the ID of the agent or organization, unless sent by Basic authentication.
    pub client_id: Option<String>,
    /// Client secret, unless sent by Basic authentication.
    pub client_secret: Option<String>,
    /// Scopes to request, separated by single spaces. Default: all scopes of the credential.
    #[schema(
        pattern = "^( *| *(agents:(read|write)|tokens:read|audit:read|admin:orgs)( +(agents:(read|write)|tokens:read|audit:read|admin:orgs))* *)$"
    )]
    pub scope: Option<String>,
    /// Resource that the token is for (RFC 8707). Default: this API.
    #[schema(max_length = 2048)]
    pub resource: Option<String>,
}

/// Access token.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Token, example = json!({
    "access_token": "eyJ0eXAiOiJhdCtqd3QiLCJhbGciOiJFZERTQSIsImtpZCI6Ii4uLiJ9.eyJpc3MiOiIuLi4ifQ.c2lnbmF0dXJl",
    "token_type": "Bearer", "expires_in": 3600, "scope": "agents:read",
}))]
pub struct TokenResponse {
    /// JWT (RFC 9068).
    pub access_token: String,
    /// Token type: `Bearer`.
    pub token_type: &'static str,
    /// Seconds until expiry.
    pub expires_in: u64,
    /// Scopes, separated by single spaces.
    pub scope: String,
}

/// Issue a token
///
/// Client credentials grant (RFC 6749, section 4.4). `/token` and `/oauth2/token` are aliases.
#[utoipa::path(post, path = "/token", tag = "Tokens", operation_id = "issueToken", security((), ("basic" = [])),
    request_body(content = TokenRequest, content_type = "application/x-www-form-urlencoded"),
    responses((status = 200, description = "Access token.", body = TokenResponse)))]
pub async fn issue(
    State(issuer): State<TokenIssuer>,
    ClientAddress(address): ClientAddress,
    headers: HeaderMap,
    form: Form,
) -> Result<Response, OAuthError> {
    match form.require("grant_type")? {
        "client_credentials" => {}
        other => {
            let named = if can_echo(other) {
                format!("Unsupported grant_type `{other}`.")
            } else {
                "Unsupported grant_type.".to_owned()
            };
            let message = format!("{named} Expected client_credentials.");
            return Err(OAuthError::UnsupportedGrantType(message));
        }
    }
    let identity = match authenticate_client(&issuer, address, &headers, &form).await? {
        Found::Active(identity) => identity,
        Found::Inactive(identity, status) => require_restoring(identity, status, form.get("resource"))?,
    };
    let scope = parse_scope(&identity, form.get("scope"))?;
    let audience = match form.get("resource") {
        Some(resource) => parse_resource(resource)?,
        None => issuer.authenticator.origins.issuer.clone(),
    };
    let limit = identity.limits().max_tokens_per_day;
    issuer.usage.take(identity.organization_id, Metric::Tokens, limit).await?;
    let (access_token, scope) = issue_token(&issuer, &identity, scope, audience).await?;
    issuer.metrics.tokens.inc();
    let response = TokenResponse { access_token, token_type: "Bearer", expires_in: TOKEN_LIFETIME.as_secs(), scope };
    Ok(([(CACHE_CONTROL, "no-store"), (PRAGMA, "no-cache")], Json(response)).into_response())
}

/// Accepts the admin credential of an organization whose deletion was requested, for tokens of this API alone: what they
/// can do is up to its operations, which ask for the status. Other clients of an organization that can't act get no token.
fn require_restoring(identity: Actor, status: Status, resource: Option<&str>) -> Result<Actor, OAuthError> {
    let is_restorable = matches!(status, Status::Deleting { .. });
    if !is_restorable || identity.agent_id.is_some() || resource.is_some() {
        return Err(OAuthError::InactiveOrganization(status));
    }
    Ok(identity)
}

async fn issue_token(
    issuer: &TokenIssuer,
    identity: &Actor,
    scope: Scopes,
    audience: String,
) -> Result<(String, String), ApiError> {
    let credential_id = identity.credential_id.ok_or_else(|| ApiError::internal("client without a credential"))?;
    let subject = Subject {
        client_id: identity.audit_id(),
        organization_id: identity.organization_id,
        credential_id,
        scope: scope.clone(),
        audience: audience.clone(),
    };
    let now = issuer.authenticator.registry.now();
    let (token, claims) = tokens::issue(
        &issuer.authenticator.keys,
        issuer.algorithm,
        &issuer.authenticator.origins.issuer,
        now,
        subject,
    )?;
    let metadata =
        json!({ "tokenId": claims.jti, "credentialId": credential_id, "scope": scope, "audience": audience });
    let entry = Entry::by_actor(identity, identity.agent_id, "token.issued", metadata);
    audit::append_alone(&issuer.authenticator.registry.store, now, entry).await?;
    Ok((token, scope.to_string()))
}

fn parse_scope(identity: &Actor, requested: Option<&str>) -> Result<Scopes, OAuthError> {
    let Some(requested) = requested else { return Ok(identity.scopes.clone()) };
    let scopes: Scopes = requested
        .parse()
        .map_err(|error: domain::field::InvalidValue| OAuthError::InvalidScope(format!("The scope {}.", error.0)))?;
    if scopes.is_empty() || !identity.scopes.contains_all(&scopes) {
        return Err(OAuthError::InvalidScope(format!(
            "The scope exceeds the credential. Allowed scopes: {}.",
            identity.scopes
        )));
    }
    Ok(scopes)
}

/// Schemes whose URIs a browser executes or opens as content: a danger wherever an audience is shown as a link.
const EXECUTABLE: [&str; 5] = ["javascript", "vbscript", "data", "blob", "file"];

/// Parses a resource: an absolute URI without a fragment (RFC 8707, section 2).
fn parse_resource(resource: &str) -> Result<String, OAuthError> {
    let is_valid = resource.len() <= 2048
        && Url::parse(resource).is_ok_and(|url| url.fragment().is_none() && !EXECUTABLE.contains(&url.scheme()))
        && !resource.contains('#');
    if is_valid {
        Ok(resource.to_owned())
    } else {
        let message = "The resource must be an absolute URI without a fragment, such as https://agents.example.com.";
        Err(OAuthError::InvalidTarget(message.to_owned()))
    }
}
