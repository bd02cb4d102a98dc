//! `POST /api/v1/signup/disown`

use axum::extract::State;
use axum::response::Response;
use domain::secret::Secret;
use http::StatusCode;
use store::signup;

use super::verify::{LinkToken, count_invalid_code};
use crate::error::ApiError;
use crate::extract::address::ClientAddress;
use crate::extract::body::Body;
use crate::extract::idempotent::Idempotent;
use crate::extract::query::{NoParams, Query};
use crate::json_response::JsonResponse;
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
    idempotent: Idempotent,
    Query(NoParams {}): Query<NoParams>,
    ClientAddress(address): ClientAddress,
    Body(LinkToken { token }): Body<LinkToken>,
) -> Result<Response, ApiError> {
    service.throttle.take(Key::Signup(address))?;
    let hash = service.keys.pepper().hash(&Secret::new(token));
    let respond = |(): &()| Ok(JsonResponse::empty(StatusCode::NO_CONTENT));
    let work = async |call| {
        let disowned = signup::disown(&service.registry.store, hash, service.registry.now(), call).await;
        count_invalid_code(&service, address, &disowned)?;
        Ok(disowned?)
    };
    idempotent.run(respond, work).await
}
