//! Rotation of an agent's credential.

use std::sync::Arc;

use domain::actor::Actor;
use domain::id::{AgentId, CredentialId};
use domain::rejection::Rejection;
use domain::scope::Scopes;
use jiff::Timestamp;
use sea_orm::{ActiveModelTrait as _, ActiveValue, DatabaseTransaction, IntoActiveModel as _};
use serde_json::json;

use super::{MAX_LIVE, NewCredential, count_live, get_in, insert, is_live, too_many};
use crate::audit::{self, Entry};
use crate::idempotency::IdempotentCall;
use crate::{Store, StoreError, agents, parse_stored};

/// A rotation: which credential is replaced, and by what.
#[derive(Clone, Debug)]
pub struct Rotation {
    /// The agent.
    pub agent: AgentId,
    /// The credential that is replaced.
    pub id: CredentialId,
    /// The HMAC of the new secret.
    pub secret_hash: Vec<u8>,
    /// Seconds for which the old credential works beside the new one.
    pub overlap_seconds: u32,
}

/// The credential that replaces another one.
#[derive(Clone, Debug)]
pub struct Rotated {
    /// Its identifier.
    pub id: CredentialId,
    /// The scopes of the credential that it replaces.
    pub scopes: Scopes,
    /// When it expires, in milliseconds since 1970.
    pub expires_at: Option<i64>,
}

/// Replaces a credential by a new one with the same scopes and lifetime.
///
/// # Errors
///
/// `NotFound`, `Removed`, `InvalidFields` for a credential that is not live, `NotAllowed` where it may do more than the
/// actor, `LimitReached` where both would live side by side.
pub async fn rotate(
    store: &Store,
    actor: Arc<Actor>,
    rotation: Rotation,
    now: Timestamp,
    call: Option<IdempotentCall>,
) -> Result<Rotated, StoreError> {
    store.write(call, move |tx| Box::pin(async move { rotation.apply(tx, &actor, now).await })).await
}

impl Rotation {
    async fn apply(self, tx: &DatabaseTransaction, actor: &Actor, now: Timestamp) -> Result<Rotated, StoreError> {
        let now_ms = now.as_millisecond();
        let agent = agents::get_in(tx, actor.organization_id, self.agent).await?;
        agents::require_living(&agent)?;
        let old = get_in(tx, actor.organization_id, self.agent, self.id).await?;
        if !is_live(old.revoked_at, old.expires_at, now_ms) {
            let reason = "is of a credential that has ended: make a new one";
            return Err(Rejection::field("credentialId", reason).into());
        }
        let scopes: Scopes = parse_stored(&old.scopes)?;
        if actor.agent_id.is_some() && !actor.scopes.cover(&scopes) {
            let words = "this credential may do more than your own token: let the organization rotate it";
            return Err(Rejection::NotAllowed(words).into());
        }
        let current = count_live(tx, self.agent, now_ms).await?;
        if self.overlap_seconds > 0 && current >= MAX_LIVE {
            return Err(too_many(current).into());
        }
        // A credential with a lifetime is replaced by one with the same lifetime.
        let expires_at = actor.no_longer_than_own(old.expires_at.map(|end| now_ms + (end - old.created_at)));
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
        let entry = Entry::by(actor, Some(self.agent), "credential.rotated", metadata);
        audit::append(tx, now, entry).await?;
        Ok(Rotated { id, scopes, expires_at })
    }
}
