//! `POST /api/v1/token/revoke`

use axum::extract::State;
use http::{HeaderMap, StatusCode};
use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveValue, EntityTrait as _};
use serde_json::json;

use super::OAuthError;
use super::client::client_or_token;
use super::form::Form;
use super::introspect::TokenInQuestion;
use crate::error::ApiError;
use crate::extract::address::ClientAddress;
use crate::identity;
use crate::state::Shared;
use crate::store::audit::{self, Entry};
use crate::store::entity::revoked_token;
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
    State(app): Shared,
    ClientAddress(address): ClientAddress,
    headers: HeaderMap,
    form: Form,
) -> Result<StatusCode, OAuthError> {
    let caller = client_or_token(&app, address, &headers, &form).await?;
    let token = form.need("token")?;
    let Ok(claims) = tokens::read(&app.keys, &app.issuer, app.clock.now(), token) else { return Ok(StatusCode::OK) };
    let is_own = claims.organization_id == caller.organization_id
        && caller.agent_id.is_none_or(|agent| agent.to_string() == claims.client_id);
    if !is_own || identity::of_claims(&app, &claims).await?.is_err() {
        return Ok(StatusCode::OK);
    }
    let now = app.clock.now();
    let row = revoked_token::ActiveModel {
        token_id: ActiveValue::Set(claims.jti.clone()),
        expires_at: ActiveValue::Set(claims.exp * 1000),
    };
    let agent_id = claims.client_id.parse().ok().filter(|_| claims.client_id != claims.organization_id.to_string());
    let entry = Entry::by(&caller, agent_id, "token.revoked", json!({ "tokenId": claims.jti }));
    app.store
        .writer
        .run(move |tx| {
            Box::pin(async move {
                let already = OnConflict::column(revoked_token::Column::TokenId).do_nothing().to_owned();
                let added = revoked_token::Entity::insert(row).on_conflict(already).exec_without_returning(tx).await?;
                if added > 0 {
                    audit::append(tx, now, entry).await?;
                }
                Ok::<_, ApiError>(())
            })
        })
        .await?;
    Ok(StatusCode::OK)
}
