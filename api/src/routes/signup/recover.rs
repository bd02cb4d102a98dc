//! `POST /api/v1/signup/recover` and `POST /api/v1/signup/recover/confirm`

use axum::Json;
use axum::extract::State;
use axum::response::Response;
use domain::email::Email;
use domain::secret::{Purpose, Secret};
use http::StatusCode;
use serde::{Deserialize, Serialize};
use store::signup::{self, Recovery};
use utoipa::ToSchema;

use super::verify::{LinkToken, count_invalid_code};
use super::{MailNotice, links};
use crate::error::ApiError;
use crate::extract::address::ClientAddress;
use crate::extract::body::Body;
use crate::extract::idempotent::Idempotent;
use crate::extract::query::{NoParams, Query};
use crate::json_response::JsonResponse;
use crate::limits::Key;
use crate::services::SignupService;
use crate::view::credential::NewCredentialView;

/// Request to recover an organization.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "email": "ops@northquay-freight.example" }))]
pub struct RecoveryRequest {
    /// Verified email address of the organization.
    #[schema(format = Email, max_length = 254)]
    pub email: String,
}

/// New admin credential.
#[derive(Debug, Serialize, ToSchema)]
pub struct RecoveryResponse {
    /// Credential that replaces all earlier admin credentials.
    pub credential: NewCredentialView,
}

/// Recover an organization
///
/// Emails a link to a verified address. The link creates a new admin credential and revokes the old ones.
#[utoipa::path(post, path = "/signup/recover", tag = "Sign-up", operation_id = "recoverOrganization",
    request_body(content = RecoveryRequest), responses((status = 202, description = "The request is accepted. If it is valid, an email is sent.", body = MailNotice)))]
pub async fn recover(
    State(service): State<SignupService>,
    Query(NoParams {}): Query<NoParams>,
    ClientAddress(address): ClientAddress,
    Body(recovery): Body<RecoveryRequest>,
) -> Result<(StatusCode, Json<MailNotice>), ApiError> {
    let email = Email::parse(&recovery.email).map_err(|error| ApiError::invalid_value("email", &error))?;
    service.throttle.take(Key::Signup(address))?;
    links::send_recovery(&service, email);
    Ok((StatusCode::ACCEPTED, Json(MailNotice::SENT)))
}

/// Confirm the recovery
///
/// Creates a new admin credential with the code from the email, which works once within an hour. Revokes all earlier
/// admin credentials and sessions.
#[utoipa::path(post, path = "/signup/recover/confirm", tag = "Sign-up", operation_id = "confirmRecovery",
    request_body(content = LinkToken), responses((status = 200, description = "New credential with its secret.", body = RecoveryResponse)))]
pub async fn confirm(
    State(service): State<SignupService>,
    idempotent: Idempotent,
    Query(NoParams {}): Query<NoParams>,
    ClientAddress(address): ClientAddress,
    Body(LinkToken { token }): Body<LinkToken>,
) -> Result<Response, ApiError> {
    let hash = service.keys.pepper().hash(&Secret::new(token));
    let secret = Secret::generate(Purpose::Admin)?;
    let secret_hash = service.keys.pepper().hash(&secret);
    let respond = move |new: &Recovery| {
        let organization_id = new.organization_id.to_string();
        let credential = NewCredentialView::new(new.id.to_string(), organization_id, &secret, &new.scopes, None);
        JsonResponse::secret(StatusCode::OK, &RecoveryResponse { credential })
    };
    let now = service.registry.now();
    let work = async |call| {
        let recovered = signup::recover(&service.registry.store, hash, secret_hash, now, call).await;
        count_invalid_code(&service, address, &recovered)?;
        Ok(recovered?)
    };
    idempotent.run(respond, work).await
}
