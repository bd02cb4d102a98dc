//! Agents, as returned by the marketplace. Never contains email addresses or IDs of organizations and credentials.

pub mod detail;

use std::collections::HashMap;

use domain::agent::{AgentType, DeploymentEnv};
use domain::claim::txt_value;
use domain::did;
use domain::time::rfc3339;
use serde::Serialize;
use serde_json::{Value, json};
use store::marketplace::PublishedAgent;
use store::records::ClaimRecord;
use utoipa::ToSchema;

/// Maximum number of claims of an agent in a list.
const MAX_LISTED_CLAIMS: usize = 4;
/// Result of a current verification.
const VERIFIED: &str = "verified";

/// Published agent.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = MarketplaceAgent, example = json!({
    "agentId": "01993b6e-8123-7d11-8a2b-77c1d9a0be55", "name": "Invoice screener",
    "description": "Flags invoices that differ from their order.", "agentType": "screener", "version": "0.1.0",
    "capabilities": ["invoices:read"], "tags": ["finance"], "owner": "Northquay Freight Desk", "publisherName": "Northquay Freight",
    "publisher": { "slug": "northquay-freight", "displayName": "Northquay Freight" }, "deploymentEnv": "production",
    "did": "did:web:api.sentryagent.ai:agents:01993b6e-8123-7d11-8a2b-77c1d9a0be55",
    "createdAt": "2026-11-25T09:32:00.000Z", "publishedAt": "2026-11-25T09:40:00.000Z", "updatedAt": "2026-11-25T09:40:00.000Z",
    "status": "active", "moderation": "visible", "claims": [{
        "kind": "domain", "method": "dns", "result": "verified", "checkedAt": "2026-11-25T09:45:00.000Z",
        "expiresAt": "2026-12-25T09:45:00.000Z", "evidenceUrl": "dns:_sentryagent-claim.northquay.example?type=TXT",
        "target": "northquay.example", "proof": "sentryagent-claim=u3Yw2cV1oQm8rXk5tZb0aJ9dLsHf7eGi",
    }], "claimCount": 1,
}))]
pub struct CardView {
    /// ID of the agent.
    #[schema(format = Uuid)]
    pub agent_id: String,
    /// Name. Like all text here, provided by the publisher.
    pub name: String,
    /// Description.
    pub description: String,
    /// Main purpose.
    #[schema(value_type = AgentType)]
    pub agent_type: String,
    /// Version (SemVer 2.0.0).
    pub version: String,
    /// Self-declared capabilities, as `resource:action`.
    #[schema(value_type = Vec<String>)]
    pub capabilities: Value,
    /// Search tags.
    #[schema(value_type = Vec<String>)]
    pub tags: Value,
    /// Person or team responsible for the agent.
    pub owner: String,
    /// Display name of the publisher.
    pub publisher_name: String,
    /// Publisher.
    pub publisher: PublisherView,
    /// Deployment environment.
    #[schema(value_type = DeploymentEnv)]
    pub deployment_env: String,
    /// Decentralized identifier (did:web).
    pub did: String,
    /// Time of registration.
    #[schema(format = DateTime)]
    pub created_at: String,
    /// Time of first publication.
    #[schema(format = DateTime)]
    pub published_at: String,
    /// Time of the last update.
    #[schema(format = DateTime)]
    pub updated_at: String,
    /// Status: always `active`, since other agents are not listed.
    #[schema(pattern = "^active$")]
    pub status: String,
    /// Moderation state: `visible`, or `flagged` by the operator with a warning.
    #[schema(pattern = "^(visible|flagged)$")]
    pub moderation: String,
    /// Verifications of the agent and its publisher. A list contains at most 4 of each agent: current ones first, and one
    /// of each kind before further ones.
    pub claims: Vec<ClaimView>,
    /// Number of all verifications.
    pub claim_count: u64,
}

/// Publisher of an agent.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = PublisherSummary)]
pub struct PublisherView {
    /// URL slug.
    pub slug: String,
    /// Display name.
    pub display_name: String,
}

