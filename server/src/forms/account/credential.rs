//! `POST /account/agents/{agentId}/credentials`: a new one; `…/{credentialId}/replace`: one in another's place, which ends at
//! once; `…/{credentialId}/end`.

use axum::extract::rejection::FormRejection;
use axum::extract::{Form, Path, State};
use axum::response::Response;
use client::CredentialId;
use client::types::{CredentialRequest, Rotation};

use super::{Typed, act};
use crate::error::PageError;
use crate::forms::onboarding::{Pressed, pressed};
use crate::onboarding::{Onboarding, Sender};
use crate::routes::account::read;
use crate::session::Unseen;

/// Makes one, and leads on to the page that shows it.
pub async fn create(
    State(desk): State<Onboarding>,
    Path(id): Path<String>,
    sender: Sender,
    sent: Result<Form<Pressed>, FormRejection>,
) -> Result<Response, PageError> {
    let (id, key) = (read(&id)?, pressed(sent)?);
    act(&desk, &sender, Some(id), Typed::default(), |api, mut session| async move {
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
    sent: Result<Form<Pressed>, FormRejection>,
) -> Result<Response, PageError> {
    let (id, credential, key) = (read(&id)?, known(&credential)?, pressed(sent)?);
    act(&desk, &sender, Some(id), Typed::default(), |api, mut session| async move {
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
    act(&desk, &sender, Some(id), Typed::below("account--credentials"), |api, _| async move {
        api.credentials().revoke(id, credential).await?;
        Ok(None)
    })
    .await
}

fn known(id: &str) -> Result<CredentialId, PageError> {
    id.parse().map_err(|_| PageError::NotFound)
}
