//! Pages of published agents, and what changed among them.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::Card;
use crate::words::words;
use crate::{AgentId, ReportId};

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

/// A page of published agents.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct MarketplacePage {
    /// What is on it.
    pub data: Vec<Card>,
    /// How many match in all.
    pub total_count: u64,
    /// Which page this is, from 1 on.
    pub page: u64,
    /// How many are on a page at most.
    pub limit: u64,
    /// How many pages there are.
    pub total_pages: u64,
    /// Where the next page begins.
    pub next_cursor: Option<String>,
    /// Whether none of them has all the words as they were typed, but only ones close to them.
    #[serde(default)]
    pub approximate: bool,
    /// By the facets that were asked for: how many of each value are among all that match.
    #[serde(default)]
    pub facets: BTreeMap<String, Vec<Facet>>,
}

/// A value of a facet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Facet {
    /// The value.
    pub value: String,
    /// Of a publisher, whose value is its slug: what it is called now. Other facets have none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
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
    pub next_cursor: String,
    /// Whether there are more already.
    #[serde(default)]
    pub has_more: bool,
    /// Whether changes before these are no longer known: read all agents anew, then go on from `next_cursor`.
    #[serde(default)]
    pub reset: bool,
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
    pub at: Timestamp,
}

/// A report that was taken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Reported {
    /// Its identifier.
    pub report_id: ReportId,
}
