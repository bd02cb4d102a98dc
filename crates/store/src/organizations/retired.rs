//! Reservations that outlive an organization: the slugs and the name of a publisher, and the IDs of its agents. Another
//! organization under the same name and address would inherit the trust in the first.

use crate::transaction::Transaction;
use domain::id::AgentId;
use domain::rejection::{Rejection, Resource};
use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveValue, ColumnTrait as _, ConnectionTrait, EntityTrait as _, QueryFilter as _};

use crate::entity::{agent, old_slug, retired_agent, retired_publisher};
use crate::records::OrganizationRecord;
use crate::{Store, StoreError};

/// Reserves the slugs and the name of a publisher.
pub(super) async fn retire_publisher(tx: &Transaction, row: &OrganizationRecord, now: i64) -> Result<(), StoreError> {
    let former = old_slug::Entity::find().filter(old_slug::Column::OrganizationId.eq(row.id.clone())).all(tx).await?;
    let slugs = former.into_iter().map(|old| old.slug).chain([row.slug.clone()]);
    let rows = slugs.map(|slug| retired_publisher::ActiveModel {
        slug: ActiveValue::Set(slug),
        name_key: ActiveValue::Set(row.name_key.clone()),
        retired_at: ActiveValue::Set(now),
    });
    let again = OnConflict::column(retired_publisher::Column::Slug)
        .update_columns([retired_publisher::Column::NameKey, retired_publisher::Column::RetiredAt])
        .to_owned();
    retired_publisher::Entity::insert_many(rows).on_conflict(again).exec_without_returning(tx).await?;
    Ok(())
}

/// Records the IDs of an organization's agents.
pub(super) async fn retire_agents(tx: &Transaction, agents: &[agent::Model], now: i64) -> Result<(), StoreError> {
    // SQLite limits the parameters of a statement.
    for part in agents.chunks(500) {
        let rows = part.iter().map(|row| retired_agent::ActiveModel {
            id: ActiveValue::Set(row.id.clone()),
            was_published: ActiveValue::Set(row.published_at.is_some()),
            retired_at: ActiveValue::Set(now),
        });
        retired_agent::Entity::insert_many(rows).exec_without_returning(tx).await?;
    }
    Ok(())
}

/// Returns true if a slug was one of a deleted publisher.
pub(crate) async fn is_retired_slug<C: ConnectionTrait>(connection: &C, slug: &str) -> Result<bool, StoreError> {
    Ok(retired_publisher::Entity::find_by_id(slug.to_owned()).one(connection).await?.is_some())
}

/// Returns true if the key of a public name is that of a deleted publisher.
pub(super) async fn is_retired_name<C: ConnectionTrait>(connection: &C, key: &str) -> Result<bool, StoreError> {
    let found = retired_publisher::Entity::find().filter(retired_publisher::Column::NameKey.eq(key));
    Ok(found.one(connection).await?.is_some())
}

/// Returns the rejection of an agent that isn't in the database. `is_public` is true where only published agents can be
/// seen.
pub(crate) async fn missing_agent(store: &Store, id: AgentId, is_public: bool) -> Result<Rejection, StoreError> {
    let retired = retired_agent::Entity::find_by_id(id.to_string()).one(&store.reader).await?;
    Ok(match retired {
        Some(row) if row.was_published || !is_public => Rejection::Removed { reason: "deleted" },
        _ => Rejection::NotFound(Resource::Agent),
    })
}

/// Frees the slugs and the name of a deleted publisher, by one of its slugs. Returns the freed slugs.
///
/// # Errors
///
/// [`Rejection::NotFound`].
pub async fn release(store: &Store, slug: String) -> Result<Vec<String>, StoreError> {
    let work = store.write(None, move |tx| {
        Box::pin(async move {
            let found = retired_publisher::Entity::find_by_id(slug).one(tx).await?;
            let found = found.ok_or(Rejection::NotFound(Resource::Other))?;
            // All slugs of a publisher were retired at the same time, with the same name.
            let same = retired_publisher::Entity::find()
                .filter(retired_publisher::Column::NameKey.eq(found.name_key))
                .filter(retired_publisher::Column::RetiredAt.eq(found.retired_at))
                .all(tx)
                .await?;
            let slugs: Vec<String> = same.into_iter().map(|row| row.slug).collect();
            retired_publisher::Entity::delete_many()
                .filter(retired_publisher::Column::Slug.is_in(slugs.clone()))
                .exec(tx)
                .await?;
            Ok(slugs)
        })
    });
    work.await
}
