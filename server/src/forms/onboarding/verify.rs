//! `/verify/{code}`: the link of a verification email. Opening it only shows what it is about: email scanners follow
//! links.

use axum::extract::rejection::FormRejection;
use axum::extract::{Form, Path, State};
use axum::response::Response;
use client::types::{EarlierCredentials, EmailVerification, LinkPurpose, VerificationRequest};
use http::StatusCode;
use site::paths::{GET_STARTED, VERIFY};
use site::view::onboarding::links::{self, Browser};

use super::link_error::INVALID_VERIFY_LINK;
use super::link_page::{self, LinkForm};
use super::{EMAIL_ANCHOR, button_key};
use crate::error::PageError;
use crate::onboarding::{Onboarding, Requester};
use crate::session::Session;

/// Notice about a session that ended while the page was open.
const SESSION_GONE: &str =
    "This browser is no longer signed in to the organization. Choose what happens to its credentials.";
const PURPOSES: [LinkPurpose; 2] = [LinkPurpose::Verify, LinkPurpose::Claim];

/// Shows the organization, and asks whether it belongs to the reader.
pub async fn show(
    State(onboarding): State<Onboarding>,
    Path(code): Path<String>,
    requester: Requester,
) -> Result<Response, PageError> {
    let opened = match link_page::open(&onboarding, &requester, &code, &PURPOSES, INVALID_VERIFY_LINK).await? {
        Ok(opened) => opened,
        Err(response) => return Ok(response),
    };
    let view = links::verify(&onboarding.snapshot().context, &opened.page(&code, None));
    onboarding.render_page(view, StatusCode::OK, &requester, None).await
}

/// Verifies the email address, once per rendered form, and opens a session of the organization in this browser.
pub async fn send(
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
    // The session that the page was rendered for may have ended: then the reader has to choose.
    if !form.own.is_empty()
        && let Ok(opened) = link_page::open(&onboarding, &requester, &code, &PURPOSES, INVALID_VERIFY_LINK).await?
        && opened.browser != Browser::Own
    {
        let view =
            links::verify(&onboarding.snapshot().context, &opened.page(&code, Some((key, SESSION_GONE.to_owned()))));
        return onboarding.render_page(view, StatusCode::CONFLICT, &requester, None).await;
    }
    // What is sent depends on the form alone, so that a second click repeats the first, whose link is used by then.
    let session = onboarding.session(&requester).filter(|_| !form.own.is_empty());
    let api = onboarding.api_for(&requester);
    let (api, credentials) = match &session {
        // The session of the sign-up proves that the organization belongs to this reader.
        Some(session) => (api.with_bearer(session.handle.clone()), None),
        None if form.credentials == "keep" => (api, Some(EarlierCredentials::Keep)),
        None => (api, Some(EarlierCredentials::Revoke)),
    };
    let request = VerificationRequest { token: code.as_str().into(), credentials };
    match api.idempotency_key(&key).signup().verify(&request).await {
        Ok(verified) => sign_in(&onboarding, &requester, &form, verified).await,
        Err(error) if !link_page::is_answered(&error) => {
            let path = format!("{VERIFY}/{code}");
            link_page::show_retry(&onboarding, &requester, &path, key, form, &error).await
        }
        Err(error) => match link_page::open(&onboarding, &requester, &code, &PURPOSES, INVALID_VERIFY_LINK).await? {
            Ok(opened) => {
                let (status, notice) = link_page::rejection(&error, INVALID_VERIFY_LINK);
                let view = links::verify(&onboarding.snapshot().context, &opened.page(&code, Some((key, notice))));
                onboarding.render_page(view, status, &requester, None).await
            }
            Err(response) => Ok(response),
        },
    }
}

/// Opens the session of a verified organization in this browser, unless it has another session that the reader keeps.
async fn sign_in(
    onboarding: &Onboarding,
    requester: &Requester,
    form: &LinkForm,
    verified: EmailVerification,
) -> Result<Response, PageError> {
    let browser = link_page::find_browser(onboarding, requester, verified.organization.organization_id).await;
    if let Browser::Other(name) = &browser
        && form.switch.is_empty()
    {
        // The reader keeps the session they have; the new one is for nobody.
        let unused = onboarding.api_for(requester).with_bearer(verified.session.handle);
        if let Err(error) = unused.sessions().end_current().await
            && !error.is_unauthorized()
        {
            tracing::warn!(%error, "could not end the unused session of a verification");
        }
        let view = links::verified_elsewhere(&onboarding.snapshot().context, &verified.organization.name, name);
        return onboarding.render_page(view, StatusCode::OK, requester, None).await;
    }
    let own = onboarding.session(requester).filter(|_| browser == Browser::Own);
    let session = Session { agent: own.and_then(|session| session.agent), ..Session::new(verified.session.handle) };
    onboarding.redirect_to_anchor(GET_STARTED, Some(EMAIL_ANCHOR), Some(onboarding.cookies.set(&session)?))
}
