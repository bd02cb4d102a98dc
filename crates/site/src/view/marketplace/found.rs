//! Agents in the results of the site's search.

use app::model::{Run, SearchGroup, SearchHit};

use super::cards::agent_row;
use crate::context::SiteContext;
use crate::marketplace::{Format, MarketplaceData, PageKey, page_href};

/// Maximum agents in the results; the marketplace lists the rest.
const MAX_AGENTS: usize = 5;

/// Builds a group of results from a list of agents, unless the list is empty.
pub fn agent_results(context: &SiteContext, key: &PageKey, data: &MarketplaceData) -> Option<SearchGroup> {
    let MarketplaceData::List(list) = data else { return None };
    let text = |text: String| vec![Run { text, marked: false }];
    let mut hits: Vec<SearchHit> = list
        .page
        .data
        .iter()
        .take(MAX_AGENTS)
        .map(|card| agent_row(context, card))
        .map(|row| SearchHit {
            title: text(row.name),
            href: row.href,
            trail: row.publisher.title,
            excerpt: text(row.description),
            passages: Vec::new(),
        })
        .collect();
    if hits.is_empty() {
        return None;
    }
    let total = list.page.total_count;
    if total > hits.len() as u64 {
        hits.push(SearchHit {
            title: text(format!("All {total} matching agents")),
            href: page_href(context, key, Format::Html),
            ..SearchHit::default()
        });
    }
    let title = if list.page.approximate { "Agents with similar words" } else { "Agents" };
    Some(SearchGroup { title: title.to_owned(), hits })
}
