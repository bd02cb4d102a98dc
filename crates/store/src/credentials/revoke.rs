//! Revocation of an agent's credential.

use crate::transaction::Transaction;
use std::sync::Arc;

use domain::actor::Actor;
use domain::id::{AgentId, CredentialId};
use jiff::Timestamp;
use sea_orm::{ActiveModelTrait as _, ActiveValue, IntoActiveModel as _};
use serde_json::json;

use super::get_in;
use crate::audit::{self, Entry};
use crate::{Store, StoreError, agents};

/// Revokes a credential of an agent. A second call changes nothing.
pub async fn revoke(
    store: &Store,
    actor: Arc<Actor>,
    agent: AgentId,
    id: CredentialId,
    now: Timestamp,
) -> Result<(), StoreError> {
    store.write(None, move |tx| Box::pin(async move { apply(tx, &actor, agent, id, now).await })).await
}

async fn apply(
    tx: &Transaction,
    actor: &Actor,
    agent: AgentId,
    id: CredentialId,
    now: Timestamp,
) -> Result<(), StoreError> {
    agents::get_in(tx, actor.organization_id, agent).await?;
    let row = get_in(tx, actor.organization_id, agent, id).await?;
    if row.revoked_at.is_some_and(|end| end <= now.as_millisecond()) {
        return Ok(());
    }
    let mut active = row.into_active_model();
    active.revoked_at = ActiveValue::Set(Some(now.as_millisecond()));
    active.update(tx).await?;
    let metadata = json!({ "credentialId": id });
    audit::append(tx, now, Entry::by_actor(actor, Some(agent), "credential.revoked", metadata)).await
}
