//! Claims: kept, settled by checks, ended. Each change of how one stands is in the audit trail, and told to the
//! marketplace for the published agents that it counts for.

use jiff::Timestamp;
use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, ConnectionTrait, DatabaseTransaction, EntityTrait as _,
    IntoActiveModel as _, PaginatorTrait as _, QueryFilter as _,
};
use serde_json::{Value, json};

use super::agents;
use super::audit::{self, Entry};
use super::entity::{agent, claim};
use super::organizations;
use crate::domain::agent::{AgentStatus, Word as _};
use crate::domain::audit::Outcome;
use crate::domain::claim::{By, ClaimKind, ClaimState, Failure, Proof, RECHECK_MS, Standing, key};
use crate::domain::id::{ClaimId, OrganizationId};
use crate::error::{ApiError, Missing};
use crate::extract::caller::Identity;
use crate::identity::stored;

/// Who changes a claim.
#[derive(Clone, Copy, Debug)]
pub enum Actor<'a> {
    /// Somebody of the organization.
    Caller(&'a Identity),
    /// The service.
    System,
}

/// There is no such claim.
pub const NO_CLAIM: ApiError = ApiError::NotFound { missing: Missing::Claim };

/// The caller's claim. Another tenant's is none, nor is one that is not about the agent that asks.
pub async fn get<C: ConnectionTrait>(connection: &C, caller: &Identity, id: ClaimId) -> Result<claim::Model, ApiError> {
    let found = claim::Entity::find_by_id(id.to_string()).one(connection).await?;
    let is_seen = |row: &claim::Model| {
        let own = caller.agent_id.map(|own| own.to_string());
        row.organization_id == caller.organization_id.to_string() && (own.is_none() || row.agent_id == own)
    };
    found.filter(is_seen).ok_or(NO_CLAIM)
}

/// How many an organization has, however they stand.
pub async fn count<C: ConnectionTrait>(connection: &C, tenant: OrganizationId) -> Result<u64, ApiError> {
    let all = claim::Entity::find().filter(claim::Column::OrganizationId.eq(tenant.to_string()));
    Ok(all.count(connection).await?)
}

/// The kind of a row.
pub fn kind(row: &claim::Model) -> Result<ClaimKind, ApiError> {
    ClaimKind::read(&row.kind).map_err(|_| ApiError::internal(format!("the claim {} has no kind", row.id)))
}

/// The state of a row, as it was written.
pub fn state(row: &claim::Model) -> Result<ClaimState, ApiError> {
    ClaimState::read(&row.state).map_err(|_| ApiError::internal(format!("the claim {} has no state", row.id)))
}

/// That a key is gone.
pub fn no_key() -> Failure {
    Failure("the key is no longer among the agent's publicKeys".to_owned())
}

/// Writes down what a check came to. `next_nonce` replaces a key's nonce once it was signed: a signature proves once.
pub async fn settle(
    tx: &DatabaseTransaction,
    now: Timestamp,
    actor: Actor<'_>,
    mut row: claim::Model,
    result: Result<Proof, Failure>,
    next_nonce: String,
) -> Result<claim::Model, ApiError> {
    let (kind, ms) = (kind(&row)?, now.as_millisecond());
    let result = match result {
        Ok(_) if kind == ClaimKind::Key && !has_key(tx, &row).await? => Err(no_key()),
        result => result,
    };
    let by = if matches!(actor, Actor::System) { By::Job } else { By::Caller };
    let before = Standing { state: state(&row)?, failures: row.failures };
    let after = before.after(result.is_ok(), by);
    let is_kept = before.state == after.state && before.failures == after.failures;
    row.state = after.state.word().into();
    row.failures = after.failures;
    row.last_tried_at = Some(ms);
    if by == By::Job {
        row.next_check_at = Some(ms + RECHECK_MS);
    }
    let entry = match result {
        Ok(proof) => {
            row.checked_at = Some(ms);
            row.expires_at = Some(ms + kind.lifetime_ms());
            row.next_check_at = kind.is_rechecked().then_some(ms + RECHECK_MS);
            row.method = Some(proof.method.word().to_owned());
            row.evidence_url = Some(proof.evidence_url);
            row.last_failure = None;
            if kind == ClaimKind::Key {
                row.nonce = next_nonce;
            }
            // That it holds as it did the day before is no news.
            let is_news = by == By::Caller || !is_kept;
            is_news.then(|| entry(&row, actor, "claim.verified", Outcome::Success, json!({ "method": row.method })))
        }
        Err(failure) => {
            row.last_failure = Some(failure.0);
            let reason = json!({ "reason": row.last_failure });
            Some(entry(&row, actor, "claim.failed", Outcome::Failure, reason))
        }
    };
    row.clone().into_active_model().reset_all().update(tx).await?;
    if let Some(entry) = entry {
        audit::append(tx, now, entry?).await?;
    }
    if before.state == ClaimState::Valid && after.state == ClaimState::Expired {
        let entry = self::entry(&row, actor, "claim.expired", Outcome::Success, json!({ "reason": "failures" }))?;
        audit::append(tx, now, entry).await?;
    }
    if before.state == ClaimState::Valid || after.state == ClaimState::Valid {
        tell(tx, &row, ms).await?;
    }
    Ok(row)
}

