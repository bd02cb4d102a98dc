//! The forms of sign-up, one per file.

pub mod agent;
pub mod claim;
pub mod credential;
pub mod disown;
pub mod email;
pub mod publish;
pub mod recover;
pub mod restore;
pub mod sign_out;
pub mod verify;

mod link_error;
mod link_page;

use app::model::onboarding::{NewCredential, email_problem};
use axum::extract::Form;
use axum::extract::rejection::FormRejection;
use axum::response::Response;
use client::{Client, Error};
use http::StatusCode;
use serde::Deserialize;

use crate::error::PageError;
use crate::onboarding::{Onboarding, Requester, feedback_for_error, form_errors, parse_form_key};
use crate::routes::get_started::{self, show_page};
use crate::session::Session;
use site::forms::{FormFields, new_form_key};
use site::paths::GET_STARTED;
use site::view::onboarding::links::{self, EmailInput};

/// Status of a page with an invalid form.
const INVALID: StatusCode = StatusCode::UNPROCESSABLE_ENTITY;

/// Fields of a form with an email address only.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct EmailForm {
    email: String,
}

/// Parses an email address, or returns the field with its error.
fn parse_email(sent: Result<Form<EmailForm>, FormRejection>) -> Result<Result<String, EmailInput>, PageError> {
    let email = super::parse_form(sent, "an email address")?.email.trim().to_owned();
    Ok(match email_problem(&email) {
        Some(problem) => Err(EmailInput { text: email, problem: Some(problem), notice: None }),
        None => Ok(email),
    })
}

/// Fields of a button, with an idempotency key: a second click repeats the first.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct ButtonForm {
    key: String,
}

/// Parses the key of a button; an invalid key is replaced by a new one.
pub(super) fn parse_button_key(sent: Result<Form<ButtonForm>, FormRejection>) -> Result<String, PageError> {
    Ok(button_key(&super::parse_form(sent, "the form of this button")?.key))
}

/// Returns the key of a button; an invalid key is replaced by a new one.
fn button_key(key: &str) -> String {
    parse_form_key(key).map_or_else(new_form_key, |key| key.to_string())
}

/// A form of the progress page.
#[derive(Clone, Copy, Debug)]
struct Step {
    /// URL of the form.
    path: &'static str,
    /// The anchor of the changed section, for the redirect: without it, a reader without JavaScript sees the top of the page
    /// instead of the result.
    heading: &'static str,
}

/// Anchor of the organization's email address.
const EMAIL_ANCHOR: &str = "started--keep";

/// Result of a form of the progress page.
struct Done {
    /// Session, possibly changed.
    session: Session,
    /// New credential, to be shown in the response to the form: no page can show its secret again.
    credential: Option<NewCredential>,
}

impl From<Session> for Done {
    fn from(session: Session) -> Self {
        Self { session, credential: None }
    }
}

/// Runs an action with the reader's session, stores the changed session, and redirects to `/get-started`, or shows a new
/// credential. Without a valid session, the first form is shown with a notice. A rejected form is shown again with its fields; while the registry can't
/// be reached, it can be submitted again.
async fn with_session<D: Into<Done>, F: Future<Output = Result<D, Error>>>(
    onboarding: &Onboarding,
    requester: &Requester,
    step: Step,
    fields: FormFields,
    action: impl FnOnce(Client, Session) -> F,
) -> Result<Response, PageError> {
    if let Some(response) = onboarding.rate_limit(requester) {
        return Ok(response);
    }
    let Some(session) = onboarding.session(requester) else {
        return get_started::show_session_expired(onboarding, requester, &fields).await;
    };
    match action(onboarding.api_for(requester), session).await {
        Ok(done) => match done.into() {
            Done { session, credential: Some(credential) } => {
                get_started::show_new_credential(onboarding, requester, session, credential).await
            }
            Done { session, credential: None } => {
                onboarding.redirect_to_anchor(GET_STARTED, Some(step.heading), Some(onboarding.cookies.set(&session)?))
            }
        },
        Err(error) if error.is_unauthorized() => {
            get_started::show_session_expired(onboarding, requester, &fields).await
        }
        Err(error) if error.is_unavailable() => retry_form(onboarding, requester, step.path, fields, &error).await,
        Err(error) => show_page(onboarding, requester, feedback_for_error(&error, &fields)).await,
    }
}

/// Shows that the session has expired, with the fields for another submission.
pub(super) async fn show_session_expired(
    onboarding: &Onboarding,
    requester: &Requester,
    path: &str,
    fields: FormFields,
) -> Result<Response, PageError> {
    let cookie = onboarding.session(requester).map(|_| onboarding.cookies.clear()).transpose()?;
    let notice =
        "Your session has ended. To sign in again, replace a lost secret in another tab. Then submit this form again.";
    let view = links::retry(&onboarding.snapshot().context, path, fields, Some(notice.to_owned()));
    onboarding.render_page(view, StatusCode::FORBIDDEN, requester, cookie).await
}

/// Shows that the registry can't be reached, with the fields for another submission.
pub(super) async fn retry_form(
    onboarding: &Onboarding,
    requester: &Requester,
    path: &str,
    fields: FormFields,
    error: &Error,
) -> Result<Response, PageError> {
    let errors = form_errors(error);
    let view = links::retry(&onboarding.snapshot().context, path, fields, errors.notice);
    onboarding.render_page(view, errors.status, requester, None).await
}
