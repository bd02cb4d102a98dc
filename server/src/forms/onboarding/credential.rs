//! `POST /get-started/credential`: a new credential for the agent, and the end of those that it had.

use axum::extract::rejection::FormRejection;
use axum::extract::{Form, State};
use axum::response::Response;
use client::types::{Credential, CredentialRequest, CredentialStatus};
use client::{Client, Error, Paging};

use super::{Pressed, Step, pressed, with_session};
use crate::error::PageError;
use crate::onboarding::{Onboarding, Sender};
use crate::session::{Session, Unseen};

const RENEW: Step = Step { path: "/get-started/credential", heading: "started--credential" };

/// Makes it and leads on to the page that shows it. Pressed twice, it is made once.
pub async fn send(
    State(desk): State<Onboarding>,
    sender: Sender,
    sent: Result<Form<Pressed>, FormRejection>,
) -> Result<Response, PageError> {
    let key = pressed(sent)?;
    with_session(&desk, &sender, RENEW, Vec::new(), |api, session| renew(api, session, key)).await
}

async fn renew(api: Client, mut session: Session, key: String) -> Result<Session, Error> {
    let Some(agent) = session.agent else { return Ok(session) };
    let api = api.with_bearer(session.handle.clone());
    let credentials = api.credentials();
    let made = api.idempotency_key(&key).credentials().create(agent, &CredentialRequest::default()).await?;
    session.unseen = Some(Unseen { key: key.into(), agent, replaced: None });
    // The new one is there: only now do the old ones end.
    let all = credentials.list(agent, &Paging { limit: Some(100), ..Paging::default() }).await?.data;
    let age = |one: &Credential| (one.created_at, one.credential_id);
    let own = all.iter().find(|one| one.credential_id == made.credential_id).map(age);
    // Of two that are made at the same moment, one is the older one: both pages agree on which.
    let is_old = |one: &&Credential| one.status == CredentialStatus::Active && own.is_some_and(|own| age(one) < own);
    for credential in all.iter().filter(is_old) {
        match credentials.revoke(agent, credential.credential_id).await {
            // Whoever pressed at the same moment was first.
            Err(error) if error.is_not_found() => {}
            ended => ended?,
        }
    }
    Ok(session)
}
