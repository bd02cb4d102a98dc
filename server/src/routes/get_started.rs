//! `/get-started`: before anything was made, or how far its reader has come; `/get-started/first-call.json`: whether the first
//! call came.

use app::model::onboarding::AgentFields;
use axum::Json;
use axum::body::Body;
use axum::extract::{Query, State};
use axum::response::{IntoResponse as _, Response};
use client::types::OrganizationState;
use http::header::CACHE_CONTROL;
use http::{HeaderValue, Method, StatusCode};
use serde::Deserialize;
use serde_json::json;

use crate::edge::answer::answer;
use crate::edge::compress::Effort;
use crate::edge::finished::Finished;
use crate::edge::negotiate;
use crate::edge::policy::CachePolicy;
use crate::error::PageError;
use crate::onboarding::{self, Onboarding, Progress, Refused, Sender, Told, begun};
use crate::session::Session;
use crate::view;

/// What is asked for beside how far the reader has come.
#[derive(Debug, Deserialize)]
pub struct Wanted {
    /// The form, for one agent more.
    another: Option<String>,
}

/// The page. Who asks for its head alone, or for text, sees no secret and uses none up.
pub async fn show(
    State(desk): State<Onboarding>,
    Query(Wanted { another }): Query<Wanted>,
    method: Method,
    sender: Sender,
) -> Result<Response, PageError> {
    if method == Method::HEAD || negotiate::prefers_markdown(&sender.headers) {
        let generation = desk.generation();
        let view = view::onboarding::start(&generation, &AgentFields::default(), Refused::default(), false);
        return desk.page(view, StatusCode::OK, &sender, None).await;
    }
    if another.is_some() && desk.session(&sender).is_some() {
        let generation = desk.generation();
        let view = view::onboarding::start(&generation, &AgentFields::default(), Refused::default(), true);
        return desk.page(view, StatusCode::OK, &sender, None).await;
    }
    page(&desk, &sender, Told::default()).await
}

/// The same, with what is told where a form of it was not taken.
pub async fn page(desk: &Onboarding, sender: &Sender, told: Told) -> Result<Response, PageError> {
    let generation = desk.generation();
    let status = told.status;
    let start = |notice: Option<&str>, has_organization: bool| {
        let refused = Refused::told(status, told.notice.as_deref().or(notice));
        view::onboarding::start(&generation, &AgentFields::default(), refused, has_organization)
    };
    let Some(mut session) = desk.session(sender) else {
        return desk.page(start(desk.unread(sender), false), status, sender, None).await;
    };
    match begun(&desk.api_for(sender), &session, &generation.config.public_api()).await {
        Ok(Progress { agent: None, .. }) => desk.page(start(None, true), status, sender, None).await,
        Ok(progress) => {
            let cookie = seen(desk, &mut session, &progress)?;
            let is_awaited = match progress.organization.state {
                OrganizationState::Verified => false,
                OrganizationState::Provisional => session.mailed.is_some(),
                // The first form had an address.
                _ => true,
            };
            let mail_note = if is_awaited { desk.mail_note().await } else { None };
            let view = view::onboarding::begun(&generation, &progress, &session, &told, mail_note);
            desk.page(view, status, sender, cookie).await
        }
        Err(error) if error.is_unauthorized() => {
            let over = "What this browser knew has ended: the session was ended elsewhere, or nobody claimed the organization in time.";
            desk.page(start(Some(over), false), status, sender, Some(desk.seal.clear()?)).await
        }
        Err(error) => {
            tracing::warn!(%error, "the registry can't be asked how far a reader has come");
            Err(PageError::Unavailable)
        }
    }
}

/// The cookie, where it has to change: a secret is shown once, and an agent is remembered.
fn seen(desk: &Onboarding, session: &mut Session, progress: &Progress) -> Result<Option<HeaderValue>, PageError> {
    let agent = progress.agent.as_ref().map(|agent| agent.agent_id);
    if session.unseen.is_none() && session.agent == agent {
        return Ok(None);
    }
    session.unseen = None;
    session.agent = agent;
    desk.seal.set(session).map(Some)
}

/// The same for programs: it is the same for everybody.
pub async fn markdown(State(desk): State<Onboarding>, sender: Sender) -> Result<Response, PageError> {
    let generation = desk.generation();
    let view = view::onboarding::start(&generation, &AgentFields::default(), Refused::default(), false);
    let finished = Finished::new(crate::routes::markdown::draft(&view), Effort::Fast, generation.config.is_https());
    Ok(answer(&finished, &Method::GET, &sender.headers).map(Body::new))
}

/// Whether the first call came: for the script that waits for it.
pub async fn first_call(State(desk): State<Onboarding>, sender: Sender) -> Result<Response, PageError> {
    let session = desk.session(&sender).ok_or(PageError::NotFound)?;
    let agent = session.agent.ok_or(PageError::NotFound)?;
    let call = onboarding::first_call(&desk.api_for(&sender).with_bearer(session.handle), agent)
        .await
        .map_err(|error| if error.is_unauthorized() { PageError::NotFound } else { PageError::Unavailable })?;
    let call = call.map(|call| json!({ "line": call.line, "at": call.at, "requestId": call.request_id }));
    Ok(([(CACHE_CONTROL, CachePolicy::NoStore.header())], Json(json!({ "call": call }))).into_response())
}
