//! `POST /get-started/keep`: an address for a provisional organization; `POST /get-started/resend`: the mail again.

use app::model::onboarding::{AgentProblems, email_problem};
use axum::extract::rejection::FormRejection;
use axum::extract::{Form, State};
use axum::response::Response;
use client::types::{ClaimOrganization, OrganizationChange};
use client::{Client, Error};
use serde::Deserialize;

use super::{WRONG, with_session};
use crate::error::PageError;
use crate::onboarding::{Onboarding, Refused, Sender, refused};
use crate::routes::get_started::{Said, page};
use crate::session::Session;
use crate::site_paths::GET_STARTED;

/// What the form sends.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Sent {
    email: String,
    organization: String,
}

/// Names the organization, has the API send a mail, and leads back.
pub async fn send(
    State(desk): State<Onboarding>,
    sender: Sender,
    sent: Result<Form<Sent>, FormRejection>,
) -> Result<Response, PageError> {
    let sent = crate::forms::read(sent, "is not the one that takes an address")?;
    let email = sent.email.trim().to_owned();
    if let Some(problem) = email_problem(&email) {
        let problems = AgentProblems { email: Some(problem), ..AgentProblems::default() };
        let said = Said { refused: Some(Refused { status: WRONG, problems, notice: None }), email };
        return page(&desk, &sender, said).await;
    }
    if let Some(response) = desk.too_many(&sender) {
        return Ok(response);
    }
    let Some(mut session) = desk.session(&sender) else { return desk.lead_to(GET_STARTED, None) };
    let api = desk.api_for(&sender);
    match keep(&api, &session, &email, sent.organization.trim()).await {
        Ok(()) => {
            session.mailed = Some(email);
            desk.lead_to(GET_STARTED, Some(desk.seal.set(&session)?))
        }
        Err(error) if error.is_unauthorized() => desk.lead_to(GET_STARTED, Some(desk.seal.clear()?)),
        Err(error) => page(&desk, &sender, Said { refused: Some(refused(&error)), email }).await,
    }
}

async fn keep(api: &Client, session: &Session, email: &str, organization: &str) -> Result<(), Error> {
    if !organization.is_empty() {
        let change = OrganizationChange { name: Some(organization.to_owned()), ..OrganizationChange::default() };
        api.with_bearer(session.handle.clone()).organizations().update(&change).await?;
    }
    if let Some(claim_code) = session.claim_code.clone() {
        api.signup().claim(&ClaimOrganization { claim_code, email: email.to_owned() }).await?;
    }
    Ok(())
}

/// Has the API send the confirmation again.
pub async fn resend(State(desk): State<Onboarding>, sender: Sender) -> Result<Response, PageError> {
    with_session(&desk, &sender, |api, _| async move { api.signup().resend().await.map(drop) }).await
}
