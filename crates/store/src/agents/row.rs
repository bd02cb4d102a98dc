//! The row of an agent, and the profile it holds.

use domain::agent::{AgentStatus, AgentType, DeploymentEnv, Profile, Word as _};
use domain::capability::Capability;
use domain::email::Email;
use domain::id::{AgentId, OrganizationId};
use domain::rejection::Rejection;

use crate::StoreError;
use crate::entity::agent;

/// The row of a new agent, with an empty profile.
pub(crate) fn blank_row(id: AgentId, organization_id: OrganizationId, did_host: String, now: i64) -> agent::Model {
    agent::Model {
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
pub(crate) fn write_profile(profile: Profile, row: &mut agent::Model) -> Result<(), StoreError> {
    row.name = profile.name;
    row.description = profile.description;
    row.email_key = profile.email.as_ref().map(Email::key);
    row.email = profile.email.map(|email| email.to_string());
    row.agent_type = profile.agent_type.word().into();
    row.version = profile.version;
    row.capabilities = serde_json::to_value(&profile.capabilities).map_err(StoreError::unreadable)?;
    row.tags = serde_json::to_value(&profile.tags).map_err(StoreError::unreadable)?;
    row.skills = profile.skills.map(serde_json::to_value).transpose().map_err(StoreError::unreadable)?;
    row.owner = profile.owner;
    row.deployment_env = profile.deployment_env.word().into();
    row.status = profile.status.word().into();
    row.is_public = profile.is_public;
    row.endpoint_url = profile.endpoint_url;
    row.public_keys = serde_json::Value::Array(profile.public_keys);
    Ok(())
}

/// Reads the profile of a row: the inverse of [`write_profile`].
pub(crate) fn read_profile(row: &agent::Model) -> Result<Profile, StoreError> {
    let wrong = |what: &str| StoreError::Unreadable(format!("the agent {} holds a {what} that can't be read", row.id));
    let texts = |value: &serde_json::Value| {
        serde_json::from_value::<Vec<String>>(value.clone()).map_err(StoreError::unreadable)
    };
    let capabilities = texts(&row.capabilities)?;
    let capabilities = capabilities.iter().map(|text| Capability::read(text)).collect::<Result<_, _>>();
    let email = row.email.as_deref().map(Email::read).transpose();
    Ok(Profile {
        name: row.name.clone(),
        description: row.description.clone(),
        email: email.map_err(|_| wrong("address"))?,
        agent_type: AgentType::read(&row.agent_type).map_err(|_| wrong("type"))?,
        version: row.version.clone(),
        capabilities: capabilities.map_err(|_| wrong("capability"))?,
        tags: texts(&row.tags)?,
        skills: row.skills.clone().map(serde_json::from_value).transpose().map_err(StoreError::unreadable)?,
        owner: row.owner.clone(),
        deployment_env: DeploymentEnv::read(&row.deployment_env).map_err(|_| wrong("environment"))?,
        status: AgentStatus::read(&row.status).map_err(|_| wrong("status"))?,
        is_public: row.is_public,
        endpoint_url: row.endpoint_url.clone(),
        public_keys: row.public_keys.as_array().cloned().unwrap_or_default(),
    })
}

/// Turns the violation of a unique index into its rejection: another agent of the tenant has the email address.
pub(crate) fn email_taken(error: sea_orm::DbErr, email: Option<&str>) -> StoreError {
    match (error.sql_err(), email) {
        (Some(sea_orm::SqlErr::UniqueConstraintViolation(_)), Some(email)) => {
            Rejection::EmailTaken { email: email.to_owned() }.into()
        }
        _ => error.into(),
    }
}
