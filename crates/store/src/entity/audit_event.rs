//! Events of the audit trail: only ever added.

use sea_orm::entity::prelude::*;

/// A row: an event of `domain::audit`, field by field.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "audit_events")]
#[allow(missing_docs, reason = "fields of the contract, and those that are told")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub organization_id: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub seq: i64,
    #[sea_orm(unique)]
    pub event_id: String,
    /// As it was hashed.
    pub timestamp: String,
    pub agent_id: Option<String>,
    pub actor: String,
    pub action: String,
    pub outcome: String,
    /// JSON as it was hashed.
    pub metadata: String,
    pub previous_hash: String,
    pub hash: String,
}

/// There are none that are followed.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
