//! `/restore/{code}`: the link in the email about a deletion.

use axum::extract::rejection::FormRejection;
use axum::extract::{Form, Path, State};
use axum::response::Response;
use client::types::{LinkPurpose, LinkToken};
use http::StatusCode;
use site::view::onboarding::links;

use super::link_error::INVALID_RESTORE_LINK;
use super::{ButtonForm, link_page, parse_button_key};
use crate::error::PageError;
use crate::onboarding::{Onboarding, Requester};

/// Shows the organization and the button.
pub async fn show(
    State(onboarding): State<Onboarding>,
    Path(code): Path<String>,
    requester: Requester,
) -> Result<Response, PageError> {
    let purposes = [LinkPurpose::Restore];
    let opened = match link_page::open(&onboarding, &requester, &code, &purposes, INVALID_RESTORE_LINK).await? {
        Ok(opened) => opened,
        Err(response) => return Ok(response),
    };
    let view = links::restore(&onboarding.snapshot().context, &opened.page(&code, None));
    onboarding.render_page(view, StatusCode::OK, &requester, None).await
}

/// Cancels the deletion.
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
    match api.signup().restore(&LinkToken { token: code.as_str().into() }).await {
        Ok(()) => {
            let view = links::restored(&onboarding.snapshot().context);
            onboarding.render_page(view, StatusCode::OK, &requester, None).await
        }
        Err(error) => {
            let (status, notice) = link_page::rejection(&error, INVALID_RESTORE_LINK);
            link_page::show_unusable(&onboarding, &requester, status, &notice, false).await
        }
    }
}
