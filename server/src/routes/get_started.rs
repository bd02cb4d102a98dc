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
use crate::onboarding::{self, Kept, Onboarding, Progress, Refused, Sender, Told, begun};
use crate::session::Session;
use crate::view;
use crate::view::onboarding::Organization;

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
        let view =
            view::onboarding::start(&generation, &AgentFields::default(), Refused::default(), Organization::None);
        return desk.page(view, StatusCode::OK, &sender, None).await;
    }
    if another.is_some() && desk.session(&sender).is_some() {
        let generation = desk.generation();
        let view =
            view::onboarding::start(&generation, &AgentFields::default(), Refused::default(), Organization::Open);
        return desk.page(view, StatusCode::OK, &sender, None).await;
    }
    page(&desk, &sender, Told::default()).await
}

/// Said where what a browser kept is good for nothing any more.
const OVER: &str = "Your session has ended: it was revoked, or the organization wasn’t claimed in time.";

/// What became of a form that came without a session, or with one that is over: it was not done. The first form comes back, with
/// what was typed that it asks for as well.
pub async fn over(desk: &Onboarding, sender: &Sender, typed: &Kept) -> Result<Response, PageError> {
    let of = |name: &str| typed.iter().find(|(_, field, _)| *field == name).map(|(.., value)| value.clone());
    let fields = AgentFields {
        organization: of("name").unwrap_or_default(),
        email: of("email").unwrap_or_default(),
        ..AgentFields::default()
    };
    let unread = desk.unread(sender);
    let notice = format!("No changes were made. {}", unread.unwrap_or(OVER));
    let view = view::onboarding::start(
        &desk.generation(),
        &fields,
        Refused::told(StatusCode::FORBIDDEN, Some(&notice)),
        Organization::None,
    );
    // One that can't be read here may be read elsewhere.
    let cookie = if unread.is_some() { None } else { Some(desk.seal.clear()?) };
    desk.page(view, StatusCode::FORBIDDEN, sender, cookie).await
}

/// The same, with what is told where a form of it was not taken.
pub async fn page(desk: &Onboarding, sender: &Sender, told: Told) -> Result<Response, PageError> {
    let generation = desk.generation();
    let status = told.status;
    let start = |notice: Option<&str>, organization: Organization| {
        let refused = Refused::told(status, told.notice.as_deref().or(notice));
        view::onboarding::start(&generation, &AgentFields::default(), refused, organization)
    };
    let Some(mut session) = desk.session(sender) else {
        return desk.page(start(desk.unread(sender), Organization::None), status, sender, None).await;
    };
    match begun(&desk.api_for(sender), &session, &generation.config.public_api()).await {
        Ok(Progress { agent: None, organization, .. }) => {
            let of = match organization.email.filter(|_| organization.state == OrganizationState::Verified) {
                Some(email) => Organization::Verified(email),
                None => Organization::Open,
            };
            desk.page(start(None, of), status, sender, None).await
        }
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
            desk.page(start(Some(OVER), Organization::None), status, sender, Some(desk.seal.clear()?)).await
        }
        Err(error) => {
            tracing::warn!(%error, "the registry did not return the progress of a sign-up");
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
    let view = view::onboarding::start(&generation, &AgentFields::default(), Refused::default(), Organization::None);
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
