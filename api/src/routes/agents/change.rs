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

/// Change an agent
///
/// Fields that are left out stay; `null` empties one that may be empty. With `If-Match`, it is changed only as it was
/// read.
#[utoipa::path(patch, path = "/agents/{agentId}", tag = "Agents", operation_id = "updateAgent", security(("bearer" = ["agents:write"])),
    params(("agentId" = uuid::Uuid, Path, description = "The agent's identifier."), ("If-Match" = inline(Option<IfMatch>), Header, description = "The ETag that it was read with.")),
    request_body(content = AgentFields),
    responses((status = 200, description = "The agent as it is now.", body = AgentView, headers(("ETag" = String, description = "For `If-Match`.")))))]
pub async fn change(
    State(registry): State<Registry>,
    caller: Caller<AgentsWrite>,
    Id(id): Id<AgentId>,
    IfMatch(expected): IfMatch,
    Query(NoParams {}): Query<NoParams>,
    Body(fields): Body<AgentFields>,
) -> Result<Response, ApiError> {
    caller.require_sight_of(id)?;
    let agent = agents::update(&registry.store, caller.actor(), id, fields, expected, registry.now()).await?;
    Ok(([(ETAG, etag(&agent.id, agent.revision))], Json(AgentView::from(agent))).into_response())
}
