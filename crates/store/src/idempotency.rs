//! Calls with an `Idempotency-Key`, recorded with their response in the transaction of their effect.

use crate::transaction::Transaction;
use domain::retention::IDEMPOTENCY_MS;
use sea_orm::{ActiveValue, ColumnTrait as _, EntityTrait as _, QueryFilter as _};

use super::entity::idempotent;
use super::{Store, StoreError};

/// Call with an `Idempotency-Key`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IdempotentCall {
    /// HMAC of caller, method, route and key.
    pub id: Vec<u8>,
    /// SHA-256 of the request body.
    pub body_hash: Vec<u8>,
    /// Time of the call, in milliseconds since 1970.
    pub at: i64,
}

type Seal<T> = Box<dyn FnOnce(&T) -> Result<Vec<u8>, String> + Send>;

/// Way to the encrypted response of a call from the result of a use case, which the use case commits with its effect. If
/// the response can't be built, nothing is committed: after a commit, a secret in it would be lost.
pub struct SealedCall<T> {
    call: IdempotentCall,
    seal: Seal<T>,
}

impl<T> SealedCall<T> {
    /// Creates the record of a call. `seal` encrypts the response; its error is for the log.
    pub fn new(call: IdempotentCall, seal: impl FnOnce(&T) -> Result<Vec<u8>, String> + Send + 'static) -> Self {
        Self { call, seal: Box::new(seal) }
    }

    /// Records the call with its response.
    pub(crate) async fn record(self, tx: &Transaction, result: &T) -> Result<(), StoreError> {
        let sealed = (self.seal)(result).map_err(StoreError::Response)?;
        save(tx, self.call, sealed).await
    }
}

impl<T> std::fmt::Debug for SealedCall<T> {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("SealedCall").field("call", &self.call).finish_non_exhaustive()
    }
}

/// Recorded call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordedCall {
    /// SHA-256 of the request body.
    pub body_hash: Vec<u8>,
    /// Time of the call, in milliseconds since 1970.
    pub at: i64,
    /// Encrypted response. `None` for calls of earlier versions that stopped before there was one.
    pub response: Option<Vec<u8>>,
}

/// Finds a call by its HMAC.
pub async fn find(store: &Store, id: &[u8]) -> Result<Option<RecordedCall>, StoreError> {
    let row = idempotent::Entity::find_by_id(id.to_vec()).one(&store.reader).await?;
    Ok(row.map(|row| RecordedCall {
        body_hash: row.body_hash,
        at: row.created_at,
        response: Some(row.sealed).filter(|sealed| !sealed.is_empty()),
    }))
}

async fn save(tx: &Transaction, call: IdempotentCall, sealed: Vec<u8>) -> Result<(), StoreError> {
    let row = idempotent::ActiveModel {
        id: ActiveValue::Set(call.id),
        body_hash: ActiveValue::Set(call.body_hash),
        sealed: ActiveValue::Set(sealed),
        created_at: ActiveValue::Set(call.at),
    };
    idempotent::Entity::insert(row).exec_without_returning(tx).await?;
    Ok(())
}

/// Deletes expired calls.
pub(crate) async fn delete_expired(tx: &Transaction, now: i64) -> Result<(), StoreError> {
    idempotent::Entity::delete_many().filter(idempotent::Column::CreatedAt.lte(now - IDEMPOTENCY_MS)).exec(tx).await?;
    Ok(())
}
