//! `POST /get-started/credential`: a new credential for the agent, and the end of those that it had.

use axum::extract::State;
use axum::response::Response;
use client::types::{CredentialRequest, CredentialStatus};
use client::{Client, Error, Paging};

use super::with_session;
use crate::error::PageError;
use crate::onboarding::{Onboarding, Sender, form_key};
use crate::session::{Session, Unseen};

/// Makes it and leads on to the page that shows it.
pub async fn send(State(desk): State<Onboarding>, sender: Sender) -> Result<Response, PageError> {
    with_session(&desk, &sender, "", renew).await
}

async fn renew(api: Client, mut session: Session) -> Result<Session, Error> {
    let Some(agent) = session.agent else { return Ok(session) };
    let api = api.with_bearer(session.handle.clone());
    let credentials = api.credentials();
    let old = credentials.list(agent, &Paging::default()).await?.data;
    let key = form_key();
    api.idempotency_key(&key).credentials().create(agent, &CredentialRequest::default()).await?;
    session.unseen = Some(Unseen { key: key.into(), agent, replaced: None });
    // The new one is there: only now do the old ones end.
    for credential in old.iter().filter(|credential| credential.status == CredentialStatus::Active) {
        credentials.revoke(agent, credential.credential_id).await?;
    }
    Ok(session)
}
