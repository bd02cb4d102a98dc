//! Published agents.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{AgentStatus, AgentType, ClaimKind, DeploymentEnv};
use crate::words::words;
use crate::{AgentId, ReportId};

words! {
    /// What operators decided of an agent.
    Moderation, Other {
        /// Nothing.
        Visible = "visible",
        /// It is shown with a warning.
        Flagged = "flagged",
    }
}

words! {
    /// What happened to an agent, as the marketplace shows it.
    ChangeKind, Other {
        /// It is there now.
        Published = "published",
        /// It is not as it was.
        Changed = "changed",
        /// It is not shown for now.
        Hidden = "hidden",
        /// It will not come back.
        Gone = "gone",
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

/// A stored, dated, successful check.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct CardClaim {
    /// What is claimed.
    pub kind: ClaimKind,
    /// How it was checked.
    pub method: String,
    /// How the check came out.
    pub result: String,
    /// When it was checked.
    pub checked_at: Timestamp,
    /// When the check holds no longer.
    pub expires_at: Timestamp,
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
    pub published_at: Option<Timestamp>,
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
    /// Addresses of the same in other forms, by relation.
    #[serde(default)]
    pub links: Value,
}

/// A page of published agents.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct MarketplacePage {
    /// What is on it.
    pub data: Vec<Card>,
    /// How many match in all.
    pub total_count: u64,
    /// Which page this is; none where a cursor was followed.
    pub page: Option<u64>,
    /// How many are on a page at most.
    pub limit: u64,
    /// How many pages there are.
    pub total_pages: Option<u64>,
    /// Where the next page begins.
    pub next_cursor: Option<String>,
    /// By the facets that were asked for: how many of each value are among all that match.
    #[serde(default)]
    pub facets: Option<BTreeMap<String, Vec<Facet>>>,
}

/// A value of a facet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Facet {
    /// The value.
    pub value: String,
    /// How many have it.
    pub count: u64,
}

/// What changed, in order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Changes {
    /// What happened, the oldest first.
    pub data: Vec<Change>,
    /// Where to go on.
    pub next_cursor: Option<String>,
}

/// What happened to an agent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Change {
    /// The agent.
    pub agent_id: AgentId,
    /// What happened.
    pub kind: ChangeKind,
    /// When.
    pub at: Option<Timestamp>,
}

/// A report that was taken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Reported {
    /// Its identifier.
    pub report_id: ReportId,
}
