//! Authentication: actors by token, client secret or session.

use std::sync::Arc;

use domain::actor::Actor;
use domain::audit::Outcome;
use domain::id::{CredentialId, OrganizationId};
use domain::organization::{State, Status};
use domain::scope::{Scope, Scopes};
use domain::secret::{Purpose, Secret};
use domain::tier::Tier;
use serde_json::json;
use store::audit::{self, Entry};
use store::credential_lookup::CredentialHolder;
use store::parse_stored as stored;
use store::sessions;

use crate::error::ApiError;
use crate::keys::Keys;
use crate::origins::Origins;
use crate::registry::Registry;
use crate::tokens::{self, TokenClaims, TokenFault};

/// Result of a lookup: what was found, or the reason why there is nothing.
pub type LookupResult<T> = Result<Result<T, TokenFault>, ApiError>;

/// Authenticated actor.
#[derive(Clone, Debug)]
pub enum Found {
    /// Its organization can act.
    Active(Actor),
    /// Its organization is suspended, or its deletion was requested. The actor can find out about that and undo it.
    Inactive(Actor, Status),
}

impl Found {
    fn new(actor: Actor, status: Status) -> Self {
        match status {
            Status::Active => Self::Active(actor),
            status => Self::Inactive(actor, status),
        }
    }

    fn map(self, change: impl FnOnce(Actor) -> Actor) -> Self {
        match self {
            Self::Active(actor) => Self::Active(change(actor)),
            Self::Inactive(actor, status) => Self::Inactive(change(actor), status),
        }
    }
}

/// Lookup of actors by token, client secret or session.
#[derive(Clone, Debug)]
pub struct Authenticator {
    /// Database and clock.
    pub registry: Registry,
    /// Keys that verify tokens and hash secrets.
    pub keys: Arc<Keys>,
    /// Public origins.
    pub origins: Arc<Origins>,
}

impl Authenticator {
    /// Creates an authenticator.
    pub fn new(registry: Registry, keys: Arc<Keys>, origins: Arc<Origins>) -> Self {
        Self { registry, keys, origins }
    }

    /// Authenticates the bearer of an access token for this API, or of a session handle.
    pub async fn find_by_bearer(&self, bearer: &str) -> LookupResult<Found> {
        if bearer.starts_with(Purpose::Session.prefix()) {
            return self.find_by_session(&Secret::new(bearer.to_owned())).await;
        }
        match tokens::verify(&self.keys, &self.origins.issuer, self.registry.now(), bearer) {
            Err(fault) => Ok(Err(fault)),
            Ok(claims) if claims.aud != self.origins.issuer => Ok(Err(TokenFault::Audience)),
            Ok(claims) => self.find_by_claims(&claims).await,
        }
    }

    /// Authenticates the holder of a verified token, if its credential is still active.
    pub async fn find_by_claims(&self, claims: &TokenClaims) -> LookupResult<Found> {
        let found = self.registry.store.credential_lookup().find_by_token(claims.credential_id, &claims.jti).await?;
        let now = self.registry.now_ms();
        match found {
            Some(holder) if holder.is_live(now) => Ok(actor_of_credential(&holder, now)?
                .map(|found| found.map(|actor| Actor { scopes: claims.scope.clone(), ..actor }))),
            _ => Ok(Err(TokenFault::Revoked)),
        }
    }

    /// Returns true if a verified token can be used: its credential is active, and its agent and organization can act.
    pub async fn is_usable(&self, claims: &TokenClaims) -> Result<bool, ApiError> {
        Ok(matches!(self.find_by_claims(claims).await?, Ok(Found::Active(_))))
    }

    /// Authenticates a client by its secret. `None` if the client ID or the secret is wrong.
    pub async fn find_by_secret(&self, client_id: &str, secret: &Secret) -> Result<Option<Found>, ApiError> {
        let now = self.registry.now_ms();
        // The lookup is by HMAC, whose output nobody can choose, so its timing reveals nothing.
        let found = self.registry.store.credential_lookup().find_by_secret(self.keys.pepper().hash(secret)).await?;
        match found.filter(|holder| holder.client_id() == client_id && holder.is_live(now)) {
            Some(holder) => Ok(actor_of_credential(&holder, now)?.ok()),
            None => Ok(None),
        }
    }

    /// Records the rejection of a known client secret in the audit trail: it is revoked or expired, or its owner is
    /// inactive. Unknown secrets are not recorded, since anyone could fill the trail with them.
    pub async fn record_rejection(&self, client_id: &str, secret: &Secret) -> Result<(), ApiError> {
        let found = self.registry.store.credential_lookup().find_by_secret(self.keys.pepper().hash(secret)).await?;
        let Some(holder) = found.filter(|holder| holder.client_id() == client_id) else { return Ok(()) };
        let now = self.registry.now();
        let reason = if holder.is_live(now.as_millisecond()) { "owner_not_active" } else { "credential_ended" };
        let entry = Entry {
            agent_id: holder.agent_id.as_deref().map(stored).transpose()?,
            actor: client_id.to_owned(),
            outcome: Outcome::Failure,
            ..Entry::by_organization(
                stored(&holder.organization_id)?,
                "token.refused",
                json!({ "credentialId": holder.credential_id, "reason": reason }),
            )
        };
        Ok(audit::append_alone(&self.registry.store, now, entry).await?)
    }

    async fn find_by_session(&self, handle: &Secret) -> LookupResult<Found> {
        let now = self.registry.now_ms();
        let hash = self.keys.pepper().hash(handle);
        let Some((row, organization)) = sessions::find(&self.registry.store, hash, now).await? else {
            return Ok(Err(TokenFault::Revoked));
        };
        let Some(organization) = organization else { return Ok(Err(TokenFault::Inactive)) };
        let mut identity =
            actor_of_organization(&organization.id, &organization.name, &organization.state, &organization.tier)?;
        identity.session_id = Some(row.id.clone());
        identity.scopes = Scopes::from_iter(Scope::ALL);
        identity.has_called = true;
        sessions::extend(&self.registry.store, row, identity.state, now).await?;
        Ok(Ok(Found::new(identity, organization.status())))
    }
}

/// Returns the holder of a credential, if active.
fn actor_of_credential(holder: &CredentialHolder, now: i64) -> Result<Result<Found, TokenFault>, ApiError> {
    if !holder.is_active(now) {
        return Ok(Err(TokenFault::Inactive));
    }
    let actor = Actor {
        agent_id: holder.agent_id.as_deref().map(stored).transpose()?,
        credential_id: Some(stored::<CredentialId>(&holder.credential_id)?),
        scopes: stored(&holder.scopes)?,
        credential_expires_at: holder.revoked_at.into_iter().chain(holder.expires_at).min(),
        has_called: holder.first_call_at.is_some(),
        ..actor_of_organization(&holder.organization_id, &holder.organization_name, &holder.state, &holder.tier)?
    };
    Ok(Ok(Found::new(actor, holder.organization_status())))
}

fn actor_of_organization(id: &str, name: &str, state: &str, tier: &str) -> Result<Actor, ApiError> {
    Ok(Actor {
        organization_id: stored::<OrganizationId>(id)?,
        organization_name: name.to_owned(),
        state: State::parse(state).ok_or_else(|| ApiError::internal("invalid state of an organization"))?,
        tier: Tier::parse(tier).ok_or_else(|| ApiError::internal("invalid tier of an organization"))?,
        agent_id: None,
        credential_id: None,
        session_id: None,
        scopes: Scopes::default(),
        credential_expires_at: None,
        has_called: false,
    })
}
