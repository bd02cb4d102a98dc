//! What is sent to the marketplace.

use jiff::Timestamp;
use serde::Serialize;

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
    /// With a valid claim of this kind.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub checked: Option<ClaimKind>,
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
    /// What to count by, with commas between: `capability`, `agentType`, `publisher`, `checked`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub facets: Option<String>,
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

/// A report of an agent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Report {
    /// The class of the reason.
    pub reason: String,
    /// What is wrong, for people.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
}
