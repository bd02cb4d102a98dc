//! Emails that are not sent yet. An email is queued in the transaction of the change that it reports, so neither a crash
//! nor a mail server that is down loses it.

use crate::transaction::Transaction;
use domain::id::OrganizationId;
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveModelTrait as _, ActiveValue, ColumnTrait as _, EntityTrait as _, IntoActiveModel as _, PaginatorTrait as _,
    QueryFilter as _, QueryOrder as _, QuerySelect as _,
};
use uuid::Uuid;

use super::entity::queued_email;
use super::records::QueuedEmailRecord;
use super::{Store, StoreError};

/// Time for which a claimed email belongs to its sender, in milliseconds. If that process stops, another attempt follows.
const CLAIM_MS: i64 = 120_000;

/// Email to be queued.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewEmail {
    /// Organization that it is about.
    pub organization_id: OrganizationId,
    /// Encrypted recipient and text.
    pub content: Vec<u8>,
}

/// Queues an email. `now` is in milliseconds since 1970.
pub(crate) async fn add(tx: &Transaction, email: NewEmail, now: i64) -> Result<(), StoreError> {
    let row = QueuedEmailRecord {
        id: Uuid::now_v7().to_string(),
        organization_id: email.organization_id.to_string(),
        content: email.content,
        attempts: 0,
        created_at: now,
        next_attempt_at: now,
    };
    queued_email::Entity::insert(row.into_active_model()).exec_without_returning(tx).await?;
    Ok(())
}

/// Claims emails that are due, oldest first, at most `limit`: each is due again later, unless it is removed or postponed.
/// `now` is in milliseconds since 1970.
pub async fn claim_due(store: &Store, now: i64, limit: u64) -> Result<Vec<QueuedEmailRecord>, StoreError> {
    let is_due = move || queued_email::Entity::find().filter(queued_email::Column::NextAttemptAt.lte(now));
    if is_due().one(&store.reader).await?.is_none() {
        return Ok(Vec::new());
    }
    let work = store.write(None, move |tx| {
        Box::pin(async move {
            let due = is_due().order_by_asc(queued_email::Column::Id).limit(limit).all(tx).await?;
            let mut claimed = Vec::with_capacity(due.len());
            for row in due {
                let attempts = row.attempts + 1;
                let mut active = row.into_active_model();
                active.attempts = ActiveValue::Set(attempts);
                active.next_attempt_at = ActiveValue::Set(now + CLAIM_MS);
                claimed.push(active.update(tx).await?);
            }
            Ok(claimed)
        })
    });
    work.await
}

/// Counts the emails that are not sent yet.
pub async fn count(store: &Store) -> Result<u64, StoreError> {
    Ok(queued_email::Entity::find().count(&store.reader).await?)
}

/// Postpones an email until a time, in milliseconds since 1970.
pub async fn postpone(store: &Store, id: String, until: i64) -> Result<(), StoreError> {
    let work = store.write(None, move |tx| {
        Box::pin(async move {
            queued_email::Entity::update_many()
                .col_expr(queued_email::Column::NextAttemptAt, Expr::value(until))
                .filter(queued_email::Column::Id.eq(id))
                .exec(tx)
                .await?;
            Ok(())
        })
    });
    work.await
}

/// Removes an email that was sent, or is given up.
pub async fn remove(store: &Store, id: String) -> Result<(), StoreError> {
    let work = store.write(None, move |tx| {
        Box::pin(async move {
            queued_email::Entity::delete_by_id(id).exec(tx).await?;
            Ok(())
        })
    });
    work.await
}
