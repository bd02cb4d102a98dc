//! `POST /account/agents/{agentId}/…`: `publish` and `hide`, `suspend` and `resume`, `end` (decommission).

use axum::extract::rejection::FormRejection;
use axum::extract::{Form, Path, State};
use axum::response::Response;
use client::types::{AgentStatus, AgentUpdate};
use http::StatusCode;
use serde::Deserialize;
use site::forms::FormFeedback;

use super::{SubmittedForm, submit};
use crate::error::PageError;
use crate::onboarding::{Onboarding, Requester};
use crate::routes::account::{parse_agent_id, show_page};

/// Fields of the decommissioning form.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Sent {
    confirm: String,
}

/// Changes the state of an agent.
pub async fn change_state(
    State(onboarding): State<Onboarding>,
    Path((id, action)): Path<(String, String)>,
    requester: Requester,
) -> Result<Response, PageError> {
    let id = parse_agent_id(&id)?;
    let change = match action.as_str() {
        "publish" => AgentUpdate { is_public: Some(true), ..AgentUpdate::default() },
        "hide" => AgentUpdate { is_public: Some(false), ..AgentUpdate::default() },
        "suspend" => AgentUpdate { status: Some(AgentStatus::Suspended), ..AgentUpdate::default() },
        "resume" => AgentUpdate { status: Some(AgentStatus::Active), ..AgentUpdate::default() },
        _ => return Err(PageError::NotFound),
    };
    submit(&onboarding, &requester, Some(id), SubmittedForm::default(), |api| async move {
        api.agents().update(id, &change).await?;
        Ok(None)
    })
    .await
}

/// Decommissions an agent, if confirmed. It can't be undone.
pub async fn decommission(
    State(onboarding): State<Onboarding>,
    Path(id): Path<String>,
    requester: Requester,
    sent: Result<Form<Sent>, FormRejection>,
) -> Result<Response, PageError> {
    let id = parse_agent_id(&id)?;
    if crate::forms::parse_form(sent, "a confirmation")?.confirm != "yes" {
        let feedback = FormFeedback::with_notice(
            StatusCode::UNPROCESSABLE_ENTITY,
            "The agent wasn’t decommissioned. Select the checkbox to confirm.",
        );
        return show_page(&onboarding, &requester, Some(id), feedback).await;
    }
    submit(&onboarding, &requester, Some(id), SubmittedForm::default(), |api| async move {
        api.agents().decommission(id).await?;
        Ok(None)
    })
    .await
}
