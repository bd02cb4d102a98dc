//! Public names of organizations.

use domain::id::OrganizationId;
use domain::name;
use domain::organization::State;
use domain::rejection::Rejection;
use sea_orm::{ColumnTrait as _, ConnectionTrait, EntityTrait as _, QueryFilter as _};

use crate::entity::organization;
use crate::{StoreError, agents};

/// Rejects a public name that could be mistaken for the service's or for that of another verified organization.
pub(crate) async fn check_public_name<C: ConnectionTrait>(
    connection: &C,
    name: &str,
    own: OrganizationId,
) -> Result<(), StoreError> {
    agents::check_public_name(name)?;
    if name::is_ours(name) {
        return Err(
            Rejection::NameNotAvailable { reason: "reads like this service's own: choose another".to_owned() }.into()
        );
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
            reason: format!(
                "reads like that of the verified organization {}: choose one that can't be taken for it",
                other.slug
            ),
        }
        .into()),
    }
}
