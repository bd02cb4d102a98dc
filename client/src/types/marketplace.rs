//! Published agents.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{AgentStatus, AgentType, ClaimKind, ClaimMethod, DeploymentEnv};
use crate::AgentId;
use crate::open_enum::open_enum;

open_enum! {
    /// Moderation state of an agent.
    Moderation, Other {
        /// Not moderated.
        Visible = "visible",
        /// Shown with a warning.
        Flagged = "flagged",
        /// Hidden. Returned only to its organization.
        Hidden = "hidden",
    }
}

open_enum! {
    /// Result of a verification.
    CheckResult, Other {
        /// Verified and not expired.
        Verified = "verified",
        /// Expired.
        Expired = "expired",
    }
}

/// Publisher of an agent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Publisher {
    /// URL slug.
    pub slug: String,
    /// Display name.
    pub display_name: String,
}

/// Publisher with counts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct PublisherDetail {
    /// URL slug.
    pub slug: String,
    /// Display name.
    pub display_name: String,
    /// Number of published agents.
    pub agent_count: u64,
    /// Time of the first publication.
    pub since: Timestamp,
}

/// Stored verification.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct CardClaim {
    /// Kind.
    pub kind: ClaimKind,
    /// Domain, repository URL, or key thumbprint (RFC 7638).
    pub target: String,
    /// Method.
    pub method: Option<ClaimMethod>,
    /// Result.
    pub result: CheckResult,
    /// Time of the last successful check.
    pub checked_at: Option<Timestamp>,
    /// Time at which the verification expires.
    pub expires_at: Option<Timestamp>,
    /// URL of the public evidence.
    pub evidence_url: Option<String>,
    /// Expected value of the evidence: of the TXT record, or a line of the file. `None` for a key.
    #[serde(default)]
    pub proof: Option<String>,
}

/// Published agent.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Card {
    /// ID of the agent.
    pub agent_id: AgentId,
    /// Name.
    pub name: String,
    /// Description.
    pub description: String,
    /// Type.
    pub agent_type: AgentType,
    /// Version (SemVer 2.0.0).
    pub version: String,
    /// Declared capabilities, as `resource:action`.
    pub capabilities: Vec<String>,
    /// Search tags.
    pub tags: Vec<String>,
    /// Owner.
    pub owner: String,
    /// Display name of the publisher.
    pub publisher_name: String,
    /// Publisher.
    pub publisher: Publisher,
    /// Deployment environment.
    pub deployment_env: DeploymentEnv,
    /// Decentralized identifier (did:web).
    pub did: String,
    /// Time of registration.
    pub created_at: Timestamp,
    /// Time of first publication.
    pub published_at: Timestamp,
    /// Time of the last update.
    pub updated_at: Timestamp,
    /// Status.
    pub status: AgentStatus,
    /// Moderation state.
    pub moderation: Moderation,
    /// Verifications; in a list, at most 4.
    #[serde(default)]
    pub claims: Vec<CardClaim>,
    /// Number of all verifications.
    #[serde(default)]
    pub claim_count: u64,
}

/// Published agent with its documents.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct CardDetail {
    /// Fields of the list entry.
    #[serde(flatten)]
    pub card: Card,
    /// DID document.
    pub did_document: Option<Value>,
    /// A2A card; `None` without an endpoint.
    pub agent_card: Option<Value>,
    /// Verified publishers with a confusable name, closest first, at most 5. Up to a minute old.
    #[serde(default)]
    pub look_alikes: Vec<LookAlike>,
    /// Links.
    pub links: CardLinks,
}

/// Verified publisher with a confusable name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct LookAlike {
    /// URL slug.
    pub slug: String,
    /// Display name.
    pub display_name: String,
    /// Verified domain.
    pub domain: String,
}

/// Links of a published agent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct CardLinks {
    /// URL of this resource.
    #[serde(rename = "self")]
    pub own: String,
    /// Page for people.
    pub page: String,
    /// DID document.
    pub did_document: String,
    /// A2A card.
    pub agent_card: Option<String>,
    /// Publisher.
    pub publisher: String,
    /// Endpoint for reports.
    pub reports: String,
}
