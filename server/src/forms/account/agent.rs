//! `POST /account/agents/{agentId}/…`: `publish` and `hide`, `suspend` and `resume`, `end`.

use axum::extract::rejection::FormRejection;
use axum::extract::{Form, Path, State};
use axum::response::Response;
use client::types::{AgentStatus, AgentUpdate};
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
        "publish" => AgentUpdate { is_public: Some(true), ..AgentUpdate::default() },
        "hide" => AgentUpdate { is_public: Some(false), ..AgentUpdate::default() },
        "suspend" => AgentUpdate { status: Some(AgentStatus::Suspended), ..AgentUpdate::default() },
        "resume" => AgentUpdate { status: Some(AgentStatus::Active), ..AgentUpdate::default() },
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
    if crate::forms::read(sent, "is not the one that ends an agent")?.confirm != "yes" {
        let told = Told::notice(StatusCode::UNPROCESSABLE_ENTITY, "Nothing was ended: confirm it first.");
        return page(&desk, &sender, Some(id), told).await;
    }
    act(&desk, &sender, Some(id), Typed::default(), |api, _| async move {
        api.agents().decommission(id).await?;
        Ok(None)
    })
    .await
}
