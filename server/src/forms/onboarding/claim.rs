//! `/claim/{code}`: a person claims the organization that a program created, by email.

use axum::extract::rejection::FormRejection;
use axum::extract::{Form, Path, State};
use axum::response::Response;
use client::types::ClaimOrganization;
use http::StatusCode;
use site::view::onboarding::links::{self, EmailInput};

use super::link_error::{INVALID_CLAIM_LINK, link_error};
use super::{EmailForm, INVALID, parse_email};
use crate::error::PageError;
use crate::onboarding::{Onboarding, Requester, form_errors};

/// Shows the form.
pub async fn show(
    State(onboarding): State<Onboarding>,
    Path(code): Path<String>,
    requester: Requester,
) -> Result<Response, PageError> {
    let view = links::claim(&onboarding.snapshot().context, &code, EmailInput::default());
    onboarding.render_page(view, StatusCode::OK, &requester, None).await
}

/// Requests the email with the claim link.
pub async fn send(
    State(onboarding): State<Onboarding>,
    Path(code): Path<String>,
    requester: Requester,
    sent: Result<Form<EmailForm>, FormRejection>,
) -> Result<Response, PageError> {
    let show_again = |input: EmailInput, status| {
        let view = links::claim(&onboarding.snapshot().context, &code, input);
        onboarding.render_page(view, status, &requester, None)
    };
    let email = match parse_email(sent)? {
        Ok(email) => email,
        Err(input) => return show_again(input, INVALID).await,
    };
    if let Some(response) = onboarding.rate_limit(&requester) {
        return Ok(response);
    }
    let claim = ClaimOrganization { claim_code: code.as_str().into(), email: email.clone() };
    match onboarding.api_for(&requester).signup().claim(&claim).await {
        Ok(_) => {
            let view = links::claim_sent(&onboarding.snapshot().context, &email, onboarding.email_delay_notice().await);
            onboarding.render_page(view, StatusCode::OK, &requester, None).await
        }
        Err(error) => {
            let errors = form_errors(&error);
            let (status, notice) = link_error(&error, errors.clone(), INVALID_CLAIM_LINK);
            let notice = errors.problems.email.is_none().then_some(notice);
            show_again(EmailInput { text: email, problem: errors.problems.email, notice }, status).await
        }
    }
}
