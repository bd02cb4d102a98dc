//! List of agents.

use super::super::Link;
use super::{Claim, Stale};

/// `/marketplace`
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AgentList {
    /// Form action URL.
    pub action: String,
    /// Search text.
    pub text: String,
    /// Active filters, each with the URL without it.
    pub chosen: Vec<Chosen>,
    /// URL without search text and filters.
    pub all: String,
    /// Filters to choose from.
    pub facets: Vec<Facet>,
    /// Orders to choose from.
    pub sorts: Vec<SortChoice>,
    /// Total number of results.
    pub total: u64,
    /// Agents on this page.
    pub agents: Vec<AgentRow>,
    /// Page number and links to other pages.
    pub pages: Pages,
    /// Notes about ignored parameters and inexact results.
    pub notes: Vec<String>,
    /// Set where cached data is shown.
    pub stale: Option<Stale>,
    /// URL of the guide to publishing, if it exists.
    pub publish: Option<String>,
    /// URL of the JSON form.
    pub json: String,
}

/// Position in a paged list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pages {
    /// Page number, from 1.
    pub page: u64,
    /// Number of pages.
    pub count: u64,
    /// URL of the previous page.
    pub previous: Option<String>,
    /// URL of the next page.
    pub next: Option<String>,
}

impl Pages {
    /// True for a page number beyond the last page.
    pub fn is_past(&self) -> bool {
        self.count > 0 && self.page > self.count
    }
}

/// Active filter.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Chosen {
    /// Label, such as `Domain verified`.
    pub title: String,
    /// URL without this filter.
    pub removal_url: String,
}

/// Filter with its values.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facet {
    /// Parameter name.
    pub name: &'static str,
    /// Heading.
    pub title: &'static str,
    /// True where at most one value can be selected.
    pub is_single: bool,
    /// Values, selected ones first.
    pub values: Vec<FacetValue>,
    /// True where further values are omitted.
    pub is_cut: bool,
}

/// Value of a filter.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FacetValue {
    /// Form value.
    pub value: String,
    /// Label.
    pub title: String,
    /// Number of agents with this value.
    pub count: u64,
    /// True for a selected value.
    pub is_chosen: bool,
}

/// Order of the list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SortChoice {
    /// Form value.
    pub value: &'static str,
    /// Label.
    pub title: &'static str,
    /// True for the current order.
    pub is_chosen: bool,
}

/// Agent in a list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AgentRow {
    /// Agent name.
    pub name: String,
    /// URL of the agent page.
    pub href: String,
    /// Decentralized identifier; input of the rosette.
    pub did: String,
    /// Publisher, linked to the publisher page.
    pub publisher: Link,
    /// Publisher's description, shortened.
    pub description: String,
    /// Self-declared capabilities, linked to all agents that have them.
    pub capabilities: Vec<Link>,
    /// Number of omitted capabilities.
    pub more: usize,
    /// Verifications.
    pub claims: Vec<Claim>,
    /// Number of further verified claims.
    pub more_claims: usize,
    /// True for an agent flagged by the operator.
    pub is_flagged: bool,
}

/// Newest verified agents, for the home page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Newest {
    /// Agents, newest first.
    pub agents: Vec<AgentRow>,
    /// URL of the marketplace.
    pub all: String,
}
