//! The audit trail.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::words::words;
use crate::{AgentId, EventId, OrganizationId};

words! {
    /// How it went.
    Outcome, Other {
        /// It was done.
        Success = "success",
        /// It was not.
        Failure = "failure",
    }
}

words! {
    /// What is wrong with an event.
    AuditFault, Other {
        /// Events before it are missing.
        Gap = "gap",
        /// It does not name the hash of the one before.
        Link = "link",
        /// Its hash is not that of its content.
        Content = "content",
    }
}

/// An event. Its hash is SHA-256 over the RFC 8785 form of all other fields: to compute it, take the line of an export, not
/// this, which leaves out fields that a newer server has.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct AuditEvent {
    /// Its place in the chain, from 1 on, without a gap.
    pub seq: u64,
    /// Its identifier.
    pub event_id: EventId,
    /// When, in UTC with microseconds.
    pub timestamp: Timestamp,
    /// Whose chain it is.
    pub organization_id: OrganizationId,
    /// The agent that it is about, if any.
    pub agent_id: Option<AgentId>,
    /// Who did it.
    pub actor: String,
    /// What was done, such as `agent.registered`.
    pub action: String,
    /// How it went.
    pub outcome: Outcome,
    /// More about it.
    pub metadata: Map<String, Value>,
    /// The hash of the event before, in hexadecimal; of the first, 64 zeros.
    pub previous_hash: String,
    /// This event's hash, in hexadecimal.
    pub hash: String,
}

/// What a list of events is narrowed by.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct AuditQuery {
    /// Which page, from 1 on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub page: Option<u64>,
    /// How many on a page, at most 100.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub limit: Option<u64>,
    /// About this agent alone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub agent_id: Option<AgentId>,
    /// Of this action alone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub action: Option<String>,
    /// Of this outcome alone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub outcome: Option<Outcome>,
    /// From this time on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from_date: Option<Timestamp>,
    /// Before this time.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to_date: Option<Timestamp>,
}

/// How the chain stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct AuditVerification {
    /// Whether every event fits and the chain reaches its head.
    pub verified: bool,
    /// Events that fit, from the first one on.
    pub checked_count: u64,
    /// The place of the first event that does not fit.
    pub broken_at_seq: Option<u64>,
    /// The first event that does not fit.
    pub broken_at_event_id: Option<EventId>,
    /// What is wrong with it.
    pub fault: Option<AuditFault>,
    /// Where the chain has to end.
    pub head_seq: u64,
    /// The hash that it has to end with.
    pub head_hash: String,
    /// Whether it does: a tail that was cut off shows here.
    pub reaches_head: bool,
}

/// The end of the chain, signed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct AuditHead {
    /// Whose chain it is.
    pub organization_id: OrganizationId,
    /// The last event's place; 0 where there is none.
    pub head_seq: u64,
    /// The last event's hash.
    pub head_hash: String,
    /// When this was read.
    pub at: Timestamp,
    /// These values as a JWT, signed by the service's key.
    pub signature: String,
}
