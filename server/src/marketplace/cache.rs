//! The cache of the marketplace: responses of the API by page, limited in bytes.
//!
//! A response is fresh for 60 s. For 5 more minutes, it is served while a new one is fetched in the background. For a
//! day, it replaces one that can't be fetched, with a notice. One request at a time per page. A hidden agent is never
//! served.

use std::collections::HashSet;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Instant;

use arc_swap::{ArcSwap, ArcSwapOption};
use client::AgentId;
use moka::sync::Cache;
use prometheus::IntCounter;
use site::marketplace::{PageKey, PageRequest, Shown, response_parts};
use site::response::{Effort, PreparedResponse};
use site::{NewestAgents, SiteSnapshot};
use tokio::sync::Mutex;
use tokio::time::timeout;

use super::cached_response::{CachedResponse, Freshness, Variant};
use super::directory::AgentDirectory;
use super::upstream::{TIMEOUT, Upstream, UpstreamError};
use crate::config::Config;
use crate::error::{PageError, StartError};

/// Maximum size of all responses, in bytes. Frequently requested pages are retained (TinyLFU): a flood of one-time
/// queries evicts only such queries.
const MAX_BYTES: u64 = 64 << 20;
/// Assumed size of an entry without a response, in bytes.
const EMPTY_ENTRY_BYTES: u32 = 500;

/// The entry of a page.
#[derive(Debug, Default)]
struct CacheEntry {
    response: ArcSwapOption<CachedResponse>,
    /// Locked during a request to the API.
    fetching: Mutex<()>,
    /// True during a request in the background.
    is_revalidating: AtomicBool,
    /// Number of changes of the entry's agent.
    changes: AtomicU64,
    /// Time of the last failed request.
    failed_at: RwLock<Option<Instant>>,
}

/// The cache of the marketplace.
#[derive(Debug)]
pub struct MarketplaceCache {
    upstream: Upstream,
    entries: Cache<PageKey, Arc<CacheEntry>>,
    /// Number of changes in the marketplace.
    changes: AtomicU64,
    /// Agents that must not be shown.
    hidden: ArcSwap<HashSet<AgentId>>,
    /// True if the last request for changes failed.
    is_down: AtomicBool,
    /// All published agents.
    pub directory: AgentDirectory,
    /// The newest agents with a verified claim.
    pub newest: Arc<NewestAgents>,
    /// Metric of failed requests to the API.
    failures: IntCounter,
}

impl MarketplaceCache {
    /// Creates an empty cache.
    ///
    /// # Errors
    ///
    /// [`StartError`] when the API's client can't be created.
    pub fn new(config: &Config, newest: Arc<NewestAgents>, failures: IntCounter) -> Result<Self, StartError> {
        let weigh = |_: &PageKey, entry: &Arc<CacheEntry>| {
            entry.response.load().as_ref().map_or(EMPTY_ENTRY_BYTES, |response| response.weight())
        };
        Ok(Self {
            upstream: Upstream::new(config)?,
            entries: Cache::builder().max_capacity(MAX_BYTES).weigher(weigh).build(),
            changes: AtomicU64::new(0),
            hidden: ArcSwap::default(),
            is_down: AtomicBool::new(false),
            directory: AgentDirectory::default(),
            newest,
            failures,
        })
    }

    /// Counts a failed request to the API.
    pub(super) fn count_failure(&self) {
        self.failures.inc();
    }

    /// The API.
    pub fn upstream(&self) -> &Upstream {
        &self.upstream
    }

    /// Returns a fresh prepared response, if there is one. Never waits.
    pub fn fresh_response(&self, request: &PageRequest, snapshot: &SiteSnapshot) -> Option<Arc<PreparedResponse>> {
        if !request.notes.is_empty() {
            return None;
        }
        let entry = self.entries.get(&request.key)?;
        let cached = entry.response.load();
        let cached = cached.as_ref()?;
        if cached.freshness(self.changes_for(&request.key, &entry)) != Freshness::Fresh {
            return None;
        }
        cached.rendered(Variant { format: request.format, encoding: request.encoding, is_stale: false }, snapshot)
    }

