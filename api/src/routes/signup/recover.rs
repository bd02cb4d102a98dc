//! `POST /api/v1/signup/recover` and `POST /api/v1/signup/recover/confirm`

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use http::StatusCode;
use sea_orm::DatabaseTransaction;
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

use super::verify::{LinkToken, used};
use super::{MailNotice, post};
use crate::domain::email::Email;
use crate::domain::id::CredentialId;
use crate::domain::scope::{Scope, Scopes};
use crate::domain::secret::{Purpose, Secret};
use crate::error::ApiError;
use crate::extract::address::ClientAddress;
use crate::extract::body::Body;
use crate::extract::query::{NoParams, Query};
use crate::identity::stored;
use crate::limits::Key;
use crate::state::{App, Shared};
use crate::store::audit::{self, Entry};
use crate::store::credentials::{self, NewCredential};
use crate::store::links::{self, LinkPurpose};
use crate::store::sessions;
use crate::view::credential::NewCredentialView;

/// Whose organization it is.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "email": "ops@northquay-freight.example" }))]
pub struct Recovery {
    /// The organization's confirmed address.
    #[schema(format = Email, max_length = 254)]
    pub email: String,
}

/// A new admin credential.
#[derive(Debug, Serialize, ToSchema)]
pub struct Recovered {
    /// It replaces all admin credentials that there were.
    pub credential: NewCredentialView,
}

/// Recover an organization
///
/// Sends a mail to a confirmed address. Its link makes a new admin credential and ends the old ones.
#[utoipa::path(post, path = "/signup/recover", tag = "Sign-up", operation_id = "recoverOrganization",
    request_body(content = Recovery), responses((status = 202, description = "A mail is on its way.", body = MailNotice)))]
pub async fn recover(
    State(app): Shared,
    Query(NoParams {}): Query<NoParams>,
    ClientAddress(address): ClientAddress,
    Body(recovery): Body<Recovery>,
) -> Result<(StatusCode, Json<MailNotice>), ApiError> {
    let email = Email::read(&recovery.email).map_err(|refusal| ApiError::field("email", &refusal))?;
    app.limits.take(Key::Signup(address))?;
    post::recovery(&app, email);
    Ok((StatusCode::ACCEPTED, Json(MailNotice::SENT)))
}

/// Make a new admin credential
///
/// Takes the code of the mail. It works once, for an hour. All admin credentials and sessions that there were end.
#[utoipa::path(post, path = "/signup/recover/confirm", tag = "Sign-up", operation_id = "confirmRecovery",
    request_body(content = LinkToken), responses((status = 200, description = "The new credential.", body = Recovered)))]
pub async fn confirm(
    State(app): Shared,
    Query(NoParams {}): Query<NoParams>,
    ClientAddress(address): ClientAddress,
    Body(LinkToken { token }): Body<LinkToken>,
) -> Result<Json<Recovered>, ApiError> {
    let hash = app.keys.pepper().hash(&Secret::given(token));
    let shared = Arc::clone(&app);
    let made = app.store.writer.run(move |tx| Box::pin(async move { renew(&shared, tx, hash).await })).await?;
    match made {
        Some(credential) => Ok(Json(Recovered { credential })),
        None => {
            app.limits.take(Key::Failure(address))?;
            app.metrics.refusals.inc();
            Err(used())
        }
    }
}

async fn renew(app: &App, tx: &DatabaseTransaction, hash: Vec<u8>) -> Result<Option<NewCredentialView>, ApiError> {
    let now = app.clock.now();
    let Some(link) = links::take(tx, now, hash, &[LinkPurpose::Recover]).await? else { return Ok(None) };
    let organization_id = stored(&link.organization_id)?;
    let revoked = credentials::revoke_all(tx, now, organization_id, None).await?;
    let ended = sessions::end_all(tx, &link.organization_id).await?;
    links::forget(tx, &link.organization_id).await?;
    let (id, secret, scopes) = (CredentialId::new(), Secret::make(Purpose::Admin)?, Scopes::from_iter(Scope::ALL));
    let view = NewCredentialView::new(id.to_string(), link.organization_id, &secret, &scopes, None);
    let secret_hash = app.keys.pepper().hash(&secret);
    let new = NewCredential { id, organization_id, agent_id: None, secret_hash, scopes, expires_at: None };
    credentials::insert(tx, now, new).await?;
    let metadata = json!({ "credentialId": id, "revoked": revoked, "endedSessions": ended });
    let entry = Entry::of(organization_id, "organization.recovered", metadata);
    audit::append(tx, now, entry).await?;
    Ok(Some(view))
}
