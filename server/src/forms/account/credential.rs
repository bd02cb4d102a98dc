//! `POST /account/agents/{agentId}/credentials`: creates a credential; `…/{credentialId}/replace`: rotates one, which
//! revokes it immediately; `…/{credentialId}/end`: revokes one.

use axum::extract::rejection::FormRejection;
use axum::extract::{Form, Path, State};
use axum::response::Response;
use client::CredentialId;
use client::types::{CredentialRequest, Rotation};

use super::{SubmittedForm, submit};
use crate::error::PageError;
use crate::forms::onboarding::{ButtonForm, parse_button_key};
use crate::onboarding::{Onboarding, Requester, credential_lines};
use crate::routes::account::parse_agent_id;

/// Creates a credential and shows it.
pub async fn create(
    State(onboarding): State<Onboarding>,
    Path(id): Path<String>,
    requester: Requester,
    sent: Result<Form<ButtonForm>, FormRejection>,
) -> Result<Response, PageError> {
    let (id, key) = (parse_agent_id(&id)?, parse_button_key(sent)?);
    let origin = onboarding.snapshot().context.settings.api_origin.clone();
    submit(&onboarding, &requester, Some(id), SubmittedForm::default(), |api| async move {
        let created = api.idempotency_key(&key).credentials().create(id, &CredentialRequest::default()).await?;
        Ok(Some(credential_lines(&created.client_id.to_string(), created.client_secret.reveal(), &origin)))
    })
    .await
}

/// Rotates a credential and shows the new one.
pub async fn rotate(
    State(onboarding): State<Onboarding>,
    Path((id, credential)): Path<(String, String)>,
    requester: Requester,
    sent: Result<Form<ButtonForm>, FormRejection>,
) -> Result<Response, PageError> {
    let (id, credential, key) = (parse_agent_id(&id)?, parse_credential_id(&credential)?, parse_button_key(sent)?);
    let origin = onboarding.snapshot().context.settings.api_origin.clone();
    submit(&onboarding, &requester, Some(id), SubmittedForm::default(), |api| async move {
        let created = api.idempotency_key(&key).credentials().rotate(id, credential, &Rotation::default()).await?;
        Ok(Some(credential_lines(&created.client_id.to_string(), created.client_secret.reveal(), &origin)))
    })
    .await
}

/// Revokes a credential.
pub async fn revoke(
    State(onboarding): State<Onboarding>,
    Path((id, credential)): Path<(String, String)>,
    requester: Requester,
) -> Result<Response, PageError> {
    let (id, credential) = (parse_agent_id(&id)?, parse_credential_id(&credential)?);
    submit(&onboarding, &requester, Some(id), SubmittedForm::button("account--credentials"), |api| async move {
        api.credentials().revoke(id, credential).await?;
        Ok(None)
    })
    .await
}

fn parse_credential_id(id: &str) -> Result<CredentialId, PageError> {
    id.parse().map_err(|_| PageError::NotFound)
}
