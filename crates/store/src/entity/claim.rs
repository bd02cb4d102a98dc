//! Claims: what an organization says of itself or of an agent, and how the checks came out.

use sea_orm::entity::prelude::*;

/// A row.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "claims")]
#[allow(missing_docs, reason = "fields of the contract, and those that are told")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: String,
    pub organization_id: String,
    pub agent_id: Option<String>,
    /// domain, key or repository.
    pub kind: String,
    /// The domain, the repository's address, or the key's thumbprint.
    pub target: String,
    /// What has to be published or signed.
    pub nonce: String,
    /// pending, valid or expired.
    pub state: String,
    /// How the last successful check was made: dns, well-known, signature or file.
    pub method: Option<String>,
    pub checked_at: Option<i64>,
    pub expires_at: Option<i64>,
    /// When the job checks it again; not where it can't.
    pub next_check_at: Option<i64>,
    pub evidence_url: Option<String>,
    /// Daily checks that failed in a row.
    pub failures: i32,
    /// What the last check found wrong.
    pub last_failure: Option<String>,
    pub last_tried_at: Option<i64>,
    pub created_at: i64,
}

/// There are none that are followed.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
