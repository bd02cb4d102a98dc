//! Sessions of portals: a handle that stands for the organization.

use sea_orm::entity::prelude::*;

/// A row. It is removed when the session ends.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "sessions")]
#[allow(missing_docs, reason = "fields of the contract, and those that are told")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: String,
    pub organization_id: String,
    #[sea_orm(unique)]
    pub handle_hash: Vec<u8>,
    pub created_at: i64,
    pub last_used_at: i64,
    pub expires_at: i64,
}

/// There are none that are followed.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
