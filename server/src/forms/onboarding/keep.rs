//! `POST /get-started/keep`: an address for a provisional organization; `POST /get-started/resend`: the mail again.

use app::model::onboarding::{AgentProblems, email_problem};
use axum::extract::rejection::FormRejection;
use axum::extract::{Form, State};
use axum::response::Response;
use client::types::{ClaimOrganization, OrganizationChange};
use client::{Client, Error};
use serde::Deserialize;

use super::{KEPT, Step, WRONG, with_session};
use crate::error::PageError;
use crate::onboarding::{Onboarding, Refused, Sender};
use crate::routes::get_started::{Said, page};
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
        let said = Said { refused: Some(Refused { status: WRONG, problems, notice: None }), email, mail_note: None };
        return page(&desk, &sender, said).await;
    }
    let organization = sent.organization.trim().to_owned();
    let typed =
        vec![("Your organization", "organization", organization.clone()), ("Your address", "email", email.clone())];
    with_session(&desk, &sender, KEEP, typed, |api, session| keep(api, session, email, organization)).await
}

async fn keep(api: Client, mut session: Session, email: String, organization: String) -> Result<Session, Error> {
    if !organization.is_empty() {
        let change = OrganizationChange { name: Some(organization), ..OrganizationChange::default() };
        api.with_bearer(session.handle.clone()).organizations().update(&change).await?;
    }
    if let Some(claim_code) = session.claim_code.clone() {
        api.signup().claim(&ClaimOrganization { claim_code, email: email.clone() }).await?;
        session.mailed = Some(email);
    }
    Ok(session)
}

/// Has the API send the confirmation again.
pub async fn resend(State(desk): State<Onboarding>, sender: Sender) -> Result<Response, PageError> {
    with_session(&desk, &sender, RESEND, Vec::new(), |api, session| async move {
        api.with_bearer(session.handle.clone()).signup().resend().await?;
        Ok(session)
    })
    .await
}
