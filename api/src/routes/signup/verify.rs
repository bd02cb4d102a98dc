//! `POST /api/v1/signup/verify`

use std::net::IpAddr;

use axum::extract::State;
use axum::response::Response;
use domain::rejection::Rejection;
use domain::secret::{Purpose, Secret};
use http::StatusCode;
use serde::{Deserialize, Serialize};
use store::StoreError;
use store::signup::{self, Confirmation, EarlierAccess};
use utoipa::ToSchema;

use crate::error::ApiError;
use crate::extract::address::ClientAddress;
use crate::extract::body::Body;
use crate::extract::caller::ControlledOrganization;
use crate::extract::idempotent::Idempotent;
use crate::extract::query::{NoParams, Query};
use crate::json_response::JsonResponse;
use crate::services::SignupService;
use crate::view::organization::OrganizationView;
use crate::view::session::NewSessionView;

/// Code from an emailed link.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "token": "slink_0ctkPpN4q7mWm0bIhGJvQv1yF3u8sXrK2Zt5aYc9LdE" }))]
pub struct LinkToken {
    /// Code at the end of the link.
    #[schema(max_length = 200)]
    pub token: String,
}

/// Request to verify an email address.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "token": "slink_0ctkPpN4q7mWm0bIhGJvQv1yF3u8sXrK2Zt5aYc9LdE", "credentials": "keep" }))]
pub struct VerificationRequest {
    /// Code at the end of the link.
    #[schema(max_length = 200)]
    pub token: String,
    /// What happens to the credentials and sessions that the organization has: `keep` or `revoke`. The person who
    /// signed up may be a stranger to the owner of the address. Default: `keep` if the call is authorized by a token or session of the
    /// organization itself, and otherwise `revoke`.
    #[schema(pattern = "^(keep|revoke)$")]
    pub credentials: Option<String>,
}

/// Organization with a verified email address, and a session.
#[derive(Debug, Serialize, ToSchema)]
pub struct EmailVerification {
    /// Organization.
    pub organization: OrganizationView,
    /// Session with all scopes of the organization, since the code was sent to its email address.
    pub session: NewSessionView,
}

/// Verify an email address
///
/// Verifies the address with the code from a sign-up or claim email, which works once within 24 hours. The organization
/// becomes verified; IDs don't change. Unless the caller proves or says that the organization is theirs, all its
/// credentials and sessions are revoked, and its agents become private.
#[utoipa::path(post, path = "/signup/verify", tag = "Sign-up", operation_id = "verifyEmail",
    security((), ("bearer" = ["admin:orgs"])), request_body(content = VerificationRequest), responses((status = 200, description = "The email address is verified.", body = EmailVerification)))]
pub async fn verify(
    State(service): State<SignupService>,
    idempotent: Idempotent,
    controlled: ControlledOrganization,
    Query(NoParams {}): Query<NoParams>,
    ClientAddress(address): ClientAddress,
    Body(VerificationRequest { token, credentials }): Body<VerificationRequest>,
) -> Result<Response, ApiError> {
    let hash = service.keys.pepper().hash(&Secret::new(token));
    let handle = Secret::generate(Purpose::Session)?;
    let handle_hash = service.keys.pepper().hash(&handle);
    let respond = move |confirmed: &Confirmation| {
        let session = NewSessionView::new(confirmed.session.clone(), &handle);
        JsonResponse::secret(
            StatusCode::OK,
            &EmailVerification { organization: confirmed.organization.clone().into(), session },
        )
    };
    let earlier = match credentials.as_deref() {
        Some("keep") => EarlierAccess::Keep,
        Some("revoke") => EarlierAccess::End,
        Some(_) => return Err(ApiError::invalid_field("credentials", "must be keep or revoke")),
        None => EarlierAccess::KeepIfOwn(controlled.0),
    };
    let now = service.registry.now();
    let work = async |call| {
        let confirmed = signup::confirm(&service.registry.store, hash, handle_hash, earlier, now, call).await;
        count_invalid_code(&service, address, &confirmed)?;
        Ok(confirmed?)
    };
    idempotent.run(respond, work).await
}

/// Counts a wrong code as a failure of its sender.
pub(crate) fn count_invalid_code<T>(
    service: &SignupService,
    address: IpAddr,
    result: &Result<T, StoreError>,
) -> Result<(), ApiError> {
    match result {
        Err(StoreError::Rejected(Rejection::InvalidCode)) => service.throttle.take_failure(address),
        _ => Ok(()),
    }
}
