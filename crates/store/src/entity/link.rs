//! Codes of emailed links. Each works once.

use sea_orm::entity::prelude::*;

/// Row, deleted on use.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "links")]
#[allow(missing_docs, reason = "fields of the contract, and those documented")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub code_hash: Vec<u8>,
    pub organization_id: String,
    /// `verify`, `claim` or `recover`.
    pub purpose: String,
    pub email: String,
    pub created_at: i64,
    pub expires_at: i64,
}

/// No relations: queries join explicitly.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
