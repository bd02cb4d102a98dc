//! `GET /api/v1/audit`

use axum::Json;
use axum::extract::State;
use sea_orm::{ColumnTrait as _, PaginatorTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _};
use serde::Deserialize;
use utoipa::IntoParams;

use super::visible;
use crate::clock;
use crate::domain::audit::Outcome;
use crate::domain::field::Line;
use crate::domain::id::{AgentId, NoIdentifier};
use crate::error::ApiError;
use crate::extract::caller::{AuditRead, Caller};
use crate::extract::query::{Page, Query};
use crate::state::Shared;
use crate::store::audit;
use crate::store::entity::audit_event;
use crate::view::audit::AuditEventView;
use crate::view::list::List;

/// What the list is narrowed by.
#[derive(Clone, Debug, Deserialize, IntoParams)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Filter {
    /// Which page, from 1 on.
    #[param(minimum = 1, maximum = 1_000_000, default = 1)]
    pub page: Option<u64>,
    /// How many on a page.
    #[param(minimum = 1, maximum = 100, default = 20)]
    pub limit: Option<u64>,
    /// About this agent alone.
    #[param(format = Uuid)]
    pub agent_id: Option<String>,
    /// Of this action alone, such as `agent.registered`.
    #[param(inline, value_type = Option<Line<100>>)]
    pub action: Option<String>,
    /// `success` or `failure` alone.
    #[param(inline, value_type = Option<Outcome>)]
    pub outcome: Option<String>,
    /// From this time on (RFC 3339).
    #[param(format = DateTime)]
    pub from_date: Option<String>,
    /// Before this time (RFC 3339).
    #[param(format = DateTime)]
    pub to_date: Option<String>,
}

/// Read the audit trail
///
/// The newest events first. An agent's own token reads what is about that agent.
#[utoipa::path(get, path = "/audit", tag = "Audit", operation_id = "listAuditEvents", security(("bearer" = ["audit:read"])),
    params(Filter), responses((status = 200, description = "A page of events.", body = List<AuditEventView>)))]
pub async fn list(
    State(app): Shared,
    caller: Caller<AuditRead>,
    Query(filter): Query<Filter>,
) -> Result<Json<List<AuditEventView>>, ApiError> {
    let page = Page::read(filter.page, filter.limit)?;
    let mut select = visible(&caller);
    if let Some(agent) = filter.agent_id {
        let agent: AgentId =
            agent.parse().map_err(|error: NoIdentifier| ApiError::wrong("agentId", error.to_string()))?;
        select = select.filter(audit_event::Column::AgentId.eq(agent.to_string()));
    }
    if let Some(action) = filter.action {
        let action = Line::<100>::read(&action).map_err(|refusal| ApiError::field("action", &refusal))?;
        select = select.filter(audit_event::Column::Action.eq(action.into_string()));
    }
    if let Some(word) = filter.outcome {
        let outcome = Outcome::read(&word).ok_or_else(|| ApiError::wrong("outcome", "is none of success, failure"))?;
        select = select.filter(audit_event::Column::Outcome.eq(outcome.as_str()));
    }
    if let Some(from) = filter.from_date {
        select = select.filter(audit_event::Column::Timestamp.gte(spelt("fromDate", &from)?));
    }
    if let Some(to) = filter.to_date {
        select = select.filter(audit_event::Column::Timestamp.lt(spelt("toDate", &to)?));
    }
    let total = select.clone().count(&app.store.reader).await?;
    let rows = select
        .order_by_desc(audit_event::Column::Seq)
        .offset(page.offset())
        .limit(page.limit)
        .all(&app.store.reader)
        .await?;
    let events = rows.into_iter().filter_map(audit::event).map(AuditEventView::from).collect();
    Ok(Json(List::new(events, total, page)))
}

/// A time in the one spelling that events have: then they compare as text.
fn spelt(field: &str, text: &str) -> Result<String, ApiError> {
    let time = clock::read(text).map_err(|refusal| ApiError::field(field, &refusal))?;
    Ok(format!("{time:.6}"))
}
