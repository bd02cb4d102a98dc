//! Organizations.

use sea_orm::entity::prelude::*;

/// Row.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "organizations")]
#[allow(missing_docs, reason = "fields of the contract, and those documented")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: String,
    pub name: String,
    pub display_name: Option<String>,
    /// Key of the public name, equal for confusable names (`domain::name`).
    pub name_key: String,
    #[sea_orm(unique)]
    pub slug: String,
    /// Email address; verified once the state is `verified`.
    pub email: Option<String>,
    /// Key of the email address, for uniqueness.
    pub email_key: Option<String>,
    pub state: String,
    pub tier: String,
    /// Expiry of a provisional organization.
    pub expires_at: Option<i64>,
    /// HMAC of the claim code of a provisional organization.
    pub claim_hash: Option<Vec<u8>>,
    /// Time of the deletion request; deleted seven days later.
    pub deletion_asked_at: Option<i64>,
    pub created_at: i64,
    pub updated_at: i64,
}

/// No relations: queries join explicitly.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
