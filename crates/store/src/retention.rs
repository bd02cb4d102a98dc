//! Deletion of expired rows.

use crate::transaction::Transaction;
use domain::retention::CHANGES_MS;
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _};

use super::entity::{audit_event, link, outbox, revoked_token, session};
use super::signup::create::NOBODY;
use super::{Store, StoreError, idempotency};

/// Deletes expired links, sessions, token revocations, idempotent calls and outbox entries. `now` is in milliseconds
/// since 1970. Organizations are deleted by [`crate::organizations::erase_due`].
pub async fn delete_expired(store: &Store, now: i64) -> Result<(), StoreError> {
    store.write(None, move |tx| Box::pin(delete(tx, now))).await
}

async fn delete(tx: &Transaction, now: i64) -> Result<(), StoreError> {
    link::Entity::delete_many().filter(link::Column::ExpiresAt.lte(now)).exec(tx).await?;
    session::Entity::delete_many().filter(session::Column::ExpiresAt.lte(now)).exec(tx).await?;
    revoked_token::Entity::delete_many().filter(revoked_token::Column::ExpiresAt.lte(now)).exec(tx).await?;
    outbox::Entity::delete_many().filter(outbox::Column::At.lte(now - CHANGES_MS)).exec(tx).await?;
    // Nobody reads the trail of nobody.
    audit_event::Entity::delete_many()
        .filter(audit_event::Column::OrganizationId.eq(NOBODY.to_string()))
        .exec(tx)
        .await?;
    idempotency::delete_expired(tx, now).await
}
