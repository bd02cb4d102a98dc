//! `GET /api/v1/claims`

use axum::Json;
use axum::extract::State;
use sea_orm::{
    ColumnTrait as _, EntityTrait as _, PaginatorTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _,
};
use serde::Deserialize;
use utoipa::IntoParams;

use crate::domain::id::AgentId;
use crate::error::ApiError;
use crate::extract::caller::{AgentsRead, Caller};
use crate::extract::query::{Page, Query};
use crate::state::Shared;
use crate::store::entity::claim;
use crate::view::claim::ClaimView;
use crate::view::list::List;

/// Which claims.
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
    /// Those about this agent alone, without the organization's own.
    #[param(inline, value_type = Option<uuid::Uuid>)]
    pub agent_id: Option<String>,
}

/// List claims
///
/// Those of the organization, the newest first. An agent's own token lists those about that agent alone.
#[utoipa::path(get, path = "/claims", tag = "Claims", operation_id = "listClaims", security(("bearer" = ["agents:read"])),
    params(Filter), responses((status = 200, description = "A page of claims.", body = List<ClaimView>)))]
pub async fn list(
    State(app): Shared,
    caller: Caller<AgentsRead>,
    Query(filter): Query<Filter>,
) -> Result<Json<List<ClaimView>>, ApiError> {
    let page = Page::read(filter.page, filter.limit)?;
    let wanted = filter.agent_id.as_deref().map(str::parse::<AgentId>).transpose();
    let wanted = wanted.map_err(|error| ApiError::wrong("agentId", error.to_string()))?;
    let mut select = claim::Entity::find().filter(claim::Column::OrganizationId.eq(caller.organization_id.to_string()));
    for agent in [wanted, caller.agent_id].into_iter().flatten() {
        select = select.filter(claim::Column::AgentId.eq(agent.to_string()));
    }
    let total = select.clone().count(&app.store.reader).await?;
    let rows = select
        .order_by_desc(claim::Column::CreatedAt)
        .order_by_desc(claim::Column::Id)
        .offset(page.offset())
        .limit(page.limit)
        .all(&app.store.reader)
        .await?;
    let now = app.clock.now_ms();
    let views = rows.into_iter().map(|row| ClaimView::at(row, now)).collect::<Result<_, _>>()?;
    Ok(Json(List::new(views, total, page)))
}
