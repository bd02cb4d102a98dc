//! Search page and search results.

use serde::Serialize;

/// Text with highlighted search terms.
pub type Marked = Vec<Run>;

/// Part of a text.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Run {
    /// Text.
    pub text: String,
    /// True for a search term.
    pub marked: bool,
}

/// Search page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SearchPage {
    /// Query, if any.
    pub query: Option<String>,
    /// Form action URL.
    pub action: String,
    /// Results.
    pub results: SearchResults,
    /// Links shown without results.
    pub elsewhere: Vec<super::Link>,
}

/// Search results, best first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct SearchResults {
    /// Total number of results; `groups` may contain fewer.
    pub count: usize,
    /// Results by kind; the kind of the best result first.
    pub groups: Vec<SearchGroup>,
    /// Similar searches with results, shown without results.
    pub near: Vec<super::Link>,
}

/// Results of a kind.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct SearchGroup {
    /// Kind, such as `Docs`.
    pub title: String,
    /// Results, best first.
    pub hits: Vec<SearchHit>,
}

/// Page in the results.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct SearchHit {
    /// Title.
    pub title: Marked,
    /// URL.
    pub href: String,
    /// Location, such as `Concepts`; empty at the top level.
    pub trail: String,
    /// Excerpt with search terms.
    pub excerpt: Marked,
    /// Best matching passages.
    pub passages: Vec<SearchPassage>,
}

/// Passage of a page in the results.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct SearchPassage {
    /// Heading.
    pub heading: Marked,
    /// URL with the heading's ID.
    pub href: String,
    /// Excerpt with search terms.
    pub excerpt: Marked,
}
