//! The newest published agents with a verified claim, for the home page.

use std::sync::Arc;

use arc_swap::ArcSwap;
use client::types::Card;

/// The newest agents, shared by all snapshots: the marketplace follower replaces them, the home page shows them.
#[derive(Debug, Default)]
pub struct NewestAgents(ArcSwap<Vec<Card>>);

impl NewestAgents {
    /// The current agents, newest first.
    pub fn load(&self) -> Arc<Vec<Card>> {
        self.0.load_full()
    }

    /// Replaces the agents. Returns true if they differ from the previous ones.
    pub fn replace(&self, cards: Vec<Card>) -> bool {
        let is_changed = **self.0.load() != cards;
        if is_changed {
            self.0.store(Arc::new(cards));
        }
        is_changed
    }
}
