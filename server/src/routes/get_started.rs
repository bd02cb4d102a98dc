//! `/get-started`: the first form, or the progress of the sign-up; `/get-started/first-call.json`: the first call, once made.

use app::model::onboarding::{AgentFields, NewCredential};
use axum::Json;
use axum::body::Body;
use axum::extract::{Query, State};
use axum::response::{IntoResponse as _, Response};
use client::types::OrganizationState;
use http::header::{CACHE_CONTROL, SET_COOKIE};
use http::{HeaderValue, Method, StatusCode};
use serde::Deserialize;
use serde_json::json;
use site::forms::{FormErrors, FormFeedback, FormFields};
use site::page::markdown_parts;
use site::paths::ACCOUNT;
use site::response::respond::respond;
use site::response::{CachePolicy, Effort, PreparedResponse, negotiate};
use site::view;
use site::view::onboarding::{Organization, SignupProgress};

use crate::error::PageError;
use crate::onboarding::{Onboarding, Requester, fetch_first_call, fetch_progress};
use crate::session::Session;

/// Query parameters of the page.
#[derive(Debug, Deserialize)]
pub struct StartQuery {
    /// Present for the form of another agent.
    another: Option<String>,
}

/// Shows the page. The Markdown form is the same for all readers.
pub async fn show(
    State(onboarding): State<Onboarding>,
    Query(StartQuery { another }): Query<StartQuery>,
    requester: Requester,
) -> Result<Response, PageError> {
    if negotiate::prefers_markdown(&requester.headers) {
        let snapshot = onboarding.snapshot();
        let view = view::onboarding::start(
            &snapshot.context,
            &AgentFields::default(),
            FormErrors::default(),
            Organization::None,
        );
        return onboarding.render_page(view, StatusCode::OK, &requester, None).await;
    }
    if another.is_some() && onboarding.session(&requester).is_some() {
        let snapshot = onboarding.snapshot();
        let view = view::onboarding::start(
            &snapshot.context,
            &AgentFields::default(),
            FormErrors::default(),
            Organization::Open,
        );
        return onboarding.render_page(view, StatusCode::OK, &requester, None).await;
    }
    show_page(&onboarding, &requester, FormFeedback::default()).await
}

/// Notice about an expired session.
const SESSION_EXPIRED: &str = "Your session has ended: it was revoked, or the organization wasn’t claimed in time.";

/// Shows the first form after a submission without a valid session, with the submitted fields that it shares.
///
/// # Errors
///
/// [`PageError::Internal`] when rendering fails.
pub async fn show_session_expired(
    onboarding: &Onboarding,
    requester: &Requester,
    fields: &FormFields,
) -> Result<Response, PageError> {
    let value = |name: &str| fields.iter().find(|(_, field, _)| *field == name).map(|(.., value)| value.clone());
    let agent_fields = AgentFields {
        organization: value("name").unwrap_or_default(),
        email: value("email").unwrap_or_default(),
        ..AgentFields::default()
    };
    let unreadable = onboarding.unreadable_cookie_notice(requester);
    let notice = format!("No changes were made. {}", unreadable.unwrap_or(SESSION_EXPIRED));
    let view = view::onboarding::start(
        &onboarding.snapshot().context,
        &agent_fields,
        FormErrors::with_notice(StatusCode::FORBIDDEN, Some(&notice)),
        Organization::None,
    );
    // A cookie that is unreadable here may be readable elsewhere.
    let cookie = if unreadable.is_some() { None } else { Some(onboarding.cookies.clear()?) };
    onboarding.render_page(view, StatusCode::FORBIDDEN, requester, cookie).await
}

/// Shows the page with feedback on a form.
///
/// # Errors
///
/// [`PageError`] when the API can't be reached.
pub async fn show_page(
    onboarding: &Onboarding,
    requester: &Requester,
    feedback: FormFeedback,
) -> Result<Response, PageError> {
    let Some(session) = onboarding.session(requester) else {
        let errors = FormErrors::with_notice(
            feedback.status,
            feedback.notice.as_deref().or(onboarding.unreadable_cookie_notice(requester)),
        );
        return show_start(onboarding, requester, errors, Organization::None, None).await;
    };
    show_session(onboarding, requester, session, None, feedback).await
}

/// Shows the page with a new credential: the only time that its secret is shown. Sets the cookie of the session.
///
/// # Errors
///
/// [`PageError::Internal`] when rendering fails.
pub async fn show_new_credential(
    onboarding: &Onboarding,
    requester: &Requester,
    session: Session,
    credential: NewCredential,
) -> Result<Response, PageError> {
    let cookie = onboarding.cookies.set(&session)?;
    let shown = show_session(onboarding, requester, session, Some(credential.clone()), FormFeedback::default()).await;
    match shown {
        Ok(mut response) => {
            response.headers_mut().insert(SET_COOKIE, cookie);
            Ok(response)
        }
        // The secret can't be fetched again.
        Err(_) => {
            let view = view::onboarding::links::new_credential(&onboarding.snapshot().context, credential);
            onboarding.render_page(view, StatusCode::OK, requester, Some(cookie)).await
        }
    }
}

