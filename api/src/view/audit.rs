//! Events of the audit trail, as hashed.

use domain::audit::Event;
use serde::Serialize;
use serde_json::{Map, Value};
use utoipa::ToSchema;

/// Audit event. The hash is SHA-256 over the RFC 8785 form of all other fields.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = AuditEvent, example = json!({
    "seq": 3, "eventId": "01993b6f-1111-7a00-8000-000000000003", "timestamp": "2026-11-25T09:32:00.123456Z",
    "organizationId": "01993b6e-7f1c-7a52-9a54-6d1f0a3c9d11", "agentId": "01993b6e-8123-7d11-8a2b-77c1d9a0be55",
    "actor": "01993b6e-7f1c-7a52-9a54-6d1f0a3c9d11", "action": "agent.registered", "outcome": "success",
    "metadata": { "name": "Invoice screener" },
    "previousHash": "4f7c0f0a9f4b7f0d7a5b9a2c6f0e1d3c5b7a9f8e6d4c2b0a1f3e5d7c9b8a6f40",
    "hash": "9d2f1a7b3c5e8d0f2a4b6c8e0d1f3a5b7c9e0f2d4b6a8c0e1f3d5b7a9c8e6f02",
}))]
pub struct AuditEventView {
    /// Sequence number in the chain, starting at 1, without gaps.
    pub seq: u64,
    /// ID of the event.
    #[schema(format = Uuid)]
    pub event_id: String,
    /// Time of the event, in UTC with microseconds.
    #[schema(format = DateTime)]
    pub timestamp: String,
    /// Organization that owns the chain.
    #[schema(format = Uuid)]
    pub organization_id: String,
    /// Agent that the event is about, if any.
    #[schema(format = Uuid)]
    pub agent_id: Option<String>,
    /// Actor: the ID of an agent or organization, `operator` or `system`.
    pub actor: String,
    /// Action, such as `agent.registered`.
    pub action: String,
    /// Outcome: `success` or `failure`.
    pub outcome: String,
    /// Details of the action.
    #[schema(value_type = Object)]
    pub metadata: Map<String, Value>,
    /// Hash of the preceding event, in hexadecimal; 64 zeros for the first event.
    pub previous_hash: String,
    /// Hash of this event, in hexadecimal.
    pub hash: String,
}

impl From<Event> for AuditEventView {
    fn from(event: Event) -> Self {
        Self {
            seq: event.seq,
            event_id: event.event_id.to_string(),
            timestamp: event.timestamp,
            organization_id: event.organization_id.to_string(),
            agent_id: event.agent_id.map(|agent| agent.to_string()),
            actor: event.actor,
            action: event.action,
            outcome: event.outcome.as_str().to_owned(),
            metadata: event.metadata,
            previous_hash: event.previous_hash,
            hash: event.hash,
        }
    }
}
