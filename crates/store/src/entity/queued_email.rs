//! Emails that are not sent yet.

use sea_orm::entity::prelude::*;

/// Row, deleted once the email is sent.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "queued_emails")]
#[allow(missing_docs, reason = "fields of the contract, and those documented")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: String,
    /// Organization that the email is about; the email is deleted with it.
    pub organization_id: String,
    /// Encrypted recipient and text: emails contain codes that sign in.
    pub content: Vec<u8>,
    /// Number of attempts so far.
    pub attempts: i32,
    pub created_at: i64,
    pub next_attempt_at: i64,
}

/// No relations: queries join explicitly.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
