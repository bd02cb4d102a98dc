//! `POST /get-started/keep`: an address for a provisional organization; `POST /get-started/resend`: the mail again.

use app::model::onboarding::email_problem;
use axum::extract::rejection::FormRejection;
use axum::extract::{Form, State};
use axum::response::Response;
use client::types::{ClaimOrganization, OrganizationChange};
use client::{Client, Error};
use http::header::RETRY_AFTER;
use http::{HeaderValue, StatusCode};
use jiff::Timestamp;
use serde::Deserialize;

use super::{KEPT, Step, with_session};
use crate::error::PageError;
use crate::onboarding::{Kept, Onboarding, Sender, Told};
use crate::routes::get_started::page;
use crate::session::Session;

/// Where an address is given.
const KEEP: Step = Step { path: "/get-started/keep", heading: KEPT };
/// Where the mail is sent again.
const RESEND: Step = Step { path: "/get-started/resend", heading: KEPT };

/// What the form sends.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Sent {
    email: String,
    /// What the organization is called; may be empty.
    name: String,
}

/// How long a mail is waited for before another one is sent, in seconds: most come within that time.
const PAUSE: i64 = 60;

/// Names the organization, has the API send a mail, and leads back.
pub async fn send(
    State(desk): State<Onboarding>,
    sender: Sender,
    sent: Result<Form<Sent>, FormRejection>,
) -> Result<Response, PageError> {
    let sent = crate::forms::read(sent, "an email address")?;
    let (email, name) = (sent.email.trim().to_owned(), sent.name.trim().to_owned());
    let typed = vec![("Organization name", "name", name.clone()), ("Email address", "email", email.clone())];
    if let Some(problem) = email_problem(&email) {
        return page(&desk, &sender, Told::wrong(&typed, "email", &problem)).await;
    }
    if let Some(wait) = to_wait(&desk, &sender, Some(&email)) {
        return paused(&desk, &sender, wait, &typed).await;
    }
    with_session(&desk, &sender, KEEP, typed, |api, session| keep(api, session, email, name)).await
}

async fn keep(api: Client, mut session: Session, email: String, name: String) -> Result<Session, Error> {
    if !name.is_empty() {
        let change = OrganizationChange { name: Some(name), ..OrganizationChange::default() };
        api.with_bearer(session.handle.clone()).organizations().update(&change).await?;
    }
    if let Some(claim_code) = session.claim_code.clone() {
        api.signup().claim(&ClaimOrganization { claim_code, email: email.clone() }).await?;
        session.mailed = Some(email);
        session.mailed_at = Some(Timestamp::now());
    }
    Ok(session)
}

/// How many seconds are to wait for who asks for another mail before the last one can have come. Another address is not asked to
/// wait: the one before it may have been mistyped.
fn to_wait(desk: &Onboarding, sender: &Sender, email: Option<&str>) -> Option<i64> {
    let session = desk.session(sender)?;
    let wait = session.mailed_at?.as_second() + PAUSE - Timestamp::now().as_second();
    let is_same = email.is_none_or(|email| session.mailed.as_deref() == Some(email));
    // A clock that was set back makes nobody wait for long.
    (is_same && (1..=PAUSE).contains(&wait)).then_some(wait)
}

/// Says how long to wait.
async fn paused(desk: &Onboarding, sender: &Sender, wait: i64, typed: &Kept) -> Result<Response, PageError> {
    if let Some(response) = desk.too_many(sender) {
        return Ok(response);
    }
    let notice = format!(
        "No email was sent: the previous one may still arrive. Check your spam folder, or try again in {wait} seconds."
    );
    let told = Told::notice(StatusCode::TOO_MANY_REQUESTS, &notice).with(typed);
    let mut response = page(desk, sender, told).await?;
    response.headers_mut().insert(RETRY_AFTER, HeaderValue::from(wait));
    Ok(response)
}

/// Has the API send the confirmation again.
pub async fn resend(State(desk): State<Onboarding>, sender: Sender) -> Result<Response, PageError> {
    if let Some(wait) = to_wait(&desk, &sender, None) {
        return paused(&desk, &sender, wait, &Kept::new()).await;
    }
    with_session(&desk, &sender, RESEND, Kept::new(), |api, mut session| async move {
        api.with_bearer(session.handle.clone()).signup().resend().await?;
        session.mailed_at = Some(Timestamp::now());
        Ok(session)
    })
    .await
}
