//! Agents, as their organization sees them.

use domain::agent::{AgentStatus, AgentType, DeploymentEnv};
use domain::did;
use domain::key::PublicKey;
use domain::skill::Skill;
use domain::time::rfc3339;
use serde::Serialize;
use serde_json::Value;
use store::records::AgentRecord;
use utoipa::ToSchema;

/// An agent.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Agent, example = json!({
    "agentId": "01993b6e-8123-7d11-8a2b-77c1d9a0be55", "organizationId": "01993b6e-7f1c-7a52-9a54-6d1f0a3c9d11",
    "name": "Invoice screener", "description": "Flags invoices that differ from their order.", "email": null,
    "agentType": "screener", "version": "0.1.0", "capabilities": ["invoices:read"], "tags": ["finance"], "skills": null,
    "owner": "Northquay Freight Desk", "deploymentEnv": "production", "status": "active", "isPublic": false,
    "did": "did:web:api.sentryagent.ai:agents:01993b6e-8123-7d11-8a2b-77c1d9a0be55", "endpointUrl": null, "publicKeys": [],
    "createdAt": "2026-11-25T09:32:00.000Z", "updatedAt": "2026-11-25T09:32:00.000Z", "publishedAt": null, "decommissionedAt": null,
    "moderation": "visible", "moderationReason": null,
}))]
pub struct AgentView {
    /// Its identifier, and its `client_id`.
    #[schema(format = Uuid)]
    pub agent_id: String,
    /// Its tenant.
    #[schema(format = Uuid)]
    pub organization_id: String,
    /// Its name.
    pub name: String,
    /// What it does.
    pub description: String,
    /// Its address.
    pub email: Option<String>,
    /// What it mostly does.
    #[schema(value_type = AgentType)]
    pub agent_type: String,
    /// Its version (semver).
    pub version: String,
    /// What it says it can do, as `resource:action`.
    #[schema(value_type = Vec<String>)]
    pub capabilities: Value,
    /// Words to be found by.
    #[schema(value_type = Vec<String>)]
    pub tags: Value,
    /// A2A skills.
    #[schema(value_type = Option<Vec<Skill>>)]
    pub skills: Option<Value>,
    /// Who answers for it.
    pub owner: String,
    /// Where it runs.
    #[schema(value_type = DeploymentEnv)]
    pub deployment_env: String,
    /// `active`, `suspended` or `decommissioned`.
    #[schema(value_type = AgentStatus)]
    pub status: String,
    /// Whether it is to stand in the marketplace.
    pub is_public: bool,
    /// Its decentralized identifier (did:web).
    pub did: String,
    /// Where it is reached.
    pub endpoint_url: Option<String>,
    /// Its public keys (JWK).
    #[schema(value_type = Vec<PublicKey>)]
    pub public_keys: Value,
    /// When it was registered.
    #[schema(format = DateTime)]
    pub created_at: String,
    /// When it was last changed.
    #[schema(format = DateTime)]
    pub updated_at: String,
    /// When it first stood in the marketplace.
    #[schema(format = DateTime)]
    pub published_at: Option<String>,
    /// When it was decommissioned.
    #[schema(format = DateTime)]
    pub decommissioned_at: Option<String>,
    /// What the operators decided: `visible`, `flagged` (shown with a warning) or `hidden`.
    #[schema(pattern = "^(visible|flagged|hidden)$")]
    pub moderation: String,
    /// The class of their reason.
    pub moderation_reason: Option<String>,
}

impl From<AgentRecord> for AgentView {
    fn from(row: AgentRecord) -> Self {
        Self {
            did: did::of_agent(&row.did_host, &row.id),
            agent_id: row.id,
            organization_id: row.organization_id,
            name: row.name,
            description: row.description,
            email: row.email,
            agent_type: row.agent_type,
            version: row.version,
            capabilities: row.capabilities,
            tags: row.tags,
            skills: row.skills,
            owner: row.owner,
            deployment_env: row.deployment_env,
            status: row.status,
            is_public: row.is_public,
            endpoint_url: row.endpoint_url,
            public_keys: row.public_keys,
            created_at: rfc3339(row.created_at),
            updated_at: rfc3339(row.updated_at),
            published_at: row.published_at.map(rfc3339),
            decommissioned_at: row.decommissioned_at.map(rfc3339),
            moderation: row.moderation,
            moderation_reason: row.moderation_reason,
        }
    }
}
