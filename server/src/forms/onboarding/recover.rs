//! `/recover`: sends an email to owners who lost the organization's secret; `/recover/{code}`: the link in that email.

use axum::extract::rejection::FormRejection;
use axum::extract::{Form, Path, State};
use axum::response::Response;
use client::types::{LinkToken, RecoveryRequest};
use http::StatusCode;
use site::view::onboarding::links::{self, EmailInput};

use super::link_error::{INVALID_LINK, link_error};
use super::{ButtonForm, EmailForm, INVALID, parse_button_key, parse_email};
use crate::error::PageError;
use crate::onboarding::{Onboarding, Requester, credential_lines, form_errors};
use crate::session::Session;

/// Shows the form.
pub async fn show(State(onboarding): State<Onboarding>, requester: Requester) -> Result<Response, PageError> {
    let view = links::recover(&onboarding.snapshot().context, EmailInput::default());
    onboarding.render_page(view, StatusCode::OK, &requester, None).await
}

/// Requests the recovery email. The response is the same for unknown email addresses.
pub async fn send(
    State(onboarding): State<Onboarding>,
    requester: Requester,
    sent: Result<Form<EmailForm>, FormRejection>,
) -> Result<Response, PageError> {
    let show_again = |input: EmailInput, status| {
        let view = links::recover(&onboarding.snapshot().context, input);
        onboarding.render_page(view, status, &requester, None)
    };
    let email = match parse_email(sent)? {
        Ok(email) => email,
        Err(input) => return show_again(input, INVALID).await,
    };
    if let Some(response) = onboarding.rate_limit(&requester) {
        return Ok(response);
    }
    match onboarding.api_for(&requester).signup().recover(&RecoveryRequest { email: email.clone() }).await {
        Ok(_) => {
            let view =
                links::recover_sent(&onboarding.snapshot().context, &email, onboarding.email_delay_notice().await);
            onboarding.render_page(view, StatusCode::OK, &requester, None).await
        }
        Err(error) => {
            let errors = form_errors(&error);
            show_again(EmailInput { text: email, problem: errors.problems.email, notice: errors.notice }, errors.status)
                .await
        }
    }
}

/// Shows the confirmation button of the link.
pub async fn show_link(
    State(onboarding): State<Onboarding>,
    Path(code): Path<String>,
    requester: Requester,
) -> Result<Response, PageError> {
    let view = links::recover_link(&onboarding.snapshot().context, &code, None, None);
    onboarding.render_page(view, StatusCode::OK, &requester, None).await
}

/// Creates a new admin credential and shows it, in this response only: the code works once, and the secret is not stored.
pub async fn confirm(
    State(onboarding): State<Onboarding>,
    Path(code): Path<String>,
    requester: Requester,
    sent: Result<Form<ButtonForm>, FormRejection>,
) -> Result<Response, PageError> {
    let key = parse_button_key(sent)?;
    if let Some(response) = onboarding.rate_limit(&requester) {
        return Ok(response);
    }
    let snapshot = onboarding.snapshot();
    let api = onboarding.api_for(&requester);
    match api.idempotency_key(&key).signup().confirm_recovery(&LinkToken { token: code.as_str().into() }).await {
        Ok(recovered) => {
            let credential = recovered.credential;
            let (id, secret) = (credential.client_id.to_string(), credential.client_secret);
            let shown = credential_lines(&id, secret.reveal(), &snapshot.context.settings.api_origin);
            // The old credential's sessions are revoked: this browser gets a new session, if the API opens one.
            let session = api.with_credentials(&credential.client_id, secret).sessions().open().await;
            let cookie = match session {
                Ok(opened) => Some(onboarding.cookies.set(&Session::new(opened.handle))?),
                Err(error) => {
                    tracing::warn!(%error, "no session was created after a recovery");
                    None
                }
            };
            onboarding.render_page(links::recovered(&snapshot.context, shown), StatusCode::OK, &requester, cookie).await
        }
        Err(error) => {
            let (status, notice) = link_error(&error, form_errors(&error), INVALID_LINK);
            onboarding
                .render_page(
                    links::recover_link(&snapshot.context, &code, Some(key), Some(notice)),
                    status,
                    &requester,
                    None,
                )
                .await
        }
    }
}
