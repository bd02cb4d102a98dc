//! `GET /api/v1/agents/{agentId}`

use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse as _, Response};
use domain::id::AgentId;
use domain::version::etag;
use http::header::ETAG;
use store::agents;

use crate::error::ApiError;
use crate::extract::caller::{AgentsRead, Caller};
use crate::extract::path::Id;
use crate::extract::query::{NoParams, Query};
use crate::registry::Registry;
use crate::view::agent::AgentView;

/// Get an agent
#[utoipa::path(get, path = "/agents/{agentId}", tag = "Agents", operation_id = "getAgent", security(("bearer" = ["agents:read"])),
    params(("agentId" = uuid::Uuid, Path, description = "ID of the agent.")),
    responses((status = 200, description = "Agent.", body = AgentView, headers(("ETag" = String, description = "Version, for `If-Match`.")))))]
pub async fn get(
    State(registry): State<Registry>,
    caller: Caller<AgentsRead>,
    Id(id): Id<AgentId>,
    Query(NoParams {}): Query<NoParams>,
) -> Result<Response, ApiError> {
    caller.require_access_to(id)?;
    let agent = agents::get(&registry.store, caller.organization_id, id).await?;
    Ok(([(ETAG, etag(&agent.id, agent.revision))], Json(AgentView::from(agent))).into_response())
}
