//! `/account`: the reader's organization; `/account/agents/{agentId}`: one of its agents.

use std::time::Duration;

use axum::extract::{Path, State};
use axum::response::Response;
use client::{AgentId, Error};
use http::{Method, StatusCode};
use serde::Deserialize;
use site::forms::FormFeedback;
use site::paths::ACCOUNT;
use site::response::negotiate;
use site::view;
use tokio::time::timeout;

use crate::account::{fetch_account, fetch_agent};
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

/// Shows an agent. HEAD requests and Markdown neither show nor use up a pending secret.
pub async fn show_agent(
    State(onboarding): State<Onboarding>,
    Path(id): Path<String>,
    method: Method,
    requester: Requester,
) -> Result<Response, PageError> {
    if method == Method::HEAD || negotiate::prefers_markdown(&requester.headers) {
        return render(&onboarding, &requester, Some(parse_agent_id(&id)?), FormFeedback::default(), false).await;
    }
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
    render(onboarding, requester, about, feedback, true).await
}

async fn render(
    onboarding: &Onboarding,
    requester: &Requester,
    about: Option<AgentId>,
    feedback: FormFeedback,
    shows_secrets: bool,
) -> Result<Response, PageError> {
    let snapshot = onboarding.snapshot();
    let Some(mut session) = onboarding.session(requester) else {
        return onboarding
            .render_page(
                view::account::signed_out(&snapshot.context, onboarding.unreadable_cookie_notice(requester)),
                feedback.status,
                requester,
                None,
            )
            .await;
    };
    if !shows_secrets {
        session.pending_secret = None;
    }
    let api = onboarding.api_for(requester).with_bearer(session.handle.clone());
    let fetched = timeout(TIMEOUT, async {
        match about {
            None => Box::pin(fetch_account(&api))
                .await
                .map(|overview| view::account::organization(&snapshot.context, &overview, &feedback)),
            Some(id) => Box::pin(fetch_agent(&api, &session, id, &snapshot.context.settings.api_origin))
                .await
                .map(|detail| view::account::agent(&snapshot.context, &detail, &feedback)),
        }
    });
    let fetched = fetched.await.unwrap_or(Err(Error::Timeout));
    match fetched {
        Ok(view) => {
            // The secret was shown.
            let is_shown =
                about.is_some() && session.pending_secret.take_if(|pending| Some(pending.agent) == about).is_some();
            let cookie = is_shown.then(|| onboarding.cookies.set(&session)).transpose()?;
            onboarding.render_page(view, feedback.status, requester, cookie).await
        }
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
