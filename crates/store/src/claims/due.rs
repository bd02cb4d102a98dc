//! Claims due for a check or for expiry.

use domain::agent::TextForm as _;
use domain::claim::ClaimState;
use domain::organization::State;
use jiff::Timestamp;
use sea_orm::sea_query::Query;
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _, Select};

use super::Initiator;
use super::expire::expire;
use crate::entity::{claim, organization};
use crate::records::ClaimRecord;
use crate::{Store, StoreError};

/// Claims per batch.
const BATCH: u64 = 100;

/// Lists verified claims of listed organizations whose daily check is due, most overdue first, at most 100. `now` is in
/// milliseconds since 1970.
pub async fn list_due(store: &Store, now: i64) -> Result<Vec<ClaimRecord>, StoreError> {
    let listed = Query::select()
        .column(organization::Column::Id)
        .from(organization::Entity)
        .and_where(organization::Column::State.eq(State::Verified.as_str()))
        .and_where(organization::Column::SuspendedAt.is_null())
        .and_where(organization::Column::DeletionAskedAt.is_null())
        .to_owned();
    let due = valid()
        .filter(claim::Column::NextCheckAt.lte(now))
        .filter(claim::Column::OrganizationId.in_subquery(listed))
        .order_by_asc(claim::Column::NextCheckAt);
    Ok(due.limit(BATCH).all(&store.reader).await?)
}

/// Expires verified claims past their expiry, at most 100. Returns true if there may be more.
pub async fn expire_due(store: &Store, now: Timestamp) -> Result<bool, StoreError> {
    let expired = valid().filter(claim::Column::ExpiresAt.lte(now.as_millisecond()));
    let expired = expired.limit(BATCH).all(&store.reader).await?;
    if expired.is_empty() {
        return Ok(false);
    }
    let work = store.write(None, move |tx| {
        Box::pin(async move {
            for row in expired {
                // The claim may have been checked since it was read.
                let current = claim::Entity::find_by_id(row.id.clone()).one(tx).await?;
                if let Some(current) = current.filter(|current| current.expires_at == row.expires_at) {
                    expire(tx, now, Initiator::System, current, "ended").await?;
                }
            }
            Ok(())
        })
    });
    work.await?;
    Ok(true)
}

fn valid() -> Select<claim::Entity> {
    claim::Entity::find().filter(claim::Column::State.eq(ClaimState::Valid.as_str()))
}
