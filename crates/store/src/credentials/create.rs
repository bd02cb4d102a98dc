//! Creation of an agent's credential.

use crate::transaction::Transaction;
use std::sync::Arc;

use domain::actor::Actor;
use domain::id::AgentId;
use jiff::Timestamp;
use serde_json::json;

use super::{MAX_LIVE, NewCredential, count_live, insert, too_many};
use crate::audit::{self, Entry};
use crate::idempotency::SealedCall;
use crate::{Store, StoreError, agents};

/// Creates a credential of an agent.
///
/// # Errors
///
/// `NotFound` and `Removed` for the agent; [`Rejection::LimitReached`](domain::rejection::Rejection::LimitReached)
/// beyond [`MAX_LIVE`] active credentials.
pub async fn create(
    store: &Store,
    actor: Arc<Actor>,
    agent: AgentId,
    new: NewCredential,
    now: Timestamp,
    call: Option<SealedCall<()>>,
) -> Result<(), StoreError> {
    store.write(call, move |tx| Box::pin(async move { apply(tx, &actor, agent, new, now).await })).await
}

async fn apply(
    tx: &Transaction,
    actor: &Actor,
    agent: AgentId,
    new: NewCredential,
    now: Timestamp,
) -> Result<(), StoreError> {
    let row = agents::get_in(tx, actor.organization_id, agent).await?;
    agents::require_not_decommissioned(&row)?;
    let current = count_live(tx, agent, now.as_millisecond()).await?;
    if current >= MAX_LIVE {
        return Err(too_many(current).into());
    }
    let metadata = json!({ "credentialId": new.id, "scope": new.scopes });
    insert(tx, now, new).await?;
    audit::append(tx, now, Entry::by_actor(actor, Some(agent), "credential.created", metadata)).await
}
