//! Marketplace: public reads of published agents, and reports.

pub mod changes;
pub mod get;
pub mod publisher;
pub mod report;
pub mod search;

/// Returns the URL of an agent's page in the portal.
fn page_of(reader: &crate::services::MarketReader, agent_id: &str) -> String {
    reader.origins.portal_page(&format!("/marketplace/{agent_id}"))
}
