//! Current and former slugs of organizations. Former slugs stay reserved for their organization.

use crate::transaction::Transaction;
use domain::id::OrganizationId;
use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveValue, ColumnTrait as _, EntityTrait as _, PaginatorTrait as _, QueryFilter as _};

use super::retired::is_retired_slug;
use crate::StoreError;
use crate::entity::{old_slug, organization};
use crate::records::OrganizationRecord;

/// Counts the former slugs of an organization.
pub(super) async fn count_former(tx: &Transaction, id: OrganizationId) -> Result<u64, StoreError> {
    let old = old_slug::Entity::find().filter(old_slug::Column::OrganizationId.eq(id.to_string()));
    Ok(old.count(tx).await?)
}

/// Returns true if a slug is a former one of the organization.
pub(super) async fn is_former(tx: &Transaction, slug: &str, own: OrganizationId) -> Result<bool, StoreError> {
    let old = old_slug::Entity::find_by_id(slug.to_owned()).one(tx).await?;
    Ok(old.is_some_and(|old| old.organization_id == own.to_string()))
}

/// Returns true if no other organization has or had a slug, and no deleted publisher had it.
pub(super) async fn is_free(tx: &Transaction, slug: &str, own: OrganizationId) -> Result<bool, StoreError> {
    let other = organization::Entity::find()
        .filter(organization::Column::Slug.eq(slug))
        .filter(organization::Column::Id.ne(own.to_string()))
        .one(tx)
        .await?;
    let old = old_slug::Entity::find_by_id(slug.to_owned()).one(tx).await?;
    let is_own = old.is_none_or(|old| old.organization_id == own.to_string());
    Ok(other.is_none() && is_own && !is_retired_slug(tx, slug).await?)
}

/// Replaces the current slug; the old one redirects to the new one.
pub(super) async fn replace(tx: &Transaction, row: &OrganizationRecord, slug: &str) -> Result<(), StoreError> {
    old_slug::Entity::delete_by_id(slug.to_owned()).exec(tx).await?;
    let old = old_slug::ActiveModel {
        slug: ActiveValue::Set(row.slug.clone()),
        organization_id: ActiveValue::Set(row.id.clone()),
    };
    let already = OnConflict::column(old_slug::Column::Slug).do_nothing().to_owned();
    old_slug::Entity::insert(old).on_conflict(already).exec_without_returning(tx).await?;
    Ok(())
}
