//! Public names of organizations.

use domain::id::OrganizationId;
use domain::name;
use domain::organization::State;
use domain::rejection::Rejection;
use sea_orm::{ColumnTrait as _, ConnectionTrait, EntityTrait as _, QueryFilter as _};

use crate::entity::organization;
use crate::{StoreError, agents};

/// Rejects a public name confusable with that of the service or of another verified organization.
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
    let other = organization::Entity::find()
        .filter(organization::Column::NameKey.eq(name::key(name)))
        .filter(organization::Column::State.eq(State::Verified.as_str()))
        .filter(organization::Column::Id.ne(own.to_string()))
        .one(connection)
        .await?;
    match other {
        None => Ok(()),
        Some(other) => Err(Rejection::NameNotAvailable {
            reason: format!("is confusable with that of the verified organization {}; choose another one", other.slug),
        }
        .into()),
    }
}
