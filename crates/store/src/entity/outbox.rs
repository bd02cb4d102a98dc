//! Outbox of changes for the marketplace index and its mirrors, in order.

use sea_orm::entity::prelude::*;

/// Row.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "outbox")]
#[allow(missing_docs, reason = "fields of the contract, and those documented")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub seq: i64,
    pub agent_id: String,
    /// `published`, `changed`, `hidden` or `gone`.
    pub kind: String,
    pub at: i64,
}

/// No relations: queries join explicitly.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
