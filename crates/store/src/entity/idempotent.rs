//! Responses of calls with an `Idempotency-Key`.

use sea_orm::entity::prelude::*;

/// Row.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "idempotent_answers")]
#[allow(missing_docs, reason = "fields of the contract, and those documented")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    /// HMAC of caller, method, route and key.
    pub id: Vec<u8>,
    /// SHA-256 of the request's body.
    pub body_hash: Vec<u8>,
    /// Status, headers and body, encrypted under a key derived from the caller's `Idempotency-Key`. Empty until the
    /// response is recorded.
    pub sealed: Vec<u8>,
    pub created_at: i64,
}

/// No relations: queries join explicitly.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
