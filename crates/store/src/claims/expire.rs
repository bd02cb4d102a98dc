//! Expiry of claims.

use crate::transaction::Transaction;
use domain::actor::Actor;
use domain::agent::{AgentStatus, TextForm as _};
use domain::audit::Outcome;
use domain::claim::{ClaimKind, ClaimState};
use jiff::Timestamp;
use sea_orm::{ActiveModelTrait as _, ColumnTrait as _, EntityTrait as _, IntoActiveModel as _, QueryFilter as _};
use serde_json::json;

use super::{Initiator, add_appearance_changes, entry, holds_key, parse_kind, parse_state};
use crate::StoreError;
use crate::audit;
use crate::entity::claim;
use crate::records::{AgentRecord, ClaimRecord};

/// Expires a verified claim, with a reason.
pub(super) async fn expire(
    tx: &Transaction,
    now: Timestamp,
    initiator: Initiator<'_>,
    mut row: ClaimRecord,
    reason: &str,
) -> Result<(), StoreError> {
    if parse_state(&row)? != ClaimState::Valid {
        return Ok(());
    }
    row.state = ClaimState::Expired.as_str().into();
    row.next_check_at = None;
    row.clone().into_active_model().reset_all().update(tx).await?;
    audit::append(tx, now, entry(&row, initiator, "claim.expired", Outcome::Success, json!({ "reason": reason }))?)
        .await?;
    add_appearance_changes(tx, &row, now.as_millisecond()).await
}

/// Expires claims invalidated by a change of an agent: all claims of a decommissioned agent, and those of removed keys.
pub(crate) async fn expire_unfounded(
    tx: &Transaction,
    now: Timestamp,
    actor: &Actor,
    agent: &AgentRecord,
) -> Result<(), StoreError> {
    let claims = claim::Entity::find().filter(claim::Column::AgentId.eq(agent.id.clone())).all(tx).await?;
    let is_decommissioned = agent.status == AgentStatus::Decommissioned.as_str();
    for row in claims {
        let initiator = Initiator::Actor(actor);
        if is_decommissioned {
            expire(tx, now, initiator, row, "agent_decommissioned").await?;
        } else if parse_kind(&row)? == ClaimKind::Key && !holds_key(agent, &row.target) {
            expire(tx, now, initiator, row, "key_removed").await?;
        }
    }
    Ok(())
}
