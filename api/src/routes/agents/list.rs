//! `GET /api/v1/agents`

use axum::Json;
use axum::extract::State;
use sea_orm::{
    ColumnTrait as _, EntityTrait as _, PaginatorTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _,
};
use serde::Deserialize;
use utoipa::IntoParams;

use crate::domain::agent::{AgentStatus, AgentType, Word as _};
use crate::domain::field::Line;
use crate::error::ApiError;
use crate::extract::caller::{AgentsRead, Caller};
use crate::extract::query::{Page, Query};
use crate::state::Shared;
use crate::store::entity::agent;
use crate::view::agent::AgentView;
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
    /// Of this owner alone.
    #[param(inline, value_type = Option<Line<128>>)]
    pub owner: Option<String>,
    /// Of this type alone.
    #[param(inline, value_type = Option<AgentType>)]
    pub agent_type: Option<String>,
    /// Of this status alone.
    #[param(inline, value_type = Option<AgentStatus>)]
    pub status: Option<String>,
}

/// List agents
///
/// Those of the organization, the newest first. An agent's own token lists that agent alone.
#[utoipa::path(get, path = "/agents", tag = "Agents", operation_id = "listAgents", security(("bearer" = ["agents:read"])),
    params(Filter), responses((status = 200, description = "A page of agents.", body = List<AgentView>)))]
pub async fn list(
    State(app): Shared,
    caller: Caller<AgentsRead>,
    Query(filter): Query<Filter>,
) -> Result<Json<List<AgentView>>, ApiError> {
    let page = Page::read(filter.page, filter.limit)?;
    let mut select = agent::Entity::find().filter(agent::Column::OrganizationId.eq(caller.organization_id.to_string()));
    if let Some(own) = caller.agent_id {
        select = select.filter(agent::Column::Id.eq(own.to_string()));
    }
    if let Some(owner) = filter.owner {
        let owner = Line::<128>::read(&owner).map_err(|refusal| ApiError::field("owner", &refusal))?;
        select = select.filter(agent::Column::Owner.eq(owner.into_string()));
    }
    if let Some(word) = filter.agent_type {
        let agent_type = AgentType::read(&word).map_err(|refusal| ApiError::field("agentType", &refusal))?;
        select = select.filter(agent::Column::AgentType.eq(agent_type.word()));
    }
    if let Some(word) = filter.status {
        let status = AgentStatus::read(&word).map_err(|refusal| ApiError::field("status", &refusal))?;
        select = select.filter(agent::Column::Status.eq(status.word()));
    }
    let total = select.clone().count(&app.store.reader).await?;
    let rows = select
        .order_by_desc(agent::Column::CreatedAt)
        .order_by_desc(agent::Column::Id)
        .offset(page.offset())
        .limit(page.limit)
        .all(&app.store.reader)
        .await?;
    Ok(Json(List::new(rows.into_iter().map(AgentView::from).collect(), total, page)))
}
