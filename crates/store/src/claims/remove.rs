//! Deletion of a claim.

use crate::transaction::Transaction;
use std::sync::Arc;

use domain::actor::Actor;
use domain::audit::Outcome;
use domain::id::ClaimId;
use jiff::Timestamp;
use sea_orm::EntityTrait as _;
use serde_json::json;

use super::{Initiator, add_appearance_changes, entry, get_in};
use crate::audit;
use crate::entity::claim;
use crate::{Store, StoreError};

/// Deletes a claim. The audit trail keeps its history.
pub async fn remove(store: &Store, actor: Arc<Actor>, id: ClaimId, now: Timestamp) -> Result<(), StoreError> {
    store.write(None, move |tx| Box::pin(async move { apply(tx, &actor, id, now).await })).await
}

async fn apply(tx: &Transaction, actor: &Actor, id: ClaimId, now: Timestamp) -> Result<(), StoreError> {
    let row = get_in(tx, actor, id).await?;
    claim::Entity::delete_by_id(row.id.clone()).exec(tx).await?;
    let metadata = json!({ "state": row.state });
    let event = entry(&row, Initiator::Actor(actor), "claim.removed", Outcome::Success, metadata)?;
    audit::append(tx, now, event).await?;
    add_appearance_changes(tx, &row, now.as_millisecond()).await
}
