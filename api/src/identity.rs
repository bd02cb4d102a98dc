//! Who a token, a secret or a session belongs to.

use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _};
use serde_json::json;

use crate::domain::audit::Outcome;
use crate::domain::id::{CredentialId, OrganizationId};
use crate::domain::organization::State;
use crate::domain::scope::{Scope, Scopes};
use crate::domain::secret::{Purpose, Secret};
use crate::domain::tier::Tier;
use crate::error::ApiError;
use crate::extract::caller::Identity;
use crate::state::App;
use crate::store::StoreError;
use crate::store::audit::Entry;
use crate::store::entity::{organization, session};
use crate::store::holders::Holder;
use crate::tokens::{self, Claims, TokenFault};

/// Found, or why not.
pub type Found<T> = Result<Result<T, TokenFault>, ApiError>;

/// What stands in `Authorization: Bearer`: an access token for us, or a session's handle.
pub async fn of_bearer(app: &App, bearer: &str) -> Found<Identity> {
    if bearer.starts_with(Purpose::Session.prefix()) {
        return of_session(app, &Secret::given(bearer.to_owned())).await;
    }
    match tokens::read(&app.keys, &app.issuer, app.clock.now(), bearer) {
        Err(fault) => Ok(Err(fault)),
        Ok(claims) if claims.aud != app.issuer => Ok(Err(TokenFault::Audience)),
        Ok(claims) => of_claims(app, &claims).await,
    }
}

/// Whom a token that we signed was issued to, as long as that one may use it.
pub async fn of_claims(app: &App, claims: &Claims) -> Found<Identity> {
    let found = app.store.holders.by_token(claims.credential_id, &claims.jti).await?;
    let now = app.clock.now_ms();
    match found {
        Some(holder) if holder.is_live(now) => Ok(of_holder(&holder, now)?.map(|mut identity| {
            identity.scopes = claims.scope.clone();
            identity
        })),
        _ => Ok(Err(TokenFault::Revoked)),
    }
}

/// A client that shows its secret. `None`: there is no such client with that secret.
pub async fn of_secret(app: &App, client_id: &str, secret: &Secret) -> Result<Option<Identity>, ApiError> {
    let now = app.clock.now_ms();
    // Looked up by its HMAC: nobody can choose what that comes out as, so the time of the look-up tells nothing.
    let found = app.store.holders.by_secret(app.keys.pepper().hash(secret)).await?;
    match found.filter(|holder| holder.client_id() == client_id && holder.is_live(now)) {
        Some(holder) => Ok(of_holder(&holder, now)?.ok()),
        None => Ok(None),
    }
}

/// Notes that a client was refused whose secret we know: it was revoked, has ended, or its owner is not active. Of
/// secrets that nobody has, nothing is noted: anybody could fill a trail with them.
pub async fn note_refusal(app: &App, client_id: &str, secret: &Secret) -> Result<(), ApiError> {
    let found = app.store.holders.by_secret(app.keys.pepper().hash(secret)).await?;
    let Some(holder) = found.filter(|holder| holder.client_id() == client_id) else { return Ok(()) };
    let now = app.clock.now();
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
    Ok(app.store.writer.note(now, entry).await?)
}

/// Who holds a credential, as long as that one is active.
fn of_holder(holder: &Holder, now: i64) -> Result<Result<Identity, TokenFault>, ApiError> {
    if !holder.is_active(now) {
        return Ok(Err(TokenFault::Inactive));
    }
    Ok(Ok(Identity {
        agent_id: holder.agent_id.as_deref().map(stored).transpose()?,
        credential_id: Some(stored::<CredentialId>(&holder.credential_id)?),
        scopes: stored(&holder.scopes)?,
        credential_ends: holder.revoked_at.into_iter().chain(holder.expires_at).min(),
        has_called: holder.first_call_at.is_some(),
        ..of_organization(&holder.organization_id, &holder.organization_name, &holder.state, &holder.tier)?
    }))
}

async fn of_session(app: &App, handle: &Secret) -> Found<Identity> {
    let now = app.clock.now_ms();
    let hash = app.keys.pepper().hash(handle);
    let found = session::Entity::find().filter(session::Column::HandleHash.eq(hash)).one(&app.store.reader).await?;
    let Some(row) = found.filter(|row| row.expires_at > now) else { return Ok(Err(TokenFault::Revoked)) };
    let Some(organization) = active_organization(app, &row.organization_id).await? else {
        return Ok(Err(TokenFault::Inactive));
    };
    let mut identity = of_organization(&organization.id, &organization.name, &organization.state, &organization.tier)?;
    identity.session_id = Some(row.id.clone());
    identity.scopes = Scopes::from_iter(Scope::ALL);
    identity.has_called = true;
    crate::store::sessions::slide(app, row, identity.state).await?;
    Ok(Ok(identity))
}

/// The organization, unless its provisional time is over.
async fn active_organization(app: &App, id: &str) -> Result<Option<organization::Model>, StoreError> {
    let found = organization::Entity::find_by_id(id.to_owned()).one(&app.store.reader).await?;
    Ok(found.filter(|row| row.expires_at.is_none_or(|end| end > app.clock.now_ms())))
}

fn of_organization(id: &str, name: &str, state: &str, tier: &str) -> Result<Identity, ApiError> {
    Ok(Identity {
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

/// Reads what was written by us. That it can't be read is a fault of ours.
pub(crate) fn stored<T: std::str::FromStr>(text: &str) -> Result<T, ApiError> {
    text.parse().map_err(|_| ApiError::internal(format!("the database holds {text:?}, which can't be read")))
}
