//! `/verify/{code}`: the link of a mail that confirms an address. Opening it only shows a button: scanners of mails follow links.

use axum::extract::rejection::FormRejection;
use axum::extract::{Form, Path, State};
use axum::response::Response;
use client::types::LinkToken;
use http::StatusCode;

use super::{KEPT, Pressed, pressed};
use crate::error::PageError;
use crate::onboarding::{Onboarding, Sender, refused};
use crate::session::Session;
use crate::site_paths::GET_STARTED;
use crate::view::onboarding::links;

/// The button.
pub async fn show(
    State(desk): State<Onboarding>,
    Path(code): Path<String>,
    sender: Sender,
) -> Result<Response, PageError> {
    let view = links::verify(&desk.generation(), &code, None, None);
    desk.page(view, StatusCode::OK, &sender, None).await
}

/// Confirms the address, once for each form that was drawn: pressed twice, it answers twice. From here on this browser has a session of the organization.
pub async fn send(
    State(desk): State<Onboarding>,
    Path(code): Path<String>,
    sender: Sender,
    sent: Result<Form<Pressed>, FormRejection>,
) -> Result<Response, PageError> {
    let key = pressed(sent)?;
    if let Some(response) = desk.too_many(&sender) {
        return Ok(response);
    }
    match desk.api_for(&sender).idempotency_key(&key).signup().verify(&LinkToken { token: code.as_str().into() }).await
    {
        Ok(verified) => {
            // What belongs to an older session is left behind: its keys answer to that session alone.
            let agent = desk.session(&sender).and_then(|session| session.agent);
            let session = Session { agent, ..Session::new(verified.session.handle) };
            desk.lead_below(GET_STARTED, Some(KEPT), Some(desk.seal.set(&session)?))
        }
        Err(error) => {
            let (status, said) = links::said(&error, refused(&error), links::SPENT_VERIFY);
            desk.page(links::verify(&desk.generation(), &code, Some(key), Some(said)), status, &sender, None).await
        }
    }
}
