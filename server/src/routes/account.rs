//! `/account`: the reader's organization; `/account/agents/{agentId}`: one of its agents.

use std::time::Duration;

use app::model::onboarding::NewCredential;
use axum::extract::{Path, State};
use axum::response::Response;
use client::{AgentId, Error};
use http::StatusCode;
use serde::Deserialize;
use site::forms::FormFeedback;
use site::paths::ACCOUNT;
use site::view;
use tokio::time::timeout;

use crate::account::{Account, fetch_account, fetch_agent};
use crate::error::PageError;
use crate::onboarding::{Onboarding, Requester};

/// Time that a reader waits for the registry.
const TIMEOUT: Duration = Duration::from_secs(2);
/// Notice about an expired session.
const SESSION_EXPIRED: &str = "Your session has ended: it was revoked, it expired, or the organization was deleted.";

/// Shows the organization.
pub async fn show_organization(
    State(onboarding): State<Onboarding>,
    requester: Requester,
) -> Result<Response, PageError> {
    show_page(&onboarding, &requester, None, FormFeedback::default()).await
}

/// Shows an agent.
pub async fn show_agent(
    State(onboarding): State<Onboarding>,
    Path(id): Path<String>,
    requester: Requester,
) -> Result<Response, PageError> {
    show_page(&onboarding, &requester, Some(parse_agent_id(&id)?), FormFeedback::default()).await
}

/// Agent in the URL of a form.
#[derive(Debug, Deserialize)]
pub struct AgentPath {
    id: String,
}

/// Redirects the URL of a form to the agent's page.
pub async fn redirect_to_agent(
    State(onboarding): State<Onboarding>,
    Path(AgentPath { id }): Path<AgentPath>,
) -> Result<Response, PageError> {
    onboarding.redirect_to(&format!("{ACCOUNT}/agents/{}", parse_agent_id(&id)?), None)
}

/// Parses the agent ID of a URL.
///
/// # Errors
///
/// [`PageError::NotFound`] for an invalid ID.
pub fn parse_agent_id(id: &str) -> Result<AgentId, PageError> {
    id.parse().map_err(|_| PageError::NotFound)
}

/// Shows the organization, or one of its agents, with feedback on a form.
///
/// # Errors
///
/// [`PageError`] when the API can't be reached.
pub async fn show_page(
    onboarding: &Onboarding,
    requester: &Requester,
    about: Option<AgentId>,
    feedback: FormFeedback,
) -> Result<Response, PageError> {
    render(onboarding, requester, about, None, feedback).await
}

/// Shows an agent with its new credential: the only time that its secret is shown.
///
/// # Errors
///
/// [`PageError::Internal`] when rendering fails.
pub async fn show_new_credential(
    onboarding: &Onboarding,
    requester: &Requester,
    agent: AgentId,
    credential: NewCredential,
) -> Result<Response, PageError> {
    let shown = render(onboarding, requester, Some(agent), Some(credential.clone()), FormFeedback::default()).await;
    match shown {
        Ok(response) => Ok(response),
        // The secret can't be fetched again.
        Err(_) => {
            let view = view::onboarding::links::new_credential(&onboarding.snapshot().context, credential);
            onboarding.render_page(view, StatusCode::OK, requester, None).await
        }
    }
}

async fn render(
    onboarding: &Onboarding,
    requester: &Requester,
    about: Option<AgentId>,
    new_credential: Option<NewCredential>,
    feedback: FormFeedback,
) -> Result<Response, PageError> {
    let snapshot = onboarding.snapshot();
    let Some(session) = onboarding.session(requester) else {
        return onboarding
            .render_page(
                view::account::signed_out(&snapshot.context, onboarding.unreadable_cookie_notice(requester)),
                feedback.status,
                requester,
                None,
            )
            .await;
    };
    let api = onboarding.api_for(requester).with_bearer(session.handle.clone());
    let fetched = timeout(TIMEOUT, async {
        match about {
            None => Box::pin(fetch_account(&api)).await.map(|account| match account {
                Account::Active(overview) => view::account::organization(&snapshot.context, &overview, &feedback),
                Account::Inactive(own) => view::account::inactive(&snapshot.context, &own, &feedback),
            }),
            Some(id) => Box::pin(fetch_agent(&api, id, new_credential))
                .await
                .map(|detail| view::account::agent(&snapshot.context, &detail, &feedback)),
        }
    });
    let fetched = fetched.await.unwrap_or(Err(Error::Timeout));
    match fetched {
        Ok(view) => onboarding.render_page(view, feedback.status, requester, None).await,
        // The page of the organization says why.
        Err(error) if error.is_organization_inactive() => onboarding.redirect_to(ACCOUNT, None),
        Err(error) if error.is_unauthorized() => {
            let view = view::account::signed_out(&snapshot.context, Some(SESSION_EXPIRED));
            onboarding.render_page(view, StatusCode::OK, requester, Some(onboarding.cookies.clear()?)).await
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
