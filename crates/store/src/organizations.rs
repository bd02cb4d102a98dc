//! Organizations: the tenants.

mod deletion;
mod erase;
mod names;
mod operator;
mod retired;
mod slugs;
mod tier;
mod update;

use domain::email::Email;
use domain::id::OrganizationId;
use domain::organization::State;
use domain::rejection::{Rejection, Resource};
use sea_orm::{ColumnTrait as _, ConnectionTrait, EntityTrait as _, QueryFilter as _};

use super::entity::organization;
use super::records::OrganizationRecord;
use super::{Store, StoreError};

pub use deletion::{request_deletion, restore, restore_by_code};
pub(crate) use erase::erase;
pub use erase::erase_due;
pub(crate) use names::check_public_name;
pub use operator::{EndedAccess, delete_by_operator, end_credentials, restore_by_operator, suspend};
pub use retired::release;
pub(crate) use retired::{is_retired_slug, missing_agent};
pub use tier::set_tier;
pub use update::{OrganizationUpdate, update};

/// Reads an organization.
///
/// # Errors
///
/// [`Rejection::NotFound`] once it is deleted.
pub async fn get(store: &Store, id: OrganizationId) -> Result<OrganizationRecord, StoreError> {
    get_in(&store.reader, id).await
}

/// Finds the organization with a verified email address.
pub async fn find_verified(store: &Store, email: &Email) -> Result<Option<OrganizationRecord>, StoreError> {
    find_verified_in(&store.reader, email).await
}

pub(crate) async fn get_in<C: ConnectionTrait>(
    connection: &C,
    id: OrganizationId,
) -> Result<OrganizationRecord, StoreError> {
    let found = organization::Entity::find_by_id(id.to_string()).one(connection).await?;
    found.ok_or(Rejection::NotFound(Resource::Other).into())
}

pub(crate) async fn find_verified_in<C: ConnectionTrait>(
    connection: &C,
    email: &Email,
) -> Result<Option<OrganizationRecord>, StoreError> {
    let found = organization::Entity::find()
        .filter(organization::Column::EmailKey.eq(email.key()))
        .filter(organization::Column::State.eq(State::Verified.as_str()))
        .one(connection)
        .await?;
    Ok(found)
}
