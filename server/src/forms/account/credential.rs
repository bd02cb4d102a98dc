//! `POST /account/agents/{agentId}/credentials`: a new one; `…/{credentialId}/replace`: one in another's place, which ends at
//! once; `…/{credentialId}/end`.

use axum::extract::{Path, State};
use axum::response::Response;
use client::CredentialId;
use client::types::{CredentialRequest, Rotation};

use super::act;
use crate::error::PageError;
use crate::onboarding::{Onboarding, Sender, form_key};
use crate::routes::account::read;
use crate::session::Unseen;

/// Makes one, and leads on to the page that shows it.
pub async fn create(
    State(desk): State<Onboarding>,
    Path(id): Path<String>,
    sender: Sender,
) -> Result<Response, PageError> {
    let id = read(&id)?;
    act(&desk, &sender, Some(id), &[], |api, mut session| async move {
        let key = form_key();
        api.idempotency_key(&key).credentials().create(id, &CredentialRequest::default()).await?;
        session.unseen = Some(Unseen { key: key.into(), agent: id, replaced: None });
        Ok(Some(session))
    })
    .await
}

/// Makes one in place of another, and leads on to the page that shows it.
pub async fn replace(
    State(desk): State<Onboarding>,
    Path((id, credential)): Path<(String, String)>,
    sender: Sender,
) -> Result<Response, PageError> {
    let (id, credential) = (read(&id)?, known(&credential)?);
    act(&desk, &sender, Some(id), &[], |api, mut session| async move {
        let key = form_key();
        api.idempotency_key(&key).credentials().rotate(id, credential, &Rotation::default()).await?;
        session.unseen = Some(Unseen { key: key.into(), agent: id, replaced: Some(credential) });
        Ok(Some(session))
    })
    .await
}

/// Ends one.
pub async fn end(
    State(desk): State<Onboarding>,
    Path((id, credential)): Path<(String, String)>,
    sender: Sender,
) -> Result<Response, PageError> {
    let (id, credential) = (read(&id)?, known(&credential)?);
    act(&desk, &sender, Some(id), &[], |api, _| async move {
        api.credentials().revoke(id, credential).await?;
        Ok(None)
    })
    .await
}

fn known(id: &str) -> Result<CredentialId, PageError> {
    id.parse().map_err(|_| PageError::NotFound)
}
