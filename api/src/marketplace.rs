//! The marketplace's search: an index in memory over all published agents.
//!
//! The database is the truth; the index is made from it at the start (`feed`) and follows the outbox from then on, so it
//! can be thrown away. `words` says what a word is, `index` what is kept of an agent, `matching` which agents a text
//! finds and how well, `search` narrows, counts, sorts and pages, `cursor` is where a page ended. `proved` says whose names
//! an agent's is like.

mod cursor;
mod feed;
mod index;
mod matching;
mod proved;
mod search;
mod words;

use std::collections::HashMap;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use thiserror::Error;
use tokio::sync::{Semaphore, watch};

pub use cursor::Cursor;
pub use feed::{build, follow};
pub(crate) use index::CHECKS;
pub use index::{Index, Listing};
pub use proved::{LookAlike, look_alikes};
pub use search::{Facet, Found, Place, Question, Sort, Value};

use crate::error::ApiError;

/// Searches whose answers are kept, at most.
const MOST_KEPT: usize = 512;
/// How long an answer is kept, in milliseconds: claims end by the clock, without a change of the index.
const KEPT_MS: i64 = 2_000;
/// How long a search waits for the index after the start of the process.
const PATIENCE: Duration = Duration::from_secs(10);

/// Why there is no answer. Ours in every case: no question is wrong.
#[derive(Debug, Error)]
pub enum IndexError {
    /// The index could not be made or asked.
    #[error("the index: {0}")]
    Index(#[from] tantivy::TantivyError),
    /// The index could not be read.
    #[error("the index: {0}")]
    Read(#[from] std::io::Error),
}

impl From<IndexError> for ApiError {
    fn from(error: IndexError) -> Self {
        Self::internal(error)
    }
}

/// An answer, and until when it holds.
struct Kept {
    generation: u64,
    at: i64,
    found: Arc<Found>,
}

/// The index, for handlers and the job that feeds it.
pub struct Market {
    index: Arc<Index>,
    /// The last line of the outbox that it knows.
    seen: AtomicI64,
    is_ready: watch::Sender<bool>,
    /// A search keeps a processor busy: more of them than there are processors help nobody.
    places: Semaphore,
    kept: Mutex<HashMap<Question, Kept>>,
    /// Publishers who have proved a domain; `None` until somebody asks.
    proved: tokio::sync::Mutex<Option<proved::Kept>>,
}

impl std::fmt::Debug for Market {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("Market").field("seen", &self.seen).finish_non_exhaustive()
    }
}

impl Market {
    /// An empty one, that is not ready until [`build`] is done.
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

    fn seen(&self) -> i64 {
        self.seen.load(Ordering::Relaxed)
    }
}
