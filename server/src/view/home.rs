//! The home page.

use app::model::{Home, PARTS, Page, View};
use content::Section;

use super::frame::frame;
use super::listed;
use crate::generation::Generation;
use crate::site_paths;

/// Quickstarts that the page names: the first ones, with which a reader begins.
const BEGIN: usize = 6;

/// The home page: where to begin, and what there is.
pub fn home(generation: &Generation) -> View {
    let all = |section| generation.site.tree(section).children.iter().filter_map(|entry| entry.page);
    let quickstarts = all(Section::Quickstarts).take(BEGIN).map(|index| listed(generation, index)).collect();
    let sections = all(Section::Docs).map(|index| listed(generation, index)).collect();
    let existing = |page: &str| generation.site.page(page).map(|page| generation.site.href(page.address()));
    let description = "Give each AI agent an identity that anyone can verify: a DID, short-lived tokens and a tamper-evident audit trail.";
    View {
        frame: frame(generation, "Identity for AI agents", description, Some(site_paths::HOME), None),
        page: Page::Home(Home {
            parts: PARTS.map(existing),
            first_agent: existing("/quickstarts/first-agent"),
            chain: existing("/docs/concepts/audit-trail").map(|page| page + "#try-it"),
            identity: existing("/docs/what-is-an-agent-identity").unwrap_or(generation.site.href(site_paths::DOCS)),
            quickstarts,
            sections,
            newest: super::marketplace::newest(generation),
        }),
    }
}
