//! The search.

use app::model::{Link, Page, Place, SearchPage, SearchResults, View};

use super::frame::frame;
use crate::generation::Generation;
use crate::search::Extra;
use crate::site_paths;

/// The search, with what was asked and found.
pub fn search(generation: &Generation, query: Option<String>, results: SearchResults) -> View {
    let description = "Search all docs, quickstarts and tools.";
    let title = query.as_deref().map_or_else(|| "Search".to_owned(), |query| format!("Search: {query}"));
    let mut frame = frame(generation, &title, description, Some(site_paths::SEARCH), Some(Place::Search));
    // One address for search engines, whatever was asked.
    frame.meta.noindex = query.is_some();
    let link = |title: &str, path: &str| Link { title: title.to_owned(), href: generation.site.href(path) };
    let mut elsewhere = vec![link("All docs", site_paths::DOCS), link("All quickstarts", site_paths::QUICKSTARTS)];
    let mail = format!("mailto:docs@sentryagent.ai?subject={}", "Not%20found%20in%20the%20docs");
    elsewhere.push(Link { title: "Email us: docs@sentryagent.ai".to_owned(), href: mail });
    let action = generation.site.href(site_paths::SEARCH);
    View { frame, page: Page::Search(SearchPage { query, action, results, elsewhere }) }
}

/// Pages that are not written in Markdown and can be found all the same.
pub fn extras() -> Vec<Extra> {
    vec![Extra {
        kind: "Tools",
        address: site_paths::DID_WEB.to_owned(),
        title: super::tool::TITLE.to_owned(),
        text: format!(
            "{} Resolve a did:web: a converter from DID to URL, the address of its did.json.",
            super::tool::DESCRIPTION
        ),
    }]
}
