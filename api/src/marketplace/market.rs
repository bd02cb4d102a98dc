//! The marketplace's index in memory, with the answers that are kept for a moment.

use std::collections::HashMap;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::sync::{Semaphore, watch};

use super::error::IndexError;
use super::index::Index;
use super::proved;
use super::query::{Found, Question};
use crate::error::ApiError;

/// Searches whose answers are kept, at most.
const MOST_KEPT: usize = 512;
/// How long an answer is kept, in milliseconds: claims end by the clock, without a change of the index.
const KEPT_MS: i64 = 2_000;
/// How long a search waits for the index after the start of the process.
const PATIENCE: Duration = Duration::from_secs(10);

/// An answer, and until when it holds.
struct Kept {
    generation: u64,
    at: i64,
    found: Arc<Found>,
}

/// The index, for handlers and the job that feeds it.
pub struct Market {
    pub(super) index: Arc<Index>,
    /// The last line of the outbox that it knows.
    pub(super) seen: AtomicI64,
    pub(super) is_ready: watch::Sender<bool>,
    /// A search keeps a processor busy: more of them than there are processors help nobody.
    places: Semaphore,
    kept: Mutex<HashMap<Question, Kept>>,
    /// Publishers who have proved a domain; `None` until somebody asks.
    pub(super) proved: tokio::sync::Mutex<Option<proved::Kept>>,
}

impl std::fmt::Debug for Market {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("Market").field("seen", &self.seen).finish_non_exhaustive()
    }
}

impl Market {
    /// An empty index, that is not ready until [`build`](super::build) is done.
    pub fn new() -> Result<Self, IndexError> {
        let processors = std::thread::available_parallelism().map_or(2, std::num::NonZero::get);
        Ok(Self {
            index: Arc::new(Index::new()?),
            seen: AtomicI64::new(0),
            is_ready: watch::Sender::new(false),
            places: Semaphore::new(processors),
            kept: Mutex::default(),
            proved: tokio::sync::Mutex::default(),
        })
    }

    /// What is found for a question, at a time in milliseconds. Right after the start it waits for the index.
    pub async fn search(&self, question: Question, now: i64) -> Result<Arc<Found>, ApiError> {
        if !self.is_made().await {
            return Err(ApiError::Unavailable("the index of the marketplace is being made".into()));
        }
        let generation = self.index.generation();
        if let Some(found) = self.kept(&question, generation, now) {
            return Ok(found);
        }
        let _place = self.places.acquire().await.map_err(ApiError::internal)?;
        let (index, asked) = (Arc::clone(&self.index), question.clone());
        let found =
            tokio::task::spawn_blocking(move || index.search(&asked, now)).await.map_err(ApiError::internal)??;
        let found = Arc::new(found);
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.len() >= MOST_KEPT {
            kept.clear();
        }
        kept.insert(question, Kept { generation, at: now, found: Arc::clone(&found) });
        Ok(found)
    }

    /// Whether the index is made, or is within the time that a search waits for it.
    async fn is_made(&self) -> bool {
        let mut readiness = self.is_ready.subscribe();
        matches!(tokio::time::timeout(PATIENCE, readiness.wait_for(|ready| *ready)).await, Ok(Ok(_)))
    }

    fn kept(&self, question: &Question, generation: u64, now: i64) -> Option<Arc<Found>> {
        let kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let kept = kept.get(question)?;
        let is_fresh = kept.generation == generation && (kept.at..kept.at + KEPT_MS).contains(&now);
        is_fresh.then(|| Arc::clone(&kept.found))
    }

    pub(super) fn seen(&self) -> i64 {
        self.seen.load(Ordering::Relaxed)
    }
}
