//! Heads of all chains.

use domain::id::OrganizationId;
use sea_orm::{
    ActiveModelTrait as _, ActiveValue, ColumnTrait as _, EntityTrait as _, IntoActiveModel as _, QueryFilter as _,
    QueryOrder as _,
};

use super::{RecordedHead, authenticate};
use crate::entity::audit_head;
use crate::{Store, StoreError, parse_stored};

/// Lists the heads of all chains, by organization.
pub async fn list_heads(store: &Store) -> Result<Vec<(OrganizationId, RecordedHead)>, StoreError> {
    let rows = audit_head::Entity::find().order_by_asc(audit_head::Column::OrganizationId).all(&store.reader).await?;
    let heads = rows.into_iter().map(|row| {
        let id = parse_stored(&row.organization_id)?;
        Ok((id, authenticate(store.head_key.as_deref(), row)))
    });
    heads.collect()
}

/// Authenticates the heads of chains that earlier versions wrote, without a code. Returns their number. Once for each
/// installation: later, a head without a code means that the database was changed.
pub async fn seal_heads(store: &Store) -> Result<u64, StoreError> {
    let work = store.write(None, move |tx| {
        Box::pin(async move {
            let Some(key) = tx.head_key() else { return Ok(0) };
            let rows = audit_head::Entity::find().filter(audit_head::Column::Mac.is_null()).all(tx).await?;
            let count = rows.len() as u64;
            for row in rows {
                let mac = key.sign(&row.organization_id, row.seq.unsigned_abs(), &row.hash);
                let mut active = row.into_active_model();
                active.mac = ActiveValue::Set(Some(mac));
                active.update(tx).await?;
            }
            Ok(count)
        })
    });
    work.await
}
