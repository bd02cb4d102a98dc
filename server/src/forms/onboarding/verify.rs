//! `/verify/{code}`: the link of a verification email. Opening it only shows a button: email scanners follow links.

use axum::extract::rejection::FormRejection;
use axum::extract::{Form, Path, State};
use axum::response::Response;
use client::types::LinkToken;
use http::StatusCode;
use site::paths::GET_STARTED;
use site::view::onboarding::links;

use super::link_error::{INVALID_VERIFY_LINK, link_error};
use super::{ButtonForm, EMAIL_ANCHOR, parse_button_key};
use crate::error::PageError;
use crate::onboarding::{Onboarding, Requester, form_errors};
use crate::session::Session;

/// Shows the button.
pub async fn show(
    State(onboarding): State<Onboarding>,
    Path(code): Path<String>,
    requester: Requester,
) -> Result<Response, PageError> {
    let view = links::verify(&onboarding.snapshot().context, &code, None, None);
    onboarding.render_page(view, StatusCode::OK, &requester, None).await
}

/// Verifies the email address, once per rendered form, and opens a session of the organization in this browser.
pub async fn send(
    State(onboarding): State<Onboarding>,
    Path(code): Path<String>,
    requester: Requester,
    sent: Result<Form<ButtonForm>, FormRejection>,
) -> Result<Response, PageError> {
    let key = parse_button_key(sent)?;
    if let Some(response) = onboarding.rate_limit(&requester) {
        return Ok(response);
    }
    match onboarding
        .api_for(&requester)
        .idempotency_key(&key)
        .signup()
        .verify(&LinkToken { token: code.as_str().into() })
        .await
    {
        Ok(verified) => {
            // State of an older session is dropped: its keys are valid for that session only.
            let agent = onboarding.session(&requester).and_then(|session| session.agent);
            let session = Session { agent, ..Session::new(verified.session.handle) };
            onboarding.redirect_to_anchor(GET_STARTED, Some(EMAIL_ANCHOR), Some(onboarding.cookies.set(&session)?))
        }
        Err(error) => {
            let (status, notice) = link_error(&error, form_errors(&error), INVALID_VERIFY_LINK);
            onboarding
                .render_page(
                    links::verify(&onboarding.snapshot().context, &code, Some(key), Some(notice)),
                    status,
                    &requester,
                    None,
                )
                .await
        }
    }
}
