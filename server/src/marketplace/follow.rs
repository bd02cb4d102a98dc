//! Follows the marketplace: polls the API's changes feed every two seconds.

use std::sync::Arc;
use std::time::Duration;

use client::types::{Change, ChangeKind};
use tokio::time::{Instant, sleep};

use super::cache::MarketplaceCache;
use crate::current_site::CurrentSite;

/// Interval of the polls.
const POLL_INTERVAL: Duration = Duration::from_secs(2);
/// Maximum lag of the API's index: data fetched within that time may miss a change.
const INDEX_LAG: Duration = Duration::from_millis(2_500);
/// Agents per request of the directory, unless they are too large: the API's maximum.
const MAX_LIMIT: u64 = 100;
/// Interval of attempts to load the directory of agents.
const DIRECTORY_INTERVAL: Duration = Duration::from_secs(5);
/// Interval of requests for the newest agents without changes: claims expire with time.
const NEWEST_INTERVAL: Duration = Duration::from_mins(1);

/// Follows the marketplace until the process ends.
pub async fn follow_marketplace(current: Arc<CurrentSite>) {
    let cache = Arc::clone(current.marketplace());
    tokio::spawn(load_directory(Arc::clone(&cache)));
    let mut follower = Follower { cursor: None, expire_lists_at: None, newest_fetched: None, is_first: true };
    loop {
        follower.poll(&current, &cache).await;
        sleep(POLL_INTERVAL).await;
    }
}

/// Loads all agents, and again if necessary: a separate task, since loading may take long. After a failure it requests
/// fewer agents at a time.
async fn load_directory(cache: Arc<MarketplaceCache>) {
    let mut limit = MAX_LIMIT;
    let mut is_failing = false;
    loop {
        match cache.directory.load(cache.upstream(), limit).await {
            Ok(()) => (limit, is_failing) = (MAX_LIMIT, false),
            Err(error) => {
                cache.count_failure();
                // Without a registry at all, the feed's poll has logged the reason.
                if !is_failing && !cache.is_down() && !error.is_not_found() {
                    tracing::warn!(
                        "the sitemaps of agents can't be built: {error}; retrying with fewer agents at a time"
                    );
                }
                is_failing = true;
                limit = (limit / 2).max(1);
            }
        }
        sleep(DIRECTORY_INTERVAL).await;
    }
}

struct Follower {
    /// Position in the changes feed.
    cursor: Option<String>,
    /// Time at which lists expire again, after the lag of the API's index.
    expire_lists_at: Option<Instant>,
    /// Time of the last request for the newest agents.
    newest_fetched: Option<Instant>,
    is_first: bool,
}

impl Follower {
    async fn poll(&mut self, current: &Arc<CurrentSite>, cache: &Arc<MarketplaceCache>) {
        match self.fetch_changes(current, cache).await {
            Ok(is_changed) => {
                cache.directory.set_off(false);
                if cache.set_down(false) {
                    tracing::info!("the registry is available again");
                }
                if is_changed {
                    self.newest_fetched = None;
                    self.expire_lists_at = Some(Instant::now() + INDEX_LAG);
                }
            }
            Err(error) if error.is_not_found() => {
                // The API has no marketplace: there is nothing to follow or show.
                cache.set_down(false);
                cache.directory.set_off(true);
                if cache.newest.replace(Vec::new()) {
                    cache.clear();
                    current.rebuild_home().await;
                }
            }
            Err(error) => {
                if cache.set_down(true) || self.is_first {
                    tracing::warn!("the registry is unavailable: {error}; cached responses are served");
                }
            }
        }
        self.is_first = false;
        if self.expire_lists_at.is_some_and(|at| at <= Instant::now()) {
            self.expire_lists_at = None;
            self.newest_fetched = None;
            cache.expire_lists();
        }
        if self.newest_fetched.is_none_or(|at| at.elapsed() > NEWEST_INTERVAL)
            && let Ok(cards) = cache.upstream().newest().await
        {
            self.newest_fetched = Some(Instant::now());
            cache.upstream().retry_credential();
            if cache.newest.replace(cards) {
                current.rebuild_home().await;
            }
        }
    }

    /// Fetches and applies all new changes. Returns true if there were any.
    async fn fetch_changes(
        &mut self,
        current: &Arc<CurrentSite>,
        cache: &Arc<MarketplaceCache>,
    ) -> Result<bool, client::Error> {
        let mut is_changed = false;
        loop {
            let changes = cache.upstream().changes(self.cursor.clone()).await?;
            if changes.reset {
                cache.clear();
                cache.directory.clear();
            }
            is_changed |= changes.reset || !changes.data.is_empty();
            if apply_changes(cache, &changes.data) {
                current.rebuild_home().await;
            }
            self.cursor = Some(changes.next_cursor);
            if !changes.has_more {
                return Ok(is_changed);
            }
        }
    }
}

/// Applies changes in order. Returns true if one of the newest agents was hidden.
fn apply_changes(cache: &MarketplaceCache, changes: &[Change]) -> bool {
    if changes.is_empty() {
        return false;
    }
    let (mut hidden, mut shown) = (Vec::new(), Vec::new());
    for change in changes {
        let id = change.agent_id;
        let is_hidden = matches!(change.kind, ChangeKind::Hidden | ChangeKind::Gone);
        let (list, other) = if is_hidden { (&mut hidden, &mut shown) } else { (&mut shown, &mut hidden) };
        other.retain(|known| *known != id);
        list.push(id);
        cache.expire_agent(id);
        cache.directory.record_change(id, change.at, is_hidden);
    }
    cache.expire_lists();
    cache.hide_agents(&hidden, &shown)
}
