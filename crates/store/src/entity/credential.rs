//! Credentials of organizations and agents.

use sea_orm::entity::prelude::*;

/// Row. Contains only the HMAC of the secret.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "credentials")]
#[allow(missing_docs, reason = "fields of the contract, and those documented")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: String,
    pub organization_id: String,
    /// `None` for an admin credential.
    pub agent_id: Option<String>,
    #[sea_orm(unique)]
    pub secret_hash: Vec<u8>,
    pub scopes: String,
    pub created_at: i64,
    pub expires_at: Option<i64>,
    /// Time of revocation; after a rotation, the end of the overlap.
    pub revoked_at: Option<i64>,
    /// Time of the first successful call, an event of the audit trail.
    pub first_call_at: Option<i64>,
}

/// No relations: queries join explicitly.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
