//! Heads of all chains.

use domain::id::OrganizationId;
use sea_orm::sea_query::Query;
use sea_orm::{
    ActiveModelTrait as _, ActiveValue, ColumnTrait as _, EntityTrait as _, IntoActiveModel as _, QueryFilter as _,
    QueryOrder as _, QuerySelect as _,
};

use super::{RecordedHead, authenticate};
use crate::entity::{audit_head, organization};
use crate::signup::create::NOBODY;
use crate::{Store, StoreError, parse_stored};

/// Lists the heads of the chains of all organizations, at most `limit`, after an organization. Chains of deleted ones have
/// no events any more. Blocks for a moment: it computes a code for each.
pub async fn list_heads(
    store: &Store,
    after: Option<OrganizationId>,
    limit: u64,
) -> Result<Vec<(OrganizationId, RecordedHead)>, StoreError> {
    let organizations = Query::select().column(organization::Column::Id).from(organization::Entity).to_owned();
    let mut select = audit_head::Entity::find()
        .filter(audit_head::Column::OrganizationId.in_subquery(organizations))
        .order_by_asc(audit_head::Column::OrganizationId);
    if let Some(after) = after {
        select = select.filter(audit_head::Column::OrganizationId.gt(after.to_string()));
    }
    let rows = select.limit(limit).all(&store.reader).await?;
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
            let rows = audit_head::Entity::find()
                .filter(audit_head::Column::Mac.is_null())
                .filter(audit_head::Column::OrganizationId.ne(NOBODY.to_string()))
                .all(tx)
                .await?;
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
