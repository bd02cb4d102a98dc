//! Sign-up: an organization is created, confirmed or claimed by email, and recovered.

mod confirm;
mod create;
mod links;
mod recover;

use domain::organization::State;
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _};

use super::entity::organization;
use super::records::OrganizationRecord;
use super::{Store, StoreError};
pub use confirm::{Confirmed, confirm};
pub use create::{NewOrganization, create};
pub use links::{LinkPurpose, create_link};
pub use recover::{Recovered, recover};

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
    Ok(found.filter(|row| row.expires_at.is_none_or(|end| end > now)))
}
