//! Results of a search, best first.

/// A text with its matching parts marked.
pub type MarkedText = Vec<Run>;

/// A part of a text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Run {
    /// The text.
    pub text: String,
    /// True where the part matches the query.
    pub marked: bool,
}

/// The pages that match a query.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SearchResults {
    /// Number of matching pages; `groups` may contain fewer.
    pub count: usize,
    /// Pages by kind; the kind of the best page first.
    pub groups: Vec<ResultGroup>,
    /// Words of titles and headings similar to those of a query without results.
    pub similar_words: Vec<String>,
}

/// Pages of one kind.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ResultGroup {
    /// The kind, such as `Docs`.
    pub title: String,
    /// Its pages, best first.
    pub hits: Vec<PageHit>,
}

/// A matching page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PageHit {
    /// The title.
    pub title: MarkedText,
    /// The address, base path included.
    pub href: String,
    /// Titles of the folders above the page, such as `Concepts`; empty at the top of its kind.
    pub trail: String,
    /// The best excerpt.
    pub excerpt: MarkedText,
    /// The best passages of the page.
    pub passages: Vec<PassageHit>,
}

/// A matching passage of a page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PassageHit {
    /// The heading.
    pub heading: MarkedText,
    /// The address with the heading's ID.
    pub href: String,
    /// The best excerpt.
    pub excerpt: MarkedText,
}
