//! Every published agent with its last change, for sitemaps: read once, then kept up with the changes.

use std::collections::BTreeMap;
use std::sync::{PoisonError, RwLock};

use client::{AgentId, Timestamp};
use futures_util::StreamExt as _;

use super::source::Source;

/// Addresses in one sitemap.
const PER_SITEMAP: usize = 10_000;

/// The agents, by identifier.
#[derive(Debug, Default)]
pub struct Directory(RwLock<State>);

#[derive(Debug, Default)]
struct State {
    /// Whether all of them were read.
    is_full: bool,
    agents: BTreeMap<AgentId, Timestamp>,
    /// Whether there is no marketplace: then there are none.
    is_off: bool,
    /// Those that were hidden while all were read.
    gone: Vec<AgentId>,
}

impl Directory {
    /// How many sitemaps there are; nothing as long as not all agents are known.
    pub fn sitemaps(&self) -> Option<usize> {
        let state = self.0.read().unwrap_or_else(PoisonError::into_inner);
        state.is_full.then(|| state.agents.len().div_ceil(PER_SITEMAP))
    }

    /// The agents of a sitemap, counted from 1.
    pub fn sitemap(&self, number: usize) -> Option<Vec<(AgentId, Timestamp)>> {
        let state = self.0.read().unwrap_or_else(PoisonError::into_inner);
        let skipped = number.checked_sub(1)?.checked_mul(PER_SITEMAP)?;
        let part: Vec<_> = state.agents.iter().skip(skipped).take(PER_SITEMAP).map(|(id, at)| (*id, *at)).collect();
        (state.is_full && !part.is_empty()).then_some(part)
    }

    /// Something happened to an agent.
    pub(super) fn change(&self, id: AgentId, at: Timestamp, is_gone: bool) {
        let mut state = self.0.write().unwrap_or_else(PoisonError::into_inner);
        if is_gone {
            state.agents.remove(&id);
            state.gone.push(id);
        } else {
            state.agents.insert(id, at);
            state.gone.retain(|gone| *gone != id);
        }
        if state.is_full {
            state.gone.clear();
        }
    }

    /// There is no marketplace, or there is one again.
    pub(super) fn set_off(&self, is_off: bool) {
        let mut state = self.0.write().unwrap_or_else(PoisonError::into_inner);
        if state.is_off != is_off {
            *state = State { is_full: is_off, is_off, ..State::default() };
        }
    }

    /// Nothing is known any more.
    pub(super) fn empty(&self) {
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = State::default();
    }

    /// Reads all agents, unless that was done. What can't be read now is read the next time.
    pub(super) async fn fill(&self, source: &Source) {
        if self.0.read().unwrap_or_else(PoisonError::into_inner).is_full {
            return;
        }
        let mut all = source.all();
        let mut found = Vec::new();
        while let Some(card) = all.next().await {
            let Ok(card) = card else { return };
            found.push((card.agent_id, card.updated_at));
        }
        let mut state = self.0.write().unwrap_or_else(PoisonError::into_inner);
        for (id, at) in found {
            if !state.gone.contains(&id) {
                state.agents.entry(id).or_insert(at);
            }
        }
        state.gone.clear();
        state.is_full = true;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_told_until_all_is_known_and_what_is_gone_is_not() {
        let directory = Directory::default();
        let id = |number: u128| AgentId(client::Uuid::from_u128(number));
        let at: Timestamp = "2026-11-27T00:00:00Z".parse().expect("a time");
        directory.change(id(1), at, false);
        assert_eq!((directory.sitemaps(), directory.sitemap(1)), (None, None));
        directory.0.write().expect("a lock").is_full = true;
        directory.change(id(2), at, false);
        directory.change(id(1), at, true);
        assert_eq!(directory.sitemap(1), Some(vec![(id(2), at)]));
        assert_eq!((directory.sitemaps(), directory.sitemap(0), directory.sitemap(2)), (Some(1), None, None));
    }
}
