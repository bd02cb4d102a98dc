//! `POST /account/sessions/{sessionId}/end`: ends a session, wherever it is.

use axum::extract::{Path, State};
use axum::response::Response;
use client::SessionId;

use super::{Typed, act};
use crate::error::PageError;
use crate::onboarding::{Onboarding, Sender};

/// Ends it.
pub async fn end(
    State(desk): State<Onboarding>,
    Path(id): Path<String>,
    sender: Sender,
) -> Result<Response, PageError> {
    let id: SessionId = id.parse().map_err(|_| PageError::NotFound)?;
    act(&desk, &sender, None, Typed::below("account--sessions"), |api, _| async move {
        api.sessions().end(id).await?;
        Ok(None)
    })
    .await
}
