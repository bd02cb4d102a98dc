//! Outbox: each change of the marketplace's listings, recorded in the transaction that makes it.

use crate::transaction::Transaction;
use domain::agent::{AgentStatus, TextForm as _};
use sea_orm::{ActiveValue, ColumnTrait as _, EntityTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _};

use super::entity::{agent, organization, outbox};
use super::records::OutboxRecord;
use super::{Store, StoreError};

/// Lists entries after a sequence number, in order, at most `limit`.
pub async fn list_after(store: &Store, seq: i64, limit: u64) -> Result<Vec<OutboxRecord>, StoreError> {
    let lines = outbox::Entity::find().filter(outbox::Column::Seq.gt(seq)).order_by_asc(outbox::Column::Seq);
    Ok(lines.limit(limit).all(&store.reader).await?)
}

/// Reads the oldest entry.
pub async fn first(store: &Store) -> Result<Option<OutboxRecord>, StoreError> {
    Ok(outbox::Entity::find().order_by_asc(outbox::Column::Seq).one(&store.reader).await?)
}

/// Reads the newest entry.
pub async fn last(store: &Store) -> Result<Option<OutboxRecord>, StoreError> {
    Ok(outbox::Entity::find().order_by_desc(outbox::Column::Seq).one(&store.reader).await?)
}

/// Returns true if the marketplace lists an agent of an organization.
pub(crate) fn is_published(row: &agent::Model, tenant: &organization::Model) -> bool {
    is_listable(row) && tenant.is_listed()
}

/// Returns true if the marketplace lists an agent whenever it lists its organization.
pub(crate) fn is_listable(row: &agent::Model) -> bool {
    row.is_public && row.status == AgentStatus::Active.as_str() && row.moderation != "hidden"
}

/// Adds an entry if the marketplace lists or listed the agent.
pub(crate) async fn add_change(tx: &Transaction, id: &str, was: bool, is: bool, now: i64) -> Result<(), StoreError> {
    let kind = match (was, is) {
        (false, false) => return Ok(()),
        (false, true) => "published",
        (true, true) => "changed",
        (true, false) => "hidden",
    };
    add(tx, id, kind, now).await
}

/// Adds an entry for each published agent of an organization, or for one of them, whose listing changes.
pub(crate) async fn add_appearance_changes(
    tx: &Transaction,
    organization: &organization::Model,
    only: Option<&str>,
    now: i64,
) -> Result<(), StoreError> {
    if !organization.is_listed() {
        return Ok(());
    }
    add_all(tx, organization, only, "changed", now).await
}

/// Adds an entry for each agent that appears in or disappears from the marketplace with its organization.
pub(crate) async fn add_listing_change(
    tx: &Transaction,
    before: &organization::Model,
    after: &organization::Model,
    now: i64,
) -> Result<(), StoreError> {
    match (before.is_listed(), after.is_listed()) {
        (true, false) => add_all(tx, after, None, "hidden", now).await,
        (false, true) => add_all(tx, after, None, "published", now).await,
        _ => Ok(()),
    }
}

async fn add_all(
    tx: &Transaction,
    organization: &organization::Model,
    only: Option<&str>,
    kind: &str,
    now: i64,
) -> Result<(), StoreError> {
    let mut select = agent::Entity::find()
        .filter(agent::Column::OrganizationId.eq(organization.id.clone()))
        .filter(agent::Column::IsPublic.eq(true));
    if let Some(id) = only {
        select = select.filter(agent::Column::Id.eq(id));
    }
    for row in select.all(tx).await?.iter().filter(|row| is_listable(row)) {
        add(tx, &row.id, kind, now).await?;
    }
    Ok(())
}

/// Adds an entry.
pub(crate) async fn add(tx: &Transaction, id: &str, kind: &str, now: i64) -> Result<(), StoreError> {
    let row = outbox::ActiveModel {
        seq: ActiveValue::NotSet,
        agent_id: ActiveValue::Set(id.to_owned()),
        kind: ActiveValue::Set(kind.to_owned()),
        at: ActiveValue::Set(now),
    };
    outbox::Entity::insert(row).exec_without_returning(tx).await?;
    Ok(())
}
