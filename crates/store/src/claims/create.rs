//! Creation of a claim.

use crate::transaction::Transaction;
use std::sync::Arc;

use domain::actor::Actor;
use domain::agent::{AgentStatus, TextForm as _};
use domain::audit::Outcome;
use domain::claim::{ClaimKind, ClaimState, MAX_CLAIMS};
use domain::id::{AgentId, ClaimId, OrganizationId};
use domain::rejection::Rejection;
use jiff::Timestamp;
use sea_orm::{ColumnTrait as _, EntityTrait as _, IntoActiveModel as _, PaginatorTrait as _, QueryFilter as _};
use serde_json::json;

use super::{Initiator, entry};
use crate::entity::claim;
use crate::idempotency::SealedCall;
use crate::records::ClaimRecord;
use crate::{Store, StoreError, agents, audit};

/// New claim.
#[derive(Clone, Debug)]
pub struct NewClaim {
    /// Kind.
    pub kind: ClaimKind,
    /// Agent that the claim is about. `None` for all agents of the organization.
    pub agent_id: Option<AgentId>,
    /// Target, as sent.
    pub target: Option<String>,
    /// Nonce to publish or sign.
    pub nonce: String,
}

/// Creates a claim in the state `pending`.
///
/// # Errors
///
/// `InvalidFields` for the target or a decommissioned agent; [`Rejection::LimitReached`].
pub async fn create(
    store: &Store,
    actor: Arc<Actor>,
    new: NewClaim,
    now: Timestamp,
    call: Option<SealedCall<ClaimRecord>>,
) -> Result<ClaimRecord, StoreError> {
    store.write(call, move |tx| Box::pin(async move { apply(tx, &actor, new, now).await })).await
}

async fn apply(tx: &Transaction, actor: &Actor, new: NewClaim, now: Timestamp) -> Result<ClaimRecord, StoreError> {
    let agent = match new.agent_id {
        Some(id) => Some(agents::get_in(tx, actor.organization_id, id).await?),
        None => None,
    };
    if agent.as_ref().is_some_and(|agent| agent.status == AgentStatus::Decommissioned.as_str()) {
        return Err(Rejection::field("agentId", "refers to a decommissioned agent").into());
    }
    let keys = agent.as_ref().and_then(|agent| agent.public_keys.as_array());
    let target = new.kind.parse_target(new.target.as_deref(), keys.map(Vec::as_slice));
    let target = target.map_err(|error| Rejection::field("target", error.0))?;
    let count = count(tx, actor.organization_id).await?;
    if count >= MAX_CLAIMS {
        let words = "An organization can have at most 20 claims. Delete one first.";
        return Err(Rejection::LimitReached { words, limit: MAX_CLAIMS, current: count }.into());
    }
    let row = ClaimRecord {
        id: ClaimId::new().to_string(),
        organization_id: actor.organization_id.to_string(),
        agent_id: new.agent_id.map(|agent| agent.to_string()),
        kind: new.kind.as_str().to_owned(),
        target,
        nonce: new.nonce,
        state: ClaimState::Pending.as_str().to_owned(),
        method: None,
        checked_at: None,
        expires_at: None,
        next_check_at: None,
        evidence_url: None,
        failures: 0,
        last_failure: None,
        last_tried_at: None,
        created_at: now.as_millisecond(),
    };
    let mut same = claim::Entity::find()
        .filter(claim::Column::OrganizationId.eq(row.organization_id.clone()))
        .filter(claim::Column::Kind.eq(row.kind.clone()))
        .filter(claim::Column::Target.eq(row.target.clone()));
    same = match &row.agent_id {
        Some(agent) => same.filter(claim::Column::AgentId.eq(agent.clone())),
        None => same.filter(claim::Column::AgentId.is_null()),
    };
    if same.count(tx).await? > 0 {
        return Err(Rejection::field("target", "is already claimed; check or delete the existing claim").into());
    }
    claim::Entity::insert(row.clone().into_active_model()).exec_without_returning(tx).await?;
    let event = entry(&row, Initiator::Actor(actor), "claim.created", Outcome::Success, json!({}))?;
    audit::append(tx, now, event).await?;
    Ok(row)
}

async fn count(tx: &Transaction, tenant: OrganizationId) -> Result<u64, StoreError> {
    Ok(claim::Entity::find().filter(claim::Column::OrganizationId.eq(tenant.to_string())).count(tx).await?)
}
