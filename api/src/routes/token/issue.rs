//! `POST /api/v1/token`

use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse as _, Response};
use domain::actor::Actor;
use domain::scope::Scopes;
use domain::shape::is_tellable;
use http::HeaderMap;
use http::header::{CACHE_CONTROL, PRAGMA};
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::audit::{self, Entry};
use url::Url;
use utoipa::ToSchema;

use super::OAuthError;
use super::client::client;
use super::form::Form;
use crate::error::ApiError;
use crate::extract::address::ClientAddress;
use crate::keys::TOKEN_LIFETIME;
use crate::services::TokenIssuer;
use crate::tokens::{self, Subject};
use crate::usage::Metric;

/// What is sent for a token. Parameters that are not known are ignored.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = TokenRequest, example = json!({
    "grant_type": "client_credentials", "client_id": "01993b6e-8123-7d11-8a2b-77c1d9a0be55",
    "client_secret": "sagent_0ctkPpN4q7mWm0bIhGJvQv1yF3u8sXrK2Zt5aYc9LdE", "scope": "agents:read",
}))]
pub struct TokenRequest {
    /// `client_credentials`
    #[schema(pattern = "^client_credentials$")]
    pub grant_type: String,
    /// The agent's or organization's identifier, unless it is sent by Basic.
    pub client_id: Option<String>,
    /// Its secret, unless it is sent by Basic.
    pub client_secret: Option<String>,
    /// Less than the credential may, with single spaces between. Without it, all of it.
    #[schema(
        pattern = "^( *| *(agents:(read|write)|tokens:read|audit:read|admin:orgs)( +(agents:(read|write)|tokens:read|audit:read|admin:orgs))* *)$"
    )]
    pub scope: Option<String>,
    /// Whom the token is for (RFC 8707). Without it, for us.
    #[schema(max_length = 2048)]
    pub resource: Option<String>,
}

/// A token.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Token, example = json!({
    "access_token": "eyJ0eXAiOiJhdCtqd3QiLCJhbGciOiJFZERTQSIsImtpZCI6Ii4uLiJ9.eyJpc3MiOiIuLi4ifQ.c2lnbmF0dXJl",
    "token_type": "Bearer", "expires_in": 3600, "scope": "agents:read",
}))]
pub struct TokenAnswer {
    /// A JWT by RFC 9068.
    pub access_token: String,
    /// `Bearer`
    pub token_type: &'static str,
    /// Seconds until it ends.
    pub expires_in: u64,
    /// What it may be used for.
    pub scope: String,
}

/// Get an access token
///
/// By client credentials (RFC 6749, section 4.4). `/token` and `/oauth2/token` are the same.
#[utoipa::path(post, path = "/token", tag = "Tokens", operation_id = "issueToken", security((), ("basic" = [])),
    request_body(content = TokenRequest, content_type = "application/x-www-form-urlencoded"),
    responses((status = 200, description = "A token.", body = TokenAnswer)))]
pub async fn issue(
    State(issuer): State<TokenIssuer>,
    ClientAddress(address): ClientAddress,
    headers: HeaderMap,
    form: Form,
) -> Result<Response, OAuthError> {
    match form.need("grant_type")? {
        "client_credentials" => {}
        other => {
            let named = if is_tellable(other) { format!("grant_type {other}") } else { "this grant_type".to_owned() };
            let told = format!("{named} is not served; there is client_credentials");
            return Err(OAuthError::UnsupportedGrantType(told));
        }
    }
    let identity = client(&issuer, address, &headers, &form).await?;
    let scope = scope(&identity, form.get("scope"))?;
    let audience = match form.get("resource") {
        Some(resource) => target(resource)?,
        None => issuer.authenticator.origins.issuer.clone(),
    };
    let most = identity.limits().max_tokens_per_day;
    issuer.usage.take(identity.organization_id, Metric::Tokens, most).await?;
    let (access_token, scope) = make(&issuer, &identity, scope, audience).await?;
    issuer.metrics.tokens.inc();
    let answer = TokenAnswer { access_token, token_type: "Bearer", expires_in: TOKEN_LIFETIME.as_secs(), scope };
    Ok(([(CACHE_CONTROL, "no-store"), (PRAGMA, "no-cache")], Json(answer)).into_response())
}

async fn make(
    issuer: &TokenIssuer,
    identity: &Actor,
    scope: Scopes,
    audience: String,
) -> Result<(String, String), ApiError> {
    let credential_id = identity.credential_id.ok_or_else(|| ApiError::internal("a client without a credential"))?;
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
    let entry = Entry::by(identity, identity.agent_id, "token.issued", metadata);
    audit::append_alone(&issuer.authenticator.registry.store, now, entry).await?;
    Ok((token, scope.to_string()))
}

fn scope(identity: &Actor, wanted: Option<&str>) -> Result<Scopes, OAuthError> {
    let Some(wanted) = wanted else { return Ok(identity.scopes.clone()) };
    let scopes: Scopes =
        wanted.parse().map_err(|refusal: domain::field::Refusal| OAuthError::InvalidScope(refusal.0))?;
    if scopes.is_empty() || !identity.scopes.cover(&scopes) {
        return Err(OAuthError::InvalidScope(format!(
            "this credential may be used for {}, and no more",
            identity.scopes
        )));
    }
    Ok(scopes)
}

/// An absolute URI without a fragment (RFC 8707, section 2).
fn target(resource: &str) -> Result<String, OAuthError> {
    let is_sound = resource.len() <= 2048
        && Url::parse(resource).is_ok_and(|url| url.fragment().is_none())
        && !resource.contains('#');
    if is_sound {
        Ok(resource.to_owned())
    } else {
        let wanted = "resource has to be an absolute URI without a fragment, such as https://agents.example.com";
        Err(OAuthError::InvalidTarget(wanted.to_owned()))
    }
}
