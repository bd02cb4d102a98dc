//! `POST /api/v1/signup/verify`

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use sea_orm::{ActiveModelTrait as _, ActiveValue, DatabaseTransaction, EntityTrait as _, IntoActiveModel as _};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use crate::domain::email::Email;
use crate::domain::id::OrganizationId;
use crate::domain::name;
use crate::domain::organization::{NAMELESS, State as Standing};
use crate::domain::secret::Secret;
use crate::error::ApiError;
use crate::extract::address::ClientAddress;
use crate::extract::body::Body;
use crate::extract::query::{NoParams, Query};
use crate::identity::stored;
use crate::limits::Key;
use crate::state::{App, Shared};
use crate::store::audit::{self, Entry};
use crate::store::entity::organization;
use crate::store::links::{self, LinkPurpose};
use crate::store::sessions::{self, Opened};
use crate::store::{agents, organizations};
use crate::view::organization::OrganizationView;
use crate::view::session::NewSessionView;

/// A link's code.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "token": "slink_0ctkPpN4q7mWm0bIhGJvQv1yF3u8sXrK2Zt5aYc9LdE" }))]
pub struct LinkToken {
    /// The code at the end of the link in the mail.
    #[schema(max_length = 200)]
    pub token: String,
}

/// An organization whose address was confirmed, and a session for whoever did.
#[derive(Debug, Serialize, ToSchema)]
pub struct Verified {
    /// The organization.
    pub organization: OrganizationView,
    /// A session: who reads the mailbox may act for the organization.
    pub session: NewSessionView,
}

/// Confirm an address
///
/// Takes the code of a mail that sign-up or a claim has sent. It works once, for 24 hours. The organization is verified
/// from then on; identifiers, credentials and agents stay.
#[utoipa::path(post, path = "/signup/verify", tag = "Sign-up", operation_id = "verifyEmail",
    request_body(content = LinkToken), responses((status = 200, description = "The address is confirmed.", body = Verified)))]
pub async fn verify(
    State(app): Shared,
    Query(NoParams {}): Query<NoParams>,
    ClientAddress(address): ClientAddress,
    Body(LinkToken { token }): Body<LinkToken>,
) -> Result<Json<Verified>, ApiError> {
    let hash = app.keys.pepper().hash(&Secret::given(token));
    let shared = Arc::clone(&app);
    let confirmed = app.store.writer.run(move |tx| Box::pin(async move { confirm(&shared, tx, hash).await })).await?;
    let Some((row, opened)) = confirmed else {
        app.limits.take(Key::Failure(address))?;
        app.metrics.refusals.inc();
        return Err(used());
    };
    Ok(Json(Verified { organization: row.into(), session: opened.into() }))
}

/// A code that works no longer, or never did.
pub(super) fn used() -> ApiError {
    ApiError::wrong(
        "token",
        "is none that works: it was used, has ended, or somebody else was first; ask for a new mail",
    )
}

async fn confirm(
    app: &App,
    tx: &DatabaseTransaction,
    hash: Vec<u8>,
) -> Result<Option<(organization::Model, Opened)>, ApiError> {
    let now = app.clock.now();
    let Some(link) = links::take(tx, now, hash, &[LinkPurpose::Verify, LinkPurpose::Claim]).await? else {
        return Ok(None);
    };
    let row = organizations::get(tx, stored(&link.organization_id)?).await?;
    let email = Email::read(&link.email).map_err(|refusal| ApiError::internal(refusal.0))?;
    let is_over = row.expires_at.is_some_and(|end| end <= now.as_millisecond());
    let is_taken = organizations::verified_by(tx, &email).await?.is_some();
    if row.state == Standing::Verified.as_str() || is_over || is_taken {
        return Ok(None);
    }
    let id = stored(&row.id)?;
    let row = verified(tx, row, &email, now.as_millisecond()).await?;
    // Whoever else was sent a link for it was not the first.
    links::forget(tx, &row.id).await?;
    publish(tx, &row, now.as_millisecond()).await?;
    let opened = sessions::open(tx, now, id, None, app.keys.pepper()).await?;
    let is_claim = link.purpose == LinkPurpose::Claim.as_str();
    let action = if is_claim { "organization.claimed" } else { "organization.verified" };
    audit::append(tx, now, Entry::of(id, action, json!({ "state": Standing::Verified }))).await?;
    audit::append(tx, now, Entry::of(id, "session.opened", json!({ "sessionId": opened.row.id }))).await?;
    Ok(Some((row, opened)))
}

async fn verified(
    tx: &DatabaseTransaction,
    row: organization::Model,
    email: &Email,
    now: i64,
) -> Result<organization::Model, ApiError> {
    let shown = row.display_name.as_ref().unwrap_or(&row.name);
    let is_fit = shown != NAMELESS && is_available(tx, shown, stored(&row.id)?).await?;
    let slug = row.slug.clone();
    let mut active = row.into_active_model();
    if !is_fit {
        // Nobody is turned away for a name: until another one is chosen, it is called as in its address.
        active.name_key = ActiveValue::Set(name::key(&slug));
        active.display_name = ActiveValue::Set(Some(slug));
    }
    active.email = ActiveValue::Set(Some(email.to_string()));
    active.email_key = ActiveValue::Set(Some(email.key()));
    active.state = ActiveValue::Set(Standing::Verified.as_str().to_owned());
    active.expires_at = ActiveValue::Set(None);
    active.claim_hash = ActiveValue::Set(None);
    active.updated_at = ActiveValue::Set(now);
    Ok(active.update(tx).await?)
}

async fn is_available(tx: &DatabaseTransaction, name: &str, own: OrganizationId) -> Result<bool, ApiError> {
    match organizations::check_public_name(tx, name, own).await {
        Ok(()) => Ok(true),
        Err(ApiError::NameNotAvailable { .. }) => Ok(false),
        Err(error) => Err(error),
    }
}

/// Agents that wait for it are published now.
async fn publish(tx: &DatabaseTransaction, row: &organization::Model, now: i64) -> Result<(), ApiError> {
    use crate::store::entity::agent;
    use sea_orm::{ColumnTrait as _, QueryFilter as _};
    let waiting = agent::Entity::find()
        .filter(agent::Column::OrganizationId.eq(row.id.clone()))
        .filter(agent::Column::IsPublic.eq(true))
        .all(tx)
        .await?;
    for waits in waiting.into_iter().filter(|waits| agents::is_published(waits, Standing::Verified)) {
        let id = waits.id.clone();
        let first = waits.published_at.unwrap_or(now);
        let mut active = waits.into_active_model();
        active.published_at = ActiveValue::Set(Some(first));
        active.update(tx).await?;
        agents::note(tx, &id, "published", now).await?;
    }
    Ok(())
}
