//! Agents.

mod decommission;
mod list;
mod register;
mod update;

use domain::agent::{AgentStatus, TextForm as _};
use domain::id::{AgentId, OrganizationId};
use domain::organization::Status;
use domain::rejection::{Rejection, Resource};
use sea_orm::{ColumnTrait as _, ConnectionTrait, EntityTrait as _, PaginatorTrait as _, QueryFilter as _};

use super::entity::agent;
use super::records::{AgentRecord, OrganizationRecord};
use super::{Store, StoreError, organizations, outbox, parse_stored};

pub use decommission::decommission;
pub use list::{AgentFilter, list};
pub use register::register;
pub use update::update;

/// Finds an agent of an organization. Agents of other organizations are not found.
///
/// # Errors
///
/// [`Rejection::NotFound`].
pub async fn get(store: &Store, tenant: OrganizationId, id: AgentId) -> Result<AgentRecord, StoreError> {
    get_in(&store.reader, tenant, id).await
}

/// Agent with its organization.
#[derive(Clone, Debug)]
pub struct OwnedAgent {
    /// Agent.
    pub agent: AgentRecord,
    /// Organization.
    pub organization: OrganizationRecord,
}

impl OwnedAgent {
    /// Returns true if the marketplace shows the agent.
    pub fn is_published(&self) -> bool {
        outbox::is_published(&self.agent, &self.organization)
    }

    /// Returns true if the DID of the agent is deactivated: it is decommissioned, or the deletion of its organization was
    /// requested.
    pub fn is_deactivated(&self) -> bool {
        self.agent.status == AgentStatus::Decommissioned.as_str()
            || matches!(self.organization.status(), Status::Deleting { .. })
    }

    /// Returns true if the agent and its organization can act.
    pub fn is_active(&self) -> bool {
        self.agent.status == AgentStatus::Active.as_str() && self.organization.status() == Status::Active
    }
}

/// Finds an agent of any organization: its DID is public from registration.
///
/// # Errors
///
/// [`Rejection::NotFound`]; [`Rejection::Removed`] if its organization was deleted.
pub async fn get_of_any_tenant(store: &Store, id: AgentId) -> Result<OwnedAgent, StoreError> {
    let Some(agent) = agent::Entity::find_by_id(id.to_string()).one(&store.reader).await? else {
        return Err(organizations::missing_agent(store, id, false).await?.into());
    };
    let organization = organizations::get_in(&store.reader, parse_stored(&agent.organization_id)?).await?;
    Ok(OwnedAgent { agent, organization })
}

/// Counts the agents of an organization, excluding decommissioned ones.
pub async fn count(store: &Store, tenant: OrganizationId) -> Result<u64, StoreError> {
    count_in(&store.reader, tenant).await
}

pub(crate) async fn get_in<C: ConnectionTrait>(
    connection: &C,
    tenant: OrganizationId,
    id: AgentId,
) -> Result<AgentRecord, StoreError> {
    let found = agent::Entity::find_by_id(id.to_string()).one(connection).await?;
    found.filter(|row| row.organization_id == tenant.to_string()).ok_or(Rejection::NotFound(Resource::Agent).into())
}

pub(crate) async fn count_in<C: ConnectionTrait>(connection: &C, tenant: OrganizationId) -> Result<u64, StoreError> {
    let living = agent::Entity::find()
        .filter(agent::Column::OrganizationId.eq(tenant.to_string()))
        .filter(agent::Column::Status.ne(AgentStatus::Decommissioned.as_str()));
    Ok(living.count(connection).await?)
}

/// Rejects a name of a published agent that mixes confusable scripts or contains the name of the service.
pub(crate) fn check_public_name(text: &str) -> Result<(), Rejection> {
    if domain::name::contains_house(text) {
        let reason = "contains the name of this service; choose another one".to_owned();
        return Err(Rejection::NameNotAvailable { reason });
    }
    match domain::name::find_mixed_scripts(text) {
        None => Ok(()),
        Some(word) => Err(Rejection::NameNotAvailable {
            reason: format!("mixes confusable scripts in the word {word:?}; use a single script"),
        }),
    }
}

/// Rejects an update of a decommissioned agent.
pub(crate) fn require_not_decommissioned(agent: &AgentRecord) -> Result<(), Rejection> {
    if agent.status == AgentStatus::Decommissioned.as_str() {
        Err(Rejection::Removed { reason: AgentStatus::Decommissioned.as_str() })
    } else {
        Ok(())
    }
}

/// Converts the violation of the unique index into a rejection: the email address is already in use.
pub(crate) fn email_taken(error: sea_orm::DbErr, email: Option<&str>) -> StoreError {
    match (error.sql_err(), email) {
        (Some(sea_orm::SqlErr::UniqueConstraintViolation(_)), Some(email)) => {
            Rejection::EmailTaken { email: email.to_owned() }.into()
        }
        _ => error.into(),
    }
}
