//! Queries of the marketplace and their results.

use domain::agent::AgentType;
use uuid::Uuid;

use super::cursor::Cursor;

/// Facet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "the names say it")]
pub enum Facet {
    Capability,
    AgentType,
    Publisher,
    Checked,
}

impl Facet {
    /// Facets with their names.
    pub const ALL: [(Self, &'static str); 4] = [
        (Self::Capability, "capability"),
        (Self::AgentType, "agentType"),
        (Self::Publisher, "publisher"),
        (Self::Checked, "checked"),
    ];
}

/// Value of a facet with its count.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Value {
    /// Value.
    pub value: String,
    /// Display name of a publisher, whose value is its ID. `None` for other facets.
    pub label: Option<String>,
    /// Number of matches.
    pub count: u64,
}

/// Sort order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Sort {
    /// By relevance.
    Relevance,
    /// Last published first.
    #[default]
    Recent,
    /// By name.
    Name,
    /// Last updated first.
    Updated,
}

/// Start of a page.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum PageStart {
    /// Number of results to skip.
    Offset(u32),
    /// Cursor of the previous page.
    After(Cursor),
}

impl Default for PageStart {
    fn default() -> Self {
        Self::Offset(0)
    }
}

/// Search query.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct MarketplaceQuery {
    /// Search text. Empty matches everything.
    pub text: String,
    /// Groups of capabilities; an agent needs one of each group.
    pub capabilities: Vec<Vec<String>>,
    /// ID of the publisher.
    pub publisher: Option<String>,
    /// Type.
    pub agent_type: Option<AgentType>,
    /// Groups of claim kinds, as indices of [`CHECKS`](super::CHECKS); an agent needs one current verification of each
    /// group.
    pub checked: Vec<Vec<usize>>,
    /// Earliest time of the last update, in milliseconds since 1970.
    pub updated_since: Option<i64>,
    /// Sort order.
    pub sort: Sort,
    /// Facets to count.
    pub facets: Vec<Facet>,
    /// Start of the page.
    pub place: PageStart,
    /// Items per page.
    pub limit: u32,
}

impl MarketplaceQuery {
    pub(super) fn without_page(&self) -> Self {
        Self { facets: Vec::new(), place: PageStart::default(), limit: 0, ..self.clone() }
    }
}

/// Search result.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SearchResult {
    /// IDs of the page, in order.
    pub ids: Vec<Uuid>,
    /// Total number of matches.
    pub total: u64,
    /// Number of matches before the page.
    pub offset: u32,
    /// Cursor of the next page, if there is one.
    pub next: Option<Cursor>,
    /// True if no agent matches the exact words and the results match similar ones.
    pub approximate: bool,
    /// Requested facets, in order.
    pub facets: Vec<(Facet, Vec<Value>)>,
}
