//! The newest agents with a verified claim, for the home page.

use app::model::marketplace::Newest;

use super::cards::agent_row;
use crate::context::SiteContext;
use crate::paths::MARKETPLACE;

/// Builds the list of the newest agents, as of the last update from the API.
pub fn newest_agents(context: &SiteContext) -> Newest {
    let agents = context.newest.load().iter().map(|card| agent_row(context, card)).collect();
    Newest { agents, all: context.site.href(MARKETPLACE) }
}