/// Ends a valid claim, with the word for why.
pub async fn expire(
    tx: &DatabaseTransaction,
    now: Timestamp,
    actor: Actor<'_>,
    mut row: claim::Model,
    reason: &str,
) -> Result<(), ApiError> {
    if state(&row)? != ClaimState::Valid {
        return Ok(());
    }
    row.state = ClaimState::Expired.word().into();
    row.next_check_at = None;
    row.clone().into_active_model().reset_all().update(tx).await?;
    audit::append(tx, now, entry(&row, actor, "claim.expired", Outcome::Success, json!({ "reason": reason }))?).await?;
    tell(tx, &row, now.as_millisecond()).await
}

/// Ends what an agent's change takes the ground from: all its claims when it is decommissioned, and else those of keys
/// that it no longer has.
pub async fn follow(
    tx: &DatabaseTransaction,
    now: Timestamp,
    caller: &Identity,
    agent: &agent::Model,
) -> Result<(), ApiError> {
    let of_it = claim::Entity::find().filter(claim::Column::AgentId.eq(agent.id.clone())).all(tx).await?;
    let is_over = agent.status == AgentStatus::Decommissioned.word();
    for row in of_it {
        let actor = Actor::Caller(caller);
        if is_over {
            expire(tx, now, actor, row, "agent_decommissioned").await?;
        } else if kind(&row)? == ClaimKind::Key && !holds_key(agent, &row.target) {
            expire(tx, now, actor, row, "key_removed").await?;
        }
    }
    Ok(())
}

/// Tells the marketplace of each published agent that a claim counts for.
pub async fn tell(tx: &DatabaseTransaction, row: &claim::Model, now: i64) -> Result<(), ApiError> {
    let organization = organizations::get(tx, stored(&row.organization_id)?).await?;
    agents::tell_shown(tx, &organization, row.agent_id.as_deref(), now).await
}

/// An event about a claim.
pub fn entry(
    row: &claim::Model,
    actor: Actor<'_>,
    action: &'static str,
    outcome: Outcome,
    more: Value,
) -> Result<Entry, ApiError> {
    let mut metadata = json!({ "claimId": row.id, "kind": row.kind, "target": row.target });
    if let (Value::Object(all), Value::Object(more)) = (&mut metadata, more) {
        all.extend(more);
    }
    let tenant: OrganizationId = stored(&row.organization_id)?;
    let agent_id = row.agent_id.as_deref().map(stored).transpose()?;
    let actor = match actor {
        Actor::Caller(caller) => caller.actor(),
        Actor::System => "system".to_owned(),
    };
    Ok(Entry { agent_id, actor, outcome, ..Entry::of(tenant, action, metadata) })
}

async fn has_key(tx: &DatabaseTransaction, row: &claim::Model) -> Result<bool, ApiError> {
    let Some(id) = &row.agent_id else { return Ok(false) };
    let agent = agent::Entity::find_by_id(id.clone()).one(tx).await?;
    Ok(agent.is_some_and(|agent| holds_key(&agent, &row.target)))
}

fn holds_key(agent: &agent::Model, thumbprint: &str) -> bool {
    agent.public_keys.as_array().is_some_and(|keys| key::find(keys, thumbprint).is_some())
}
