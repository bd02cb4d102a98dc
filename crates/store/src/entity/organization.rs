//! Organizations.

use sea_orm::entity::prelude::*;

/// A row.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "organizations")]
#[allow(missing_docs, reason = "fields of the contract, and those that are told")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: String,
    pub name: String,
    pub display_name: Option<String>,
    /// What names that read the same as its public one have in common (`domain::name`).
    pub name_key: String,
    #[sea_orm(unique)]
    pub slug: String,
    /// The confirmed address, or the one that was given and is not confirmed yet.
    pub email: Option<String>,
    /// What two spellings of that mailbox have in common.
    pub email_key: Option<String>,
    pub state: String,
    pub tier: String,
    /// When a provisional one ends.
    pub expires_at: Option<i64>,
    /// The hash of the code by which a provisional one is claimed.
    pub claim_hash: Option<Vec<u8>>,
    /// When it was asked to be deleted; seven days later it is.
    pub deletion_asked_at: Option<i64>,
    pub created_at: i64,
    pub updated_at: i64,
}

/// There are none that are followed.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
