//! `POST /get-started/keep`: sets the email address of a provisional organization; `POST /get-started/resend`: sends
//! the email again.

use app::model::onboarding::email_problem;
use axum::extract::rejection::FormRejection;
use axum::extract::{Form, State};
use axum::response::Response;
use client::types::{ClaimOrganization, OrganizationUpdate};
use client::{Client, Error};
use http::header::RETRY_AFTER;
use http::{HeaderValue, StatusCode};
use jiff::Timestamp;
use serde::Deserialize;
use site::forms::{FormFeedback, FormFields};

use super::{EMAIL_ANCHOR, Step, with_session};
use crate::error::PageError;
use crate::onboarding::{Onboarding, Requester};
use crate::routes::get_started::show_page;
use crate::session::Session;

/// The form with the email address.
const CLAIM: Step = Step { path: "/get-started/keep", heading: EMAIL_ANCHOR };
/// The button that resends the email.
const RESEND: Step = Step { path: "/get-started/resend", heading: EMAIL_ANCHOR };

/// Fields of the form.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Sent {
    email: String,
    /// The organization's name; may be empty.
    name: String,
}

/// Minimum seconds between two emails: most arrive within that time.
const MIN_INTERVAL: i64 = 60;

/// Names the organization, requests the email, and redirects back.
pub async fn send(
    State(onboarding): State<Onboarding>,
    requester: Requester,
    sent: Result<Form<Sent>, FormRejection>,
) -> Result<Response, PageError> {
    let sent = crate::forms::parse_form(sent, "an email address")?;
    let (email, name) = (sent.email.trim().to_owned(), sent.name.trim().to_owned());
    let fields = vec![("Organization name", "name", name.clone()), ("Email address", "email", email.clone())];
    if let Some(problem) = email_problem(&email) {
        return show_page(&onboarding, &requester, FormFeedback::with_field_error(&fields, "email", &problem)).await;
    }
    if let Some(wait) = remaining_wait(&onboarding, &requester, Some(&email)) {
        return show_wait(&onboarding, &requester, wait, &fields).await;
    }
    with_session(&onboarding, &requester, CLAIM, fields, |api, session| request_claim(api, session, email, name)).await
}

async fn request_claim(api: Client, mut session: Session, email: String, name: String) -> Result<Session, Error> {
    if !name.is_empty() {
        let change = OrganizationUpdate { name: Some(name), ..OrganizationUpdate::default() };
        api.with_bearer(session.handle.clone()).organizations().update(&change).await?;
    }
    if let Some(claim_code) = session.claim_code.clone() {
        api.signup().claim(&ClaimOrganization { claim_code, email: email.clone() }).await?;
        session.emailed = Some(email);
        session.emailed_at = Some(Timestamp::now());
    }
    Ok(session)
}

/// Seconds to wait before another email. A different email address has no wait: the previous one may have been a typo.
fn remaining_wait(onboarding: &Onboarding, requester: &Requester, email: Option<&str>) -> Option<i64> {
    let session = onboarding.session(requester)?;
    let wait = session.emailed_at?.as_second() + MIN_INTERVAL - Timestamp::now().as_second();
    let is_same = email.is_none_or(|email| session.emailed.as_deref() == Some(email));
    // A clock that was set back must not cause a long wait.
    (is_same && (1..=MIN_INTERVAL).contains(&wait)).then_some(wait)
}

/// Shows the remaining wait.
async fn show_wait(
    onboarding: &Onboarding,
    requester: &Requester,
    wait: i64,
    fields: &FormFields,
) -> Result<Response, PageError> {
    if let Some(response) = onboarding.rate_limit(requester) {
        return Ok(response);
    }
    let notice = format!(
        "No email was sent: the previous one may still arrive. Check your spam folder, or try again in {wait} seconds."
    );
    let feedback = FormFeedback::with_problems(StatusCode::TOO_MANY_REQUESTS, Some(notice), fields, |_| None);
    let mut response = show_page(onboarding, requester, feedback).await?;
    response.headers_mut().insert(RETRY_AFTER, HeaderValue::from(wait));
    Ok(response)
}

/// Requests the verification email again.
pub async fn resend(State(onboarding): State<Onboarding>, requester: Requester) -> Result<Response, PageError> {
    if let Some(wait) = remaining_wait(&onboarding, &requester, None) {
        return show_wait(&onboarding, &requester, wait, &FormFields::new()).await;
    }
    with_session(&onboarding, &requester, RESEND, FormFields::new(), |api, mut session| async move {
        api.with_bearer(session.handle.clone()).signup().resend().await?;
        session.emailed_at = Some(Timestamp::now());
        Ok(session)
    })
    .await
}
