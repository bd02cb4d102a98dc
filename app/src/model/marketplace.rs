//! Published agents, as pages show them. Text of publishers is plain text here already: without characters that hide or
//! turn others.

mod agent;
mod capability;
mod check;
mod claim;
mod list;

pub use agent::{AgentPage, Example, JsonDocument, LookAlike, PublisherPage, Reason, ReportPage, ReportState};
pub use capability::{Capability, type_meaning};
pub use check::{CheckPage, CheckTargets, Outcome, Step};
pub use claim::{Claim, ClaimKind};
pub use list::{AgentList, AgentRow, Chosen, Facet, FacetValue, Newest, Pages, SortChoice};

/// What a reader is told when the registry can't be reached and an older state is shown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stale {
    /// When it was read, as `2026-11-27 09:40 UTC`.
    pub since: String,
}

/// An agent that an operator took away.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GonePage {
    /// The class of the reason, as the API has it, such as `spam`.
    pub reason: String,
    /// The list of all agents.
    pub list: String,
    /// What moderation is and how to appeal, where such a page exists.
    pub explained: Option<String>,
}

/// The marketplace, where its operator has switched it off.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OffPage {
    /// What the marketplace is, where such a page exists.
    pub explained: Option<String>,
}
