//! `POST /api/v1/signup/resend`

use axum::Json;
use axum::extract::State;
use domain::email::Email;
use domain::organization::State as Standing;
use http::StatusCode;
use store::organizations;
use store::signup::LinkPurpose;

use super::{MailNotice, post};
use crate::error::ApiError;
use crate::extract::body::NoBody;
use crate::extract::caller::{AdminOrgs, Caller};
use crate::extract::query::{NoParams, Query};
use crate::services::SignupService;

/// Send the confirmation again
///
/// For an organization whose address is not confirmed yet. The mail goes to the address that it was made with.
#[utoipa::path(post, path = "/signup/resend", tag = "Sign-up", operation_id = "resendVerification",
    security(("bearer" = ["admin:orgs"])), responses((status = 202, description = "A mail is on its way.", body = MailNotice)))]
pub async fn resend(
    State(service): State<SignupService>,
    caller: Caller<AdminOrgs>,
    Query(NoParams {}): Query<NoParams>,
    NoBody: NoBody,
) -> Result<(StatusCode, Json<MailNotice>), ApiError> {
    caller.require_organization()?;
    let row = organizations::get(&service.registry.store, caller.organization_id).await?;
    let email = row.email.as_deref().map(Email::read).transpose().map_err(|refusal| ApiError::internal(refusal.0))?;
    let Some(email) = email.filter(|_| row.state == Standing::Unverified.as_str()) else {
        return Err(ApiError::wrong("organization", "has no address that waits to be confirmed"));
    };
    post::confirmation(&service, caller.organization_id, LinkPurpose::Verify, email);
    Ok((StatusCode::ACCEPTED, Json(MailNotice::SENT)))
}
