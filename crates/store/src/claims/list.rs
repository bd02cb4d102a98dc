//! Lists of a tenant's claims.

use domain::actor::Actor;
use domain::id::AgentId;
use sea_orm::{
    ColumnTrait as _, EntityTrait as _, PaginatorTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _,
};

use crate::entity::claim;
use crate::records::ClaimRecord;
use crate::{Page, PageOf, Store, StoreError};

/// Lists the claims of the actor's organization, the newest first; those about `agent` alone, if it is given, and for an
/// agent those about itself.
pub async fn list(
    store: &Store,
    actor: &Actor,
    agent: Option<AgentId>,
    page: Page,
) -> Result<PageOf<ClaimRecord>, StoreError> {
    let mut select = claim::Entity::find().filter(claim::Column::OrganizationId.eq(actor.organization_id.to_string()));
    for agent in [agent, actor.agent_id].into_iter().flatten() {
        select = select.filter(claim::Column::AgentId.eq(agent.to_string()));
    }
    let total = select.clone().count(&store.reader).await?;
    let rows = select
        .order_by_desc(claim::Column::CreatedAt)
        .order_by_desc(claim::Column::Id)
        .offset(page.offset())
        .limit(page.limit)
        .all(&store.reader)
        .await?;
    Ok(PageOf { rows, total })
}
