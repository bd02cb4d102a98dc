//! `POST /account/agents/{agentId}/…`: `publish` and `hide`, `suspend` and `resume`, `end`.

use axum::extract::rejection::FormRejection;
use axum::extract::{Form, Path, State};
use axum::response::Response;
use client::types::{AgentChange, AgentStatus};
use http::StatusCode;
use serde::Deserialize;

use super::{Typed, act};
use crate::error::PageError;
use crate::onboarding::{Onboarding, Sender, Told};
use crate::routes::account::{page, read};

/// What goes with an end.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Sent {
    confirm: String,
}

/// Changes how it stands.
pub async fn change(
    State(desk): State<Onboarding>,
    Path((id, what)): Path<(String, String)>,
    sender: Sender,
) -> Result<Response, PageError> {
    let id = read(&id)?;
    let change = match what.as_str() {
        "publish" => AgentChange { is_public: Some(true), ..AgentChange::default() },
        "hide" => AgentChange { is_public: Some(false), ..AgentChange::default() },
        "suspend" => AgentChange { status: Some(AgentStatus::Suspended), ..AgentChange::default() },
        "resume" => AgentChange { status: Some(AgentStatus::Active), ..AgentChange::default() },
        _ => return Err(PageError::NotFound),
    };
    act(&desk, &sender, Some(id), Typed::default(), |api, _| async move {
        api.agents().update(id, &change).await?;
        Ok(None)
    })
    .await
}

/// Ends it for ever, where that was confirmed.
pub async fn end(
    State(desk): State<Onboarding>,
    Path(id): Path<String>,
    sender: Sender,
    sent: Result<Form<Sent>, FormRejection>,
) -> Result<Response, PageError> {
    let id = read(&id)?;
    if crate::forms::read(sent, "a confirmation")?.confirm != "yes" {
        let told = Told::notice(
            StatusCode::UNPROCESSABLE_ENTITY,
            "The agent wasn’t decommissioned. Select the checkbox to confirm.",
        );
        return page(&desk, &sender, Some(id), told).await;
    }
    act(&desk, &sender, Some(id), Typed::default(), |api, _| async move {
        api.agents().decommission(id).await?;
        Ok(None)
    })
    .await
}