    /// Returns a prepared response, fetched and rendered if necessary.
    ///
    /// # Errors
    ///
    /// [`PageError::Unavailable`] when the API can't be reached and nothing is cached, [`PageError::NotFound`].
    pub async fn response(
        self: &Arc<Self>,
        request: &PageRequest,
        snapshot: &SiteSnapshot,
    ) -> Result<Arc<PreparedResponse>, PageError> {
        let (cached, is_stale) = self.data(&request.key).await?;
        let variant = Variant { format: request.format, encoding: request.encoding, is_stale };
        let is_cacheable = request.notes.is_empty();
        if let Some(response) = cached.rendered(variant, snapshot).filter(|_| is_cacheable) {
            return Ok(response);
        }
        let shown = Shown { key: &request.key, data: &cached.data, fetched_at: cached.fetched_at, is_stale };
        let parts = response_parts(&snapshot.context, shown, request.format, &request.notes).await?;
        let is_https = snapshot.context.settings.is_https;
        let response = Arc::new(PreparedResponse::with_encoding(parts, Effort::Quick, is_https, request.encoding));
        if is_cacheable {
            cached.store(variant, snapshot, Arc::clone(&response));
        }
        Ok(response)
    }

    /// Returns the data of a page, and true if it is stale.
    ///
    /// # Errors
    ///
    /// [`PageError::Unavailable`] when the API can't be reached and nothing is cached.
    pub async fn data(self: &Arc<Self>, key: &PageKey) -> Result<(Arc<CachedResponse>, bool), PageError> {
        let entry = self.entries.get_with_by_ref(key, Arc::default);
        let cached = entry.response.load_full();
        let freshness =
            cached.as_ref().map_or(Freshness::Expired, |cached| cached.freshness(self.changes_for(key, &entry)));
        match (cached, freshness) {
            (Some(cached), Freshness::Fresh) => Ok((cached, false)),
            (Some(cached), Freshness::Revalidating) => {
                self.fetch_in_background(key, &entry);
                let is_failing = cached.is_failing.load(Ordering::Relaxed);
                Ok((cached, is_failing))
            }
            (Some(cached), Freshness::Stale) if self.is_down() => {
                self.fetch_in_background(key, &entry);
                Ok((cached, true))
            }
            (cached, freshness) => match self.fetch(key, &entry).await {
                Ok(cached) => Ok((cached, false)),
                Err(error) => {
                    tracing::debug!(%error, "a request to the registry failed");
                    let cached = cached.filter(|cached| freshness != Freshness::Expired && !self.shows_hidden(cached));
                    cached.map(|cached| (cached, true)).ok_or(PageError::Unavailable)
                }
            },
        }
    }

    /// Fetches a page. Concurrent callers wait for a single request.
    async fn fetch(&self, key: &PageKey, entry: &Arc<CacheEntry>) -> Result<Arc<CachedResponse>, UpstreamError> {
        let began = Instant::now();
        let turn = timeout(TIMEOUT, entry.fetching.lock()).await;
        let _turn = turn.map_err(|_| UpstreamError("a concurrent request timed out".to_owned()))?;
        let failed_at = *entry.failed_at.read().unwrap_or_else(PoisonError::into_inner);
        if failed_at.is_some_and(|failed_at| failed_at > began) {
            return Err(UpstreamError("a concurrent request failed".to_owned()));
        }
        let previous = entry.response.load_full();
        if let Some(cached) = &previous
            && cached.freshness(self.changes_for(key, entry)) == Freshness::Fresh
        {
            return Ok(Arc::clone(cached));
        }
        // Read before the request, so that a change during the request makes its response stale.
        let changes = self.changes_for(key, entry);
        let known = previous.as_ref().and_then(|cached| cached.etag.as_ref());
        let fetched = self.upstream.fetch(key, known).await;
        if let Err(error) = &fetched {
            self.count_failure();
            // While the registry is down, one line of the feed's poll says so.
            if !self.is_down() {
                tracing::warn!("{} is not available from the registry: {error}", key.path());
            }
            *entry.failed_at.write().unwrap_or_else(PoisonError::into_inner) = Some(Instant::now());
            if let Some(cached) = &previous {
                cached.is_failing.store(true, Ordering::Relaxed);
            }
        }
        let cached = match (fetched?, previous) {
            (None, Some(cached)) => {
                cached.confirm(changes);
                cached
            }
            (None, None) => return Err(UpstreamError("304 to a request without an entity tag".to_owned())),
            (Some((data, etag)), _) => Arc::new(CachedResponse::new(data, etag, changes)),
        };
        if self.shows_hidden(&cached) {
            // An agent was hidden during the request.
            entry.response.store(None);
            return Err(UpstreamError("an agent of the response was hidden meanwhile".to_owned()));
        }
        entry.response.store(Some(Arc::clone(&cached)));
        // Inserted again, so that the entry's weight includes the response.
        self.entries.insert(key.clone(), Arc::clone(entry));
        Ok(cached)
    }

