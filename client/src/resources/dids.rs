//! DID documents and agent cards, as JSON.

use http::StatusCode;
use serde_json::Value;

use crate::operation::declare;
use crate::types::DidResolution;
use crate::{AgentId, Client, Result};

declare! {
    DOCUMENT = Get "getDidDocument" "/agents/{agentId}/did.json", open;
    CARD = Get "getAgentCard" "/agents/{agentId}/agent-card.json", open;
    SERVICE = Get "getServiceDidDocument" "/.well-known/did.json", open;
    RESOLVE = Get "resolveDid" "/api/v1/agents/{agentId}/did/resolve", open;
}

/// DID documents and agent cards.
#[derive(Clone, Debug)]
pub struct Dids(pub(crate) Client);

impl Dids {
    /// An agent's DID document.
    ///
    /// # Errors
    ///
    /// `AgentRemoved` (410) where it is decommissioned.
    pub async fn document(&self, agent: AgentId) -> Result<Value> {
        self.0.call_at(DOCUMENT, &[&agent]).fetch().await
    }

    /// An agent's A2A card, signed by the service. There is none (404) without an endpoint.
    pub async fn card(&self, agent: AgentId) -> Result<Value> {
        self.0.call_at(CARD, &[&agent]).fetch().await
    }

    /// The service's own DID document.
    pub async fn service(&self) -> Result<Value> {
        self.0.call(SERVICE).fetch().await
    }

    /// An agent's document with its metadata. Of a decommissioned agent, the answer says `deactivated`.
    pub async fn resolve(&self, agent: AgentId) -> Result<DidResolution> {
        self.0.call_at(RESOLVE, &[&agent]).also(StatusCode::GONE).fetch().await
    }
}
