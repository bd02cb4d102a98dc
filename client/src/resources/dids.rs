//! DID documents and agent cards, as JSON.

use http::StatusCode;
use serde_json::Value;

use crate::operation::declare;
use crate::types::DidResolution;
use crate::{AgentId, Client, Result};

declare! {
    DOCUMENT = Get "getDidDocument" "/agents/{agentId}/did.json", public;
    CARD = Get "getAgentCard" "/agents/{agentId}/agent-card.json", public;
    SERVICE = Get "getServiceDidDocument" "/.well-known/did.json", public;
    RESOLVE = Get "resolveDid" "/api/v1/agents/{agentId}/did/resolve", public;
}

/// DID documents and agent cards.
#[derive(Clone, Debug)]
pub struct Dids(Client);

impl Client {
    /// DID documents and agent cards.
    pub fn dids(&self) -> Dids {
        Dids(self.clone())
    }
}

impl Dids {
    /// Returns an agent's DID document.
    ///
    /// # Errors
    ///
    /// `AgentRemoved` (410) if the agent is decommissioned.
    pub async fn document(&self, agent: AgentId) -> Result<Value> {
        self.0.call_at(DOCUMENT, &[&agent]).fetch().await
    }

    /// Returns an agent's A2A card, signed by the service. 404 if the agent has no endpoint.
    pub async fn card(&self, agent: AgentId) -> Result<Value> {
        self.0.call_at(CARD, &[&agent]).fetch().await
    }

    /// Returns the service's DID document.
    pub async fn service(&self) -> Result<Value> {
        self.0.call(SERVICE).fetch().await
    }

    /// Resolves an agent's DID document with its metadata. `deactivated` is set if the agent is decommissioned.
    pub async fn resolve(&self, agent: AgentId) -> Result<DidResolution> {
        self.0.call_at(RESOLVE, &[&agent]).accept_status(StatusCode::GONE).fetch().await
    }
}
