//! All published agents with the time of their last change, for sitemaps: loaded once, then updated by the changes feed.

use std::collections::BTreeMap;
use std::sync::{PoisonError, RwLock};

use client::{AgentId, Timestamp};
use futures_util::StreamExt as _;

use super::upstream::Upstream;

/// URLs per sitemap.
const SITEMAP_SIZE: usize = 10_000;

/// The agents by ID.
#[derive(Debug, Default)]
pub struct AgentDirectory(RwLock<State>);

#[derive(Debug, Default)]
struct State {
    /// True once all agents are loaded.
    is_complete: bool,
    agents: BTreeMap<AgentId, Timestamp>,
    /// True if the API has no marketplace.
    is_off: bool,
    /// Agents hidden during the load.
    hidden: Vec<AgentId>,
}

impl AgentDirectory {
    /// Number of sitemaps; none until all agents are loaded.
    pub fn sitemap_count(&self) -> Option<usize> {
        let state = self.0.read().unwrap_or_else(PoisonError::into_inner);
        state.is_complete.then(|| state.agents.len().div_ceil(SITEMAP_SIZE))
    }

    /// The agents of a sitemap, numbered from 1.
    pub fn sitemap(&self, number: usize) -> Option<Vec<(AgentId, Timestamp)>> {
        let state = self.0.read().unwrap_or_else(PoisonError::into_inner);
        let skipped = number.checked_sub(1)?.checked_mul(SITEMAP_SIZE)?;
        let part: Vec<_> = state.agents.iter().skip(skipped).take(SITEMAP_SIZE).map(|(id, at)| (*id, *at)).collect();
        (state.is_complete && !part.is_empty()).then_some(part)
    }

    /// Records a change of an agent.
    pub(super) fn record_change(&self, id: AgentId, at: Timestamp, is_hidden: bool) {
        let mut state = self.0.write().unwrap_or_else(PoisonError::into_inner);
        if is_hidden {
            state.agents.remove(&id);
            state.hidden.push(id);
        } else {
            state.agents.insert(id, at);
            state.hidden.retain(|hidden| *hidden != id);
        }
        if state.is_complete {
            state.hidden.clear();
        }
    }

    /// Records that the API has no marketplace, or has one again.
    pub(super) fn set_off(&self, is_off: bool) {
        let mut state = self.0.write().unwrap_or_else(PoisonError::into_inner);
        if state.is_off != is_off {
            *state = State { is_complete: is_off, is_off, ..State::default() };
        }
    }

    /// Removes all agents.
    pub(super) fn clear(&self) {
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = State::default();
    }

    /// Loads all agents, unless already loaded, with a number of agents per request. A failed load is retried by the next
    /// call.
    ///
    /// # Errors
    ///
    /// Errors of the API.
    pub(super) async fn load(&self, upstream: &Upstream, limit: u64) -> Result<(), client::Error> {
        if self.0.read().unwrap_or_else(PoisonError::into_inner).is_complete {
            return Ok(());
        }
        let mut all = upstream.all_agents(limit);
        let mut found = Vec::new();
        while let Some(card) = all.next().await.transpose()? {
            found.push((card.agent_id, card.updated_at));
        }
        let mut state = self.0.write().unwrap_or_else(PoisonError::into_inner);
        for (id, at) in found {
            if !state.hidden.contains(&id) {
                state.agents.entry(id).or_insert(at);
            }
        }
        state.hidden.clear();
        state.is_complete = true;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sitemap_is_unavailable_until_all_agents_are_loaded_and_omits_hidden_agents() {
        let directory = AgentDirectory::default();
        let id = |number: u128| AgentId(client::Uuid::from_u128(number));
        let at: Timestamp = "2026-11-27T00:00:00Z".parse().expect("a time");
        directory.record_change(id(1), at, false);
        assert_eq!((directory.sitemap_count(), directory.sitemap(1)), (None, None));
        directory.0.write().expect("a lock").is_complete = true;
        directory.record_change(id(2), at, false);
        directory.record_change(id(1), at, true);
        assert_eq!(directory.sitemap(1), Some(vec![(id(2), at)]));
        assert_eq!((directory.sitemap_count(), directory.sitemap(0), directory.sitemap(2)), (Some(1), None, None));
    }
}
