//! Codes in links that are sent by mail: each works once.

use sea_orm::entity::prelude::*;

/// A row. It is removed when it is used.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "links")]
#[allow(missing_docs, reason = "fields of the contract, and those that are told")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub code_hash: Vec<u8>,
    pub organization_id: String,
    /// verify, claim or recover.
    pub purpose: String,
    pub email: String,
    pub created_at: i64,
    pub expires_at: i64,
}

/// There are none that are followed.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
