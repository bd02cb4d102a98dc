//! `POST /api/v1/signup/claim`

use axum::Json;
use axum::extract::State;
use domain::email::Email;
use domain::secret::Secret;
use http::StatusCode;
use serde::Deserialize;
use store::parse_stored as stored;
use store::signup::{self, LinkPurpose};
use utoipa::ToSchema;

use super::{MailNotice, post};
use crate::error::ApiError;
use crate::extract::address::ClientAddress;
use crate::extract::body::Body;
use crate::extract::query::{NoParams, Query};
use crate::limits::Key;
use crate::services::SignupService;

/// What a provisional organization is claimed with.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({
    "claimCode": "sclaim_0ctkPpN4q7mWm0bIhGJvQv1yF3u8sXrK2Zt5aYc9LdE", "email": "ana@northquay-freight.example",
}))]
pub struct ClaimOrganization {
    /// The code that sign-up answered.
    #[schema(max_length = 200)]
    pub claim_code: String,
    /// Address of the person who answers for the organization from now on.
    #[schema(format = Email, max_length = 254)]
    pub email: String,
}

/// Claim a provisional organization
///
/// Sends a mail. Nothing changes until its link is confirmed; of several who try, the first who confirms has it.
#[utoipa::path(post, path = "/signup/claim", tag = "Sign-up", operation_id = "claimOrganization",
    request_body(content = ClaimOrganization), responses((status = 202, description = "A mail is on its way.", body = MailNotice)))]
pub async fn claim(
    State(service): State<SignupService>,
    Query(NoParams {}): Query<NoParams>,
    ClientAddress(address): ClientAddress,
    Body(claim): Body<ClaimOrganization>,
) -> Result<(StatusCode, Json<MailNotice>), ApiError> {
    let email = Email::read(&claim.email).map_err(|refusal| ApiError::field("email", &refusal))?;
    service.throttle.take(Key::Signup(address))?;
    let hash = service.keys.pepper().hash(&Secret::given(claim.claim_code));
    let found = signup::find_by_claim_code(&service.registry.store, hash, service.registry.now_ms()).await?;
    let Some(row) = found else {
        service.throttle.take_failure(address)?;
        return Err(ApiError::wrong("claimCode", "is none that works: it was used, or its organization has ended"));
    };
    post::confirmation(&service, stored(&row.id)?, LinkPurpose::Claim, email);
    Ok((StatusCode::ACCEPTED, Json(MailNotice::SENT)))
}
