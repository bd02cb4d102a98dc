//! `POST /api/v1/signup/resend`

use axum::Json;
use axum::extract::State;
use domain::email::Email;
use domain::organization::State as OrganizationState;
use http::StatusCode;
use store::organizations;
use store::signup::LinkPurpose;

use super::{MailNotice, links};
use crate::error::ApiError;
use crate::extract::address::ClientAddress;
use crate::extract::body::NoBody;
use crate::extract::caller::{AdminOrgs, Caller};
use crate::extract::query::{NoParams, Query};
use crate::limits::Key;
use crate::services::SignupService;

/// Resend the verification email
///
/// Sends the email to the address from sign-up. Only for organizations with an unverified email address.
#[utoipa::path(post, path = "/signup/resend", tag = "Sign-up", operation_id = "resendVerification",
    security(("bearer" = ["admin:orgs"])), responses((status = 202, description = "The request is accepted. If it is valid, an email is sent.", body = MailNotice)))]
pub async fn resend(
    State(service): State<SignupService>,
    caller: Caller<AdminOrgs>,
    Query(NoParams {}): Query<NoParams>,
    ClientAddress(address): ClientAddress,
    NoBody: NoBody,
) -> Result<(StatusCode, Json<MailNotice>), ApiError> {
    caller.require_organization()?;
    let row = organizations::get(&service.registry.store, caller.organization_id).await?;
    let is_unverified = row.state == OrganizationState::Unverified.as_str();
    let Some(email) = row.email.clone().map(Email::stored).filter(|_| is_unverified) else {
        return Err(ApiError::invalid_field("organization", "has no email address to verify"));
    };
    service.throttle.take(Key::Signup(address))?;
    links::send_verification(&service, row, LinkPurpose::Verify, email).await?;
    Ok((StatusCode::ACCEPTED, Json(MailNotice::SENT)))
}
