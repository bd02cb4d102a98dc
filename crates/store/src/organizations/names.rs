//! Public names of organizations.

use domain::id::OrganizationId;
use domain::name;
use domain::organization::State;
use domain::rejection::Rejection;
use sea_orm::{ColumnTrait as _, ConnectionTrait, EntityTrait as _, QueryFilter as _};

use super::retired;
use crate::entity::{agent, organization};
use crate::{StoreError, agents};

/// Rejects a public name confusable with that of the service, of another verified organization, or of a deleted
/// publisher.
pub(crate) async fn check_public_name<C: ConnectionTrait>(
    connection: &C,
    name: &str,
    own: OrganizationId,
) -> Result<(), StoreError> {
    agents::check_public_name(name)?;
    if name::is_reserved(name) {
        return Err(Rejection::NameNotAvailable {
            reason: "is confusable with the name of this service; choose another one".to_owned(),
        }
        .into());
    }
    let key = name::key(name);
    if retired::is_retired_name(connection, &key).await? {
        return Err(Rejection::NameNotAvailable {
            reason: "is confusable with that of a deleted publisher; choose another one".to_owned(),
        }
        .into());
    }
    let other = organization::Entity::find()
        .filter(organization::Column::NameKey.eq(key))
        .filter(organization::Column::State.eq(State::Verified.as_str()))
        .filter(organization::Column::Id.ne(own.to_string()))
        .one(connection)
        .await?;
    let Some(other) = other else { return Ok(()) };
    // Organizations that never published anything are not public, and their slugs contain their names.
    let published = agent::Entity::find()
        .filter(agent::Column::OrganizationId.eq(other.id))
        .filter(agent::Column::PublishedAt.is_not_null());
    let reason = match published.one(connection).await? {
        Some(_) => {
            format!("is confusable with that of the verified organization {}; choose another one", other.slug)
        }
        None => "is confusable with that of another verified organization; choose another one".to_owned(),
    };
    Err(Rejection::NameNotAvailable { reason }.into())
}
