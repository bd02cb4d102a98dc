//! `POST /get-started/publish`: publishes the first agent.

use axum::extract::State;
use axum::response::Response;
use client::types::AgentChange;

use super::{Step, with_session};
use crate::error::PageError;
use crate::onboarding::{Onboarding, Requester};

const PUBLISH: Step = Step { path: "/get-started/publish", heading: "started--publish" };

/// Publishes the agent and redirects back.
pub async fn send(State(onboarding): State<Onboarding>, requester: Requester) -> Result<Response, PageError> {
    with_session(&onboarding, &requester, PUBLISH, Vec::new(), |api, session| async move {
        if let Some(agent) = session.agent {
            let change = AgentChange { is_public: Some(true), ..AgentChange::default() };
            api.with_bearer(session.handle.clone()).agents().update(agent, &change).await?;
        }
        Ok(session)
    })
    .await
}
