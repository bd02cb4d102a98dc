//! `POST /verify/{code}/disown`: deletes an organization that somebody else signed up with the reader's email address.

use axum::extract::rejection::FormRejection;
use axum::extract::{Form, Path, State};
use axum::response::Response;
use client::types::LinkToken;
use http::StatusCode;
use site::view::onboarding::links;

use super::link_error::INVALID_VERIFY_LINK;
use super::{ButtonForm, link_page, parse_button_key};
use crate::error::PageError;
use crate::onboarding::{Onboarding, Requester};

/// Deletes the organization.
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
    let api = onboarding.api_for(&requester).idempotency_key(&key);
    match api.signup().disown(&LinkToken { token: code.as_str().into() }).await {
        Ok(()) => {
            let view = links::disowned(&onboarding.snapshot().context);
            onboarding.render_page(view, StatusCode::OK, &requester, None).await
        }
        Err(error) => {
            let (status, notice) = link_page::rejection(&error, INVALID_VERIFY_LINK);
            link_page::show_unusable(&onboarding, &requester, status, &notice, false).await
        }
    }
}

/// Redirects the URL of the form to the page of the link.
pub async fn show(State(onboarding): State<Onboarding>, Path(code): Path<String>) -> Result<Response, PageError> {
    onboarding.redirect_to(&format!("{}/{code}", site::paths::VERIFY), None)
}
