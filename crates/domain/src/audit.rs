//! The audit trail: for each organization a chain of events, each of which holds the hash of the one before.
//!
//! The hash is SHA-256 over the event in the form of RFC 8785 (JSON with one spelling), without the hash itself. Whoever
//! changes, removes or inserts an event has to change every hash behind it; who cuts the end off is found by the signed
//! head.

use aws_lc_rs::digest;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::id::{AgentId, EventId, OrganizationId};

/// What the first event of a chain holds for the hash of the one before.
pub const GENESIS: &str = "0000000000000000000000000000000000000000000000000000000000000000";

/// How what was tried came out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum Outcome {
    /// It was done.
    Success,
    /// It was refused or failed.
    Failure,
}

impl Outcome {
    /// As it is written.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Success => "success",
            Self::Failure => "failure",
        }
    }

    /// Reads what [`Outcome::as_str`] wrote.
    pub fn read(text: &str) -> Option<Self> {
        [Self::Success, Self::Failure].into_iter().find(|outcome| outcome.as_str() == text)
    }
}

/// An event, as it is stored, hashed and answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Event {
    /// Its place in the chain, from 1 on, without a gap.
    pub seq: u64,
    /// Its identifier.
    pub event_id: EventId,
    /// When, in UTC with microseconds (RFC 3339).
    pub timestamp: String,
    /// Whose chain it is.
    pub organization_id: OrganizationId,
    /// The agent that it is about, if any.
    pub agent_id: Option<AgentId>,
    /// Who did it: an identifier of an agent or organization, or `system`.
    pub actor: String,
    /// What was done, such as `agent.registered`.
    pub action: String,
    /// How it came out.
    pub outcome: Outcome,
    /// More about it. Never a secret.
    pub metadata: Map<String, Value>,
    /// The hash of the event before, in hexadecimal; of the first, [`GENESIS`].
    pub previous_hash: String,
    /// This event's hash, in hexadecimal.
    pub hash: String,
}

impl Event {
    /// The event with its hash computed anew.
    #[must_use]
    pub fn sealed(mut self) -> Self {
        self.hash = self.digest();
        self
    }

    /// The hash that it has to have.
    pub fn digest(&self) -> String {
        let mut value = serde_json::to_value(self).unwrap_or_default();
        if let Some(fields) = value.as_object_mut() {
            fields.remove("hash");
        }
        let canonical = serde_json_canonicalizer::to_vec(&value).unwrap_or_default();
        hex(digest::digest(&digest::SHA256, &canonical).as_ref())
    }

    /// What is wrong with it behind `before`, if anything.
    pub fn fault(&self, before: Option<&Self>) -> Option<Fault> {
        let (seq, hash) = before.map_or((0, GENESIS), |before| (before.seq, before.hash.as_str()));
        if self.seq != seq + 1 {
            Some(Fault::Gap)
        } else if self.previous_hash != hash {
            Some(Fault::Link)
        } else if self.hash != self.digest() {
            Some(Fault::Content)
        } else {
            None
        }
    }
}

/// How a chain is broken at an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Fault {
    /// An event before it is missing, or one too many.
    Gap,
    /// It does not hold the hash of the one before.
    Link,
    /// Its own hash does not fit what it says.
    Content,
}

/// Lower-case hexadecimal digits.
pub(crate) fn hex(bytes: &[u8]) -> String {
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
            events.push(event.sealed());
        }
        events
    }

    fn first_fault(events: &[Event]) -> Option<(u64, Fault)> {
        let before = std::iter::once(None).chain(events.iter().map(Some));
        events.iter().zip(before).find_map(|(event, before)| event.fault(before).map(|fault| (event.seq, fault)))
    }

    #[test]
    fn a_whole_chain_has_no_fault() {
        assert_eq!(first_fault(&chain(5)), None);
    }

    #[test]
    fn what_was_changed_removed_or_put_in_is_found_at_its_place() {
        let mut changed = chain(5);
        changed[2].action = "agent.decommissioned".into();
        assert_eq!(first_fault(&changed), Some((3, Fault::Content)));
        let resealed = {
            let mut events = chain(5);
            events[2].action = "x".into();
            events[2] = events[2].clone().sealed();
            events
        };
        assert_eq!(first_fault(&resealed), Some((4, Fault::Link)));
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
        assert_eq!(again.digest(), event.hash);
    }
}
