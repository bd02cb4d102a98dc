//! The home page.

use app::model::{Home, PARTS, Page, View};
use content::Section;

use super::frame::frame;
use super::links::page_listing;
use crate::context::SiteContext;
use crate::paths;

/// Number of quickstarts on the page.
const MAX_QUICKSTARTS: usize = 6;

/// Builds the home page: first steps and sections.
pub fn home(context: &SiteContext) -> View {
    let all = |section| context.site.tree(section).children.iter().filter_map(|entry| entry.page);
    let quickstarts =
        all(Section::Quickstarts).take(MAX_QUICKSTARTS).map(|index| page_listing(context, index)).collect();
    let sections = all(Section::Docs).map(|index| page_listing(context, index)).collect();
    let existing = |page: &str| context.site.page(page).map(|page| context.site.href(page.address()));
    let description = "Give each AI agent an identity that anyone can verify: a DID, short-lived tokens and a tamper-evident audit trail.";
    View {
        frame: frame(context, "Identity for AI agents", description, Some(paths::HOME), None),
        page: Page::Home(Home {
            parts: PARTS.map(existing),
            first_agent: existing("/quickstarts/first-agent"),
            chain: existing("/docs/concepts/audit-trail").map(|page| page + "#try-it"),
            identity: existing("/docs/what-is-an-agent-identity").unwrap_or(context.site.href(paths::DOCS)),
            quickstarts,
            sections,
            newest: super::marketplace::newest_agents(context),
        }),
    }
}
