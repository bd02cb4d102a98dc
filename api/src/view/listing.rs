//! Agents as the marketplace shows them. Never an address, a tenant's or a credential's identifier.

use domain::agent::{AgentType, DeploymentEnv};
use domain::claim::txt_value;
use domain::did;
use domain::time::rfc3339;
use serde::Serialize;
use serde_json::{Value, json};
use store::marketplace::PublishedAgent;
use store::records::{ClaimRecord, OrganizationRecord};
use utoipa::ToSchema;

use crate::marketplace::LookAlike;

/// A published agent.
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
    }],
}))]
pub struct CardView {
    /// Its identifier.
    #[schema(format = Uuid)]
    pub agent_id: String,
    /// Its name. As all text here, it is the publisher's word.
    pub name: String,
    /// What it says it does.
    pub description: String,
    /// What it mostly does.
    #[schema(value_type = AgentType)]
    pub agent_type: String,
    /// Its version (semver).
    pub version: String,
    /// What it says it can do, as `resource:action`.
    #[schema(value_type = Vec<String>)]
    pub capabilities: Value,
    /// Words to be found by.
    #[schema(value_type = Vec<String>)]
    pub tags: Value,
    /// Who answers for it.
    pub owner: String,
    /// What its publisher is called.
    pub publisher_name: String,
    /// Its publisher.
    pub publisher: PublisherView,
    /// Where it runs.
    #[schema(value_type = DeploymentEnv)]
    pub deployment_env: String,
    /// Its decentralized identifier (did:web).
    pub did: String,
    /// When it was registered.
    #[schema(format = DateTime)]
    pub created_at: String,
    /// When it first stood here.
    #[schema(format = DateTime)]
    pub published_at: String,
    /// When it was last changed.
    #[schema(format = DateTime)]
    pub updated_at: String,
    /// `active`: others are not shown.
    #[schema(pattern = "^active$")]
    pub status: String,
    /// `visible`, or `flagged` by the operator: use it with care.
    #[schema(pattern = "^(visible|flagged)$")]
    pub moderation: String,
    /// What was checked of it and of its publisher.
    pub claims: Vec<ClaimView>,
}

/// Who publishes an agent.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = PublisherName)]
pub struct PublisherView {
    /// Its name in addresses.
    pub slug: String,
    /// What it is called.
    pub display_name: String,
}

/// What was checked, how and when.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = MarketplaceClaim)]
pub struct ClaimView {
    /// `domain`, `key` or `repository`.
    #[schema(pattern = "^(domain|key|repository)$")]
    pub kind: String,
    /// The domain, the repository's address, or the key's thumbprint (RFC 7638).
    pub target: String,
    /// How: `dns`, `well-known`, `signature` or `file`.
    pub method: Option<String>,
    /// `verified`, or `expired` if the last successful check is too long ago.
    #[schema(pattern = "^(verified|expired)$")]
    pub result: &'static str,
    /// When it was last checked with success.
    #[schema(format = DateTime)]
    pub checked_at: Option<String>,
    /// Until when that counts.
    #[schema(format = DateTime)]
    pub expires_at: Option<String>,
    /// Where anybody can check it again.
    pub evidence_url: Option<String>,
    /// What is to be found there: the value of the TXT record, or a line of the file. `null` for a key, which signs another
    /// text each time.
    pub proof: Option<String>,
}

impl CardView {
    /// As it is at a time, in milliseconds.
    pub fn new(listed: PublishedAgent, now: i64) -> Self {
        let publisher_name = listed.publisher_name().to_owned();
        let row = listed.agent;
        Self {
            did: did::of_agent(&row.did_host, &row.id),
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
            claims: listed.claims.into_iter().map(|row| ClaimView::new(row, now)).collect(),
        }
    }

    /// It as schema.org has it, with the address of its page.
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
        let holds = row.state == "valid" && row.expires_at.is_some_and(|end| end > now);
        Self {
            proof: proof(&row),
            kind: row.kind,
            target: row.target,
            method: row.method,
            result: if holds { "verified" } else { "expired" },
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

/// A published agent with its documents.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = MarketplaceAgentDetail)]
pub struct DetailView {
    /// What lists show of it.
    #[serde(flatten)]
    pub card: CardView,
    /// Its DID document.
    #[schema(value_type = Object)]
    pub did_document: Value,
    /// Its A2A card, signed by this service. `null` without an endpoint.
    #[schema(value_type = Option<Object>)]
    pub agent_card: Option<Value>,
    /// Other publishers, who have proved a domain and whose name this agent's name or its publisher's may be taken for:
    /// the nearest first, at most 5. A name may be if it reads the same (by Unicode's skeletons, without case, accents,
    /// spaces and punctuation). Where the agent's own publisher has proved no domain, it also may if it has the other in
    /// it as whole words (from 6 characters on), or is one letter off (5 to 8 characters) or two (from 9 on; the shorter
    /// name counts). It is at most a minute old.
    pub look_alikes: Vec<LookAlikeView>,
    /// Where there is more.
    pub links: LinksView,
}

/// A publisher that an agent may be taken for.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = LookAlike, example = json!({
    "slug": "northquay-freight", "displayName": "Northquay Freight", "domain": "northquay-freight.example",
}))]
pub struct LookAlikeView {
    /// Its name in addresses.
    pub slug: String,
    /// What it is called.
    pub display_name: String,
    /// A domain that it has proved, by a claim that holds now.
    pub domain: String,
}

impl From<LookAlike> for LookAlikeView {
    fn from(LookAlike { slug, display_name, domain }: LookAlike) -> Self {
        Self { slug, display_name, domain }
    }
}

/// Addresses of an agent.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = MarketplaceLinks)]
pub struct LinksView {
    /// This answer.
    #[serde(rename = "self")]
    pub own: String,
    /// Its page, for people.
    pub page: String,
    /// Its DID document.
    pub did_document: String,
    /// Its A2A card.
    pub agent_card: Option<String>,
    /// Its publisher.
    pub publisher: String,
    /// Where it is reported.
    pub reports: String,
}

/// A publisher.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Publisher, example = json!({
    "slug": "northquay-freight", "displayName": "Northquay Freight", "agentCount": 3, "since": "2026-11-25T09:40:00.000Z",
}))]
pub struct PublisherDetailView {
    /// Its name in addresses.
    pub slug: String,
    /// What it is called.
    pub display_name: String,
    /// How many agents it has here now.
    pub agent_count: u64,
    /// When it first published one.
    #[schema(format = DateTime)]
    pub since: String,
}

impl PublisherDetailView {
    /// Of a publisher, since a time in milliseconds.
    pub fn new(row: OrganizationRecord, agent_count: u64, since: i64) -> Self {
        let display_name = row.display_name.unwrap_or(row.name);
        Self { slug: row.slug, display_name, agent_count, since: rfc3339(since) }
    }
}
