//! Marketplace index with a short-lived cache of results.

use std::collections::HashMap;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use arc_swap::ArcSwap;
use tokio::sync::{Semaphore, watch};

use super::error::IndexError;
use super::index::Index;
use super::query::{MarketplaceQuery, SearchResult};
use super::verified_publishers::CachedPublishers;
use crate::error::ApiError;

/// Maximum number of cached results.
const MAX_CACHED: usize = 512;
/// Lifetime of a cached result, in milliseconds: claims expire without a change to the index.
const CACHE_TTL_MS: i64 = 2_000;
/// Time that a search waits for the index after startup.
const READY_TIMEOUT: Duration = Duration::from_secs(10);

/// Cached result.
struct CachedResult {
    generation: u64,
    at: i64,
    result: Arc<SearchResult>,
}

/// Index, for handlers and the job that updates it.
pub struct Market {
    index: ArcSwap<Index>,
    /// Sequence number of the last indexed outbox entry.
    pub(super) seen: AtomicI64,
    pub(super) is_ready: watch::Sender<bool>,
    /// One permit per processor: a search is CPU-bound, so more in parallel would not help.
    permits: Semaphore,
    cache: Mutex<HashMap<MarketplaceQuery, CachedResult>>,
    /// Cached publishers with a verified domain; `None` until first use.
    pub(super) verified_publishers: tokio::sync::Mutex<Option<CachedPublishers>>,
}

impl std::fmt::Debug for Market {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("Market").field("seen", &self.seen).finish_non_exhaustive()
    }
}

impl Market {
    /// Creates an empty index, not ready until [`build`](super::build) completes.
    pub fn new() -> Result<Self, IndexError> {
        let processors = std::thread::available_parallelism().map_or(2, std::num::NonZero::get);
        Ok(Self {
            index: ArcSwap::from_pointee(Index::new()?),
            seen: AtomicI64::new(0),
            is_ready: watch::Sender::new(false),
            permits: Semaphore::new(processors),
            cache: Mutex::default(),
            verified_publishers: tokio::sync::Mutex::default(),
        })
    }

    /// Runs a query at a time, in milliseconds since 1970. Waits for the index after startup.
    pub async fn search(&self, query: MarketplaceQuery, now: i64) -> Result<Arc<SearchResult>, ApiError> {
        if !self.wait_until_ready().await {
            return Err(ApiError::Unavailable("the marketplace index is not ready".into()));
        }
        let index = self.index();
        let generation = index.generation();
        if let Some(result) = self.cached(&query, generation, now) {
            return Ok(result);
        }
        let _permit = self.permits.acquire().await.map_err(ApiError::internal)?;
        let owned_query = query.clone();
        let result = tokio::task::spawn_blocking(move || index.search(&owned_query, now))
            .await
            .map_err(ApiError::internal)??;
        let result = Arc::new(result);
        let mut cache = self.cache.lock().unwrap_or_else(PoisonError::into_inner);
        if cache.len() >= MAX_CACHED {
            cache.clear();
        }
        cache.insert(query, CachedResult { generation, at: now, result: Arc::clone(&result) });
        Ok(result)
    }

    /// Waits until the index is ready or the time limit has passed. Returns true if it is ready.
    async fn wait_until_ready(&self) -> bool {
        let mut readiness = self.is_ready.subscribe();
        matches!(tokio::time::timeout(READY_TIMEOUT, readiness.wait_for(|ready| *ready)).await, Ok(Ok(_)))
    }

    fn cached(&self, query: &MarketplaceQuery, generation: u64, now: i64) -> Option<Arc<SearchResult>> {
        let cache = self.cache.lock().unwrap_or_else(PoisonError::into_inner);
        let cached = cache.get(query)?;
        let is_fresh = cached.generation == generation && (cached.at..cached.at + CACHE_TTL_MS).contains(&now);
        is_fresh.then(|| Arc::clone(&cached.result))
    }

    /// Returns the current index.
    pub(super) fn index(&self) -> Arc<Index> {
        self.index.load_full()
    }

    /// Replaces the index by one that was built anew.
    pub(super) fn replace_index(&self, index: Arc<Index>) {
        self.index.store(index);
        // Generations of the two are not comparable.
        self.cache.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }

    pub(super) fn seen(&self) -> i64 {
        self.seen.load(Ordering::Relaxed)
    }
}
