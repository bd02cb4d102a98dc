//! Settings of the installation.

use crate::transaction::Transaction;
use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveValue, EntityTrait as _};

use super::entity::setting;
use super::{Store, StoreError};

/// Reads a setting.
pub async fn get(store: &Store, name: &str) -> Result<Option<Vec<u8>>, StoreError> {
    Ok(setting::Entity::find_by_id(name.to_owned()).one(&store.reader).await?.map(|row| row.value))
}

/// Sets a setting unless it already has a value.
pub async fn set_once(store: &Store, name: &str, value: Vec<u8>) -> Result<(), StoreError> {
    let row = setting::ActiveModel { name: ActiveValue::Set(name.to_owned()), value: ActiveValue::Set(value) };
    store.write(None, move |tx| Box::pin(insert(tx, row))).await
}

async fn insert(tx: &Transaction, row: setting::ActiveModel) -> Result<(), StoreError> {
    let already = OnConflict::column(setting::Column::Name).do_nothing().to_owned();
    setting::Entity::insert(row).on_conflict(already).exec_without_returning(tx).await?;
    Ok(())
}
