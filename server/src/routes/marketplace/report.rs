//! `/marketplace/{agentId}/report`: the form, and its confirmation.

use std::sync::Arc;

use app::model::marketplace::ReportState;
use axum::extract::{Path, Query, Request, State};
use axum::response::Response;
use client::{AgentId, ReportId};
use serde::Deserialize;
use site::SiteSnapshot;
use site::marketplace::{MarketplaceData, PageKey};
use site::page::negotiated_parts;
use site::response::{CachePolicy, Effort, PreparedResponse};
use site::view;

use super::unavailable;
use crate::current_site::CurrentSite;
use crate::error::PageError;
use crate::routes::page::respond_to;

/// Query parameters of the confirmation: the ID of the report.
#[derive(Debug, Deserialize)]
pub struct ReportQuery {
    #[serde(rename = "taken")]
    report_id: Option<ReportId>,
}

/// Shows the form; after a report, its ID.
pub async fn show_form(
    State(current): State<Arc<CurrentSite>>,
    Path(id): Path<String>,
    Query(ReportQuery { report_id }): Query<ReportQuery>,
    request: Request,
) -> Result<Response, PageError> {
    let snapshot = current.snapshot();
    let (id, name) = match find_agent(&current, &id).await {
        Ok(agent) => agent,
        Err(PageError::Unavailable) => return Ok(unavailable()),
        Err(error) => return Err(error),
    };
    let state = report_id.map_or(ReportState::Open, |id| ReportState::Received(id.to_string()));
    render_page(&snapshot, view::marketplace::report(&snapshot.context, id, &name, "", "", state), request).await
}

/// Finds the ID and name of a visible agent.
pub(crate) async fn find_agent(current: &Arc<CurrentSite>, id: &str) -> Result<(AgentId, String), PageError> {
    let id: AgentId = id.parse().map_err(|_| PageError::NotFound)?;
    let (cached, _) = current.marketplace().data(&PageKey::Agent(id)).await?;
    match &cached.data {
        MarketplaceData::Agent(agent) => Ok((id, agent.detail.card.name.clone())),
        _ => Err(PageError::NotFound),
    }
}

/// Renders a private page.
async fn render_page(snapshot: &SiteSnapshot, view: app::model::View, request: Request) -> Result<Response, PageError> {
    let mut parts = negotiated_parts(&snapshot.context.settings, view, request.headers()).await?;
    parts.policy = CachePolicy::NoStore;
    Ok(respond_to(&PreparedResponse::new(parts, Effort::Fast, snapshot.context.settings.is_https), &request))
}
