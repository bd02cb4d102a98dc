//! Calls with an `Idempotency-Key`: recorded with what they do, in one transaction, and later with their response.

use domain::retention::IDEMPOTENCY_MS;
use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveValue, ColumnTrait as _, DatabaseTransaction, EntityTrait as _, QueryFilter as _};

use super::entity::idempotent;
use super::{Store, StoreError};

/// A call with an `Idempotency-Key`. Use cases that create something commit it along with what they create.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IdempotentCall {
    /// The HMAC of caller, method, route and key.
    pub id: Vec<u8>,
    /// The SHA-256 of the request's body.
    pub body_hash: Vec<u8>,
    /// When the call came, in milliseconds since 1970.
    pub at: i64,
}

/// A call that was recorded before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordedCall {
    /// The SHA-256 of the request's body.
    pub body_hash: Vec<u8>,
    /// The sealed response. `None` where the service stopped before there was one.
    pub response: Option<Vec<u8>>,
}

/// Finds a call by its HMAC.
pub async fn find(store: &Store, id: &[u8]) -> Result<Option<RecordedCall>, StoreError> {
    let row = idempotent::Entity::find_by_id(id.to_vec()).one(&store.reader).await?;
    Ok(row.map(|row| RecordedCall {
        body_hash: row.body_hash,
        response: Some(row.sealed).filter(|sealed| !sealed.is_empty()),
    }))
}

/// Records a call with its sealed response.
pub async fn save_response(store: &Store, call: IdempotentCall, sealed: Vec<u8>) -> Result<(), StoreError> {
    store.write(None, move |tx| Box::pin(save(tx, call, sealed))).await
}

/// Records a call without a response: it was done.
pub(crate) async fn record(tx: &DatabaseTransaction, call: IdempotentCall) -> Result<(), StoreError> {
    save(tx, call, Vec::new()).await
}

async fn save(tx: &DatabaseTransaction, call: IdempotentCall, sealed: Vec<u8>) -> Result<(), StoreError> {
    let row = idempotent::ActiveModel {
        id: ActiveValue::Set(call.id),
        body_hash: ActiveValue::Set(call.body_hash),
        sealed: ActiveValue::Set(sealed),
        created_at: ActiveValue::Set(call.at),
    };
    let again = OnConflict::column(idempotent::Column::Id).update_column(idempotent::Column::Sealed).to_owned();
    idempotent::Entity::insert(row).on_conflict(again).exec_without_returning(tx).await?;
    Ok(())
}

/// Deletes calls whose time is over.
pub(crate) async fn delete_expired(tx: &DatabaseTransaction, now: i64) -> Result<(), StoreError> {
    idempotent::Entity::delete_many().filter(idempotent::Column::CreatedAt.lte(now - IDEMPOTENCY_MS)).exec(tx).await?;
    Ok(())
}
