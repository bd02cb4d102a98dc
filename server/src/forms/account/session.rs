//! `POST /account/sessions/{sessionId}/end`: revokes a session.

use axum::extract::{Path, State};
use axum::response::Response;
use client::SessionId;

use super::{SubmittedForm, submit};
use crate::error::PageError;
use crate::onboarding::{Onboarding, Requester};

/// Revokes a session.
pub async fn revoke(
    State(onboarding): State<Onboarding>,
    Path(id): Path<String>,
    requester: Requester,
) -> Result<Response, PageError> {
    let id: SessionId = id.parse().map_err(|_| PageError::NotFound)?;
    submit(&onboarding, &requester, None, SubmittedForm::button("account--sessions"), |api| async move {
        api.sessions().end(id).await?;
        Ok(None)
    })
    .await
}
