//! `POST /get-started/publish`: the first agent is put into the marketplace.

use axum::extract::State;
use axum::response::Response;
use client::types::AgentUpdate;

use super::{Step, with_session};
use crate::error::PageError;
use crate::onboarding::{Onboarding, Sender};

const PUBLISH: Step = Step { path: "/get-started/publish", heading: "started--publish" };

/// Publishes it and leads back.
pub async fn send(State(desk): State<Onboarding>, sender: Sender) -> Result<Response, PageError> {
    with_session(&desk, &sender, PUBLISH, Vec::new(), |api, session| async move {
        if let Some(agent) = session.agent {
            let change = AgentUpdate { is_public: Some(true), ..AgentUpdate::default() };
            api.with_bearer(session.handle.clone()).agents().update(agent, &change).await?;
        }
        Ok(session)
    })
    .await
}
