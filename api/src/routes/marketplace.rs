//! The marketplace: what everybody may read of published agents, and where they are reported.

pub mod changes;
pub mod publisher;
pub mod report;
pub mod search;
pub mod show;

/// The page of an agent in the portal.
fn page_of(reader: &crate::services::MarketReader, agent_id: &str) -> String {
    reader.origins.portal_page(&format!("/marketplace/{agent_id}"))
}
