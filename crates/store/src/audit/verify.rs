//! Verification of a chain.

use std::collections::HashSet;
use std::sync::{Arc, Mutex, PoisonError};

use domain::audit::{Event, Fault, GENESIS};
use domain::id::OrganizationId;
use domain::rejection::Rejection;
use tokio::sync::Semaphore;

use super::read::{row_at, rows_after};
use super::{Head, RecordedHead, parse_event, recorded_head};
use crate::entity::audit_event;
use crate::{Store, StoreError};

/// Result of the verification of a chain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verification {
    /// Number of intact events, from the first, or from the one after the checkpoint.
    pub checked_count: u64,
    /// First faulty event, if any.
    pub broken: Option<Broken>,
    /// Recorded head.
    pub head: Head,
    /// True if the head is authentic: this service wrote it, and every head before it.
    pub is_authentic: bool,
    /// True if the chain contains the head that was anchored outside the database, or if there is none.
    pub reaches_anchor: bool,
    /// True if the chain ends at the recorded head. False if it was truncated.
    pub reaches_head: bool,
}

/// Faulty event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Broken {
    /// Sequence number.
    pub seq: i64,
    /// ID of the event. `None` if there is no event.
    pub event_id: Option<String>,
    /// Fault.
    pub fault: Fault,
}

/// Verifications in progress: one of each chain, and all of them on one processor. Hashes of a long chain take seconds.
#[derive(Clone, Debug)]
pub(crate) struct Verifications {
    turn: Arc<Semaphore>,
    running: Arc<Mutex<HashSet<OrganizationId>>>,
}

impl Default for Verifications {
    fn default() -> Self {
        Self { turn: Arc::new(Semaphore::new(1)), running: Arc::default() }
    }
}

impl Verifications {
    /// Registers a verification until the returned value is dropped.
    fn begin(&self, organization: OrganizationId) -> Result<Running, Rejection> {
        if !self.running.lock().unwrap_or_else(PoisonError::into_inner).insert(organization) {
            let words = "A verification of this audit trail is already running. Wait for its result.";
            return Err(Rejection::LimitReached { words, limit: 1, current: 1 });
        }
        Ok(Running { all: self.clone(), organization })
    }
}

/// Registered verification.
struct Running {
    all: Verifications,
    organization: OrganizationId,
}

impl Drop for Running {
    fn drop(&mut self) {
        self.all.running.lock().unwrap_or_else(PoisonError::into_inner).remove(&self.organization);
    }
}

/// Verifies an organization's chain as stored: recomputes every hash up to the head, from the first event or from the one
/// after a checkpoint, which the caller knows as a head of this chain. `anchor` is an earlier head that was kept outside the
/// database. Reports the number of intact events now and then.
///
/// # Errors
///
/// [`Rejection::LimitReached`] while another verification of the chain is running.
pub async fn verify(
    store: &Store,
    organization: OrganizationId,
    checkpoint: Option<Head>,
    anchor: Option<Head>,
    report: impl Fn(u64),
) -> Result<Verification, StoreError> {
    let running = store.verifications.begin(organization)?;
    // Reads the head first: events appended meanwhile come after it.
    let recorded = recorded_head(store, organization).await?;
    let is_recorded = recorded.is_some();
    let RecordedHead { head, is_authentic } =
        recorded.unwrap_or_else(|| RecordedHead { head: Head::empty(), is_authentic: false });
    let reaches_anchor = match anchor {
        Some(anchor) => head.seq >= anchor.seq && contains(store, organization, &anchor).await?,
        None => true,
    };
    let mut progress = Progress { checked_count: 0, before: None, broken: None, hash_at_head: None };
    if let Some(checkpoint) = checkpoint.filter(|checkpoint| checkpoint.seq > 0) {
        let seq = i64::try_from(checkpoint.seq).unwrap_or(i64::MAX);
        let row = row_at(store, organization, seq).await?;
        let event_id = row.as_ref().map(|row| row.event_id.clone());
        let event = row.and_then(parse_event).filter(|event| event.hash == checkpoint.hash);
        match event {
            Some(event) => progress.follow(event, head.seq),
            None => progress.broken = Some(Broken { seq, event_id, fault: Fault::Link }),
        }
    }
    while progress.broken.is_none() {
        let batch = rows_after(store, organization, progress.last_seq()).await?;
        if batch.is_empty() {
            break;
        }
        // One batch at a time, so that short chains don't wait for long ones.
        let turn = Arc::clone(&running.all.turn).acquire_owned().await.map_err(|_| StoreError::Stopped)?;
        let work = tokio::task::spawn_blocking(move || {
            progress.check(batch, head.seq);
            drop(turn);
            progress
        });
        progress = work.await.map_err(|error| StoreError::Unreadable(error.to_string()))?;
        report(progress.checked_count);
    }
    // Without a recorded head, truncation can't be ruled out.
    let reaches_head = progress.broken.is_none()
        && is_recorded
        && (progress.hash_at_head.as_deref() == Some(head.hash.as_str()) || (head.seq == 0 && head.hash == GENESIS));
    let Progress { checked_count, broken, .. } = progress;
    Ok(Verification { checked_count, broken, head, is_authentic, reaches_anchor, reaches_head })
}

/// Returns true if the chain contains an earlier head: an event with its sequence number and hash.
pub async fn contains(store: &Store, organization: OrganizationId, head: &Head) -> Result<bool, StoreError> {
    let row = row_at(store, organization, i64::try_from(head.seq).unwrap_or(i64::MAX)).await?;
    Ok(head.seq == 0 || row.is_some_and(|row| row.hash == head.hash))
}

/// State of a verification between two batches.
struct Progress {
    checked_count: u64,
    before: Option<Event>,
    broken: Option<Broken>,
    hash_at_head: Option<String>,
}

impl Progress {
    /// Sequence number of the last intact event.
    fn last_seq(&self) -> i64 {
        self.before.as_ref().map_or(0, |event| i64::try_from(event.seq).unwrap_or(i64::MAX))
    }

    /// Continues after an intact event.
    fn follow(&mut self, event: Event, head_seq: u64) {
        if event.seq == head_seq {
            self.hash_at_head = Some(event.hash.clone());
        }
        self.before = Some(event);
    }

    /// Checks events in order, up to the first fault.
    fn check(&mut self, batch: Vec<audit_event::Model>, head_seq: u64) {
        for row in batch {
            let (seq, event_id) = (row.seq, Some(row.event_id.clone()));
            let event = parse_event(row);
            let fault = event.as_ref().map_or(Some(Fault::Content), |event| event.find_fault(self.before.as_ref()));
            let (Some(event), None) = (event, fault) else {
                self.broken = fault.map(|fault| Broken { seq, event_id, fault });
                return;
            };
            self.checked_count += 1;
            self.follow(event, head_seq);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_verification_of_a_chain_runs_at_a_time() {
        let all = Verifications::default();
        let (one, other) = (OrganizationId::new(), OrganizationId::new());
        let running = all.begin(one).map_err(|_| "refused").expect("the first");
        assert!(matches!(all.begin(one), Err(Rejection::LimitReached { limit: 1, .. })));
        assert!(all.begin(other).is_ok(), "another chain");
        drop(running);
        assert!(all.begin(one).is_ok(), "after the first has ended");
    }
}
