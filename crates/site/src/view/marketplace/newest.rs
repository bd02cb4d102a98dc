//! The newest checked agents, for the home page.

use app::model::marketplace::Newest;

use super::cards::row;
use crate::generation::Generation;
use crate::site_paths::MARKETPLACE;

/// As they were last heard of.
pub fn newest(generation: &Generation) -> Newest {
    let cards = generation.shelf().newest();
    Newest { agents: cards.iter().map(|card| row(generation, card)).collect(), all: generation.site.href(MARKETPLACE) }
}
