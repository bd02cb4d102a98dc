//! `POST /api/v1/signup/claim`

use axum::Json;
use axum::extract::State;
use domain::email::Email;
use domain::secret::Secret;
use http::StatusCode;
use serde::Deserialize;
use store::signup::{self, LinkPurpose};
use utoipa::ToSchema;

use super::{MailNotice, links};
use crate::error::ApiError;
use crate::extract::address::ClientAddress;
use crate::extract::body::Body;
use crate::extract::query::{NoParams, Query};
use crate::limits::Key;
use crate::services::SignupService;

/// Request to claim a provisional organization.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({
    "claimCode": "sclaim_0ctkPpN4q7mWm0bIhGJvQv1yF3u8sXrK2Zt5aYc9LdE", "email": "ana@northquay-freight.example",
}))]
pub struct ClaimOrganization {
    /// Claim code from the sign-up response.
    #[schema(max_length = 200)]
    pub claim_code: String,
    /// Email address of the new owner.
    #[schema(format = Email, max_length = 254)]
    pub email: String,
}

/// Claim an organization
///
/// Emails a link. Nothing changes until the link is used; the first recipient to use one claims the organization.
#[utoipa::path(post, path = "/signup/claim", tag = "Sign-up", operation_id = "claimOrganization",
    request_body(content = ClaimOrganization), responses((status = 202, description = "The request is accepted. If it is valid, an email is sent.", body = MailNotice)))]
pub async fn claim(
    State(service): State<SignupService>,
    Query(NoParams {}): Query<NoParams>,
    ClientAddress(address): ClientAddress,
    Body(claim): Body<ClaimOrganization>,
) -> Result<(StatusCode, Json<MailNotice>), ApiError> {
    let email = Email::parse(&claim.email).map_err(|error| ApiError::invalid_value("email", &error))?;
    service.throttle.take(Key::Signup(address))?;
    let hash = service.keys.pepper().hash(&Secret::new(claim.claim_code));
    let found = signup::find_by_claim_code(&service.registry.store, hash, service.registry.now_ms()).await?;
    let Some(row) = found else {
        service.throttle.take_failure(address)?;
        return Err(ApiError::invalid_field(
            "claimCode",
            "is invalid or already used, or its organization has expired",
        ));
    };
    links::send_verification(&service, row, LinkPurpose::Claim, email).await?;
    Ok((StatusCode::ACCEPTED, Json(MailNotice::SENT)))
}
