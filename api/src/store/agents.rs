//! Agents.

use sea_orm::{
    ActiveValue, ColumnTrait as _, ConnectionTrait, DatabaseTransaction, EntityTrait as _, PaginatorTrait as _,
    QueryFilter as _,
};

use super::entity::{agent, organization, outbox};
use crate::domain::agent::{AgentStatus, AgentType, DeploymentEnv, Profile, Word as _};
use crate::domain::capability::Capability;
use crate::domain::email::Email;
use crate::domain::id::{AgentId, OrganizationId};
use crate::domain::name;
use crate::domain::organization::State;
use crate::error::ApiError;

/// The tenant's agent. Another tenant's is none.
pub async fn get<C: ConnectionTrait>(
    connection: &C,
    tenant: OrganizationId,
    id: AgentId,
) -> Result<agent::Model, ApiError> {
    let found = agent::Entity::find_by_id(id.to_string()).one(connection).await?;
    found.filter(|row| row.organization_id == tenant.to_string()).ok_or(ApiError::NO_AGENT)
}

/// How many agents of a tenant are not decommissioned.
pub async fn count<C: ConnectionTrait>(connection: &C, tenant: OrganizationId) -> Result<u64, ApiError> {
    let living = agent::Entity::find()
        .filter(agent::Column::OrganizationId.eq(tenant.to_string()))
        .filter(agent::Column::Status.ne(AgentStatus::Decommissioned.word()));
    Ok(living.count(connection).await?)
}

/// An agent of which nothing is said yet.
pub fn blank(id: AgentId, organization_id: OrganizationId, did_host: String, now: i64) -> agent::Model {
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

/// What an agent says of itself, as it is kept.
pub fn write(profile: Profile, row: &mut agent::Model) -> Result<(), ApiError> {
    row.name = profile.name;
    row.description = profile.description;
    row.email_key = profile.email.as_ref().map(crate::domain::email::Email::key);
    row.email = profile.email.map(|email| email.to_string());
    row.agent_type = profile.agent_type.word().into();
    row.version = profile.version;
    row.capabilities = serde_json::to_value(&profile.capabilities).map_err(ApiError::internal)?;
    row.tags = serde_json::to_value(&profile.tags).map_err(ApiError::internal)?;
    row.skills = profile.skills.map(serde_json::to_value).transpose().map_err(ApiError::internal)?;
    row.owner = profile.owner;
    row.deployment_env = profile.deployment_env.word().into();
    row.status = profile.status.word().into();
    row.is_public = profile.is_public;
    row.endpoint_url = profile.endpoint_url;
    row.public_keys = serde_json::Value::Array(profile.public_keys);
    Ok(())
}

/// What a row says of its agent: the other way of [`write`].
pub fn read(row: &agent::Model) -> Result<Profile, ApiError> {
    let wrong = |what: &str| ApiError::internal(format!("the agent {} holds a {what} that can't be read", row.id));
    let texts =
        |value: &serde_json::Value| serde_json::from_value::<Vec<String>>(value.clone()).map_err(ApiError::internal);
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
        skills: row.skills.clone().map(serde_json::from_value).transpose().map_err(ApiError::internal)?,
        owner: row.owner.clone(),
        deployment_env: DeploymentEnv::read(&row.deployment_env).map_err(|_| wrong("environment"))?,
        status: AgentStatus::read(&row.status).map_err(|_| wrong("status"))?,
        is_public: row.is_public,
        endpoint_url: row.endpoint_url.clone(),
        public_keys: row.public_keys.as_array().cloned().unwrap_or_default(),
    })
}

/// An address that another agent of the tenant has is told as what it is.
pub fn taken(error: sea_orm::DbErr, email: Option<&str>) -> ApiError {
    match (error.sql_err(), email) {
        (Some(sea_orm::SqlErr::UniqueConstraintViolation(_)), Some(email)) => {
            ApiError::AlreadyExists { email: email.to_owned() }
        }
        _ => error.into(),
    }
}

/// That a name may be shown to everybody.
pub fn check_public_name(text: &str) -> Result<(), ApiError> {
    match name::mixed(text) {
        None => Ok(()),
        Some(word) => Err(ApiError::NameNotAvailable {
            reason: format!(
                "mixes letters of alphabets that look alike in the word {word:?}: write it in one alphabet"
            ),
        }),
    }
}

/// Whether everybody may see it.
pub fn is_published(row: &agent::Model, tenant: State) -> bool {
    row.is_public && tenant == State::Verified && row.status == AgentStatus::Active.word() && row.moderation != "hidden"
}

/// Tells the marketplace of a change, if it is one for it.
pub async fn tell(tx: &DatabaseTransaction, id: &str, was: bool, is: bool, now: i64) -> Result<(), ApiError> {
    let kind = match (was, is) {
        (false, false) => return Ok(()),
        (false, true) => "published",
        (true, true) => "changed",
        (true, false) => "hidden",
    };
    note(tx, id, kind, now).await
}

/// Tells the marketplace that an organization's published agents are shown otherwise than before, or one of them.
pub async fn tell_shown(
    tx: &DatabaseTransaction,
    organization: &organization::Model,
    alone: Option<&str>,
    now: i64,
) -> Result<(), ApiError> {
    let Some(state) = State::read(&organization.state) else { return Ok(()) };
    let mut select = agent::Entity::find()
        .filter(agent::Column::OrganizationId.eq(organization.id.clone()))
        .filter(agent::Column::IsPublic.eq(true));
    if let Some(id) = alone {
        select = select.filter(agent::Column::Id.eq(id));
    }
    for row in select.all(tx).await?.iter().filter(|row| is_published(row, state)) {
        note(tx, &row.id, "changed", now).await?;
    }
    Ok(())
}

/// Adds a line to the outbox.
pub async fn note(tx: &DatabaseTransaction, id: &str, kind: &str, now: i64) -> Result<(), ApiError> {
    let row = outbox::ActiveModel {
        seq: ActiveValue::NotSet,
        agent_id: ActiveValue::Set(id.to_owned()),
        kind: ActiveValue::Set(kind.to_owned()),
        at: ActiveValue::Set(now),
    };
    outbox::Entity::insert(row).exec_without_returning(tx).await?;
    Ok(())
}
