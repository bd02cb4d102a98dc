//! Registration of an agent.

use crate::transaction::Transaction;
use std::sync::Arc;

use domain::actor::Actor;
use domain::agent::Profile;
use domain::id::AgentId;
use domain::rejection::Rejection;
use jiff::Timestamp;
use sea_orm::{EntityTrait as _, IntoActiveModel as _};
use serde_json::json;

use super::{check_public_name, count_in, email_taken};
use crate::audit::{self, Entry};
use crate::entity::agent::{self, blank_row, write_profile};
use crate::idempotency::SealedCall;
use crate::records::AgentRecord;
use crate::{Store, StoreError, organizations, outbox};

/// Registers an agent of the actor's organization. `did_host` becomes the permanent host of its DID.
///
/// # Errors
///
/// [`Rejection::QuotaReached`], [`Rejection::EmailTaken`], and [`Rejection::NameNotAvailable`] for a public agent.
pub async fn register(
    store: &Store,
    actor: Arc<Actor>,
    profile: Profile,
    did_host: String,
    now: Timestamp,
    call: Option<SealedCall<AgentRecord>>,
) -> Result<AgentRecord, StoreError> {
    if profile.is_public {
        check_public_name(&profile.name)?;
    }
    let mut row = blank_row(AgentId::new(), actor.organization_id, did_host, now.as_millisecond());
    write_profile(profile, &mut row)?;
    store.write(call, move |tx| Box::pin(async move { insert(tx, &actor, row, now).await })).await
}

async fn insert(
    tx: &Transaction,
    actor: &Actor,
    mut row: AgentRecord,
    now: Timestamp,
) -> Result<AgentRecord, StoreError> {
    if let Some(limit) = actor.limits().max_agents.map(u64::from) {
        let current = count_in(tx, actor.organization_id).await?;
        if current >= limit {
            return Err(Rejection::QuotaReached { what: "agents", limit, current, reset_seconds: None }.into());
        }
    }
    let ms = now.as_millisecond();
    let is_published = outbox::is_published(&row, &organizations::get_in(tx, actor.organization_id).await?);
    row.published_at = is_published.then_some(ms);
    let inserted = agent::Entity::insert(row.clone().into_active_model()).exec_without_returning(tx).await;
    inserted.map_err(|error| email_taken(error, row.email.as_deref()))?;
    outbox::add_change(tx, &row.id, false, is_published, ms).await?;
    let (agent_id, metadata) = (row.id.parse().ok(), json!({ "name": row.name }));
    audit::append(tx, now, Entry::by_actor(actor, agent_id, "agent.registered", metadata)).await?;
    Ok(row)
}
