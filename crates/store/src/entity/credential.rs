//! Credentials of organizations and agents.

use sea_orm::entity::prelude::*;

/// A row. Of the secret there is only its hash.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "credentials")]
#[allow(missing_docs, reason = "fields of the contract, and those that are told")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: String,
    pub organization_id: String,
    /// None for the organization's own.
    pub agent_id: Option<String>,
    #[sea_orm(unique)]
    pub secret_hash: Vec<u8>,
    pub scopes: String,
    pub created_at: i64,
    pub expires_at: Option<i64>,
    /// When it was ended; of one that was rotated, the end of the overlap.
    pub revoked_at: Option<i64>,
    /// Its first successful call, which is an event of the audit trail.
    pub first_call_at: Option<i64>,
}

/// There are none that are followed.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
