//! `POST /get-started/leave`: signs out.

use axum::extract::State;
use axum::response::Response;
use site::paths::GET_STARTED;

use crate::error::PageError;
use crate::onboarding::{Onboarding, Requester};

/// Revokes the session and deletes the cookie. If the API can't be reached, the cookie is deleted, and the session
/// expires later.
pub async fn sign_out(State(onboarding): State<Onboarding>, requester: Requester) -> Result<Response, PageError> {
    if let Some(session) = onboarding.session(&requester) {
        let api = onboarding.api_for(&requester).with_bearer(session.handle);
        if let Err(error) = api.sessions().end_current().await
            && !error.is_unauthorized()
        {
            tracing::warn!(%error, "a reader signed out, but the session could not be revoked");
        }
    }
    onboarding.redirect_to(GET_STARTED, Some(onboarding.cookies.clear()?))
}
