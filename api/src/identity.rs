//! Who a token, a secret or a session belongs to.

use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _};
use serde_json::json;

use crate::domain::agent::{AgentStatus, Word as _};
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
use crate::store::audit::{self, Entry};
use crate::store::credentials::is_live;
use crate::store::entity::{agent, credential, organization, revoked_token, session};
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
    let revoked = revoked_token::Entity::find_by_id(claims.jti.clone()).one(&app.store.reader).await?;
    if revoked.is_some() {
        return Ok(Err(TokenFault::Revoked));
    }
    let found = credential::Entity::find_by_id(claims.credential_id.to_string()).one(&app.store.reader).await?;
    match found {
        Some(row) if is_live(&row, app.clock.now_ms()) => Ok(of_credential(app, &row).await?.map(|mut identity| {
            identity.scopes = claims.scope.clone();
            identity
        })),
        _ => Ok(Err(TokenFault::Revoked)),
    }
}

/// A client that shows its secret. `None`: there is no such client with that secret.
pub async fn of_secret(app: &App, client_id: &str, secret: &Secret) -> Result<Option<Identity>, ApiError> {
    // Looked up by its HMAC: nobody can choose what that comes out as, so the time of the look-up tells nothing.
    let hash = app.keys.pepper().hash(secret);
    let found =
        credential::Entity::find().filter(credential::Column::SecretHash.eq(hash)).one(&app.store.reader).await?;
    let Some(row) = found.filter(|row| is_live(row, app.clock.now_ms())) else { return Ok(None) };
    if row.agent_id.as_ref().unwrap_or(&row.organization_id) != client_id {
        return Ok(None);
    }
    Ok(of_credential(app, &row).await?.ok())
}

/// Notes that a client was refused whose secret we know: it was revoked, has ended, or its owner is not active. Of
/// secrets that nobody has, nothing is noted: anybody could fill a trail with them.
pub async fn note_refusal(app: &App, client_id: &str, secret: &Secret) -> Result<(), ApiError> {
    let hash = app.keys.pepper().hash(secret);
    let found =
        credential::Entity::find().filter(credential::Column::SecretHash.eq(hash)).one(&app.store.reader).await?;
    let Some(row) = found.filter(|row| row.agent_id.as_ref().unwrap_or(&row.organization_id) == client_id) else {
        return Ok(());
    };
    let now = app.clock.now();
    let reason = if is_live(&row, now.as_millisecond()) { "owner_not_active" } else { "credential_ended" };
    let entry = Entry {
        agent_id: row.agent_id.as_deref().map(stored).transpose()?,
        actor: client_id.to_owned(),
        outcome: Outcome::Failure,
        ..Entry::of(stored(&row.organization_id)?, "token.refused", json!({ "credentialId": row.id, "reason": reason }))
    };
    app.store
        .writer
        .run(move |tx| Box::pin(async move { audit::append(tx, now, entry).await.map(|_| ()).map_err(ApiError::from) }))
        .await
}

async fn of_credential(app: &App, row: &credential::Model) -> Found<Identity> {
    if let Some(agent) = &row.agent_id {
        let agent = agent::Entity::find_by_id(agent.clone()).one(&app.store.reader).await?;
        if agent.is_none_or(|agent| agent.status != AgentStatus::Active.word()) {
            return Ok(Err(TokenFault::Inactive));
        }
    }
    let Some(organization) = active_organization(app, &row.organization_id).await? else {
        return Ok(Err(TokenFault::Inactive));
    };
    let mut identity = of_organization(&organization)?;
    identity.agent_id = row.agent_id.as_deref().map(stored).transpose()?;
    identity.credential_id = Some(stored::<CredentialId>(&row.id)?);
    identity.scopes = stored(&row.scopes)?;
    identity.credential_ends = row.revoked_at.into_iter().chain(row.expires_at).min();
    identity.has_called = row.first_call_at.is_some();
    Ok(Ok(identity))
}

async fn of_session(app: &App, handle: &Secret) -> Found<Identity> {
    let now = app.clock.now_ms();
    let hash = app.keys.pepper().hash(handle);
    let found = session::Entity::find().filter(session::Column::HandleHash.eq(hash)).one(&app.store.reader).await?;
    let Some(row) = found.filter(|row| row.expires_at > now) else { return Ok(Err(TokenFault::Revoked)) };
    let Some(organization) = active_organization(app, &row.organization_id).await? else {
        return Ok(Err(TokenFault::Inactive));
    };
    let mut identity = of_organization(&organization)?;
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

fn of_organization(row: &organization::Model) -> Result<Identity, ApiError> {
    Ok(Identity {
        organization_id: stored::<OrganizationId>(&row.id)?,
        organization_name: row.name.clone(),
        state: State::read(&row.state).ok_or_else(|| ApiError::internal("a state that is none"))?,
        tier: Tier::read(&row.tier).ok_or_else(|| ApiError::internal("a tier that is none"))?,
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
