//! Credentials of agents.

use crate::operation::declare;
use crate::types::{Credential, CredentialRequest, NewCredential, Rotation};
use crate::{AgentId, Client, CredentialId, List, Paging, Result};

declare! {
    LIST = Get "listCredentials" "/api/v1/agents/{agentId}/credentials";
    CREATE = Post "createCredential" "/api/v1/agents/{agentId}/credentials", keyed;
    ROTATE = Post "rotateCredential" "/api/v1/agents/{agentId}/credentials/{credentialId}/rotate", keyed;
    REVOKE = Delete "revokeCredential" "/api/v1/agents/{agentId}/credentials/{credentialId}";
}

/// Credentials of agents.
#[derive(Clone, Debug)]
pub struct Credentials(Client);

impl Client {
    /// Credentials of agents.
    pub fn credentials(&self) -> Credentials {
        Credentials(self.clone())
    }
}

impl Credentials {
    /// Lists a page of an agent's credentials, newest first, including expired and revoked ones.
    pub async fn list(&self, agent: AgentId, paging: &Paging) -> Result<List<Credential>> {
        self.0.call_at(LIST, &[&agent]).query(paging).fetch().await
    }

    /// Creates a credential. Only this response contains the secret.
    pub async fn create(&self, agent: AgentId, request: &CredentialRequest) -> Result<NewCredential> {
        self.0.call_at(CREATE, &[&agent]).json(request).fetch().await
    }

    /// Creates a credential with the same scopes; the old one stops working now, or after the overlap.
    pub async fn rotate(&self, agent: AgentId, id: CredentialId, rotation: &Rotation) -> Result<NewCredential> {
        self.0.call_at(ROTATE, &[&agent, &id]).json(rotation).fetch().await
    }

    /// Revokes a credential. Introspection reports its tokens as inactive.
    pub async fn revoke(&self, agent: AgentId, id: CredentialId) -> Result<()> {
        self.0.call_at(REVOKE, &[&agent, &id]).send_ignoring_body().await
    }
}
