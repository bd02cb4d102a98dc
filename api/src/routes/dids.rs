//! DID documents and agent cards, at the root of the host.

pub mod agent;
pub mod card;
pub mod resolve;
pub mod service;

use domain::agent::{AgentStatus, TextForm as _};
use domain::id::AgentId;
use store::agents;
use store::records::AgentRecord;

use crate::error::ApiError;
use crate::registry::Registry;

/// Finds the agent of a DID, in any organization. Rejects decommissioned agents as removed.
async fn find(registry: &Registry, id: AgentId) -> Result<AgentRecord, ApiError> {
    let agent = agents::get_of_any_tenant(&registry.store, id).await?;
    if agent.status == AgentStatus::Decommissioned.as_str() {
        return Err(ApiError::Removed { reason: AgentStatus::Decommissioned.as_str() });
    }
    Ok(agent)
}
