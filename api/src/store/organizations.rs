//! Organizations.

use sea_orm::{ColumnTrait as _, ConnectionTrait, EntityTrait as _, PaginatorTrait as _, QueryFilter as _};

use super::agents;
use super::entity::{old_slug, organization};
use crate::domain::email::Email;
use crate::domain::id::OrganizationId;
use crate::domain::name;
use crate::domain::organization::State;
use crate::error::ApiError;

/// The organization, which has to be there.
pub async fn get<C: ConnectionTrait>(connection: &C, id: OrganizationId) -> Result<organization::Model, ApiError> {
    let found = organization::Entity::find_by_id(id.to_string()).one(connection).await?;
    found.ok_or(ApiError::NotFound { missing: crate::error::Missing::Other })
}

/// The organization that an address was verified for.
pub async fn verified_by<C: ConnectionTrait>(
    connection: &C,
    email: &Email,
) -> Result<Option<organization::Model>, ApiError> {
    let found = organization::Entity::find()
        .filter(organization::Column::EmailKey.eq(email.key()))
        .filter(organization::Column::State.eq(State::Verified.as_str()))
        .one(connection)
        .await?;
    Ok(found)
}

/// That a name may be shown as an organization's own.
pub async fn check_public_name<C: ConnectionTrait>(
    connection: &C,
    name: &str,
    own: OrganizationId,
) -> Result<(), ApiError> {
    agents::check_public_name(name)?;
    let other = organization::Entity::find()
        .filter(organization::Column::NameKey.eq(name::key(name)))
        .filter(organization::Column::State.eq(State::Verified.as_str()))
        .filter(organization::Column::Id.ne(own.to_string()))
        .one(connection)
        .await?;
    match other {
        None => Ok(()),
        Some(other) => Err(ApiError::NameNotAvailable {
            reason: format!(
                "reads like that of the verified organization {}: choose one that can't be taken for it",
                other.slug
            ),
        }),
    }
}

/// How many are provisional.
pub async fn provisional<C: ConnectionTrait>(connection: &C) -> Result<u64, ApiError> {
    let most = organization::Entity::find().filter(organization::Column::State.eq(State::Provisional.as_str()));
    Ok(most.count(connection).await?)
}

/// How many slugs an organization had before.
pub async fn old_slugs<C: ConnectionTrait>(connection: &C, id: OrganizationId) -> Result<u64, ApiError> {
    let old = old_slug::Entity::find().filter(old_slug::Column::OrganizationId.eq(id.to_string()));
    Ok(old.count(connection).await?)
}

/// Whether a slug is one that the organization had before.
pub async fn is_old_slug<C: ConnectionTrait>(
    connection: &C,
    slug: &str,
    own: OrganizationId,
) -> Result<bool, ApiError> {
    let old = old_slug::Entity::find_by_id(slug.to_owned()).one(connection).await?;
    Ok(old.is_some_and(|old| old.organization_id == own.to_string()))
}

/// Whether a slug is free: nobody has it, and nobody else had it.
pub async fn is_slug_free<C: ConnectionTrait>(
    connection: &C,
    slug: &str,
    own: OrganizationId,
) -> Result<bool, ApiError> {
    let taken = organization::Entity::find()
        .filter(organization::Column::Slug.eq(slug))
        .filter(organization::Column::Id.ne(own.to_string()))
        .one(connection)
        .await?;
    let old = old_slug::Entity::find_by_id(slug.to_owned()).one(connection).await?;
    Ok(taken.is_none() && old.is_none_or(|old| old.organization_id == own.to_string()))
}
