//! `POST /get-started/leave`: the session ends, and the browser forgets it.

use axum::extract::State;
use axum::response::Response;

use crate::error::PageError;
use crate::onboarding::{Onboarding, Sender};
use crate::site_paths::GET_STARTED;

/// Ends it. The cookie goes even where the API can't be asked: then the session ends by itself.
pub async fn send(State(desk): State<Onboarding>, sender: Sender) -> Result<Response, PageError> {
    if let Some(session) = desk.session(&sender) {
        let api = desk.api_for(&sender).with_bearer(session.handle);
        if let Err(error) = api.sessions().end_current().await
            && !error.is_unauthorized()
        {
            tracing::warn!(%error, "a reader signed out, but the session could not be revoked");
        }
    }
    desk.lead_to(GET_STARTED, Some(desk.seal.clear()?))
}
