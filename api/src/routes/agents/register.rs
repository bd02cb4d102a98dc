//! `POST /api/v1/agents`

use std::sync::Arc;

use axum::extract::State;
use axum::response::Response;
use domain::agent::AgentFields;
use domain::version::etag;
use http::StatusCode;
use http::header::{ETAG, LOCATION};
use store::agents;
use store::records::AgentRecord;

use crate::error::ApiError;
use crate::extract::body::Body;
use crate::extract::caller::{AgentsWrite, Caller};
use crate::extract::idempotent::Idempotent;
use crate::extract::query::{NoParams, Query};
use crate::json_response::JsonResponse;
use crate::origins::Origins;
use crate::registry::Registry;
use crate::view::agent::AgentView;

/// Register an agent
///
/// The agent's ID is its `client_id`. Its DID resolves immediately.
#[utoipa::path(post, path = "/agents", tag = "Agents", operation_id = "registerAgent", security(("bearer" = ["agents:write"])),
    request_body(content = ref("#/components/schemas/NewAgent")),
    responses((status = 201, description = "Registered agent.", body = AgentView, headers(("Location" = String, description = "URL of the agent."), ("ETag" = String, description = "Version, for `If-Match`.")))))]
pub async fn register(
    State(registry): State<Registry>,
    State(origins): State<Arc<Origins>>,
    caller: Caller<AgentsWrite>,
    idempotent: Idempotent,
    Query(NoParams {}): Query<NoParams>,
    Body(fields): Body<AgentFields>,
) -> Result<Response, ApiError> {
    caller.require_organization()?;
    let profile = fields.register(&caller.organization_name)?;
    let (actor, host, now) = (caller.actor(), origins.did_host.clone(), registry.now());
    let respond = move |agent: &AgentRecord| {
        JsonResponse::new(StatusCode::CREATED, &AgentView::from(agent.clone()))?
            .with_header(LOCATION, &format!("{}/api/v1/agents/{}", origins.issuer, agent.id))?
            .with_header(ETAG, &etag(&agent.id, agent.revision))
    };
    let work = async |call| Ok(agents::register(&registry.store, actor, profile, host, now, call).await?);
    idempotent.run(respond, work).await
}
