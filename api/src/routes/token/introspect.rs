//! `POST /api/v1/token/introspect`

use axum::Json;
use axum::extract::State;
use http::HeaderMap;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::OAuthError;
use super::client::authenticate_client_or_token;
use super::form::Form;
use crate::extract::address::ClientAddress;
use crate::services::TokenIssuer;
use crate::tokens;

/// Request to introspect or revoke a token (RFC 7662, RFC 7009).
#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = TokenIntrospectionRequest, example = json!({ "token": "eyJ0eXAiOiJhdCtqd3QifQ.e30.c2lnbmF0dXJl" }))]
pub struct TokenIntrospectionRequest {
    /// Token.
    #[schema(min_length = 1)]
    pub token: String,
    /// Type of the token. Ignored: there is only one type.
    pub token_type_hint: Option<String>,
    /// Client ID, unless sent by Basic authentication or replaced by a bearer token.
    pub client_id: Option<String>,
    /// Client secret, unless sent by Basic authentication or replaced by a bearer token.
    pub client_secret: Option<String>,
}

/// Result of an introspection. Inactive tokens have no other fields (RFC 7662, section 2.2).
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

/// Introspect a token
///
/// RFC 7662. Unlike offline verification, introspection detects revocation. Tokens of all organizations can be
/// introspected, since agents of different organizations call each other and anyone with a token can decode it.
#[utoipa::path(post, path = "/token/introspect", tag = "Tokens", operation_id = "introspectToken",
    security((), ("basic" = []), ("bearer" = ["tokens:read"])),
    request_body(content = TokenIntrospectionRequest, content_type = "application/x-www-form-urlencoded"),
    responses((status = 200, description = "Result of the introspection.", body = Introspection)))]
pub async fn introspect(
    State(issuer): State<TokenIssuer>,
    ClientAddress(address): ClientAddress,
    headers: HeaderMap,
    form: Form,
) -> Result<Json<Introspection>, OAuthError> {
    authenticate_client_or_token(&issuer, address, &headers, &form).await?;
    let token = form.require("token")?;
    let Ok(claims) = tokens::verify(
        &issuer.authenticator.keys,
        &issuer.authenticator.origins.issuer,
        issuer.authenticator.registry.now(),
        token,
    ) else {
        return Ok(Json(Introspection::default()));
    };
    if !issuer.authenticator.is_usable(&claims).await? {
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
