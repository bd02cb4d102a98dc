//! `GET /api/v1/audit`

use axum::Json;
use axum::extract::State;
use domain::audit::Outcome;
use domain::field::Line;
use domain::id::AgentId;
use domain::time::parse_rfc3339;
use serde::Deserialize;
use store::audit::{self, EventFilter};
use utoipa::IntoParams;

use crate::error::ApiError;
use crate::extract::caller::{AuditRead, Caller};
use crate::extract::query::{Query, read_page};
use crate::registry::Registry;
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
    State(registry): State<Registry>,
    caller: Caller<AuditRead>,
    Query(filter): Query<Filter>,
) -> Result<Json<List<AuditEventView>>, ApiError> {
    let page = read_page(filter.page, filter.limit)?;
    let agent = filter.agent_id.as_deref().map(str::parse::<AgentId>).transpose();
    let agent = agent.map_err(|error| ApiError::wrong("agentId", error.to_string()))?;
    let action = filter.action.as_deref().map(Line::<100>::read).transpose();
    let action = action.map_err(|refusal| ApiError::field("action", &refusal))?.map(Line::into_string);
    let outcome = match filter.outcome.as_deref() {
        Some(word) => {
            let outcome = Outcome::read(word);
            Some(outcome.ok_or_else(|| ApiError::wrong("outcome", "is none of success, failure"))?)
        }
        None => None,
    };
    let from = filter.from_date.as_deref().map(|text| event_time("fromDate", text)).transpose()?;
    let to = filter.to_date.as_deref().map(|text| event_time("toDate", text)).transpose()?;
    let filter = EventFilter { agent, action, outcome, from, to };
    let found = audit::list(&registry.store, &caller, filter, page).await?;
    Ok(Json(List::new(found.rows.into_iter().map(AuditEventView::from).collect(), found.total, page)))
}

/// A time in the spelling of events.
fn event_time(field: &str, text: &str) -> Result<String, ApiError> {
    let time = parse_rfc3339(text).map_err(|refusal| ApiError::field(field, &refusal))?;
    Ok(format!("{time:.6}"))
}