/// Verification.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = MarketplaceClaim)]
pub struct ClaimView {
    /// Kind: `domain`, `key` or `repository`.
    #[schema(pattern = "^(domain|key|repository)$")]
    pub kind: String,
    /// Domain, repository URL, or key thumbprint (RFC 7638).
    pub target: String,
    /// Method: `dns`, `well-known`, `signature` or `file`.
    pub method: Option<String>,
    /// Result: `verified`, or `expired` if the last successful check is too old.
    #[schema(pattern = "^(verified|expired)$")]
    pub result: &'static str,
    /// Time of the last successful check.
    #[schema(format = DateTime)]
    pub checked_at: Option<String>,
    /// Time at which the verification expires.
    #[schema(format = DateTime)]
    pub expires_at: Option<String>,
    /// URL of the public evidence.
    pub evidence_url: Option<String>,
    /// Value of the TXT record, or a line of the file, at `evidenceUrl`. `null` for a key, which signs a new value for
    /// each check.
    pub proof: Option<String>,
}

impl CardView {
    /// Creates the view of an agent at a time, in milliseconds since 1970.
    pub fn new(listed: PublishedAgent, now: i64) -> Self {
        let publisher_name = listed.publisher_name().to_owned();
        let row = listed.agent;
        let claims: Vec<ClaimView> = listed.claims.into_iter().map(|row| ClaimView::new(row, now)).collect();
        Self {
            did: did::agent_did(&row.did_host, &row.id),
            agent_id: row.id,
            name: row.name,
            description: row.description,
            agent_type: row.agent_type,
            version: row.version,
            capabilities: row.capabilities,
            tags: row.tags,
            owner: row.owner,
            publisher: PublisherView { slug: listed.organization.slug, display_name: publisher_name.clone() },
            publisher_name,
            deployment_env: row.deployment_env,
            created_at: rfc3339(row.created_at),
            published_at: rfc3339(row.published_at.unwrap_or(row.created_at)),
            updated_at: rfc3339(row.updated_at),
            status: row.status,
            moderation: row.moderation,
            claim_count: claims.len() as u64,
            claims,
        }
    }

    /// Keeps the claims that a list contains, so that one organization with many can't make the list large.
    #[must_use]
    pub fn in_list(mut self) -> Self {
        let mut counts: HashMap<(String, &'static str), usize> = HashMap::new();
        // The sort is stable and calls its function once for each claim: the n-th of a kind gets n.
        self.claims.sort_by_cached_key(|claim| {
            let count = counts.entry((claim.kind.clone(), claim.result)).or_default();
            *count += 1;
            (claim.result != VERIFIED, *count)
        });
        self.claims.truncate(MAX_LISTED_CLAIMS);
        self
    }

    /// Renders the agent as schema.org `SoftwareApplication`, with the URL of its page.
    pub fn as_software(&self, page: &str) -> Value {
        let tags = self.tags.as_array().cloned().unwrap_or_default();
        let keywords = tags.into_iter().chain(self.capabilities.as_array().cloned().unwrap_or_default());
        json!({
            "@context": "https://schema.org",
            "@type": "SoftwareApplication",
            "@id": self.did,
            "identifier": self.agent_id,
            "name": self.name,
            "description": self.description,
            "url": page,
            "softwareVersion": self.version,
            "applicationCategory": "AI agent",
            "applicationSubCategory": self.agent_type,
            "keywords": keywords.collect::<Vec<_>>(),
            "dateCreated": self.created_at,
            "datePublished": self.published_at,
            "dateModified": self.updated_at,
            "publisher": { "@type": "Organization", "name": self.publisher_name, "identifier": self.publisher.slug },
            "author": { "@type": "Organization", "name": self.owner },
        })
    }
}

impl ClaimView {
    fn new(row: ClaimRecord, now: i64) -> Self {
        let is_current = row.state == "valid" && row.expires_at.is_some_and(|end| end > now);
        Self {
            proof: proof(&row),
            kind: row.kind,
            target: row.target,
            method: row.method,
            result: if is_current { VERIFIED } else { "expired" },
            checked_at: row.checked_at.map(rfc3339),
            expires_at: row.expires_at.map(rfc3339),
            evidence_url: row.evidence_url,
        }
    }
}

fn proof(row: &ClaimRecord) -> Option<String> {
    match row.method.as_deref()? {
        "dns" => Some(txt_value(&row.nonce)),
        "well-known" | "file" => Some(row.nonce.clone()),
        _ => None,
    }
}
