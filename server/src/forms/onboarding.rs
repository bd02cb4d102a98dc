//! The forms of sign-up: one a file.

pub mod agent;
pub mod claim;
pub mod credential;
pub mod keep;
pub mod leave;
pub mod publish;
pub mod recover;
pub mod verify;

use app::model::onboarding::email_problem;
use axum::extract::Form;
use axum::extract::rejection::FormRejection;
use axum::response::Response;
use client::{Client, Error};
use http::StatusCode;
use serde::Deserialize;

use crate::error::PageError;
use crate::onboarding::{Kept, Onboarding, Sender, Told, form_key, read_key, refused};
use crate::routes::get_started::{over, page};
use crate::session::Session;
use crate::site_paths::GET_STARTED;
use crate::view::onboarding::links::{self, Typed};

/// The status of a page whose form was not taken because of what was typed.
const WRONG: StatusCode = StatusCode::UNPROCESSABLE_ENTITY;

/// A form with an address alone.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct SentEmail {
    email: String,
}

/// The address of such a form, or, where it can't be one, what was typed with what is wrong.
fn email(sent: Result<Form<SentEmail>, FormRejection>) -> Result<Result<String, Typed>, PageError> {
    let email = super::read(sent, "an email address")?.email.trim().to_owned();
    Ok(match email_problem(&email) {
        Some(problem) => Err(Typed { text: email, problem: Some(problem), notice: None }),
        None => Ok(email),
    })
}

/// A form that is a button, with what makes pressing it twice the same as pressing it once.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Pressed {
    key: String,
}

/// Its key; one that is none is as good as a new one.
pub(super) fn pressed(sent: Result<Form<Pressed>, FormRejection>) -> Result<String, PageError> {
    let key = super::read(sent, "the form of this button")?.key;
    Ok(read_key(&key).map_or_else(form_key, |key| key.to_string()))
}

/// A form of the begun page.
#[derive(Clone, Copy, Debug)]
struct Step {
    /// Where it is sent to.
    path: &'static str,
    /// The heading of what it changes, to which it leads back: without that, who has no script sees the page's top and not what
    /// became of it.
    heading: &'static str,
}

/// Where it is told whose the organization is.
const KEPT: &str = "started--keep";

/// Does something with the reader's session, keeps what becomes of it, and leads back to `/get-started`. Without a session, or
/// with one that is over, the first form comes back and says so. `typed` is shown again where it is not taken, and
/// sent again where the registry can't be reached.
async fn with_session<F: Future<Output = Result<Session, Error>>>(
    desk: &Onboarding,
    sender: &Sender,
    step: Step,
    typed: Kept,
    what: impl FnOnce(Client, Session) -> F,
) -> Result<Response, PageError> {
    if let Some(response) = desk.too_many(sender) {
        return Ok(response);
    }
    let Some(session) = desk.session(sender) else { return over(desk, sender, &typed).await };
    match what(desk.api_for(sender), session).await {
        Ok(session) => desk.lead_below(GET_STARTED, Some(step.heading), Some(desk.seal.set(&session)?)),
        Err(error) if error.is_unauthorized() => over(desk, sender, &typed).await,
        Err(error) if error.is_unavailable() => not_done(desk, sender, step.path, typed, &error).await,
        Err(error) => page(desk, sender, Told::refused(&error, &typed)).await,
    }
}

/// Says that the session is over, with all that was sent, to send it again once this browser has one.
pub(super) async fn ended(desk: &Onboarding, sender: &Sender, path: &str, typed: Kept) -> Result<Response, PageError> {
    let cookie = desk.session(sender).map(|_| desk.seal.clear()).transpose()?;
    let notice =
        "Your session has ended. To sign in again, replace a lost secret in another tab. Then submit this form again.";
    let view = links::again(&desk.generation(), path, typed, Some(notice.to_owned()));
    desk.page(view, StatusCode::FORBIDDEN, sender, cookie).await
}

/// Says that the registry can't be reached, with all that was sent, to send it again.
pub(super) async fn not_done(
    desk: &Onboarding,
    sender: &Sender,
    path: &str,
    typed: Kept,
    error: &Error,
) -> Result<Response, PageError> {
    let refused = refused(error);
    let view = links::again(&desk.generation(), path, typed, refused.notice);
    desk.page(view, refused.status, sender, None).await
}
