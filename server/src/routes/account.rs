//! `/account`: what a reader's organization has; `/account/agents/{agentId}`: one of its agents.

use axum::extract::{Path, State};
use axum::response::Response;
use client::{AgentId, Error};
use http::{Method, StatusCode};
use serde::Deserialize;

use crate::account::{held, holdings};
use crate::edge::negotiate;
use crate::error::PageError;
use crate::onboarding::{Onboarding, Sender, Told};
use crate::site_paths::ACCOUNT;
use crate::view;

/// What a reader is told whose session is over.
const OVER: &str = "Your session has ended: it was revoked, it expired, or the organization was deleted.";

/// The organization.
pub async fn show(State(desk): State<Onboarding>, sender: Sender) -> Result<Response, PageError> {
    page(&desk, &sender, None, Told::default()).await
}

/// One of its agents. Who asks for its head alone, or for text, sees no secret and uses none up.
pub async fn agent(
    State(desk): State<Onboarding>,
    Path(id): Path<String>,
    method: Method,
    sender: Sender,
) -> Result<Response, PageError> {
    if method == Method::HEAD || negotiate::prefers_markdown(&sender.headers) {
        return drawn(&desk, &sender, Some(read(&id)?), Told::default(), false).await;
    }
    page(&desk, &sender, Some(read(&id)?), Told::default()).await
}

/// The agent whose form an address takes.
#[derive(Debug, Deserialize)]
pub struct OfAgent {
    id: String,
}

/// Where the address of one of its forms leads: to the agent's page.
pub async fn lead_to_agent(
    State(desk): State<Onboarding>,
    Path(OfAgent { id }): Path<OfAgent>,
) -> Result<Response, PageError> {
    desk.lead_to(&format!("{ACCOUNT}/agents/{}", read(&id)?), None)
}

/// The agent that an address names.
pub fn read(id: &str) -> Result<AgentId, PageError> {
    id.parse().map_err(|_| PageError::NotFound)
}

/// The page of the organization, or of one of its agents, with what is said.
pub async fn page(
    desk: &Onboarding,
    sender: &Sender,
    about: Option<AgentId>,
    told: Told,
) -> Result<Response, PageError> {
    drawn(desk, sender, about, told, true).await
}

async fn drawn(
    desk: &Onboarding,
    sender: &Sender,
    about: Option<AgentId>,
    told: Told,
    shows_secrets: bool,
) -> Result<Response, PageError> {
    let generation = desk.generation();
    let Some(mut session) = desk.session(sender) else {
        return desk.page(view::account::guest(&generation, desk.unread(sender)), told.status, sender, None).await;
    };
    if !shows_secrets {
        session.unseen = None;
    }
    let api = desk.api_for(sender).with_bearer(session.handle.clone());
    let answered = match about {
        None => Box::pin(holdings(&api)).await.map(|holdings| view::account::own(&generation, &holdings, &told)),
        Some(id) => Box::pin(held(&api, &session, id, &generation.config.public_api()))
            .await
            .map(|held| view::account::agent(&generation, &held, &told)),
    };
    match answered {
        Ok(view) => {
            // What is shown once was shown.
            let is_shown = about.is_some() && session.unseen.take_if(|unseen| Some(unseen.agent) == about).is_some();
            let cookie = is_shown.then(|| desk.seal.set(&session)).transpose()?;
            desk.page(view, told.status, sender, cookie).await
        }
        Err(error) if error.is_unauthorized() => {
            let view = view::account::guest(&generation, Some(OVER));
            desk.page(view, StatusCode::OK, sender, Some(desk.seal.clear()?)).await
        }
        Err(error) if error.is_not_found() => Err(PageError::NotFound),
        Err(error) => {
            tracing::warn!(%error, "the registry did not return the account data");
            Err(unavailable(&error))
        }
    }
}

fn unavailable(error: &Error) -> PageError {
    if error.is_limited() { PageError::TooMany } else { PageError::Unavailable }
}
