//! Sign-up: creation, verification, claim and recovery of organizations.

mod confirm;
pub(crate) mod create;
mod disown;
pub(crate) mod links;
mod pending_link;
mod recover;

use domain::organization::{State, Status};
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _};

use super::entity::organization;
use super::records::OrganizationRecord;
use super::{Store, StoreError};
pub use confirm::{Confirmation, EarlierAccess, confirm};
pub use create::{NewOrganization, create, nobody};
pub use disown::disown;
pub use links::{LinkPurpose, NewLink, create_link};
pub use pending_link::{OrganizationFacts, PendingLink, describe, find_link};
pub use recover::{Recovery, recover};

/// Finds a provisional organization by the HMAC of its claim code. `now` is in milliseconds since 1970.
pub async fn find_by_claim_code(
    store: &Store,
    claim_hash: Vec<u8>,
    now: i64,
) -> Result<Option<OrganizationRecord>, StoreError> {
    let found = organization::Entity::find()
        .filter(organization::Column::ClaimHash.eq(claim_hash))
        .filter(organization::Column::State.eq(State::Provisional.as_str()))
        .one(&store.reader)
        .await?;
    Ok(found.filter(|row| row.expires_at.is_none_or(|end| end > now) && row.status() == Status::Active))
}
