//! The search page.

use app::model::{self, Link, Page, Place, SearchGroup, SearchHit, SearchPage, SearchPassage, SearchResults, View};
use search::ExtraPage;

use super::frame::frame;
use crate::context::SiteContext;
use crate::paths;

/// Builds the search page for a query and its results.
pub fn search(context: &SiteContext, query: Option<String>, results: SearchResults) -> View {
    let description = "Search all docs, quickstarts and tools.";
    let title = query.as_deref().map_or_else(|| "Search".to_owned(), |query| format!("Search: {query}"));
    let mut frame = frame(context, &title, description, Some(paths::SEARCH), Some(Place::Search));
    // A single URL for search engines, regardless of the query.
    frame.meta.noindex = query.is_some();
    let link = |title: &str, path: &str| Link { title: title.to_owned(), href: context.site.href(path) };
    let mut elsewhere = vec![link("All docs", paths::DOCS), link("All quickstarts", paths::QUICKSTARTS)];
    let mail = format!("mailto:docs@sentryagent.ai?subject={}", "Not%20found%20in%20the%20docs");
    elsewhere.push(Link { title: "Email us: docs@sentryagent.ai".to_owned(), href: mail });
    let action = context.site.href(paths::SEARCH);
    View { frame, page: Page::Search(SearchPage { query, action, results, elsewhere }) }
}

/// Pages outside the content folder that the search covers.
pub fn searchable_pages() -> Vec<ExtraPage> {
    vec![ExtraPage {
        kind: "Tools",
        address: paths::DID_WEB.to_owned(),
        title: super::did_web::TITLE.to_owned(),
        text: format!(
            "{} Resolve a did:web: a converter from DID to URL, the address of its did.json.",
            super::did_web::DESCRIPTION
        ),
    }]
}

/// Converts results of the search for its page and its JSON. Similar words become links to a search for them.
pub fn search_results(context: &SiteContext, results: search::SearchResults) -> SearchResults {
    let address = context.site.href(paths::SEARCH);
    let similar_word = |word: String| {
        let query = url::form_urlencoded::Serializer::new(String::new()).append_pair("q", &word).finish();
        Link { href: format!("{address}?{query}"), title: word }
    };
    SearchResults {
        count: results.count,
        groups: results
            .groups
            .into_iter()
            .map(|group| SearchGroup { title: group.title, hits: group.hits.into_iter().map(search_hit).collect() })
            .collect(),
        near: results.similar_words.into_iter().map(similar_word).collect(),
    }
}

fn search_hit(hit: search::PageHit) -> SearchHit {
    let passage = |passage: search::PassageHit| SearchPassage {
        heading: marked(passage.heading),
        href: passage.href,
        excerpt: marked(passage.excerpt),
    };
    SearchHit {
        title: marked(hit.title),
        href: hit.href,
        trail: hit.trail,
        excerpt: marked(hit.excerpt),
        passages: hit.passages.into_iter().map(passage).collect(),
    }
}

fn marked(text: search::MarkedText) -> model::Marked {
    text.into_iter().map(|run| model::Run { text: run.text, marked: run.marked }).collect()
}
