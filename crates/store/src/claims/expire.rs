//! Expiry of claims.

use domain::actor::Actor;
use domain::agent::{AgentStatus, Word as _};
use domain::audit::Outcome;
use domain::claim::{ClaimKind, ClaimState};
use jiff::Timestamp;
use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, DatabaseTransaction, EntityTrait as _, IntoActiveModel as _,
    QueryFilter as _,
};
use serde_json::json;

use super::{Initiator, add_appearance_changes, entry, holds_key, kind, state};
use crate::StoreError;
use crate::audit;
use crate::entity::claim;
use crate::records::{AgentRecord, ClaimRecord};

/// Expires a valid claim, for a reason.
pub(super) async fn expire(
    tx: &DatabaseTransaction,
    now: Timestamp,
    initiator: Initiator<'_>,
    mut row: ClaimRecord,
    reason: &str,
) -> Result<(), StoreError> {
    if state(&row)? != ClaimState::Valid {
        return Ok(());
    }
    row.state = ClaimState::Expired.word().into();
    row.next_check_at = None;
    row.clone().into_active_model().reset_all().update(tx).await?;
    audit::append(tx, now, entry(&row, initiator, "claim.expired", Outcome::Success, json!({ "reason": reason }))?)
        .await?;
    add_appearance_changes(tx, &row, now.as_millisecond()).await
}

/// Expires the claims that a change of an agent leaves without ground: all of a decommissioned agent, and those of keys
/// that it no longer has.
pub(crate) async fn expire_unfounded(
    tx: &DatabaseTransaction,
    now: Timestamp,
    actor: &Actor,
    agent: &AgentRecord,
) -> Result<(), StoreError> {
    let claims = claim::Entity::find().filter(claim::Column::AgentId.eq(agent.id.clone())).all(tx).await?;
    let is_over = agent.status == AgentStatus::Decommissioned.word();
    for row in claims {
        let initiator = Initiator::Actor(actor);
        if is_over {
            expire(tx, now, initiator, row, "agent_decommissioned").await?;
        } else if kind(&row)? == ClaimKind::Key && !holds_key(agent, &row.target) {
            expire(tx, now, initiator, row, "key_removed").await?;
        }
    }
    Ok(())
}
