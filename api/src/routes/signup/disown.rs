//! `POST /api/v1/signup/disown`

use axum::extract::State;
use domain::secret::Secret;
use http::StatusCode;
use store::signup;

use super::verify::{LinkToken, count_invalid_code};
use crate::error::ApiError;
use crate::extract::address::ClientAddress;
use crate::extract::body::Body;
use crate::extract::query::{NoParams, Query};
use crate::limits::Key;
use crate::services::SignupService;

/// Disown a sign-up
///
/// Deletes an organization that somebody else signed up or claimed with your email address, by the code from the email.
/// Its credentials, agents and sessions are deleted with it.
#[utoipa::path(post, path = "/signup/disown", tag = "Sign-up", operation_id = "disownSignup",
    request_body(content = LinkToken), responses((status = 204, description = "The organization is deleted.")))]
pub async fn disown(
    State(service): State<SignupService>,
    Query(NoParams {}): Query<NoParams>,
    ClientAddress(address): ClientAddress,
    Body(LinkToken { token }): Body<LinkToken>,
) -> Result<StatusCode, ApiError> {
    service.throttle.take(Key::Signup(address))?;
    let hash = service.keys.pepper().hash(&Secret::new(token));
    let disowned = signup::disown(&service.registry.store, hash, service.registry.now()).await;
    count_invalid_code(&service, address, &disowned)?;
    disowned?;
    Ok(StatusCode::NO_CONTENT)
}
