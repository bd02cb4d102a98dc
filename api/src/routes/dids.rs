//! DID documents and agent cards, at the host's root.

pub mod agent;
pub mod card;
pub mod resolve;
pub mod service;

use domain::agent::{AgentStatus, Word as _};
use domain::id::AgentId;
use store::agents;
use store::records::AgentRecord;

use crate::error::ApiError;
use crate::registry::Registry;

/// Finds the agent of a DID, of whatever tenant. A decommissioned agent is removed.
async fn find(registry: &Registry, id: AgentId) -> Result<AgentRecord, ApiError> {
    let agent = agents::get_of_any_tenant(&registry.store, id).await?;
    if agent.status == AgentStatus::Decommissioned.word() {
        return Err(ApiError::Removed { reason: AgentStatus::Decommissioned.word() });
    }
    Ok(agent)
}
