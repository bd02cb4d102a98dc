//! `POST /api/v1/agents`

use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use http::StatusCode;
use http::header::{ETAG, LOCATION};
use sea_orm::{EntityTrait as _, IntoActiveModel as _};
use serde_json::json;

use crate::domain::agent::AgentFields;
use crate::domain::id::AgentId;
use crate::error::ApiError;
use crate::extract::body::Body;
use crate::extract::caller::{AgentsWrite, Caller};
use crate::extract::query::{NoParams, Query};
use crate::state::Shared;
use crate::store::audit::{self, Entry};
use crate::store::entity::agent;
use crate::store::{agents, organizations};
use crate::view::agent::{AgentView, etag};

/// Register an agent
///
/// Its identifier is its `client_id`; its DID can be resolved at once.
#[utoipa::path(post, path = "/agents", tag = "Agents", operation_id = "registerAgent", security(("bearer" = ["agents:write"])),
    request_body(content = ref("#/components/schemas/NewAgent")),
    responses((status = 201, description = "The agent is registered.", body = AgentView, headers(("Location" = String, description = "The agent's address."), ("ETag" = String, description = "For `If-Match`.")))))]
pub async fn create(
    State(app): Shared,
    caller: Caller<AgentsWrite>,
    Query(NoParams {}): Query<NoParams>,
    Body(fields): Body<AgentFields>,
) -> Result<Response, ApiError> {
    caller.organization_alone()?;
    let profile = fields.register(&caller.organization_name)?;
    if profile.is_public {
        agents::check_public_name(&profile.name)?;
    }
    let now = app.clock.now();
    let mut row = agents::blank(AgentId::new(), caller.organization_id, app.config.did_host(), now.as_millisecond());
    agents::write(profile, &mut row)?;
    let identity = caller.identity();
    let row = app
        .store
        .writer
        .run(move |tx| {
            Box::pin(async move {
                if let Some(most) = identity.limits().max_agents {
                    let (limit, current) = (u64::from(most), agents::count(tx, identity.organization_id).await?);
                    if current >= limit {
                        return Err(ApiError::TierLimitExceeded {
                            what: "agents",
                            limit,
                            current,
                            reset_seconds: None,
                        });
                    }
                }
                let is = agents::is_published(&row, organizations::standing(tx, identity.organization_id).await?);
                row.published_at = is.then_some(now.as_millisecond());
                let new = row.clone().into_active_model();
                let inserted = agent::Entity::insert(new).exec_without_returning(tx).await;
                inserted.map_err(|error| agents::taken(error, row.email.as_deref()))?;
                agents::tell(tx, &row.id, false, is, now.as_millisecond()).await?;
                let (agent_id, name) = (row.id.parse().ok(), json!({ "name": row.name }));
                audit::append(tx, now, Entry::by(&identity, agent_id, "agent.registered", name)).await?;
                Ok(row)
            })
        })
        .await?;
    let location = format!("{}/api/v1/agents/{}", app.issuer, row.id);
    let headers = [(LOCATION, location), (ETAG, etag(&row))];
    Ok((StatusCode::CREATED, headers, Json(AgentView::from(row))).into_response())
}
