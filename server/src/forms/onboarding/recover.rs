//! `/recover`: sends an email to owners who lost the organization's secret; `/recover/{code}`: the link in that email.

use axum::extract::rejection::FormRejection;
use axum::extract::{Form, Path, State};
use axum::response::Response;
use client::OrganizationId;
use client::types::{LinkPurpose, LinkToken, RecoveryRequest};
use http::StatusCode;
use site::paths::RECOVER;
use site::view::onboarding::links::{self, Browser, EmailInput};

use super::link_error::INVALID_LINK;
use super::link_page::{self, LinkForm};
use super::{EmailForm, INVALID, button_key, parse_email};
use crate::error::PageError;
use crate::onboarding::{Onboarding, Requester, credential_lines, form_errors};
use crate::session::Session;

const PURPOSES: [LinkPurpose; 1] = [LinkPurpose::Recover];

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

/// Shows the organization and the confirmation button of the link.
pub async fn show_link(
    State(onboarding): State<Onboarding>,
    Path(code): Path<String>,
    requester: Requester,
) -> Result<Response, PageError> {
    let opened = match link_page::open(&onboarding, &requester, &code, &PURPOSES, INVALID_LINK).await? {
        Ok(opened) => opened,
        Err(response) => return Ok(response),
    };
    let view = links::recover_link(&onboarding.snapshot().context, &opened.page(&code, None));
    onboarding.render_page(view, StatusCode::OK, &requester, None).await
}

/// Creates a new admin credential and shows it, in this response only: the code works once, and the secret is not stored.
pub async fn confirm(
    State(onboarding): State<Onboarding>,
    Path(code): Path<String>,
    requester: Requester,
    sent: Result<Form<LinkForm>, FormRejection>,
) -> Result<Response, PageError> {
    let form = crate::forms::parse_form(sent, "the form of this button")?;
    let key = button_key(&form.key);
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
            // The client ID of an admin credential is the ID of its organization.
            let organization = OrganizationId(credential.client_id);
            let browser = link_page::find_browser(&onboarding, &requester, organization).await;
            let cookie = if !matches!(browser, Browser::Other(_)) || !form.switch.is_empty() {
                // The old credential's sessions are revoked: this browser gets a new session, if the API opens one.
                match api.with_credentials(&credential.client_id, secret).sessions().open().await {
                    Ok(session) => Some(onboarding.cookies.set(&Session::new(session.handle))?),
                    Err(error) => {
                        tracing::warn!(%error, "no session was created after a recovery");
                        None
                    }
                }
            } else {
                None
            };
            onboarding.render_page(links::recovered(&snapshot.context, shown), StatusCode::OK, &requester, cookie).await
        }
        Err(error) if !link_page::is_answered(&error) => {
            let path = format!("{RECOVER}/{code}");
            link_page::show_retry(&onboarding, &requester, &path, key, form, &error).await
        }
        Err(error) => match link_page::open(&onboarding, &requester, &code, &PURPOSES, INVALID_LINK).await? {
            Ok(opened) => {
                let (status, notice) = link_page::rejection(&error, INVALID_LINK);
                let view = links::recover_link(&snapshot.context, &opened.page(&code, Some((key, notice))));
                onboarding.render_page(view, status, &requester, None).await
            }
            Err(response) => Ok(response),
        },
    }
}
