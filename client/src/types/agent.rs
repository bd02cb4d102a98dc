//! Agents.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{Moderation, ReportReason};
use crate::open_enum::open_enum;
use crate::{AgentId, ETag, OrganizationId, Patch};

open_enum! {
    /// Type of an agent: its main purpose.
    AgentType, Other {
        /// Screens items and flags some of them.
        Screener = "screener",
        /// Classifies items.
        Classifier = "classifier",
        /// Coordinates other agents.
        Orchestrator = "orchestrator",
        /// Extracts data from documents.
        Extractor = "extractor",
        /// Summarizes text.
        Summarizer = "summarizer",
        /// Routes items to their destination.
        Router = "router",
        /// Monitors systems or data.
        Monitor = "monitor",
        /// Other purpose.
        Custom = "custom",
    }
}

open_enum! {
    /// Deployment environment of an agent.
    DeploymentEnv, Other {
        /// In development.
        Development = "development",
        /// In testing.
        Staging = "staging",
        /// In production use.
        Production = "production",
    }
}

open_enum! {
    /// Status of an agent.
    AgentStatus, Other {
        /// Working.
        Active = "active",
        /// Suspended: gets no tokens until it is active again.
        Suspended = "suspended",
        /// Decommissioned, permanently.
        Decommissioned = "decommissioned",
    }
}

/// Agent.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Agent {
    /// ID, also the `client_id`.
    pub agent_id: AgentId,
    /// ID of the organization.
    pub organization_id: OrganizationId,
    /// Name.
    pub name: String,
    /// Description.
    pub description: String,
    /// Email address.
    pub email: Option<String>,
    /// Type.
    pub agent_type: AgentType,
    /// Version (SemVer 2.0.0).
    pub version: String,
    /// Declared capabilities, as `resource:action`.
    pub capabilities: Vec<String>,
    /// Search tags.
    pub tags: Vec<String>,
    /// A2A skills.
    pub skills: Option<Vec<Value>>,
    /// Owner: the responsible person or team.
    pub owner: String,
    /// Deployment environment.
    pub deployment_env: DeploymentEnv,
    /// Status.
    pub status: AgentStatus,
    /// Published in the marketplace, once the organization is verified.
    pub is_public: bool,
    /// Decentralized identifier (did:web).
    pub did: String,
    /// Endpoint URL.
    pub endpoint_url: Option<String>,
    /// Public keys (JWK, RFC 7517).
    pub public_keys: Vec<Value>,
    /// Time of registration.
    pub created_at: Timestamp,
    /// Time of the last update.
    pub updated_at: Timestamp,
    /// Time of first publication.
    pub published_at: Option<Timestamp>,
    /// Time of decommissioning.
    pub decommissioned_at: Option<Timestamp>,
    /// Moderation state.
    pub moderation: Moderation,
    /// Reason for moderation, if the agent is moderated.
    pub moderation_reason: Option<ReportReason>,
    /// Version for `update_if`. Not set in lists.
    #[serde(skip)]
    pub etag: Option<ETag>,
}

/// Request to register an agent. [`NewAgent::new`] sets the required fields.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct NewAgent {
    /// Name, up to 100 characters.
    pub name: String,
    /// Type.
    pub agent_type: AgentType,
    /// Capabilities as `resource:action`, at least one.
    pub capabilities: Vec<String>,
    /// Description, up to 500 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Email address, unique within the organization.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// Version (SemVer 2.0.0). Default: 0.1.0.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub version: Option<String>,
    /// Search tags, up to 40 characters each.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<String>,
    /// A2A skills: objects with `id` and `name`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub skills: Option<Vec<Value>>,
    /// Owner. Default: the organization's name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub owner: Option<String>,
    /// Deployment environment. Default: production.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub deployment_env: Option<DeploymentEnv>,
    /// `Active` or `Suspended`. Default: active.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<AgentStatus>,
    /// Published in the marketplace, once the organization is verified.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub is_public: Option<bool>,
    /// Endpoint URL (https).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub endpoint_url: Option<String>,
    /// Public keys as JWK (RFC 7517). Private keys are rejected.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub public_keys: Vec<Value>,
}

impl NewAgent {
    /// Creates a request with the required fields.
    pub fn new<C: Into<String>>(
        name: impl Into<String>,
        agent_type: AgentType,
        capabilities: impl IntoIterator<Item = C>,
    ) -> Self {
        Self {
            name: name.into(),
            agent_type,
            capabilities: capabilities.into_iter().map(Into::into).collect(),
            description: None,
            email: None,
            version: None,
            tags: Vec::new(),
            skills: None,
            owner: None,
            deployment_env: None,
            status: None,
            is_public: None,
            endpoint_url: None,
            public_keys: Vec::new(),
        }
    }
}

/// Update of an agent. `None` leaves a field unchanged.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct AgentUpdate {
    /// Name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Description.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Email address.
    #[serde(skip_serializing_if = "Patch::is_leave")]
    pub email: Patch<String>,
    /// Type.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub agent_type: Option<AgentType>,
    /// Version (SemVer 2.0.0).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub version: Option<String>,
    /// Capabilities; replaces the list.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub capabilities: Option<Vec<String>>,
    /// Search tags; replaces the list.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tags: Option<Vec<String>>,
    /// A2A skills; replaces the list.
    #[serde(skip_serializing_if = "Patch::is_leave")]
    pub skills: Patch<Vec<Value>>,
    /// Owner.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub owner: Option<String>,
    /// Deployment environment.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub deployment_env: Option<DeploymentEnv>,
    /// `Active` or `Suspended`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<AgentStatus>,
    /// Published in the marketplace.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub is_public: Option<bool>,
    /// Endpoint URL.
    #[serde(skip_serializing_if = "Patch::is_leave")]
    pub endpoint_url: Patch<String>,
    /// Public keys; replaces the list.
    #[serde(skip_serializing_if = "Patch::is_leave")]
    pub public_keys: Patch<Vec<Value>>,
}
