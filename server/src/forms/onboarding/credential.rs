//! `POST /get-started/credential`: a new credential for the agent, and the end of those that it had.

use axum::extract::State;
use axum::response::Response;
use client::types::{CredentialRequest, CredentialStatus};
use client::{Client, Error, Paging};

use crate::error::PageError;
use crate::onboarding::{Onboarding, Sender, form_key};
use crate::routes::get_started::{Said, page};
use crate::session::Session;
use crate::site_paths::GET_STARTED;

/// Makes it and leads on to the page that shows it.
pub async fn send(State(desk): State<Onboarding>, sender: Sender) -> Result<Response, PageError> {
    if let Some(response) = desk.too_many(&sender) {
        return Ok(response);
    }
    let Some(mut session) = desk.session(&sender) else { return desk.lead_to(GET_STARTED, None) };
    let api = desk.api_for(&sender).with_bearer(session.handle.clone());
    match renew(&api, &mut session).await {
        Ok(()) => desk.lead_to(GET_STARTED, Some(desk.seal.set(&session)?)),
        Err(error) if error.is_unauthorized() => desk.lead_to(GET_STARTED, Some(desk.seal.clear()?)),
        Err(error) => page(&desk, &sender, Said::refused(&error)).await,
    }
}

async fn renew(api: &Client, session: &mut Session) -> Result<(), Error> {
    let Some(agent) = session.agent else { return Ok(()) };
    let credentials = api.credentials();
    let old = credentials.list(agent, &Paging::default()).await?.data;
    let key = form_key();
    api.idempotency_key(&key).credentials().create(agent, &CredentialRequest::default()).await?;
    session.unseen = Some(key.into());
    // The new one is there: only now do the old ones end.
    for credential in old.iter().filter(|credential| credential.status == CredentialStatus::Active) {
        credentials.revoke(agent, credential.credential_id).await?;
    }
    Ok(())
}
