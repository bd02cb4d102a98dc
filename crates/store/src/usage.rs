//! Daily usage of organizations.

use crate::transaction::Transaction;
use domain::id::OrganizationId;
use sea_orm::sea_query::{Expr, ExprTrait as _, OnConflict};
use sea_orm::{ActiveValue, EntityTrait as _};

use super::entity::usage;
use super::{Store, StoreError};

/// Usage of an organization on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DayUsage {
    /// ID of the organization.
    pub organization: OrganizationId,
    /// Day, in days since 1970-01-01 UTC.
    pub day: i64,
    /// Authenticated calls.
    pub calls: u64,
    /// Issued tokens.
    pub tokens: u64,
}

/// Reads the usage of a day.
pub async fn get(store: &Store, organization: OrganizationId, day: i64) -> Result<DayUsage, StoreError> {
    let row = usage::Entity::find_by_id((organization.to_string(), day)).one(&store.reader).await?;
    let (calls, tokens) = row.map_or((0, 0), |row| (row.calls.unsigned_abs(), row.tokens.unsigned_abs()));
    Ok(DayUsage { organization, day, calls, tokens })
}

/// Adds to the recorded usage.
pub async fn add(store: &Store, more: Vec<DayUsage>) -> Result<(), StoreError> {
    store.write(None, move |tx| Box::pin(apply(tx, more))).await
}

async fn apply(tx: &Transaction, more: Vec<DayUsage>) -> Result<(), StoreError> {
    for DayUsage { organization, day, calls, tokens } in more {
        let (calls, tokens) = (i64::try_from(calls).unwrap_or(0), i64::try_from(tokens).unwrap_or(0));
        let row = usage::ActiveModel {
            organization_id: ActiveValue::Set(organization.to_string()),
            day: ActiveValue::Set(day),
            calls: ActiveValue::Set(calls),
            tokens: ActiveValue::Set(tokens),
        };
        let added = OnConflict::columns([usage::Column::OrganizationId, usage::Column::Day])
            .value(usage::Column::Calls, Expr::col((usage::Entity, usage::Column::Calls)).add(calls))
            .value(usage::Column::Tokens, Expr::col((usage::Entity, usage::Column::Tokens)).add(tokens))
            .to_owned();
        usage::Entity::insert(row).on_conflict(added).exec_without_returning(tx).await?;
    }
    Ok(())
}
