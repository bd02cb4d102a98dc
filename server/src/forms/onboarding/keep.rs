//! `POST /get-started/keep`: an address for a provisional organization; `POST /get-started/resend`: the mail again.

use app::model::onboarding::email_problem;
use axum::extract::rejection::FormRejection;
use axum::extract::{Form, State};
use axum::response::Response;
use client::types::{ClaimOrganization, OrganizationChange};
use client::{Client, Error};
use serde::Deserialize;

use super::{KEPT, Step, with_session};
use crate::error::PageError;
use crate::onboarding::{Onboarding, Sender, Told};
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

/// Names the organization, has the API send a mail, and leads back.
pub async fn send(
    State(desk): State<Onboarding>,
    sender: Sender,
    sent: Result<Form<Sent>, FormRejection>,
) -> Result<Response, PageError> {
    let sent = crate::forms::read(sent, "is not the one that takes an address")?;
    let (email, name) = (sent.email.trim().to_owned(), sent.name.trim().to_owned());
    let typed = vec![("Your organization", "name", name.clone()), ("Your address", "email", email.clone())];
    if let Some(problem) = email_problem(&email) {
        return page(&desk, &sender, Told::wrong(&typed, "email", &problem)).await;
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
