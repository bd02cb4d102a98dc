//! Rotation of an agent's credential.

use crate::transaction::Transaction;
use std::sync::Arc;

use domain::actor::Actor;
use domain::id::{AgentId, CredentialId};
use domain::rejection::Rejection;
use domain::scope::Scopes;
use jiff::Timestamp;
use sea_orm::{ActiveModelTrait as _, ActiveValue, IntoActiveModel as _};
use serde_json::json;

use super::{MAX_LIVE, NewCredential, count_live, get_in, insert, is_live, too_many};
use crate::audit::{self, Entry};
use crate::idempotency::SealedCall;
use crate::{Store, StoreError, agents, parse_stored};

/// Request to rotate a credential.
#[derive(Clone, Debug)]
pub struct Rotation {
    /// ID of the agent.
    pub agent: AgentId,
    /// ID of the credential to replace.
    pub id: CredentialId,
    /// HMAC of the new secret.
    pub secret_hash: Vec<u8>,
    /// Seconds for which the old credential keeps working.
    pub overlap_seconds: u32,
}

/// Credential that replaces another.
#[derive(Clone, Debug)]
pub struct Rotated {
    /// ID of the credential.
    pub id: CredentialId,
    /// Scopes of the replaced credential.
    pub scopes: Scopes,
    /// Time of expiry, in milliseconds since 1970.
    pub expires_at: Option<i64>,
}

/// Replaces a credential with a new one of the same scopes and lifetime.
///
/// # Errors
///
/// `NotFound`, `Removed`, `InvalidFields` for an inactive credential, `NotAllowed` if it exceeds the actor's scopes,
/// `LimitReached` if the overlap exceeds the maximum of active credentials.
pub async fn rotate(
    store: &Store,
    actor: Arc<Actor>,
    rotation: Rotation,
    now: Timestamp,
    call: Option<SealedCall<Rotated>>,
) -> Result<Rotated, StoreError> {
    store.write(call, move |tx| Box::pin(async move { rotation.apply(tx, &actor, now).await })).await
}

impl Rotation {
    async fn apply(self, tx: &Transaction, actor: &Actor, now: Timestamp) -> Result<Rotated, StoreError> {
        let now_ms = now.as_millisecond();
        let agent = agents::get_in(tx, actor.organization_id, self.agent).await?;
        agents::require_not_decommissioned(&agent)?;
        let old = get_in(tx, actor.organization_id, self.agent, self.id).await?;
        if !is_live(old.revoked_at, old.expires_at, now_ms) {
            let reason = "refers to a credential that is revoked or expired; create a new one";
            return Err(Rejection::field("credentialId", reason).into());
        }
        let scopes: Scopes = parse_stored(&old.scopes)?;
        if !actor.scopes.contains_all(&scopes) {
            let words = "This credential has scopes that your token lacks. Rotate it with a token of the organization that has them.";
            return Err(Rejection::NotAllowed(words).into());
        }
        let current = count_live(tx, self.agent, now_ms).await?;
        if self.overlap_seconds > 0 && current >= MAX_LIVE {
            return Err(too_many(current).into());
        }
        // The new credential has the same lifetime, counted from now.
        let expires_at = actor.cap_expiry(old.expires_at.map(|end| now_ms + (end - old.created_at)));
        let end = now_ms + i64::from(self.overlap_seconds) * 1000;
        let mut active = old.clone().into_active_model();
        active.revoked_at = ActiveValue::Set(Some(old.revoked_at.map_or(end, |already| already.min(end))));
        active.update(tx).await?;
        let id = CredentialId::new();
        let new = NewCredential {
            id,
            organization_id: actor.organization_id,
            agent_id: Some(self.agent),
            secret_hash: self.secret_hash,
            scopes: scopes.clone(),
            expires_at,
        };
        insert(tx, now, new).await?;
        let metadata = json!({ "credentialId": id, "replaces": self.id, "overlapSeconds": self.overlap_seconds });
        let entry = Entry::by_actor(actor, Some(self.agent), "credential.rotated", metadata);
        audit::append(tx, now, entry).await?;
        Ok(Rotated { id, scopes, expires_at })
    }
}
