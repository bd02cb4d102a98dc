//! What happened to agents that the marketplace's index and its mirrors have to hear of, in order.

use sea_orm::entity::prelude::*;

/// A row.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "outbox")]
#[allow(missing_docs, reason = "fields of the contract, and those that are told")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub seq: i64,
    pub agent_id: String,
    /// published, changed, hidden or gone.
    pub kind: String,
    pub at: i64,
}

/// There are none that are followed.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
