//! Verification of a chain.

use domain::audit::{Event, Fault, GENESIS};
use domain::id::OrganizationId;

use super::read::rows_after;
use super::{Head, parse_event, recorded_head};
use crate::{Store, StoreError};

/// The result of the verification of a chain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verification {
    /// Events that are sound, from the first one on.
    pub checked_count: u64,
    /// The first event that is not sound.
    pub broken: Option<Broken>,
    /// The recorded head.
    pub head: Head,
    /// Whether the chain ends at the recorded head. A truncated chain does not.
    pub reaches_head: bool,
}

/// An event that is not sound.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Broken {
    /// Its place in the chain.
    pub seq: i64,
    /// Its identifier.
    pub event_id: String,
    /// What is wrong with it.
    pub fault: Fault,
}

/// Verifies an organization's chain, as it is in the database: recomputes every hash, from the first event to the head.
pub async fn verify(store: &Store, organization: OrganizationId) -> Result<Verification, StoreError> {
    // The head first: events that are added meanwhile come after it.
    let recorded = recorded_head(&store.reader, organization).await?;
    let head = recorded.clone().unwrap_or_else(|| Head { seq: 0, hash: GENESIS.to_owned() });
    let mut checked_count = 0;
    let mut before: Option<Event> = None;
    let mut broken = None;
    let mut hash_at_head = None;
    'batches: loop {
        let after = before.as_ref().map_or(0, |event| i64::try_from(event.seq).unwrap_or(i64::MAX));
        let batch = rows_after(store, organization, after).await?;
        if batch.is_empty() {
            break;
        }
        for row in batch {
            let (seq, event_id) = (row.seq, row.event_id.clone());
            let event = parse_event(row);
            let fault = event.as_ref().map_or(Some(Fault::Content), |event| event.fault(before.as_ref()));
            if let Some(fault) = fault {
                broken = Some(Broken { seq, event_id, fault });
                break 'batches;
            }
            checked_count += 1;
            if let Some(event) = event.as_ref().filter(|event| event.seq == head.seq) {
                hash_at_head = Some(event.hash.clone());
            }
            before = event;
        }
    }
    // Without a recorded head the chain could end anywhere.
    let reaches_head = broken.is_none() && recorded.is_some() && hash_at_head.as_ref() == Some(&head.hash);
    Ok(Verification { checked_count, broken, head, reaches_head })
}