/// Shows the page of a session that a form changed, with feedback on that form. Sets the cookie of the session.
///
/// # Errors
///
/// [`PageError`] when the API can't be reached.
pub async fn show_changed(
    onboarding: &Onboarding,
    requester: &Requester,
    session: Session,
    feedback: FormFeedback,
) -> Result<Response, PageError> {
    let cookie = onboarding.cookies.set(&session)?;
    let mut response = show_session(onboarding, requester, session, None, feedback).await?;
    response.headers_mut().entry(SET_COOKIE).or_insert(cookie);
    Ok(response)
}

async fn show_start(
    onboarding: &Onboarding,
    requester: &Requester,
    errors: FormErrors,
    organization: Organization,
    cookie: Option<HeaderValue>,
) -> Result<Response, PageError> {
    let status = errors.status;
    let view = view::onboarding::start(&onboarding.snapshot().context, &AgentFields::default(), errors, organization);
    onboarding.render_page(view, status, requester, cookie).await
}

async fn show_session(
    onboarding: &Onboarding,
    requester: &Requester,
    mut session: Session,
    new_credential: Option<NewCredential>,
    feedback: FormFeedback,
) -> Result<Response, PageError> {
    let snapshot = onboarding.snapshot();
    let status = feedback.status;
    let errors = |notice: Option<&str>| FormErrors::with_notice(status, feedback.notice.as_deref().or(notice));
    match fetch_progress(&onboarding.api_for(requester), &session).await {
        Ok(SignupProgress { agent: None, organization, .. }) => {
            let of = match organization.email.filter(|_| organization.state == OrganizationState::Verified) {
                Some(email) => Organization::Verified(email),
                None => Organization::Open,
            };
            show_start(onboarding, requester, errors(None), of, None).await
        }
        Ok(progress) => {
            let progress = SignupProgress { credential: new_credential, ..progress };
            let cookie = remember_agent(onboarding, &mut session, &progress)?;
            let is_awaited = match progress.organization.state {
                OrganizationState::Verified => false,
                OrganizationState::Provisional => session.emailed.is_some(),
                // The first form included an email address.
                _ => true,
            };
            let mail_note = if is_awaited { onboarding.email_delay_notice().await } else { None };
            let view =
                view::onboarding::progress(&snapshot.context, &progress, &session.email_status(), &feedback, mail_note);
            onboarding.render_page(view, status, requester, cookie).await
        }
        Err(error) if error.is_unauthorized() => {
            let cookie = Some(onboarding.cookies.clear()?);
            show_start(onboarding, requester, errors(Some(SESSION_EXPIRED)), Organization::None, cookie).await
        }
        // The page of the organization says why.
        Err(error) if error.is_organization_inactive() => onboarding.redirect_to(ACCOUNT, None),
        Err(error) => {
            tracing::warn!(%error, "the registry did not return the progress of a sign-up");
            Err(PageError::Unavailable)
        }
    }
}

/// Builds a new cookie if the session has another agent.
fn remember_agent(
    onboarding: &Onboarding,
    session: &mut Session,
    progress: &SignupProgress,
) -> Result<Option<HeaderValue>, PageError> {
    let agent = progress.agent.as_ref().map(|agent| agent.agent_id);
    if session.agent == agent {
        return Ok(None);
    }
    session.agent = agent;
    onboarding.cookies.set(session).map(Some)
}

/// Shows the first form as Markdown, identical for all readers.
pub async fn show_markdown(State(onboarding): State<Onboarding>, requester: Requester) -> Result<Response, PageError> {
    let snapshot = onboarding.snapshot();
    let view =
        view::onboarding::start(&snapshot.context, &AgentFields::default(), FormErrors::default(), Organization::None);
    let prepared = PreparedResponse::new(markdown_parts(&view), Effort::Fast, snapshot.context.settings.is_https);
    Ok(respond(&prepared, &Method::GET, &requester.headers).map(Body::new))
}

/// Returns the first call, once received, for the polling script.
pub async fn show_first_call(
    State(onboarding): State<Onboarding>,
    requester: Requester,
) -> Result<Response, PageError> {
    let session = onboarding.session(&requester).ok_or(PageError::NotFound)?;
    let agent = session.agent.ok_or(PageError::NotFound)?;
    let call = fetch_first_call(&onboarding.api_for(&requester).with_bearer(session.handle), agent).await.map_err(
        |error| {
            if error.is_unauthorized() || error.is_organization_inactive() {
                PageError::NotFound
            } else {
                PageError::Unavailable
            }
        },
    )?;
    let call = call.map(|call| json!({ "line": call.line, "at": call.at, "requestId": call.request_id }));
    Ok(([(CACHE_CONTROL, CachePolicy::NoStore.header())], Json(json!({ "call": call }))).into_response())
}
