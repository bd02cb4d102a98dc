//! `PATCH /api/v1/agents/{agentId}`

use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse as _, Response};
use http::header::ETAG;
use sea_orm::{ActiveModelTrait as _, DatabaseTransaction, EntityTrait as _, IntoActiveModel as _};
use serde_json::json;

use crate::domain::agent::{AgentFields, AgentStatus, Word as _};
use crate::domain::id::AgentId;
use crate::error::ApiError;
use crate::extract::body::Body;
use crate::extract::caller::{AgentsWrite, Caller, Identity};
use crate::extract::if_match::IfMatch;
use crate::extract::path::Id;
use crate::extract::query::{NoParams, Query};
use crate::state::Shared;
use crate::store::audit::{self, Entry};
use crate::store::entity::agent;
use crate::store::{agents, claims, organizations};
use crate::view::agent::{AgentView, etag};

/// Change an agent
///
/// Fields that are left out stay; `null` empties one that may be empty. With `If-Match`, it is changed only as it was
/// read.
#[utoipa::path(patch, path = "/agents/{agentId}", tag = "Agents", operation_id = "updateAgent", security(("bearer" = ["agents:write"])),
    params(("agentId" = uuid::Uuid, Path, description = "The agent's identifier."), ("If-Match" = inline(Option<IfMatch>), Header, description = "The ETag that it was read with.")),
    request_body(content = AgentFields),
    responses((status = 200, description = "The agent as it is now.", body = AgentView, headers(("ETag" = String, description = "For `If-Match`.")))))]
pub async fn change(
    State(app): Shared,
    caller: Caller<AgentsWrite>,
    Id(id): Id<AgentId>,
    version: IfMatch,
    Query(NoParams {}): Query<NoParams>,
    Body(fields): Body<AgentFields>,
) -> Result<Response, ApiError> {
    caller.may_see(id)?;
    let (identity, now) = (caller.identity(), app.clock.now());
    let row = app
        .store
        .writer
        .run(move |tx| Box::pin(async move { apply(tx, &identity, id, fields, &version, now).await }))
        .await?;
    Ok(([(ETAG, etag(&row))], Json(AgentView::from(row))).into_response())
}

async fn apply(
    tx: &DatabaseTransaction,
    caller: &Identity,
    id: AgentId,
    fields: AgentFields,
    version: &IfMatch,
    now: jiff::Timestamp,
) -> Result<agent::Model, ApiError> {
    let before = agents::get(tx, caller.organization_id, id).await?;
    // What is wrong with the request comes first: a precondition counts where it would be done (RFC 9110, section 13.2.1).
    let profile = fields.change(agents::read(&before)?)?;
    if before.status == AgentStatus::Decommissioned.word() {
        return Err(ApiError::Removed { reason: "decommissioned" });
    }
    version.check(&etag(&before))?;
    let mut row = before.clone();
    agents::write(profile, &mut row)?;
    let changed = changed(&before, &row);
    if changed.is_empty() {
        return Ok(before);
    }
    if row.is_public && (row.name != before.name || !before.is_public) {
        agents::check_public_name(&row.name)?;
    }
    let standing = organizations::standing(tx, caller.organization_id).await?;
    let (was, is) = (agents::is_published(&before, standing), agents::is_published(&row, standing));
    row.revision += 1;
    row.updated_at = now.as_millisecond();
    if is && row.published_at.is_none() {
        row.published_at = Some(now.as_millisecond());
    }
    let updated = agent::Entity::update(row.clone().into_active_model().reset_all()).exec(tx).await;
    updated.map_err(|error| agents::taken(error, row.email.as_deref()))?;
    agents::tell(tx, &row.id, was, is, now.as_millisecond()).await?;
    if changed.contains(&"publicKeys") {
        claims::follow(tx, now, caller, &row).await?;
    }
    let entry = Entry::by(caller, Some(id), "agent.updated", json!({ "fields": changed, "status": row.status }));
    audit::append(tx, now, entry).await?;
    Ok(row)
}

/// Names of the fields that differ.
fn changed(before: &agent::Model, after: &agent::Model) -> Vec<&'static str> {
    [
        ("name", before.name != after.name),
        ("description", before.description != after.description),
        ("email", before.email != after.email),
        ("agentType", before.agent_type != after.agent_type),
        ("version", before.version != after.version),
        ("capabilities", before.capabilities != after.capabilities),
        ("tags", before.tags != after.tags),
        ("skills", before.skills != after.skills),
        ("owner", before.owner != after.owner),
        ("deploymentEnv", before.deployment_env != after.deployment_env),
        ("status", before.status != after.status),
        ("isPublic", before.is_public != after.is_public),
        ("endpointUrl", before.endpoint_url != after.endpoint_url),
        ("publicKeys", before.public_keys != after.public_keys),
    ]
    .into_iter()
    .filter_map(|(field, differs)| differs.then_some(field))
    .collect()
}
