//! `POST /api/v1/token/revoke`

use std::sync::Arc;

use axum::extract::State;
use http::{HeaderMap, StatusCode};
use store::tokens::TokenRevocation;

use super::OAuthError;
use super::client::client_or_token;
use super::form::Form;
use super::introspect::TokenInQuestion;
use crate::error::ApiError;
use crate::extract::address::ClientAddress;
use crate::services::TokenIssuer;
use crate::tokens;

/// Revoke a token
///
/// Ends a token before its time, for us and for those who introspect (RFC 7009). An agent ends its own, the organization
/// all of its agents'. Of a token that is not known or not yours, the answer is the same, and nothing happens.
#[utoipa::path(post, path = "/token/revoke", tag = "Tokens", operation_id = "revokeToken",
    security((), ("basic" = []), ("bearer" = ["tokens:read"])),
    request_body(content = TokenInQuestion, content_type = "application/x-www-form-urlencoded"),
    responses((status = 200, description = "It holds no longer, or never did.")))]
pub async fn revoke(
    State(issuer): State<TokenIssuer>,
    ClientAddress(address): ClientAddress,
    headers: HeaderMap,
    form: Form,
) -> Result<StatusCode, OAuthError> {
    let caller = client_or_token(&issuer, address, &headers, &form).await?;
    let token = form.need("token")?;
    let Ok(claims) = tokens::read(
        &issuer.authenticator.keys,
        &issuer.authenticator.origins.issuer,
        issuer.authenticator.registry.now(),
        token,
    ) else {
        return Ok(StatusCode::OK);
    };
    let is_own = claims.organization_id == caller.organization_id
        && caller.agent_id.is_none_or(|agent| agent.to_string() == claims.client_id);
    if !is_own || issuer.authenticator.by_claims(&claims).await?.is_err() {
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
