//! Lists of an organization's agents.

use domain::agent::{AgentStatus, AgentType, TextForm as _};
use domain::id::{AgentId, OrganizationId};
use sea_orm::{
    ColumnTrait as _, EntityTrait as _, PaginatorTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _,
};

use crate::entity::agent;
use crate::records::AgentRecord;
use crate::{Page, PageRows, Store, StoreError};

/// Filter of a list of agents. Fields that are set are combined by "and".
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AgentFilter {
    /// ID.
    pub id: Option<AgentId>,
    /// Owner, exact.
    pub owner: Option<String>,
    /// Type.
    pub agent_type: Option<AgentType>,
    /// Status.
    pub status: Option<AgentStatus>,
}

/// Lists agents of an organization, newest first.
pub async fn list(
    store: &Store,
    tenant: OrganizationId,
    filter: AgentFilter,
    page: Page,
) -> Result<PageRows<AgentRecord>, StoreError> {
    let mut select = agent::Entity::find().filter(agent::Column::OrganizationId.eq(tenant.to_string()));
    if let Some(id) = filter.id {
        select = select.filter(agent::Column::Id.eq(id.to_string()));
    }
    if let Some(owner) = filter.owner {
        select = select.filter(agent::Column::Owner.eq(owner));
    }
    if let Some(agent_type) = filter.agent_type {
        select = select.filter(agent::Column::AgentType.eq(agent_type.as_str()));
    }
    if let Some(status) = filter.status {
        select = select.filter(agent::Column::Status.eq(status.as_str()));
    }
    let total = select.clone().count(&store.reader).await?;
    let rows = select
        .order_by_desc(agent::Column::CreatedAt)
        .order_by_desc(agent::Column::Id)
        .offset(page.offset())
        .limit(page.limit)
        .all(&store.reader)
        .await?;
    Ok(PageRows { rows, total })
}
