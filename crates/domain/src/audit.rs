//! Audit trail: one hash chain of events per organization.
//!
//! The hash is SHA-256 over the event in canonical JSON (RFC 8785), without the hash itself. Changing, removing or
//! inserting an event invalidates the hashes of all later events; truncation is detected by the signed head.

use aws_lc_rs::{digest, hmac};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::id::{AgentId, EventId, OrganizationId};

/// Hash of the preceding event, in the first event of a chain.
pub const GENESIS: &str = "0000000000000000000000000000000000000000000000000000000000000000";

/// Outcome of an action.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum Outcome {
    /// Succeeded.
    Success,
    /// Rejected or failed.
    Failure,
}

impl Outcome {
    /// Returns the text form.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Success => "success",
            Self::Failure => "failure",
        }
    }

    /// Parses the text form of [`Outcome::as_str`].
    pub fn parse(text: &str) -> Option<Self> {
        [Self::Success, Self::Failure].into_iter().find(|outcome| outcome.as_str() == text)
    }
}

/// Event, as stored, hashed and returned.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Event {
    /// Sequence number in the chain, from 1, without gaps.
    pub seq: u64,
    /// ID of the event.
    pub event_id: EventId,
    /// Time of the event, in UTC with microseconds (RFC 3339).
    pub timestamp: String,
    /// Organization that owns the chain.
    pub organization_id: OrganizationId,
    /// Agent that the event is about, if any.
    pub agent_id: Option<AgentId>,
    /// Actor: the ID of an agent or organization, or `system`.
    pub actor: String,
    /// Action, such as `agent.registered`.
    pub action: String,
    /// Outcome.
    pub outcome: Outcome,
    /// Details of the action. Never secrets.
    pub metadata: Map<String, Value>,
    /// Hash of the preceding event, in hexadecimal; [`GENESIS`] for the first event.
    pub previous_hash: String,
    /// Hash of this event, in hexadecimal.
    pub hash: String,
}

impl Event {
    /// Returns the event with its hash recomputed.
    #[must_use]
    pub fn with_hash(mut self) -> Self {
        self.hash = self.compute_hash();
        self
    }

    /// Computes the hash.
    pub fn compute_hash(&self) -> String {
        let mut value = serde_json::to_value(self).unwrap_or_default();
        if let Some(fields) = value.as_object_mut() {
            fields.remove("hash");
        }
        let canonical = serde_json_canonicalizer::to_vec(&value).unwrap_or_default();
        hex(digest::digest(&digest::SHA256, &canonical).as_ref())
    }

    /// Returns the event's fault as the successor of `before`, if it has one.
    pub fn find_fault(&self, before: Option<&Self>) -> Option<Fault> {
        let (seq, hash) = before.map_or((0, GENESIS), |before| (before.seq, before.hash.as_str()));
        if self.seq != seq + 1 {
            Some(Fault::Gap)
        } else if self.previous_hash != hash {
            Some(Fault::Link)
        } else if self.hash != self.compute_hash() {
            Some(Fault::Content)
        } else {
            None
        }
    }
}

/// Key that authenticates the head of a chain, kept outside the database: writing the database is not enough to replace
/// a chain with its head.
pub struct HeadKey(hmac::Key);

impl std::fmt::Debug for HeadKey {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("HeadKey(••••)")
    }
}

impl HeadKey {
    /// Creates a key from 32 bytes.
    pub fn new(bytes: &[u8; 32]) -> Self {
        Self(hmac::Key::new(hmac::HMAC_SHA256, bytes))
    }

    /// Computes the HMAC-SHA-256 of a head.
    pub fn sign(&self, organization: &str, seq: u64, hash: &str) -> Vec<u8> {
        hmac::sign(&self.0, Self::text(organization, seq, hash).as_bytes()).as_ref().to_vec()
    }

    /// Returns true if the code belongs to the head, in constant time.
    pub fn verify(&self, organization: &str, seq: u64, hash: &str, code: &[u8]) -> bool {
        hmac::verify(&self.0, Self::text(organization, seq, hash).as_bytes(), code).is_ok()
    }

    fn text(organization: &str, seq: u64, hash: &str) -> String {
        format!("{organization}\n{seq}\n{hash}")
    }
}

/// Fault of a chain at an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Fault {
    /// Gap: the sequence number doesn't follow the preceding one.
    Gap,
    /// Link: the hash of the preceding event doesn't match.
    Link,
    /// Content: the hash doesn't match the event.
    Content,
}

/// Encodes bytes as lowercase hexadecimal.
pub fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        // Writing to a String can't fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chain(length: u64) -> Vec<Event> {
        let organization_id = OrganizationId::new();
        let mut events: Vec<Event> = Vec::new();
        for seq in 1..=length {
            let event = Event {
                seq,
                event_id: EventId::new(),
                timestamp: format!("2026-11-25T10:00:00.{seq:06}Z"),
                organization_id,
                agent_id: Some(AgentId::new()),
                actor: "system".into(),
                action: "agent.registered".into(),
                outcome: Outcome::Success,
                metadata: Map::from_iter([
                    ("name".into(), Value::from("ä \u{2028} \"q\"")),
                    ("n".into(), Value::from(1.0)),
                ]),
                previous_hash: events.last().map_or(GENESIS.into(), |event| event.hash.clone()),
                hash: String::new(),
            };
            events.push(event.with_hash());
        }
        events
    }

    fn first_fault(events: &[Event]) -> Option<(u64, Fault)> {
        let before = std::iter::once(None).chain(events.iter().map(Some));
        events.iter().zip(before).find_map(|(event, before)| event.find_fault(before).map(|fault| (event.seq, fault)))
    }

    #[test]
    fn a_whole_chain_has_no_fault() {
        assert_eq!(first_fault(&chain(5)), None);
    }

    #[test]
    fn changes_removals_and_insertions_are_located() {
        let mut changed = chain(5);
        changed[2].action = "agent.decommissioned".into();
        assert_eq!(first_fault(&changed), Some((3, Fault::Content)));
        let rehashed = {
            let mut events = chain(5);
            events[2].action = "x".into();
            events[2] = events[2].clone().with_hash();
            events
        };
        assert_eq!(first_fault(&rehashed), Some((4, Fault::Link)));
        let mut removed = chain(5);
        removed.remove(1);
        assert_eq!(first_fault(&removed), Some((3, Fault::Gap)));
        let mut doubled = chain(5);
        doubled.insert(2, doubled[1].clone());
        assert_eq!(first_fault(&doubled), Some((2, Fault::Gap)));
    }

    #[test]
    fn an_event_that_was_stored_as_json_keeps_its_hash() {
        let event = chain(1).remove(0);
        let text = serde_json::to_string(&event).expect("JSON");
        let again: Event = serde_json::from_str(&text).expect("an event");
        assert_eq!(again.compute_hash(), event.hash);
    }
}
