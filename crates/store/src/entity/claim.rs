//! Claims and the results of their checks.

use sea_orm::entity::prelude::*;

/// Row.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "claims")]
#[allow(missing_docs, reason = "fields of the contract, and those documented")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: String,
    pub organization_id: String,
    pub agent_id: Option<String>,
    /// `domain`, `key` or `repository`.
    pub kind: String,
    /// Domain, repository URL, or key thumbprint.
    pub target: String,
    /// Nonce to publish or sign.
    pub nonce: String,
    /// `pending`, `valid` or `expired`.
    pub state: String,
    /// Method of the last successful check: `dns`, `well-known`, `signature` or `file`.
    pub method: Option<String>,
    pub checked_at: Option<i64>,
    pub expires_at: Option<i64>,
    /// Time of the next daily check; `None` for keys.
    pub next_check_at: Option<i64>,
    pub evidence_url: Option<String>,
    /// Consecutive failed daily checks.
    pub failures: i32,
    /// Finding of the last check, if it failed.
    pub last_failure: Option<String>,
    pub last_tried_at: Option<i64>,
    pub created_at: i64,
}

/// No relations: queries join explicitly.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
