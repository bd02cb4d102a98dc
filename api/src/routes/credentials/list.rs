//! `GET /api/v1/agents/{agentId}/credentials`

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
use crate::extract::path::Id;
use crate::extract::query::{Page, Query};
use crate::state::Shared;
use crate::store::agents;
use crate::store::entity::credential;
use crate::view::credential::CredentialView;
use crate::view::list::List;

/// Which part of the list.
#[derive(Clone, Copy, Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Part {
    /// Which page, from 1 on.
    #[param(minimum = 1, maximum = 1_000_000, default = 1)]
    pub page: Option<u64>,
    /// How many on a page.
    #[param(minimum = 1, maximum = 100, default = 20)]
    pub limit: Option<u64>,
}

/// List an agent's credentials
///
/// The newest first, with those that have ended. Secrets are not among them: we don't have them.
#[utoipa::path(get, path = "/agents/{agentId}/credentials", tag = "Credentials", operation_id = "listCredentials",
    security(("bearer" = ["agents:read"])), params(("agentId" = uuid::Uuid, Path, description = "The agent's identifier."), Part),
    responses((status = 200, description = "A page of credentials.", body = List<CredentialView>)))]
pub async fn list(
    State(app): Shared,
    caller: Caller<AgentsRead>,
    Id(agent_id): Id<AgentId>,
    Query(part): Query<Part>,
) -> Result<Json<List<CredentialView>>, ApiError> {
    let page = Page::read(part.page, part.limit)?;
    caller.may_see(agent_id)?;
    agents::get(&app.store.reader, caller.organization_id, agent_id).await?;
    let select = credential::Entity::find().filter(credential::Column::AgentId.eq(agent_id.to_string()));
    let total = select.clone().count(&app.store.reader).await?;
    let rows = select
        .order_by_desc(credential::Column::CreatedAt)
        .order_by_desc(credential::Column::Id)
        .offset(page.offset())
        .limit(page.limit)
        .all(&app.store.reader)
        .await?;
    let now = app.clock.now_ms();
    Ok(Json(List::new(rows.into_iter().map(|row| CredentialView::at(row, now)).collect(), total, page)))
}
