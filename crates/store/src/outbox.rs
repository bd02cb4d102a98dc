//! The outbox: each change of what the marketplace shows, in the transaction that makes it.

use domain::agent::{AgentStatus, Word as _};
use domain::organization::State;
use sea_orm::{
    ActiveValue, ColumnTrait as _, DatabaseTransaction, EntityTrait as _, QueryFilter as _, QueryOrder as _,
    QuerySelect as _,
};

use super::entity::{agent, organization, outbox};
use super::records::OutboxRecord;
use super::{Store, StoreError};

/// Lines behind a place, in order, at most `limit`.
pub async fn list_after(store: &Store, seq: i64, limit: u64) -> Result<Vec<OutboxRecord>, StoreError> {
    let lines = outbox::Entity::find().filter(outbox::Column::Seq.gt(seq)).order_by_asc(outbox::Column::Seq);
    Ok(lines.limit(limit).all(&store.reader).await?)
}

/// The first line that is kept.
pub async fn first(store: &Store) -> Result<Option<OutboxRecord>, StoreError> {
    Ok(outbox::Entity::find().order_by_asc(outbox::Column::Seq).one(&store.reader).await?)
}

/// The last line.
pub async fn last(store: &Store) -> Result<Option<OutboxRecord>, StoreError> {
    Ok(outbox::Entity::find().order_by_desc(outbox::Column::Seq).one(&store.reader).await?)
}

/// Returns whether the marketplace shows an agent of a tenant in this state.
pub(crate) fn is_published(row: &agent::Model, tenant: State) -> bool {
    row.is_public && tenant == State::Verified && row.status == AgentStatus::Active.word() && row.moderation != "hidden"
}

/// Adds a line if the marketplace shows the agent, or did.
pub(crate) async fn add_change(
    tx: &DatabaseTransaction,
    id: &str,
    was: bool,
    is: bool,
    now: i64,
) -> Result<(), StoreError> {
    let kind = match (was, is) {
        (false, false) => return Ok(()),
        (false, true) => "published",
        (true, true) => "changed",
        (true, false) => "hidden",
    };
    add(tx, id, kind, now).await
}

/// Adds a line for each published agent of an organization, or for one of them: they look different from now on.
pub(crate) async fn add_appearance_changes(
    tx: &DatabaseTransaction,
    organization: &organization::Model,
    only: Option<&str>,
    now: i64,
) -> Result<(), StoreError> {
    let Some(state) = State::read(&organization.state) else { return Ok(()) };
    let mut select = agent::Entity::find()
        .filter(agent::Column::OrganizationId.eq(organization.id.clone()))
        .filter(agent::Column::IsPublic.eq(true));
    if let Some(id) = only {
        select = select.filter(agent::Column::Id.eq(id));
    }
    for row in select.all(tx).await?.iter().filter(|row| is_published(row, state)) {
        add(tx, &row.id, "changed", now).await?;
    }
    Ok(())
}

/// Adds a line.
pub(crate) async fn add(tx: &DatabaseTransaction, id: &str, kind: &str, now: i64) -> Result<(), StoreError> {
    let row = outbox::ActiveModel {
        seq: ActiveValue::NotSet,
        agent_id: ActiveValue::Set(id.to_owned()),
        kind: ActiveValue::Set(kind.to_owned()),
        at: ActiveValue::Set(now),
    };
    outbox::Entity::insert(row).exec_without_returning(tx).await?;
    Ok(())
}
