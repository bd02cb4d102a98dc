//! Credentials of agents.

pub mod create;
pub mod list;
pub mod revoke;
pub mod rotate;

use sea_orm::{ConnectionTrait, EntityTrait as _};

use crate::domain::id::{AgentId, CredentialId, OrganizationId};
use crate::error::{ApiError, Missing};
use crate::store::entity::credential;

/// The agent's credential. Another's is none.
async fn get<C: ConnectionTrait>(
    connection: &C,
    tenant: OrganizationId,
    agent: AgentId,
    id: CredentialId,
) -> Result<credential::Model, ApiError> {
    let found = credential::Entity::find_by_id(id.to_string()).one(connection).await?;
    found
        .filter(|row| row.organization_id == tenant.to_string() && row.agent_id == Some(agent.to_string()))
        .ok_or(ApiError::NotFound { missing: Missing::Credential })
}
