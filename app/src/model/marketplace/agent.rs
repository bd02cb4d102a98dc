//! One agent, and its publisher.

use super::super::{Crumb, Html, Link};
use super::{AgentRow, Capability, Claim, Pages, Stale};

/// `/marketplace/{agentId}`
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AgentPage {
    /// The way here.
    pub crumbs: Vec<Crumb>,
    /// Its name.
    pub name: String,
    /// Who publishes it, with the page of all that it publishes.
    pub publisher: Link,
    /// What it says it does.
    pub description: String,
    /// Its identifier, which is its `client_id`.
    pub agent_id: String,
    /// Its decentralized identifier (did:web).
    pub did: String,
    /// Its type, as the API writes it.
    pub agent_type: String,
    /// Its version (semver).
    pub version: String,
    /// Where it runs, as the API writes it.
    pub environment: String,
    /// Who answers for it, in the publisher's words.
    pub owner: String,
    /// Words to be found by.
    pub tags: Vec<String>,
    /// What it says it can do.
    pub capabilities: Vec<Capability>,
    /// What was checked of it and its publisher.
    pub claims: Vec<Claim>,
    /// Whether the operator warns of it.
    pub is_flagged: bool,
    /// Publishers that it could be taken for.
    pub look_alikes: Vec<LookAlike>,
    /// Where it is called (A2A 1.0), if it can be.
    pub endpoint: Option<String>,
    /// How it is called, in several languages: markup, and the same as text.
    pub talk: Html,
    /// The same as text.
    pub examples: Vec<Example>,
    /// Its documents.
    pub documents: Vec<JsonDocument>,
    /// When what happened, as `2026-11-27 09:40 UTC`.
    pub dates: Vec<(&'static str, String)>,
    /// Agents with the same publisher or capabilities.
    pub related: Vec<AgentRow>,
    /// Where its check is repeated.
    pub check: String,
    /// Where it is reported.
    pub report: String,
    /// The same as JSON.
    pub json: String,
    /// What claims say and what not, where such a page exists.
    pub explained: Option<String>,
    /// Whether an older state is shown.
    pub stale: Option<Stale>,
}

/// A publisher that something could be taken for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LookAlike {
    /// What it is called, with its page.
    pub publisher: Link,
    /// A domain of which was checked that it is that publisher's.
    pub domain: String,
}

/// Code in one language.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Example {
    /// Its language, as it is shown.
    pub title: &'static str,
    /// Its language, as a fence names it.
    pub language: &'static str,
    /// The code.
    pub code: String,
}

/// A document in JSON.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct JsonDocument {
    /// What it is.
    pub title: &'static str,
    /// What it is good for.
    pub about: &'static str,
    /// Where it is.
    pub raw: String,
    /// It, highlighted.
    pub html: Html,
    /// It, as text.
    pub text: String,
}

/// `/marketplace/publishers/{slug}`
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PublisherPage {
    /// The way here.
    pub crumbs: Vec<Crumb>,
    /// What it is called.
    pub name: String,
    /// Its name in addresses.
    pub slug: String,
    /// How many agents it shows.
    pub total: u64,
    /// The day on which it first published one, `YYYY-MM-DD`.
    pub since: String,
    /// Its agents, as far as this page shows them.
    pub agents: Vec<AgentRow>,
    /// Which page this is, and the others.
    pub pages: Pages,
    /// The list of all agents, narrowed to these.
    pub search: String,
    /// The same as JSON.
    pub json: String,
    /// Whether an older state is shown.
    pub stale: Option<Stale>,
}

/// `/marketplace/{agentId}/report`
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReportPage {
    /// The agent.
    pub agent: Link,
    /// The page's own address, for its form.
    pub action: String,
    /// The classes of reasons.
    pub reasons: Vec<Reason>,
    /// What was typed.
    pub text: String,
    /// How it stands.
    pub state: ReportState,
    /// How reports are decided, where such a page exists.
    pub explained: Option<String>,
}

/// A class of reasons for a report.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reason {
    /// As it is sent.
    pub value: &'static str,
    /// As it is shown.
    pub title: &'static str,
    /// Whether it is chosen.
    pub is_chosen: bool,
}

/// How a report stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum ReportState {
    /// It is being written.
    #[default]
    Open,
    /// It was not taken, for this reason. Nothing that was typed is lost.
    Refused(String),
    /// It was taken, and this is its identifier.
    Taken(String),
}
