//! `PATCH /api/v1/agents/{agentId}`

use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse as _, Response};
use domain::agent::AgentFields;
use domain::id::AgentId;
use domain::version::etag;
use http::header::ETAG;
use store::agents;

use crate::error::ApiError;
use crate::extract::body::Body;
use crate::extract::caller::{AgentsWrite, Caller};
use crate::extract::if_match::IfMatch;
use crate::extract::path::Id;
use crate::extract::query::{NoParams, Query};
use crate::registry::Registry;
use crate::view::agent::AgentView;

/// Update an agent
///
/// Absent fields stay unchanged; `null` clears a nullable field. With `If-Match`, updates only the given version.
#[utoipa::path(patch, path = "/agents/{agentId}", tag = "Agents", operation_id = "updateAgent", security(("bearer" = ["agents:write"])),
    params(("agentId" = uuid::Uuid, Path, description = "ID of the agent."), ("If-Match" = inline(Option<IfMatch>), Header, description = "Expected version: the ETag of the last response.")),
    request_body(content = AgentFields),
    responses((status = 200, description = "Updated agent.", body = AgentView, headers(("ETag" = String, description = "Version, for `If-Match`.")))))]
pub async fn update(
    State(registry): State<Registry>,
    caller: Caller<AgentsWrite>,
    Id(id): Id<AgentId>,
    IfMatch(expected): IfMatch,
    Query(NoParams {}): Query<NoParams>,
    Body(fields): Body<AgentFields>,
) -> Result<Response, ApiError> {
    caller.require_access_to(id)?;
    let agent = agents::update(&registry.store, caller.actor(), id, fields, expected, registry.now()).await?;
    Ok(([(ETAG, etag(&agent.id, agent.revision))], Json(AgentView::from(agent))).into_response())
}
