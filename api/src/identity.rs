//! Who a token, a secret or a session belongs to.

use std::sync::Arc;

use domain::actor::Actor;
use domain::audit::Outcome;
use domain::id::{CredentialId, OrganizationId};
use domain::organization::State;
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
use crate::tokens::{self, Claims, TokenFault};

/// Found, or why not.
pub type Found<T> = Result<Result<T, TokenFault>, ApiError>;

/// The lookup of actors: by token, by client secret, by session.
#[derive(Clone, Debug)]
pub struct Authenticator {
    /// The database and the time.
    pub registry: Registry,
    /// The keys that verify tokens and hash secrets.
    pub keys: Arc<Keys>,
    /// Public origins.
    pub origins: Arc<Origins>,
}

impl Authenticator {
    /// An authenticator on parts of the application state.
    pub fn new(registry: Registry, keys: Arc<Keys>, origins: Arc<Origins>) -> Self {
        Self { registry, keys, origins }
    }

    /// What stands in `Authorization: Bearer`: an access token for us, or a session's handle.
    pub async fn by_bearer(&self, bearer: &str) -> Found<Actor> {
        if bearer.starts_with(Purpose::Session.prefix()) {
            return self.by_session(&Secret::given(bearer.to_owned())).await;
        }
        match tokens::read(&self.keys, &self.origins.issuer, self.registry.now(), bearer) {
            Err(fault) => Ok(Err(fault)),
            Ok(claims) if claims.aud != self.origins.issuer => Ok(Err(TokenFault::Audience)),
            Ok(claims) => self.by_claims(&claims).await,
        }
    }

    /// Whom a token that we signed was issued to, as long as that one may use it.
    pub async fn by_claims(&self, claims: &Claims) -> Found<Actor> {
        let found = self.registry.store.credential_lookup().by_token(claims.credential_id, &claims.jti).await?;
        let now = self.registry.now_ms();
        match found {
            Some(holder) if holder.is_live(now) => Ok(of_holder(&holder, now)?.map(|mut identity| {
                identity.scopes = claims.scope.clone();
                identity
            })),
            _ => Ok(Err(TokenFault::Revoked)),
        }
    }

    /// A client that shows its secret. `None`: there is no such client with that secret.
    pub async fn by_secret(&self, client_id: &str, secret: &Secret) -> Result<Option<Actor>, ApiError> {
        let now = self.registry.now_ms();
        // Looked up by its HMAC: nobody can choose what that comes out as, so the time of the look-up tells nothing.
        let found = self.registry.store.credential_lookup().by_secret(self.keys.pepper().hash(secret)).await?;
        match found.filter(|holder| holder.client_id() == client_id && holder.is_live(now)) {
            Some(holder) => Ok(of_holder(&holder, now)?.ok()),
            None => Ok(None),
        }
    }

    /// Notes that a client was refused whose secret we know: it was revoked, has ended, or its owner is not active. Of
    /// secrets that nobody has, nothing is noted: anybody could fill a trail with them.
    pub async fn record_refusal(&self, client_id: &str, secret: &Secret) -> Result<(), ApiError> {
        let found = self.registry.store.credential_lookup().by_secret(self.keys.pepper().hash(secret)).await?;
        let Some(holder) = found.filter(|holder| holder.client_id() == client_id) else { return Ok(()) };
        let now = self.registry.now();
        let reason = if holder.is_live(now.as_millisecond()) { "owner_not_active" } else { "credential_ended" };
        let entry = Entry {
            agent_id: holder.agent_id.as_deref().map(stored).transpose()?,
            actor: client_id.to_owned(),
            outcome: Outcome::Failure,
            ..Entry::of(
                stored(&holder.organization_id)?,
                "token.refused",
                json!({ "credentialId": holder.credential_id, "reason": reason }),
            )
        };
        Ok(audit::append_alone(&self.registry.store, now, entry).await?)
    }

    async fn by_session(&self, handle: &Secret) -> Found<Actor> {
        let now = self.registry.now_ms();
        let hash = self.keys.pepper().hash(handle);
        let Some((row, organization)) = sessions::find(&self.registry.store, hash, now).await? else {
            return Ok(Err(TokenFault::Revoked));
        };
        let Some(organization) = organization else { return Ok(Err(TokenFault::Inactive)) };
        let mut identity =
            of_organization(&organization.id, &organization.name, &organization.state, &organization.tier)?;
        identity.session_id = Some(row.id.clone());
        identity.scopes = Scopes::from_iter(Scope::ALL);
        identity.has_called = true;
        sessions::extend(&self.registry.store, row, identity.state, now).await?;
        Ok(Ok(identity))
    }
}

/// Who holds a credential, as long as that one is active.
fn of_holder(holder: &CredentialHolder, now: i64) -> Result<Result<Actor, TokenFault>, ApiError> {
    if !holder.is_active(now) {
        return Ok(Err(TokenFault::Inactive));
    }
    Ok(Ok(Actor {
        agent_id: holder.agent_id.as_deref().map(stored).transpose()?,
        credential_id: Some(stored::<CredentialId>(&holder.credential_id)?),
        scopes: stored(&holder.scopes)?,
        credential_ends: holder.revoked_at.into_iter().chain(holder.expires_at).min(),
        has_called: holder.first_call_at.is_some(),
        ..of_organization(&holder.organization_id, &holder.organization_name, &holder.state, &holder.tier)?
    }))
}

fn of_organization(id: &str, name: &str, state: &str, tier: &str) -> Result<Actor, ApiError> {
    Ok(Actor {
        organization_id: stored::<OrganizationId>(id)?,
        organization_name: name.to_owned(),
        state: State::read(state).ok_or_else(|| ApiError::internal("a state that is none"))?,
        tier: Tier::read(tier).ok_or_else(|| ApiError::internal("a tier that is none"))?,
        agent_id: None,
        credential_id: None,
        session_id: None,
        scopes: Scopes::default(),
        credential_ends: None,
        has_called: false,
    })
}
