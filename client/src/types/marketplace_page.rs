//! Search results and changes of the marketplace.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::Card;
use crate::open_enum::open_enum;
use crate::{AgentId, ReportId};

open_enum! {
    /// Kind of a change.
    ChangeKind, Other {
        /// Published.
        Published = "published",
        /// Updated.
        Changed = "changed",
        /// Hidden, possibly temporarily.
        Hidden = "hidden",
        /// Removed permanently.
        Gone = "gone",
    }
}

/// Page of published agents.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct MarketplacePage {
    /// Agents on this page.
    pub data: Vec<Card>,
    /// Total number of matches.
    pub total_count: u64,
    /// Page number, from 1.
    pub page: u64,
    /// Items per page.
    pub limit: u64,
    /// Total number of pages.
    pub total_pages: u64,
    /// Cursor of the next page.
    pub next_cursor: Option<String>,
    /// True if no agent matches the exact words and the results match similar ones.
    #[serde(default)]
    pub approximate: bool,
    /// Counts by requested facet, over all matches.
    #[serde(default)]
    pub facets: BTreeMap<String, Vec<Facet>>,
}

/// Facet value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Facet {
    /// Value.
    pub value: String,
    /// Display name of a publisher, whose value is its slug. `None` for other facets.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// Number of matches.
    pub count: u64,
}

/// Changes in order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Changes {
    /// Changes, oldest first.
    pub data: Vec<Change>,
    /// Cursor for the next request.
    pub next_cursor: String,
    /// True if further changes are available.
    #[serde(default)]
    pub has_more: bool,
    /// True if earlier changes are no longer available: read all agents again, then continue from `next_cursor`.
    #[serde(default)]
    pub reset: bool,
}

/// Change of an agent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Change {
    /// ID of the agent.
    pub agent_id: AgentId,
    /// Kind.
    pub kind: ChangeKind,
    /// Time of the change.
    pub at: Timestamp,
}

/// Receipt of a report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct ReportReceipt {
    /// ID of the report.
    pub report_id: ReportId,
}
