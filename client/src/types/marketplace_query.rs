//! Queries and reports of the marketplace.

use std::fmt::Display;

use jiff::Timestamp;
use serde::{Serialize, Serializer};

use super::{AgentType, ClaimKind};
use crate::open_enum::open_enum;

open_enum! {
    /// Sort order.
    Sort, Other {
        /// By relevance; needs `q`.
        Relevance = "relevance",
        /// Last published first.
        Recent = "recent",
        /// By name.
        Name = "name",
        /// Last updated first.
        Updated = "updated",
    }
}

open_enum! {
    /// Facet.
    FacetName, Other {
        /// Capabilities.
        Capability = "capability",
        /// Types.
        AgentType = "agentType",
        /// Publishers, by slug.
        Publisher = "publisher",
        /// Kinds of current verifications.
        Checked = "checked",
    }
}

/// Search query. `page` and `cursor` are mutually exclusive.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct MarketplaceQuery {
    /// Search words, up to 200 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub q: Option<String>,
    /// Required capabilities, all of them; commas within one mean "or".
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub capability: Vec<String>,
    /// Filter by publisher slug.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub publisher: Option<String>,
    /// Filter by type.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub agent_type: Option<AgentType>,
    /// Kinds of verification that must all be current.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub checked: Vec<ClaimKind>,
    /// Kinds of verification of which one must be current, in addition to `checked`.
    #[serde(rename = "checked", skip_serializing_if = "Vec::is_empty", serialize_with = "with_commas")]
    pub checked_any: Vec<ClaimKind>,
    /// Updated at or after this time.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub updated_since: Option<Timestamp>,
    /// Sort order.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sort: Option<Sort>,
    /// Page number, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub page: Option<u64>,
    /// Items per page, up to 100.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub limit: Option<u64>,
    /// Cursor of a previous page.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cursor: Option<String>,
    /// Facets to count.
    #[serde(skip_serializing_if = "Vec::is_empty", serialize_with = "with_commas")]
    pub facets: Vec<FacetName>,
}

/// Serializes a list as one comma-separated value.
fn with_commas<T: Display, S: Serializer>(values: &[T], serializer: S) -> Result<S::Ok, S::Error> {
    let texts: Vec<String> = values.iter().map(ToString::to_string).collect();
    serializer.serialize_str(&texts.join(","))
}

/// Query for changes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ChangesQuery {
    /// Cursor; changes after it. Default: all changes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub since: Option<String>,
    /// Maximum number of changes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub limit: Option<u64>,
}

open_enum! {
    /// Reason of a report.
    ReportReason, Unknown {
        /// Impersonates someone.
        Impersonation = "impersonation",
        /// Harms its users.
        Malware = "malware",
        /// Spam.
        Spam = "spam",
        /// Illegal.
        Illegal = "illegal",
        /// Misleading description.
        Misleading = "misleading",
        /// Other reason.
        Other = "other",
    }
}

/// Report of an agent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Report {
    /// Reason.
    pub reason: ReportReason,
    /// Details for the operators, up to 1,000 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
}
