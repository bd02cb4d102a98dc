//! Results of checks.

use crate::transaction::Transaction;
use std::sync::Arc;

use domain::actor::Actor;
use domain::agent::TextForm as _;
use domain::audit::Outcome;
use domain::claim::{CheckedBy, ClaimKind, ClaimProgress, ClaimState, Failure, Proof, RECHECK_MS};
use domain::id::ClaimId;
use jiff::Timestamp;
use sea_orm::{ActiveModelTrait as _, EntityTrait as _, IntoActiveModel as _};
use serde_json::json;

use super::{Initiator, add_appearance_changes, entry, get_in, holds_key, key_removed, parse_kind, parse_state};
use crate::audit;
use crate::entity::{agent, claim};
use crate::records::ClaimRecord;
use crate::{Store, StoreError};

/// Records the result of a check requested by an actor. `checked` is the claim as checked: if another check has
/// replaced its nonce, nothing changes. `next_nonce` replaces the nonce of a key after its signature was accepted.
pub async fn record_check(
    store: &Store,
    actor: Arc<Actor>,
    id: ClaimId,
    checked: ClaimRecord,
    result: Result<Proof, Failure>,
    next_nonce: String,
    now: Timestamp,
) -> Result<ClaimRecord, StoreError> {
    let work = store.write(None, move |tx| {
        Box::pin(async move {
            let current = get_in(tx, &actor, id).await?;
            if current.nonce != checked.nonce {
                return Ok(current);
            }
            apply(tx, now, Initiator::Actor(&actor), current, result, next_nonce).await
        })
    });
    work.await
}

/// Records the result of a daily check. Does nothing if the claim was checked meanwhile: a failure counts once.
pub async fn record_due_check(
    store: &Store,
    checked: ClaimRecord,
    result: Result<Proof, Failure>,
    now: Timestamp,
) -> Result<(), StoreError> {
    let work = store.write(None, move |tx| {
        Box::pin(async move {
            let current = claim::Entity::find_by_id(checked.id.clone()).one(tx).await?;
            let Some(current) = current.filter(|current| current.next_check_at == checked.next_check_at) else {
                return Ok(());
            };
            let nonce = current.nonce.clone();
            apply(tx, now, Initiator::System, current, result, nonce).await.map(drop)
        })
    });
    work.await
}

/// Applies a result. A signature is accepted once: the nonce of a key is replaced.
async fn apply(
    tx: &Transaction,
    now: Timestamp,
    initiator: Initiator<'_>,
    mut row: ClaimRecord,
    result: Result<Proof, Failure>,
    next_nonce: String,
) -> Result<ClaimRecord, StoreError> {
    let (kind, ms) = (parse_kind(&row)?, now.as_millisecond());
    let result = match result {
        Ok(_) if kind == ClaimKind::Key && !has_key(tx, &row).await? => Err(key_removed()),
        result => result,
    };
    let by = if matches!(initiator, Initiator::System) { CheckedBy::Job } else { CheckedBy::Actor };
    let before = ClaimProgress { state: parse_state(&row)?, failures: row.failures };
    let after = before.after_check(result.is_ok(), by);
    let is_unchanged = before.state == after.state && before.failures == after.failures;
    row.state = after.state.as_str().into();
    row.failures = after.failures;
    row.last_tried_at = Some(ms);
    if by == CheckedBy::Job {
        row.next_check_at = Some(ms + RECHECK_MS);
    }
    let event = match result {
        Ok(proof) => {
            row.checked_at = Some(ms);
            row.expires_at = Some(ms + kind.lifetime_ms());
            row.next_check_at = kind.is_rechecked().then_some(ms + RECHECK_MS);
            row.method = Some(proof.method.as_str().to_owned());
            row.evidence_url = Some(proof.evidence_url);
            row.last_failure = None;
            if kind == ClaimKind::Key {
                row.nonce = next_nonce;
            }
            // A successful daily check changes nothing that readers see.
            let is_news = by == CheckedBy::Actor || !is_unchanged;
            is_news.then(|| entry(&row, initiator, "claim.verified", Outcome::Success, json!({ "method": row.method })))
        }
        Err(failure) => {
            row.last_failure = Some(failure.0);
            let reason = json!({ "reason": row.last_failure });
            Some(entry(&row, initiator, "claim.failed", Outcome::Failure, reason))
        }
    };
    row.clone().into_active_model().reset_all().update(tx).await?;
    if let Some(event) = event {
        audit::append(tx, now, event?).await?;
    }
    if before.state == ClaimState::Valid && after.state == ClaimState::Expired {
        let event = entry(&row, initiator, "claim.expired", Outcome::Success, json!({ "reason": "failures" }))?;
        audit::append(tx, now, event).await?;
    }
    if before.state == ClaimState::Valid || after.state == ClaimState::Valid {
        add_appearance_changes(tx, &row, ms).await?;
    }
    Ok(row)
}

async fn has_key(tx: &Transaction, row: &ClaimRecord) -> Result<bool, StoreError> {
    let Some(id) = &row.agent_id else { return Ok(false) };
    let agent = agent::Entity::find_by_id(id.clone()).one(tx).await?;
    Ok(agent.is_some_and(|agent| holds_key(&agent, &row.target)))
}
