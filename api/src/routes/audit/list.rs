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
use crate::extract::query::{Query, parse_page};
use crate::registry::Registry;
use crate::view::audit::AuditEventView;
use crate::view::list::List;

/// Filters and pagination of events.
#[derive(Clone, Debug, Deserialize, IntoParams)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Filter {
    /// Page number, starting at 1.
    #[param(minimum = 1, maximum = 1_000_000, default = 1)]
    pub page: Option<u64>,
    /// Items per page.
    #[param(minimum = 1, maximum = 100, default = 20)]
    pub limit: Option<u64>,
    /// Filter by agent.
    #[param(format = Uuid)]
    pub agent_id: Option<String>,
    /// Filter by action, such as `agent.registered`.
    #[param(inline, value_type = Option<Line<100>>)]
    pub action: Option<String>,
    /// Filter by outcome: `success` or `failure`.
    #[param(inline, value_type = Option<Outcome>)]
    pub outcome: Option<String>,
    /// Events at or after this time (RFC 3339).
    #[param(format = DateTime)]
    pub from_date: Option<String>,
    /// Events before this time (RFC 3339).
    #[param(format = DateTime)]
    pub to_date: Option<String>,
}

/// List audit events
///
/// Newest first. An agent's own token lists only events about that agent.
#[utoipa::path(get, path = "/audit", tag = "Audit", operation_id = "listAuditEvents", security(("bearer" = ["audit:read"])),
    params(Filter), responses((status = 200, description = "Page of events.", body = List<AuditEventView>)))]
pub async fn list(
    State(registry): State<Registry>,
    caller: Caller<AuditRead>,
    Query(filter): Query<Filter>,
) -> Result<Json<List<AuditEventView>>, ApiError> {
    let page = parse_page(filter.page, filter.limit)?;
    let agent = filter.agent_id.as_deref().map(str::parse::<AgentId>).transpose();
    let agent = agent.map_err(|error| ApiError::invalid_field("agentId", error.to_string()))?;
    let action = filter.action.as_deref().map(Line::<100>::parse).transpose();
    let action = action.map_err(|error| ApiError::invalid_value("action", &error))?.map(Line::into_string);
    let outcome = match filter.outcome.as_deref() {
        Some(word) => {
            let outcome = Outcome::parse(word);
            Some(outcome.ok_or_else(|| ApiError::invalid_field("outcome", "must be one of success, failure"))?)
        }
        None => None,
    };
    let from = filter.from_date.as_deref().map(|text| event_time("fromDate", text)).transpose()?;
    let to = filter.to_date.as_deref().map(|text| event_time("toDate", text)).transpose()?;
    let filter = EventFilter { agent, action, outcome, from, to };
    let found = audit::list(&registry.store, &caller, filter, page).await?;
    Ok(Json(List::new(found.rows.into_iter().map(AuditEventView::from).collect(), found.total, page)))
}

/// Parses a time and formats it as in events.
fn event_time(field: &str, text: &str) -> Result<String, ApiError> {
    let time = parse_rfc3339(text).map_err(|error| ApiError::invalid_value(field, &error))?;
    Ok(format!("{time:.6}"))
}
