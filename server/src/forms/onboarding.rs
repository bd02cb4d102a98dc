//! The forms of sign-up: one a file.

pub mod agent;
pub mod claim;
pub mod credential;
pub mod keep;
pub mod leave;
pub mod publish;
pub mod recover;
pub mod verify;

use axum::response::Response;
use client::{Client, Error};
use http::StatusCode;

use crate::error::PageError;
use crate::onboarding::{Onboarding, Sender};
use crate::routes::get_started::{Said, page};
use crate::session::Session;
use crate::site_paths::GET_STARTED;

/// What a form without fields sends: nothing.
#[derive(Debug, serde::Deserialize)]
pub struct Nothing {}

/// Does something with the reader's session, and leads back to `/get-started`. Without a session, or with one that is over,
/// it leads there as well: the page says what is there.
async fn with_session<F: Future<Output = Result<(), Error>>>(
    desk: &Onboarding,
    sender: &Sender,
    what: impl FnOnce(Client, Session) -> F,
) -> Result<Response, PageError> {
    if let Some(response) = desk.too_many(sender) {
        return Ok(response);
    }
    let Some(session) = desk.session(sender) else { return desk.lead_to(GET_STARTED, None) };
    let api = desk.api_for(sender).with_bearer(session.handle.clone());
    match what(api, session).await {
        Ok(()) => desk.lead_to(GET_STARTED, None),
        Err(error) if error.is_unauthorized() => desk.lead_to(GET_STARTED, Some(desk.seal.clear()?)),
        Err(error) => page(desk, sender, Said::refused(&error)).await,
    }
}

/// The status of a page whose form was not taken because of what was typed.
const WRONG: StatusCode = StatusCode::UNPROCESSABLE_ENTITY;
