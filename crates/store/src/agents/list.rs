//! Lists of a tenant's agents.

use domain::agent::{AgentStatus, AgentType, Word as _};
use domain::id::{AgentId, OrganizationId};
use sea_orm::{
    ColumnTrait as _, EntityTrait as _, PaginatorTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _,
};

use crate::entity::agent;
use crate::records::AgentRecord;
use crate::{Page, PageOf, Store, StoreError};

/// Which agents of a tenant a list has. Each field that is set narrows it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AgentFilter {
    /// The one agent.
    pub id: Option<AgentId>,
    /// The owner, as it is written.
    pub owner: Option<String>,
    /// The type.
    pub agent_type: Option<AgentType>,
    /// The status.
    pub status: Option<AgentStatus>,
}

/// Lists agents of a tenant, the newest first.
pub async fn list(
    store: &Store,
    tenant: OrganizationId,
    filter: AgentFilter,
    page: Page,
) -> Result<PageOf<AgentRecord>, StoreError> {
    let mut select = agent::Entity::find().filter(agent::Column::OrganizationId.eq(tenant.to_string()));
    if let Some(id) = filter.id {
        select = select.filter(agent::Column::Id.eq(id.to_string()));
    }
    if let Some(owner) = filter.owner {
        select = select.filter(agent::Column::Owner.eq(owner));
    }
    if let Some(agent_type) = filter.agent_type {
        select = select.filter(agent::Column::AgentType.eq(agent_type.word()));
    }
    if let Some(status) = filter.status {
        select = select.filter(agent::Column::Status.eq(status.word()));
    }
    let total = select.clone().count(&store.reader).await?;
    let rows = select
        .order_by_desc(agent::Column::CreatedAt)
        .order_by_desc(agent::Column::Id)
        .offset(page.offset())
        .limit(page.limit)
        .all(&store.reader)
        .await?;
    Ok(PageOf { rows, total })
}
