//! Agents.

use sea_orm::entity::prelude::*;

/// A row.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "agents")]
#[allow(missing_docs, reason = "fields of the contract, and those that are told")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: String,
    pub organization_id: String,
    pub name: String,
    pub description: String,
    pub email: Option<String>,
    /// Unique in the organization.
    pub email_key: Option<String>,
    pub agent_type: String,
    pub version: String,
    pub capabilities: Json,
    pub tags: Json,
    pub skills: Option<Json>,
    pub owner: String,
    pub deployment_env: String,
    pub status: String,
    pub is_public: bool,
    pub endpoint_url: Option<String>,
    pub public_keys: Json,
    /// The host of its DID, kept from its creation on.
    pub did_host: String,
    /// Counts its changes: the `ETag`.
    pub revision: i64,
    /// visible, flagged or hidden.
    pub moderation: String,
    /// The class of the reason, where it is not visible.
    pub moderation_reason: Option<String>,
    pub created_at: i64,
    pub updated_at: i64,
    pub published_at: Option<i64>,
    pub decommissioned_at: Option<i64>,
}

/// There are none that are followed.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
