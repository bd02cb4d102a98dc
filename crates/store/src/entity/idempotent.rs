//! Answers of calls with an Idempotency-Key.

use sea_orm::entity::prelude::*;

/// A row.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "idempotent_answers")]
#[allow(missing_docs, reason = "fields of the contract, and those that are told")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    /// HMAC of caller, method, route and key.
    pub id: Vec<u8>,
    /// SHA-256 of the request's body.
    pub body_hash: Vec<u8>,
    /// Status, headers and body, sealed under a key that only the caller's Idempotency-Key opens. Empty until there is an
    /// answer: what was to be done is done.
    pub sealed: Vec<u8>,
    pub created_at: i64,
}

/// There are none that are followed.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
