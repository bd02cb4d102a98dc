//! `POST /api/v1/signup/recover` and `POST /api/v1/signup/recover/confirm`

use axum::Json;
use axum::extract::State;
use domain::email::Email;
use domain::secret::{Purpose, Secret};
use http::StatusCode;
use serde::{Deserialize, Serialize};
use store::signup;
use utoipa::ToSchema;

use super::verify::{LinkToken, used};
use super::{MailNotice, post};
use crate::error::ApiError;
use crate::extract::address::ClientAddress;
use crate::extract::body::Body;
use crate::extract::idempotent::Idempotent;
use crate::extract::query::{NoParams, Query};
use crate::limits::Key;
use crate::services::SignupService;
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
    State(service): State<SignupService>,
    Query(NoParams {}): Query<NoParams>,
    ClientAddress(address): ClientAddress,
    Body(recovery): Body<Recovery>,
) -> Result<(StatusCode, Json<MailNotice>), ApiError> {
    let email = Email::read(&recovery.email).map_err(|refusal| ApiError::field("email", &refusal))?;
    service.throttle.take(Key::Signup(address))?;
    post::recovery(&service, email);
    Ok((StatusCode::ACCEPTED, Json(MailNotice::SENT)))
}

/// Make a new admin credential
///
/// Takes the code of the mail. It works once, for an hour. All admin credentials and sessions that there were end.
#[utoipa::path(post, path = "/signup/recover/confirm", tag = "Sign-up", operation_id = "confirmRecovery",
    request_body(content = LinkToken), responses((status = 200, description = "The new credential.", body = Recovered)))]
pub async fn confirm(
    State(service): State<SignupService>,
    Idempotent(call): Idempotent,
    Query(NoParams {}): Query<NoParams>,
    ClientAddress(address): ClientAddress,
    Body(LinkToken { token }): Body<LinkToken>,
) -> Result<Json<Recovered>, ApiError> {
    let hash = service.keys.pepper().hash(&Secret::given(token));
    let secret = Secret::make(Purpose::Admin)?;
    let secret_hash = service.keys.pepper().hash(&secret);
    let Some(new) = signup::recover(&service.registry.store, hash, secret_hash, service.registry.now(), call).await?
    else {
        service.throttle.take_failure(address)?;
        return Err(used());
    };
    let organization_id = new.organization_id.to_string();
    let credential = NewCredentialView::new(new.id.to_string(), organization_id, &secret, &new.scopes, None);
    Ok(Json(Recovered { credential }))
}
