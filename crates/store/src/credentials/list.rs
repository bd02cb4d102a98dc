//! Lists of an agent's credentials.

use domain::id::{AgentId, OrganizationId};
use sea_orm::{
    ColumnTrait as _, EntityTrait as _, PaginatorTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _,
};

use crate::entity::credential;
use crate::records::CredentialRecord;
use crate::{Page, PageOf, Store, StoreError, agents};

/// Lists credentials of an agent, the newest first, with those that were revoked or have expired.
///
/// # Errors
///
/// [`Rejection::NotFound`](domain::rejection::Rejection::NotFound) for another tenant's agent.
pub async fn list(
    store: &Store,
    tenant: OrganizationId,
    agent: AgentId,
    page: Page,
) -> Result<PageOf<CredentialRecord>, StoreError> {
    agents::get(store, tenant, agent).await?;
    let select = credential::Entity::find().filter(credential::Column::AgentId.eq(agent.to_string()));
    let total = select.clone().count(&store.reader).await?;
    let rows = select
        .order_by_desc(credential::Column::CreatedAt)
        .order_by_desc(credential::Column::Id)
        .offset(page.offset())
        .limit(page.limit)
        .all(&store.reader)
        .await?;
    Ok(PageOf { rows, total })
}