    /// Fetches a page while readers get the cached response.
    fn fetch_in_background(self: &Arc<Self>, key: &PageKey, entry: &Arc<CacheEntry>) {
        if entry.is_revalidating.swap(true, Ordering::AcqRel) {
            return;
        }
        let (cache, key, entry) = (Arc::clone(self), key.clone(), Arc::clone(entry));
        tokio::spawn(async move {
            if let Err(error) = cache.fetch(&key, &entry).await {
                tracing::debug!(%error, "a request to the registry failed");
            }
            entry.is_revalidating.store(false, Ordering::Release);
        });
    }

    /// Number of changes that affect a page: those of its agent, and all changes if it shows other agents.
    fn changes_for(&self, key: &PageKey, entry: &CacheEntry) -> u64 {
        let all = if key.shows_other_agents() { self.changes.load(Ordering::Relaxed) } else { 0 };
        all + entry.changes.load(Ordering::Relaxed)
    }

    fn shows_hidden(&self, cached: &CachedResponse) -> bool {
        let hidden = self.hidden.load();
        !hidden.is_empty() && cached.agent_ids.iter().any(|id| hidden.contains(id))
    }

    /// Makes all lists stale.
    pub(super) fn expire_lists(&self) {
        self.changes.fetch_add(1, Ordering::Relaxed);
    }

    /// Makes the pages of an agent stale.
    pub(super) fn expire_agent(&self, id: AgentId) {
        for key in [PageKey::Agent(id), PageKey::Check(id)] {
            if let Some(entry) = self.entries.get(&key) {
                entry.changes.fetch_add(1, Ordering::Relaxed);
            }
        }
    }

    /// Hides agents and shows others again. Returns true if one of the newest agents was hidden.
    pub(super) fn hide_agents(&self, hidden: &[AgentId], shown: &[AgentId]) -> bool {
        let mut all = HashSet::clone(&self.hidden.load());
        all.extend(hidden);
        all.retain(|id| !shown.contains(id));
        self.hidden.store(Arc::new(all));
        if hidden.is_empty() {
            return false;
        }
        for (_, entry) in &self.entries {
            let shows_hidden = entry.response.load().as_ref().is_some_and(|cached| self.shows_hidden(cached));
            if shows_hidden {
                entry.response.store(None);
            }
        }
        let rest = self.newest.load().iter().filter(|card| !hidden.contains(&card.agent_id)).cloned().collect();
        self.newest.replace(rest)
    }

    /// Drops all responses.
    pub(super) fn clear(&self) {
        self.entries.invalidate_all();
        self.expire_lists();
    }

    /// Returns true if the last request for changes failed.
    pub fn is_down(&self) -> bool {
        self.is_down.load(Ordering::Relaxed)
    }

    /// Records the result of a request for changes. Returns true if it differs from the previous one.
    pub(super) fn set_down(&self, is_down: bool) -> bool {
        self.is_down.swap(is_down, Ordering::Relaxed) != is_down
    }
}
