//! What is sent to the marketplace.

use std::fmt::Display;

use jiff::Timestamp;
use serde::{Serialize, Serializer};

use super::{AgentType, ClaimKind};
use crate::words::words;

words! {
    /// What comes first.
    Sort, Other {
        /// What fits best; with words to look for.
        Relevance = "relevance",
        /// What was published last.
        Recent = "recent",
        /// By name.
        Name = "name",
        /// What was changed last.
        Updated = "updated",
    }
}

words! {
    /// What can be counted by.
    FacetName, Other {
        /// Capabilities.
        Capability = "capability",
        /// Types.
        AgentType = "agentType",
        /// Publishers, by slug.
        Publisher = "publisher",
        /// Kinds of checks that count.
        Checked = "checked",
    }
}

/// What is looked for. `page` and `cursor` exclude each other.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct MarketplaceQuery {
    /// Words, in at most 200 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub q: Option<String>,
    /// Capabilities that it has to have, all of them; in one of them, a comma is an "or".
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub capability: Vec<String>,
    /// Of this publisher alone, by its slug.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub publisher: Option<String>,
    /// Of this type alone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub agent_type: Option<AgentType>,
    /// With a check that counts of each of these kinds.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub checked: Vec<ClaimKind>,
    /// With a check that counts of one of these kinds, beside those of `checked`.
    #[serde(rename = "checked", skip_serializing_if = "Vec::is_empty", serialize_with = "with_commas")]
    pub checked_any: Vec<ClaimKind>,
    /// Changed since then.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub updated_since: Option<Timestamp>,
    /// What comes first.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sort: Option<Sort>,
    /// Which page, from 1 on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub page: Option<u64>,
    /// How many on a page, at most 100.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub limit: Option<u64>,
    /// Where to go on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cursor: Option<String>,
    /// What to count by.
    #[serde(skip_serializing_if = "Vec::is_empty", serialize_with = "with_commas")]
    pub facets: Vec<FacetName>,
}

/// As one value, with commas between.
fn with_commas<T: Display, S: Serializer>(words: &[T], serializer: S) -> Result<S::Ok, S::Error> {
    let words: Vec<String> = words.iter().map(ToString::to_string).collect();
    serializer.serialize_str(&words.join(","))
}

/// What changes are wanted.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ChangesQuery {
    /// Those behind this place. Without it, all.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub since: Option<String>,
    /// How many at most.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub limit: Option<u64>,
}

words! {
    /// Why an agent is reported.
    ReportReason, Unknown {
        /// It says to be somebody else's.
        Impersonation = "impersonation",
        /// It harms those who use it.
        Malware = "malware",
        /// It is there to be seen, not to be used.
        Spam = "spam",
        /// It breaks the law.
        Illegal = "illegal",
        /// It is not what it says.
        Misleading = "misleading",
        /// Something else.
        Other = "other",
    }
}

/// A report of an agent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Report {
    /// The class of the reason.
    pub reason: ReportReason,
    /// What the operators should know, in at most 1000 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
}
