//! Agents.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{Moderation, ReportReason};
use crate::words::words;
use crate::{AgentId, ETag, OrganizationId};

words! {
    /// What an agent mostly does.
    AgentType, Other {
        /// It looks through things and flags some.
        Screener = "screener",
        /// It sorts things into classes.
        Classifier = "classifier",
        /// It directs other agents.
        Orchestrator = "orchestrator",
        /// It takes data out of documents.
        Extractor = "extractor",
        /// It makes texts shorter.
        Summarizer = "summarizer",
        /// It sends things on to where they belong.
        Router = "router",
        /// It watches.
        Monitor = "monitor",
        /// Something else.
        Custom = "custom",
    }
}

words! {
    /// Where an agent runs.
    DeploymentEnv, Other {
        /// For those who build it.
        Development = "development",
        /// For those who test it.
        Staging = "staging",
        /// For its users.
        Production = "production",
    }
}

words! {
    /// How an agent stands.
    AgentStatus, Other {
        /// It works.
        Active = "active",
        /// It gets no tokens, until it is active again.
        Suspended = "suspended",
        /// It will never work again.
        Decommissioned = "decommissioned",
    }
}

/// An agent.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Agent {
    /// Its identifier, and its `client_id`.
    pub agent_id: AgentId,
    /// Its tenant.
    pub organization_id: OrganizationId,
    /// Its name.
    pub name: String,
    /// What it does.
    pub description: String,
    /// Its address.
    pub email: Option<String>,
    /// What it mostly does.
    pub agent_type: AgentType,
    /// Its version (semver).
    pub version: String,
    /// What it says it can do, as `resource:action`.
    pub capabilities: Vec<String>,
    /// Words to be found by.
    pub tags: Vec<String>,
    /// A2A skills.
    pub skills: Option<Vec<Value>>,
    /// Who answers for it.
    pub owner: String,
    /// Where it runs.
    pub deployment_env: DeploymentEnv,
    /// How it stands.
    pub status: AgentStatus,
    /// Whether it is to stand in the marketplace.
    pub is_public: bool,
    /// Its decentralized identifier (did:web).
    pub did: String,
    /// Where it is reached.
    pub endpoint_url: Option<String>,
    /// Its public keys (JWK, RFC 7517).
    pub public_keys: Vec<Value>,
    /// When it was registered.
    pub created_at: Timestamp,
    /// When it was last changed.
    pub updated_at: Timestamp,
    /// When it first stood in the marketplace.
    pub published_at: Option<Timestamp>,
    /// When it was decommissioned.
    pub decommissioned_at: Option<Timestamp>,
    /// What operators decided.
    pub moderation: Moderation,
    /// The class of their reason, where that is something.
    pub moderation_reason: Option<ReportReason>,
    /// The version of this state, for `update_if`. Agents of a list have none.
    #[serde(skip)]
    pub etag: Option<ETag>,
}

/// What is sent to register an agent. [`NewAgent::new`] has what must be there.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct NewAgent {
    /// What it is called, in at most 100 characters.
    pub name: String,
    /// What it mostly does.
    pub agent_type: AgentType,
    /// What it says it can do, as `resource:action`; at least one.
    pub capabilities: Vec<String>,
    /// What it does, in at most 500 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Unique among the organization's agents.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// A semantic version. Without one, 0.1.0.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub version: Option<String>,
    /// Words to be found by, of at most 40 characters.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<String>,
    /// A2A skills: objects with `id` and `name`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub skills: Option<Vec<Value>>,
    /// Who answers for it. Without one, the organization.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub owner: Option<String>,
    /// Where it runs. Without it, production.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub deployment_env: Option<DeploymentEnv>,
    /// `Active` or `Suspended`. Without it, active.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<AgentStatus>,
    /// Whether it stands in the marketplace, once the organization is verified.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub is_public: Option<bool>,
    /// Where it is reached, by https.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub endpoint_url: Option<String>,
    /// Its public keys as JWK (RFC 7517). Private ones are refused.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub public_keys: Vec<Value>,
}

impl NewAgent {
    /// One with what must be there, to be filled further.
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
