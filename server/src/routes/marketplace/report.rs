//! `/marketplace/{agentId}/report`: the form, and what came of it.

use std::sync::Arc;

use app::model::marketplace::ReportState;
use axum::extract::{Path, Query, Request, State};
use axum::response::Response;
use client::{AgentId, ReportId};
use serde::Deserialize;

use super::unavailable;
use crate::edge::compress::Effort;
use crate::edge::finished::Finished;
use crate::edge::policy::CachePolicy;
use crate::error::PageError;
use crate::generation::Generation;
use crate::live::Live;
use crate::marketplace::{Answer, Subject};
use crate::routes::page::respond;
use crate::view;

/// Whether a report was just taken.
#[derive(Debug, Deserialize)]
pub struct Taken {
    taken: Option<ReportId>,
}

/// The form; behind a report, its identifier.
pub async fn form(
    State(live): State<Arc<Live>>,
    Path(id): Path<String>,
    Query(Taken { taken }): Query<Taken>,
    request: Request,
) -> Result<Response, PageError> {
    let generation = live.current();
    let (id, name) = match agent(&live, &id).await {
        Ok(agent) => agent,
        Err(PageError::Unavailable) => return Ok(unavailable()),
        Err(error) => return Err(error),
    };
    let state = taken.map_or(ReportState::Open, |report| ReportState::Taken(report.to_string()));
    page(&generation, view::marketplace::report(&generation, id, &name, "", "", state), request).await
}

/// The agent that an address names, if it is shown.
pub(crate) async fn agent(live: &Arc<Live>, id: &str) -> Result<(AgentId, String), PageError> {
    let id: AgentId = id.parse().map_err(|_| PageError::NotFound)?;
    let (kept, _) = live.shelf().kept(&Subject::Agent(id)).await?;
    match &kept.answer {
        Answer::Agent(agent) => Ok((id, agent.detail.card.name.clone())),
        _ => Err(PageError::NotFound),
    }
}

/// A page that is nobody else's: never kept.
async fn page(generation: &Arc<Generation>, view: app::model::View, request: Request) -> Result<Response, PageError> {
    let mut draft = generation.draft_for(view, request.headers()).await?;
    draft.policy = CachePolicy::NoStore;
    Ok(respond(&Finished::new(draft, Effort::Fast, generation.config.is_https()), &request))
}
