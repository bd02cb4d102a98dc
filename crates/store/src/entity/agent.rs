//! Agents: the row, and its conversion from and to a profile.

use domain::agent::{AgentStatus, AgentType, DeploymentEnv, Profile, TextForm as _};
use domain::capability::Capability;
use domain::email::Email;
use domain::id::{AgentId, OrganizationId};
use sea_orm::entity::prelude::*;

use crate::StoreError;

/// Row.
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "agents")]
#[allow(missing_docs, reason = "fields of the contract, and those documented")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: String,
    pub organization_id: String,
    pub name: String,
    pub description: String,
    pub email: Option<String>,
    /// Unique within the organization.
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
    /// Host of its DID, permanent.
    pub did_host: String,
    /// Number of changes, part of the `ETag`.
    pub revision: i64,
    /// `visible`, `flagged` or `hidden`.
    pub moderation: String,
    /// Reason, unless `visible`.
    pub moderation_reason: Option<String>,
    pub created_at: i64,
    pub updated_at: i64,
    pub published_at: Option<i64>,
    pub decommissioned_at: Option<i64>,
}

/// No relations: queries join explicitly.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// Creates the row of a new agent, with an empty profile.
pub(crate) fn blank_row(id: AgentId, organization_id: OrganizationId, did_host: String, now: i64) -> Model {
    Model {
        id: id.to_string(),
        organization_id: organization_id.to_string(),
        name: String::new(),
        description: String::new(),
        email: None,
        email_key: None,
        agent_type: String::new(),
        version: String::new(),
        capabilities: serde_json::Value::Null,
        tags: serde_json::Value::Null,
        skills: None,
        owner: String::new(),
        deployment_env: String::new(),
        status: String::new(),
        is_public: false,
        endpoint_url: None,
        public_keys: serde_json::Value::Null,
        did_host,
        revision: 1,
        moderation: "visible".to_owned(),
        moderation_reason: None,
        created_at: now,
        updated_at: now,
        published_at: None,
        decommissioned_at: None,
    }
}

/// Writes a profile into a row.
pub(crate) fn write_profile(profile: Profile, row: &mut Model) -> Result<(), StoreError> {
    row.name = profile.name;
    row.description = profile.description;
    row.email_key = profile.email.as_ref().map(Email::key);
    row.email = profile.email.map(|email| email.to_string());
    row.agent_type = profile.agent_type.as_str().into();
    row.version = profile.version;
    row.capabilities = serde_json::to_value(&profile.capabilities).map_err(StoreError::unreadable)?;
    row.tags = serde_json::to_value(&profile.tags).map_err(StoreError::unreadable)?;
    row.skills = profile.skills.map(serde_json::to_value).transpose().map_err(StoreError::unreadable)?;
    row.owner = profile.owner;
    row.deployment_env = profile.deployment_env.as_str().into();
    row.status = profile.status.as_str().into();
    row.is_public = profile.is_public;
    row.endpoint_url = profile.endpoint_url;
    row.public_keys = serde_json::Value::Array(profile.public_keys);
    Ok(())
}

/// Reads the profile of a row: the inverse of [`write_profile`].
pub(crate) fn read_profile(row: &Model) -> Result<Profile, StoreError> {
    let wrong = |what: &str| StoreError::Unreadable(format!("agent {} has an invalid {what}", row.id));
    let texts = |value: &serde_json::Value| {
        serde_json::from_value::<Vec<String>>(value.clone()).map_err(StoreError::unreadable)
    };
    let capabilities = texts(&row.capabilities)?;
    let capabilities = capabilities.iter().map(|text| Capability::parse(text)).collect::<Result<_, _>>();
    Ok(Profile {
        name: row.name.clone(),
        description: row.description.clone(),
        email: row.email.clone().map(Email::stored),
        agent_type: AgentType::parse(&row.agent_type).map_err(|_| wrong("type"))?,
        version: row.version.clone(),
        capabilities: capabilities.map_err(|_| wrong("capability"))?,
        tags: texts(&row.tags)?,
        skills: row.skills.clone().map(serde_json::from_value).transpose().map_err(StoreError::unreadable)?,
        owner: row.owner.clone(),
        deployment_env: DeploymentEnv::parse(&row.deployment_env).map_err(|_| wrong("environment"))?,
        status: AgentStatus::parse(&row.status).map_err(|_| wrong("status"))?,
        is_public: row.is_public,
        endpoint_url: row.endpoint_url.clone(),
        public_keys: row.public_keys.as_array().cloned().unwrap_or_default(),
    })
}
