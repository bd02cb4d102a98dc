//! `POST /api/v1/token/revoke`

use std::sync::Arc;

use axum::extract::State;
use http::{HeaderMap, StatusCode};
use store::tokens::TokenRevocation;

use super::OAuthError;
use super::client::authenticate_client_or_token;
use super::form::Form;
use super::introspect::TokenIntrospectionRequest;
use crate::error::ApiError;
use crate::extract::address::ClientAddress;
use crate::services::TokenIssuer;
use crate::tokens;

/// Revoke a token
///
/// RFC 7009. Invalidates a token before its expiry, at this API and on introspection. An agent can revoke its own
/// tokens; an organization can also revoke the tokens of its agents. Unknown tokens and tokens of other organizations
/// get the same response, without effect.
#[utoipa::path(post, path = "/token/revoke", tag = "Tokens", operation_id = "revokeToken",
    security((), ("basic" = []), ("bearer" = ["tokens:read"])),
    request_body(content = TokenIntrospectionRequest, content_type = "application/x-www-form-urlencoded"),
    responses((status = 200, description = "The token is not active.")))]
pub async fn revoke(
    State(issuer): State<TokenIssuer>,
    ClientAddress(address): ClientAddress,
    headers: HeaderMap,
    form: Form,
) -> Result<StatusCode, OAuthError> {
    let caller = authenticate_client_or_token(&issuer, address, &headers, &form).await?;
    let token = form.require("token")?;
    let Ok(claims) = tokens::verify(
        &issuer.authenticator.keys,
        &issuer.authenticator.origins.issuer,
        issuer.authenticator.registry.now(),
        token,
    ) else {
        return Ok(StatusCode::OK);
    };
    let is_own = claims.organization_id == caller.organization_id
        && caller.agent_id.is_none_or(|agent| agent.to_string() == claims.client_id);
    if !is_own || !issuer.authenticator.is_usable(&claims).await? {
        return Ok(StatusCode::OK);
    }
    let agent_id = claims.client_id.parse().ok().filter(|_| claims.client_id != claims.organization_id.to_string());
    let revocation = TokenRevocation { token_id: claims.jti, expires_at: claims.exp * 1000, agent_id };
    let revoked = store::tokens::revoke(
        &issuer.authenticator.registry.store,
        Arc::new(caller),
        revocation,
        issuer.authenticator.registry.now(),
    )
    .await;
    revoked.map_err(ApiError::from)?;
    Ok(StatusCode::OK)
}
