//! Published agents as view models. Publisher-provided text is already sanitized: characters that hide or reorder
//! others are removed.

mod agent;
mod capability;
mod check;
mod claim;
mod list;

pub use agent::{AgentPage, Example, JsonDocument, LookAlike, PublisherPage, Reason, ReportPage, ReportState};
pub use capability::{Capability, type_line};
pub use check::{CheckPage, CheckTargets, Outcome, Step};
pub use claim::{Claim, ClaimKind};
pub use list::{AgentList, AgentRow, Chosen, Facet, FacetValue, Newest, Pages, SortChoice};

/// Notice that the registry is unavailable and cached data is shown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stale {
    /// Time of the cached response, as `2026-11-27 09:40 UTC`.
    pub since: String,
}

/// Reason of a [`GonePage`] about a deleted publisher.
pub const DELETED_PUBLISHER: &str = "publisher-deleted";

/// Agent or publisher that was removed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GonePage {
    /// Reason code of the API, such as `spam` or `deleted`; [`DELETED_PUBLISHER`] for a publisher.
    pub reason: String,
    /// URL of the marketplace.
    pub list: String,
    /// URL of the page on moderation and appeals, if it exists.
    pub explained: Option<String>,
}

impl GonePage {
    /// Title and short description of the page.
    pub fn title(&self) -> (&'static str, &'static str) {
        match self.reason.as_str() {
            DELETED_PUBLISHER => ("Publisher deleted", "This publisher was deleted."),
            "deleted" => ("Agent deleted", "The organization of this agent was deleted."),
            _ => ("Agent removed", "An operator removed this agent."),
        }
    }

    /// True if an operator removed the agent, which can be appealed.
    pub fn is_moderated(&self) -> bool {
        !matches!(self.reason.as_str(), DELETED_PUBLISHER | "deleted")
    }
}

/// Disabled marketplace.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OffPage {
    /// URL of the page about the marketplace, if it exists.
    pub explained: Option<String>,
}
