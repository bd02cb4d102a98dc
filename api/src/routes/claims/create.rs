//! `POST /api/v1/claims`

use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse as _, Response};
use http::StatusCode;
use http::header::LOCATION;
use sea_orm::{
    ColumnTrait as _, DatabaseTransaction, EntityTrait as _, IntoActiveModel as _, PaginatorTrait as _,
    QueryFilter as _,
};
use serde::Deserialize;
use serde_json::json;
use utoipa::ToSchema;

use crate::domain::agent::{AgentStatus, Word as _};
use crate::domain::audit::Outcome;
use crate::domain::claim::{self as rules, ClaimKind, ClaimState, MOST};
use crate::domain::id::{AgentId, ClaimId};
use crate::error::ApiError;
use crate::extract::body::Body;
use crate::extract::caller::{AgentsWrite, Caller, Identity};
use crate::extract::query::{NoParams, Query};
use crate::state::Shared;
use crate::store::claims::{Actor, entry};
use crate::store::entity::claim;
use crate::store::{agents, audit, claims};
use crate::view::claim::ClaimView;

/// What is claimed.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = NewClaim, example = json!({ "kind": "domain", "target": "northquay.example" }))]
pub struct NewClaim {
    /// What is claimed.
    #[schema(value_type = ClaimKind, required)]
    pub kind: Option<String>,
    /// The agent that it is about; a key is always an agent's. Without one, it counts for all agents.
    #[schema(format = Uuid)]
    pub agent_id: Option<String>,
    /// The domain in lower case, the repository's address, or the thumbprint (RFC 7638) of one of the agent's public
    /// keys, which may be left out where there is one alone.
    #[schema(max_length = 1000)]
    pub target: Option<String>,
}

/// Claim a domain, a key or a repository
///
/// The answer says what to publish or sign; then ask for a check. An agent claims for itself alone.
#[utoipa::path(post, path = "/claims", tag = "Claims", operation_id = "createClaim", security(("bearer" = ["agents:write"])),
    request_body(content = NewClaim),
    responses((status = 201, description = "The claim, with what proves it.", body = ClaimView, headers(("Location" = String, description = "The claim's address.")))))]
pub async fn create(
    State(app): Shared,
    caller: Caller<AgentsWrite>,
    Query(NoParams {}): Query<NoParams>,
    Body(wanted): Body<NewClaim>,
) -> Result<Response, ApiError> {
    let kind = rules::kind(wanted.kind.as_deref()).map_err(|refusal| ApiError::field("kind", &refusal))?;
    let agent_id = wanted.agent_id.as_deref().map(str::parse::<AgentId>).transpose();
    let agent_id = agent_id.map_err(|error| ApiError::wrong("agentId", error.to_string()))?;
    match agent_id {
        Some(agent) => caller.may_see(agent)?,
        None if kind == ClaimKind::Key => return Err(ApiError::wrong("agentId", "is missing: a key is an agent's")),
        None => caller.organization_alone()?,
    }
    let (identity, now) = (caller.identity(), app.clock.now());
    let row = claim::Model {
        id: ClaimId::new().to_string(),
        organization_id: caller.organization_id.to_string(),
        agent_id: agent_id.map(|agent| agent.to_string()),
        kind: kind.word().to_owned(),
        target: String::new(),
        nonce: rules::nonce()?,
        state: ClaimState::Pending.word().to_owned(),
        method: None,
        checked_at: None,
        expires_at: None,
        next_check_at: None,
        evidence_url: None,
        failures: 0,
        last_failure: None,
        last_tried_at: None,
        created_at: now.as_millisecond(),
    };
    let kept = app
        .store
        .writer
        .run(move |tx| Box::pin(async move { keep(tx, &identity, kind, agent_id, wanted.target, row, now).await }))
        .await?;
    let location = format!("{}/api/v1/claims/{}", app.issuer, kept.id);
    let view = ClaimView::at(kept, now.as_millisecond())?;
    Ok((StatusCode::CREATED, [(LOCATION, location)], Json(view)).into_response())
}

async fn keep(
    tx: &DatabaseTransaction,
    caller: &Identity,
    kind: ClaimKind,
    agent_id: Option<AgentId>,
    target: Option<String>,
    mut row: claim::Model,
    now: jiff::Timestamp,
) -> Result<claim::Model, ApiError> {
    let agent = match agent_id {
        Some(id) => Some(agents::get(tx, caller.organization_id, id).await?),
        None => None,
    };
    if agent.as_ref().is_some_and(|agent| agent.status == AgentStatus::Decommissioned.word()) {
        return Err(ApiError::wrong("agentId", "is of an agent that is decommissioned"));
    }
    let keys = agent.as_ref().and_then(|agent| agent.public_keys.as_array());
    let target = kind.target(target.as_deref(), keys.map(Vec::as_slice));
    row.target = target.map_err(|refusal| ApiError::field("target", &refusal))?;
    let count = claims::count(tx, caller.organization_id).await?;
    if count >= MOST {
        let words = "an organization has at most 20 claims: remove one";
        return Err(ApiError::TooMany { words, limit: MOST, current: count });
    }
    let mut same = claim::Entity::find()
        .filter(claim::Column::OrganizationId.eq(row.organization_id.clone()))
        .filter(claim::Column::Kind.eq(row.kind.clone()))
        .filter(claim::Column::Target.eq(row.target.clone()));
    same = match &row.agent_id {
        Some(agent) => same.filter(claim::Column::AgentId.eq(agent.clone())),
        None => same.filter(claim::Column::AgentId.is_null()),
    };
    if same.count(tx).await? > 0 {
        return Err(ApiError::wrong("target", "is claimed already: ask for a check of that claim, or remove it"));
    }
    claim::Entity::insert(row.clone().into_active_model()).exec_without_returning(tx).await?;
    let event = entry(&row, Actor::Caller(caller), "claim.created", Outcome::Success, json!({}))?;
    audit::append(tx, now, event).await?;
    Ok(row)
}
