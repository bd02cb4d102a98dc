//! Agent page, publisher page and report form.

use super::super::{Crumb, Html, Link};
use super::{AgentRow, Capability, Claim, Pages, Stale};

/// `/marketplace/{agentId}`
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AgentPage {
    /// Breadcrumbs.
    pub crumbs: Vec<Crumb>,
    /// Agent name.
    pub name: String,
    /// Publisher, linked to the publisher page.
    pub publisher: Link,
    /// Publisher's description.
    pub description: String,
    /// Agent ID, also the `client_id`.
    pub agent_id: String,
    /// Decentralized identifier (did:web).
    pub did: String,
    /// Agent type, as in the API.
    pub agent_type: String,
    /// Version (semver).
    pub version: String,
    /// Deployment environment, as in the API.
    pub environment: String,
    /// Owner, as named by the publisher.
    pub owner: String,
    /// Tags.
    pub tags: Vec<String>,
    /// Self-declared capabilities.
    pub capabilities: Vec<Capability>,
    /// Verifications of the agent and its publisher.
    pub claims: Vec<Claim>,
    /// True for an agent flagged by the operator.
    pub is_flagged: bool,
    /// Publishers with a similar name.
    pub look_alikes: Vec<LookAlike>,
    /// Endpoint (A2A 1.0), if any.
    pub endpoint: Option<String>,
    /// Code samples for calling the agent, as markup.
    pub samples: Html,
    /// Code samples as text.
    pub examples: Vec<Example>,
    /// DID document and agent card.
    pub documents: Vec<JsonDocument>,
    /// Labeled times, as `2026-11-27 09:40 UTC`.
    pub dates: Vec<(&'static str, String)>,
    /// Agents with the same publisher or similar capabilities.
    pub related: Vec<AgentRow>,
    /// URL of the document verification.
    pub check: String,
    /// URL of the report form.
    pub report: String,
    /// URL of the JSON form.
    pub json: String,
    /// URL of the page on verification, if it exists.
    pub explained: Option<String>,
    /// Set where cached data is shown.
    pub stale: Option<Stale>,
}

/// Publisher with a similar name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LookAlike {
    /// Name, linked to the publisher page.
    pub publisher: Link,
    /// Verified domain of the publisher.
    pub domain: String,
}

/// Code sample.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Example {
    /// Language name.
    pub title: &'static str,
    /// Language ID of a code fence.
    pub language: &'static str,
    /// Code.
    pub code: String,
}

/// JSON document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct JsonDocument {
    /// Title.
    pub title: &'static str,
    /// Purpose.
    pub about: &'static str,
    /// URL.
    pub raw: String,
    /// Highlighted JSON.
    pub html: Html,
    /// JSON text.
    pub text: String,
}

/// `/marketplace/publishers/{slug}`
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PublisherPage {
    /// Breadcrumbs.
    pub crumbs: Vec<Crumb>,
    /// Display name.
    pub name: String,
    /// URL slug.
    pub slug: String,
    /// Number of published agents.
    pub total: u64,
    /// Date of the first publication, `YYYY-MM-DD`.
    pub since: String,
    /// Agents on this page.
    pub agents: Vec<AgentRow>,
    /// Page number and links to other pages.
    pub pages: Pages,
    /// URL of the marketplace, filtered by this publisher.
    pub search: String,
    /// URL of the JSON form.
    pub json: String,
    /// Set where cached data is shown.
    pub stale: Option<Stale>,
}

/// `/marketplace/{agentId}/report`
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReportPage {
    /// Agent, linked to its page.
    pub agent: Link,
    /// Form action URL.
    pub action: String,
    /// Reasons to choose from.
    pub reasons: Vec<Reason>,
    /// Submitted details.
    pub text: String,
    /// State of the report.
    pub state: ReportState,
    /// URL of the page on moderation, if it exists.
    pub explained: Option<String>,
}

/// Reason for a report.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reason {
    /// Form value.
    pub value: &'static str,
    /// Label.
    pub title: &'static str,
    /// True for the selected reason.
    pub is_chosen: bool,
}

/// State of a report.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum ReportState {
    /// Not submitted.
    #[default]
    Open,
    /// Rejected with this message. The form keeps its values.
    Rejected(String),
    /// Received, with its report ID.
    Received(String),
}
