//! Revoked tokens.

use crate::transaction::Transaction;
use std::sync::Arc;

use domain::actor::Actor;
use domain::id::AgentId;
use jiff::Timestamp;
use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveValue, EntityTrait as _};
use serde_json::json;

use super::audit::{self, Entry};
use super::entity::revoked_token;
use super::{Store, StoreError};

/// Token to revoke.
#[derive(Clone, Debug)]
pub struct TokenRevocation {
    /// Claim `jti`.
    pub token_id: String,
    /// Claim `exp`, in milliseconds since 1970: the revocation is kept until then.
    pub expires_at: i64,
    /// Agent that the token was issued to; `None` for the organization itself.
    pub agent_id: Option<AgentId>,
}

/// Revokes a token. A second call changes nothing.
pub async fn revoke(
    store: &Store,
    actor: Arc<Actor>,
    token: TokenRevocation,
    now: Timestamp,
) -> Result<(), StoreError> {
    store.write(None, move |tx| Box::pin(async move { apply(tx, &actor, token, now).await })).await
}

async fn apply(tx: &Transaction, actor: &Actor, token: TokenRevocation, now: Timestamp) -> Result<(), StoreError> {
    let row = revoked_token::ActiveModel {
        token_id: ActiveValue::Set(token.token_id.clone()),
        expires_at: ActiveValue::Set(token.expires_at),
    };
    let already = OnConflict::column(revoked_token::Column::TokenId).do_nothing().to_owned();
    let added = revoked_token::Entity::insert(row).on_conflict(already).exec_without_returning(tx).await?;
    if added > 0 {
        let metadata = json!({ "tokenId": token.token_id });
        audit::append(tx, now, Entry::by_actor(actor, token.agent_id, "token.revoked", metadata)).await?;
    }
    Ok(())
}
