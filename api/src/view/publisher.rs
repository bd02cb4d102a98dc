//! A publisher, as returned by the marketplace.

use domain::time::rfc3339;
use serde::Serialize;
use store::records::OrganizationRecord;
use utoipa::ToSchema;

/// Publisher.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Publisher, example = json!({
    "slug": "northquay-freight", "displayName": "Northquay Freight", "agentCount": 3, "since": "2026-11-25T09:40:00.000Z",
}))]
pub struct PublisherDetailView {
    /// URL slug.
    pub slug: String,
    /// Display name.
    pub display_name: String,
    /// Number of published agents.
    pub agent_count: u64,
    /// Time of the publisher's first publication.
    #[schema(format = DateTime)]
    pub since: String,
}

impl PublisherDetailView {
    /// Creates the view of a publisher. `since` is in milliseconds since 1970.
    pub fn new(row: OrganizationRecord, agent_count: u64, since: i64) -> Self {
        let display_name = row.display_name.unwrap_or(row.name);
        Self { slug: row.slug, display_name, agent_count, since: rfc3339(since) }
    }
}
