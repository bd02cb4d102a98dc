//! Published agents.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{AgentStatus, AgentType, ClaimKind, ClaimMethod, DeploymentEnv};
use crate::AgentId;
use crate::words::words;

words! {
    /// What operators decided of an agent.
    Moderation, Other {
        /// Nothing.
        Visible = "visible",
        /// It is shown with a warning.
        Flagged = "flagged",
        /// It is not shown. Only its organization reads this.
        Hidden = "hidden",
    }
}

words! {
    /// How a check stands.
    CheckResult, Other {
        /// It succeeded, and that still counts.
        Verified = "verified",
        /// Its last success is too long ago.
        Expired = "expired",
    }
}

/// Who publishes an agent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Publisher {
    /// Its name in addresses.
    pub slug: String,
    /// What it is called.
    pub display_name: String,
}

/// A publisher, by itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct PublisherDetail {
    /// Its name in addresses.
    pub slug: String,
    /// What it is called.
    pub display_name: String,
    /// How many agents it shows now.
    pub agent_count: u64,
    /// When it first published one.
    pub since: Timestamp,
}

/// A stored, dated, successful check.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct CardClaim {
    /// What is claimed.
    pub kind: ClaimKind,
    /// The domain, the repository's address, or the key's thumbprint (RFC 7638).
    pub target: String,
    /// How it was checked.
    pub method: Option<ClaimMethod>,
    /// How the check stands.
    pub result: CheckResult,
    /// When it was last checked with success.
    pub checked_at: Option<Timestamp>,
    /// Until when that counts.
    pub expires_at: Option<Timestamp>,
    /// Where anybody can see it.
    pub evidence_url: Option<String>,
}

/// A published agent.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Card {
    /// Its identifier.
    pub agent_id: AgentId,
    /// Its name.
    pub name: String,
    /// What it does.
    pub description: String,
    /// What it mostly does.
    pub agent_type: AgentType,
    /// Its version (semver).
    pub version: String,
    /// What it says it can do, as `resource:action`.
    pub capabilities: Vec<String>,
    /// Words to be found by.
    pub tags: Vec<String>,
    /// Who answers for it.
    pub owner: String,
    /// What its publisher is called.
    pub publisher_name: String,
    /// Who publishes it.
    pub publisher: Publisher,
    /// Where it runs.
    pub deployment_env: DeploymentEnv,
    /// Its decentralized identifier (did:web).
    pub did: String,
    /// When it was registered.
    pub created_at: Timestamp,
    /// When it first stood in the marketplace.
    pub published_at: Timestamp,
    /// When it was last changed.
    pub updated_at: Timestamp,
    /// How it stands.
    pub status: AgentStatus,
    /// What operators decided.
    pub moderation: Moderation,
    /// What was checked.
    #[serde(default)]
    pub claims: Vec<CardClaim>,
}

/// A published agent, with its documents.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct CardDetail {
    /// What its card shows.
    #[serde(flatten)]
    pub card: Card,
    /// Its DID document.
    pub did_document: Option<Value>,
    /// Its A2A card; none without an endpoint.
    pub agent_card: Option<Value>,
    /// Publishers who have proved a domain, and whose name this agent's or its publisher's may be taken for: the nearest
    /// first, at most 5. It is at most a minute old.
    #[serde(default)]
    pub look_alikes: Vec<LookAlike>,
    /// Where there is more.
    pub links: CardLinks,
}

/// A publisher that an agent may be taken for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct LookAlike {
    /// Its name in addresses.
    pub slug: String,
    /// What it is called.
    pub display_name: String,
    /// A domain that it has proved, by a claim that holds.
    pub domain: String,
}

/// Addresses of a published agent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct CardLinks {
    /// This answer.
    #[serde(rename = "self")]
    pub own: String,
    /// Its page, for people.
    pub page: String,
    /// Its DID document.
    pub did_document: String,
    /// Its A2A card.
    pub agent_card: Option<String>,
    /// Its publisher.
    pub publisher: String,
    /// Where it is reported.
    pub reports: String,
}
