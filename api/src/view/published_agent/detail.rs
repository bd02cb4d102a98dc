//! A published agent with its documents.

use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

use super::CardView;
use crate::marketplace::LookAlike;

/// Published agent with its documents.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = MarketplaceAgentDetail)]
pub struct DetailView {
    /// Fields of the list entry.
    #[serde(flatten)]
    pub card: CardView,
    /// DID document.
    #[schema(value_type = Object)]
    pub did_document: Value,
    /// A2A card, signed by this service. `null` without an endpoint.
    #[schema(value_type = Option<Object>)]
    pub agent_card: Option<Value>,
    /// Other publishers with a verified domain and a name confusable with that of this agent or its publisher, closest
    /// first, at most 5. Names are confusable if they have the same Unicode skeleton, ignoring case, accents, spaces
    /// and punctuation. If the agent's own publisher has no verified domain, they are also confusable if they contain
    /// the other name as whole words (from 6 characters) or are within an edit distance of 1 (5 to 8 characters) or 2
    /// (from 9; the shorter name counts). Up to a minute old.
    pub look_alikes: Vec<LookAlikeView>,
    /// Links.
    pub links: LinksView,
}

/// Verified publisher with a confusable name.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = LookAlike, example = json!({
    "slug": "northquay-freight", "displayName": "Northquay Freight", "domain": "northquay-freight.example",
}))]
pub struct LookAlikeView {
    /// URL slug.
    pub slug: String,
    /// Display name.
    pub display_name: String,
    /// Verified domain.
    pub domain: String,
}

impl From<LookAlike> for LookAlikeView {
    fn from(LookAlike { slug, display_name, domain }: LookAlike) -> Self {
        Self { slug, display_name, domain }
    }
}

/// Links of an agent.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = MarketplaceLinks)]
pub struct LinksView {
    /// This resource.
    #[serde(rename = "self")]
    pub own: String,
    /// Page in the portal.
    pub page: String,
    /// DID document.
    pub did_document: String,
    /// A2A card.
    pub agent_card: Option<String>,
    /// Publisher.
    pub publisher: String,
    /// Endpoint that accepts reports.
    pub reports: String,
}
