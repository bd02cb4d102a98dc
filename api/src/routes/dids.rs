//! DID documents and agent cards, at the root of the host.

pub mod agent;
pub mod card;
pub mod resolve;
pub mod service;

use domain::agent::{AgentStatus, TextForm as _};
use domain::id::AgentId;
use store::agents::{self, OwnedAgent};

use crate::error::ApiError;
use crate::registry::Registry;

/// Finds the agent of a DID, in any organization. Rejects agents whose DID is deactivated as removed.
async fn find(registry: &Registry, id: AgentId) -> Result<OwnedAgent, ApiError> {
    let found = agents::get_of_any_tenant(&registry.store, id).await?;
    match found.is_deactivated() {
        false => Ok(found),
        true if found.agent.status == AgentStatus::Decommissioned.as_str() => {
            Err(ApiError::Removed { reason: AgentStatus::Decommissioned.as_str() })
        }
        true => Err(ApiError::Removed { reason: "deleted" }),
    }
}
