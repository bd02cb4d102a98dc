//! `POST /api/v1/token/introspect`

use axum::Json;
use axum::extract::State;
use http::HeaderMap;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::OAuthError;
use super::client::client_or_token;
use super::form::Form;
use crate::extract::address::ClientAddress;
use crate::services::TokenIssuer;
use crate::tokens;

/// A token that somebody showed you.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = TokenInQuestion, example = json!({ "token": "eyJ0eXAiOiJhdCtqd3QifQ.e30.c2lnbmF0dXJl" }))]
pub struct TokenInQuestion {
    /// The token.
    #[schema(min_length = 1)]
    pub token: String,
    /// What kind it is. There is one kind, so it is ignored.
    pub token_type_hint: Option<String>,
    /// Your identifier, unless it is sent by Basic, or a token is shown instead.
    pub client_id: Option<String>,
    /// Your secret, unless it is sent by Basic, or a token is shown instead.
    pub client_secret: Option<String>,
}

/// Whether it holds. Where it does not, nothing else is said (RFC 7662, section 2.2).
#[derive(Debug, Default, Serialize, ToSchema)]
#[schema(as = Introspection, example = json!({
    "active": true, "scope": "agents:read", "client_id": "01993b6e-8123-7d11-8a2b-77c1d9a0be55", "token_type": "Bearer",
    "exp": 1_795_690_800, "iat": 1_795_687_200, "sub": "01993b6e-8123-7d11-8a2b-77c1d9a0be55",
    "aud": "https://api.sentryagent.ai", "iss": "https://api.sentryagent.ai", "jti": "01993b70-5555-7000-8000-000000000001",
    "organization_id": "01993b6e-7f1c-7a52-9a54-6d1f0a3c9d11",
}))]
#[allow(missing_docs, reason = "fields of RFC 7662, section 2.2")]
pub struct Introspection {
    pub active: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub scope: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub client_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub token_type: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub exp: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub iat: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sub: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub aud: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub iss: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub jti: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub organization_id: Option<String>,
}

/// Ask whether a token holds
///
/// For whoever is shown a token (RFC 7662): unlike verifying it offline, this sees revocation. Tokens of every tenant can
/// be asked about, since agents of different tenants call each other; who holds a token can read it anyway.
#[utoipa::path(post, path = "/token/introspect", tag = "Tokens", operation_id = "introspectToken",
    security((), ("basic" = []), ("bearer" = ["tokens:read"])),
    request_body(content = TokenInQuestion, content_type = "application/x-www-form-urlencoded"),
    responses((status = 200, description = "Whether it holds.", body = Introspection)))]
pub async fn introspect(
    State(issuer): State<TokenIssuer>,
    ClientAddress(address): ClientAddress,
    headers: HeaderMap,
    form: Form,
) -> Result<Json<Introspection>, OAuthError> {
    client_or_token(&issuer, address, &headers, &form).await?;
    let token = form.need("token")?;
    let Ok(claims) = tokens::read(
        &issuer.authenticator.keys,
        &issuer.authenticator.origins.issuer,
        issuer.authenticator.registry.now(),
        token,
    ) else {
        return Ok(Json(Introspection::default()));
    };
    if issuer.authenticator.by_claims(&claims).await?.is_err() {
        return Ok(Json(Introspection::default()));
    }
    Ok(Json(Introspection {
        active: true,
        scope: Some(claims.scope.to_string()),
        client_id: Some(claims.client_id),
        token_type: Some("Bearer"),
        exp: Some(claims.exp),
        iat: Some(claims.iat),
        sub: Some(claims.sub),
        aud: Some(claims.aud),
        iss: Some(claims.iss),
        jti: Some(claims.jti),
        organization_id: Some(claims.organization_id.to_string()),
    }))
}
