//! Decommissioning of an agent.

use crate::transaction::Transaction;
use std::sync::Arc;

use domain::actor::Actor;
use domain::agent::{AgentStatus, TextForm as _};
use domain::id::AgentId;
use domain::version::{ExpectedVersion, etag};
use jiff::Timestamp;
use sea_orm::{ActiveModelTrait as _, EntityTrait as _, IntoActiveModel as _};
use serde_json::json;

use super::get_in;
use crate::audit::{self, Entry};
use crate::entity::agent;
use crate::{Store, StoreError, claims, credentials, outbox};

/// Decommissions an agent: its credentials are revoked and its claims expire. A second call changes nothing.
///
/// # Errors
///
/// [`Rejection::VersionMismatch`](domain::rejection::Rejection::VersionMismatch).
pub async fn decommission(
    store: &Store,
    actor: Arc<Actor>,
    id: AgentId,
    expected: ExpectedVersion,
    now: Timestamp,
) -> Result<(), StoreError> {
    store.write(None, move |tx| Box::pin(async move { apply(tx, &actor, id, &expected, now).await })).await
}

async fn apply(
    tx: &Transaction,
    actor: &Actor,
    id: AgentId,
    expected: &ExpectedVersion,
    now: Timestamp,
) -> Result<(), StoreError> {
    let mut row = get_in(tx, actor.organization_id, id).await?;
    if row.status == AgentStatus::Decommissioned.as_str() {
        return Ok(());
    }
    expected.check(&etag(&row.id, row.revision))?;
    row.status = AgentStatus::Decommissioned.as_str().into();
    row.decommissioned_at = Some(now.as_millisecond());
    row.updated_at = now.as_millisecond();
    row.revision += 1;
    // Frees the email address for other agents.
    row.email_key = None;
    agent::Entity::update(row.clone().into_active_model().reset_all()).exec(tx).await?;
    let revoked = credentials::revoke_all(tx, now, actor.organization_id, credentials::Holder::Agent(id)).await?;
    claims::expire_unfounded(tx, now, actor, &row).await?;
    // Hidden agents as well: their mirrors have to learn that they won't return.
    if row.published_at.is_some() {
        outbox::add(tx, &row.id, "gone", now.as_millisecond()).await?;
    }
    let metadata = json!({ "revokedCredentials": revoked });
    audit::append(tx, now, Entry::by_actor(actor, Some(id), "agent.decommissioned", metadata)).await
}
