//! The audit trail.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::open_enum::open_enum;
use crate::{AgentId, EventId, OrganizationId};

open_enum! {
    /// Outcome of an action.
    Outcome, Other {
        /// Succeeded.
        Success = "success",
        /// Failed.
        Failure = "failure",
    }
}

open_enum! {
    /// Integrity fault of an event.
    AuditFault, Other {
        /// Gap: preceding events are missing.
        Gap = "gap",
        /// Hash of the preceding event doesn't match.
        Link = "link",
        /// Hash doesn't match the content.
        Content = "content",
    }
}

/// Audit event. The hash is SHA-256 over the RFC 8785 form of all other fields. To recompute it, use an export line:
/// this type omits fields that it doesn't know.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct AuditEvent {
    /// Sequence number in the chain, from 1, without gaps.
    pub seq: u64,
    /// ID of the event.
    pub event_id: EventId,
    /// Time of the event, in UTC with microseconds.
    pub timestamp: Timestamp,
    /// Organization that owns the chain.
    pub organization_id: OrganizationId,
    /// Agent that the event is about, if any.
    pub agent_id: Option<AgentId>,
    /// Actor.
    pub actor: String,
    /// Action, such as `agent.registered`.
    pub action: String,
    /// Outcome.
    pub outcome: Outcome,
    /// Details of the action.
    pub metadata: Map<String, Value>,
    /// Hash of the preceding event, in hexadecimal; 64 zeros for the first event.
    pub previous_hash: String,
    /// Hash of this event, in hexadecimal.
    pub hash: String,
}

/// Stored head of a chain, from which it is verified. Without one, the chain is verified from the first event.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct AuditCheckpoint {
    /// Sequence number of the head, a colon, and its hash.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub after: Option<String>,
}

/// Filters and pagination of events.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct AuditQuery {
    /// Page number, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub page: Option<u64>,
    /// Items per page, up to 100.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub limit: Option<u64>,
    /// Filter by agent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub agent_id: Option<AgentId>,
    /// Filter by action.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub action: Option<String>,
    /// Filter by outcome.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub outcome: Option<Outcome>,
    /// Events at or after this time.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from_date: Option<Timestamp>,
    /// Events before this time.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to_date: Option<Timestamp>,
}

/// Result of a verification of the chain.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
#[allow(clippy::struct_excessive_bools, reason = "fields of the contract")]
pub struct AuditVerification {
    /// True if every event is intact and the chain reaches its head.
    pub verified: bool,
    /// Number of intact events, from the first.
    pub checked_count: u64,
    /// Sequence number of the first faulty event.
    pub broken_at_seq: Option<u64>,
    /// ID of the first faulty event.
    pub broken_at_event_id: Option<EventId>,
    /// Fault of that event.
    pub fault: Option<AuditFault>,
    /// Sequence number of the head.
    pub head_seq: u64,
    /// Hash of the head.
    pub head_hash: String,
    /// True if the chain reaches its head; false if its end was truncated.
    pub reaches_head: bool,
    /// True if the head is authentic: it has a code under a key that is not in the database, and so had every head before
    /// it.
    pub head_authentic: bool,
    /// Newest head that was stored outside the database.
    pub anchor: Option<AuditAnchor>,
    /// True if the chain contains the anchor; false if the chain was truncated or rewritten since.
    pub reaches_anchor: bool,
}

/// Head of a chain that was stored outside the database.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct AuditAnchor {
    /// Sequence number of the head.
    pub head_seq: u64,
    /// Hash of the head.
    pub head_hash: String,
    /// Time at which the head was stored.
    pub anchored_at: Timestamp,
}

/// Signed head of the chain.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct AuditHead {
    /// Organization that owns the chain.
    pub organization_id: OrganizationId,
    /// Sequence number of the last event; 0 if there is none.
    pub head_seq: u64,
    /// Hash of the last event.
    pub head_hash: String,
    /// Time of the read.
    pub at: Timestamp,
    /// These values as a JWT, signed by the service.
    pub signature: String,
}
