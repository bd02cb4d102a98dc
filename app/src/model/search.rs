//! What a search found.

use serde::Serialize;

/// A text of which parts are marked: they are what was searched for.
pub type Marked = Vec<Run>;

/// A part of a text.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Run {
    /// The text.
    pub text: String,
    /// Whether it is what was searched for.
    pub marked: bool,
}

/// The page of the search.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SearchPage {
    /// What was asked, if anything.
    pub query: Option<String>,
    /// The address of the page itself, for its form.
    pub action: String,
    /// What was found.
    pub results: SearchResults,
    /// Where to go when nothing was found.
    pub elsewhere: Vec<super::Link>,
}

/// What was found, best first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct SearchResults {
    /// How many pages were found in all; `groups` may hold fewer.
    pub count: usize,
    /// Pages by kind; the kind of the best page first.
    pub groups: Vec<SearchGroup>,
    /// Where nothing was found: words that are near and find something.
    pub near: Vec<super::Link>,
}

/// Pages of a kind.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct SearchGroup {
    /// The kind, such as `Docs`.
    pub title: String,
    /// Its pages, best first.
    pub hits: Vec<SearchHit>,
}

/// A page that was found.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct SearchHit {
    /// Its title.
    pub title: Marked,
    /// Its address.
    pub href: String,
    /// Where it stands, such as `Concepts`; empty at the top of its kind.
    pub trail: String,
    /// What it says about what was asked.
    pub excerpt: Marked,
    /// Its passages that answer best.
    pub passages: Vec<SearchPassage>,
}

/// A passage of a page that was found.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct SearchPassage {
    /// Its heading.
    pub heading: Marked,
    /// Its address, with the heading's id.
    pub href: String,
    /// What it says about what was asked.
    pub excerpt: Marked,
}
