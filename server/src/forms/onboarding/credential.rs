//! `POST /get-started/credential`: creates a credential for the agent and revokes its older ones.

use axum::extract::rejection::FormRejection;
use axum::extract::{Form, State};
use axum::response::Response;
use client::types::{Credential, CredentialRequest, CredentialStatus};
use client::{Client, Error, Paging};

use super::{ButtonForm, Done, Step, parse_button_key, with_session};
use crate::error::PageError;
use crate::onboarding::{Onboarding, Requester, credential_lines};
use crate::session::Session;

const RENEW: Step = Step { path: "/get-started/credential", heading: "started--credential" };

/// Creates a credential and shows it. A second click creates no second credential.
pub async fn send(
    State(onboarding): State<Onboarding>,
    requester: Requester,
    sent: Result<Form<ButtonForm>, FormRejection>,
) -> Result<Response, PageError> {
    let key = parse_button_key(sent)?;
    let origin = onboarding.snapshot().context.settings.api_origin.clone();
    with_session(&onboarding, &requester, RENEW, Vec::new(), |api, session| {
        replace_credentials(api, session, key, origin)
    })
    .await
}

async fn replace_credentials(api: Client, session: Session, key: String, origin: String) -> Result<Done, Error> {
    let Some(agent) = session.agent else { return Ok(session.into()) };
    let api = api.with_bearer(session.handle.clone());
    let credentials = api.credentials();
    let created = api.idempotency_key(&key).credentials().create(agent, &CredentialRequest::default()).await?;
    // The old credentials are revoked only after the new one exists.
    let all = credentials.list(agent, &Paging { limit: Some(100), ..Paging::default() }).await?.data;
    let age = |one: &Credential| (one.created_at, one.credential_id);
    let own = all.iter().find(|one| one.credential_id == created.credential_id).map(age);
    // Of two credentials created at the same time, both requests agree on the older one.
    let is_old = |one: &&Credential| one.status == CredentialStatus::Active && own.is_some_and(|own| age(one) < own);
    for credential in all.iter().filter(is_old) {
        match credentials.revoke(agent, credential.credential_id).await {
            // A concurrent request revoked it first.
            Err(error) if error.is_not_found() => {}
            result => result?,
        }
    }
    let shown = credential_lines(&created.client_id.to_string(), created.client_secret.reveal(), &origin);
    Ok(Done { session, credential: Some(shown) })
}
