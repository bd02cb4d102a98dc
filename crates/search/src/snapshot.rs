//! The search for one state of the site.

use std::sync::Arc;

use content::{SearchSettings, Site};

use crate::error::SearchError;
use crate::index::{Fields, Searchers};
use crate::ranking;
use crate::results::SearchResults;
use crate::synonyms::Synonyms;
use crate::term_dictionary::TermDictionary;

/// The index as of one state of the site.
pub struct SearchSnapshot {
    pub(crate) fields: Fields,
    pub(crate) searchers: Searchers,
    pub(crate) synonyms: Synonyms,
    pub(crate) dictionary: Arc<TermDictionary>,
    pub(crate) site: Arc<Site>,
}

impl std::fmt::Debug for SearchSnapshot {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("SearchSnapshot")
            .field("passages", &self.searchers.passages.num_docs())
            .finish_non_exhaustive()
    }
}

impl SearchSnapshot {
    /// Runs a query.
    ///
    /// # Errors
    ///
    /// [`SearchError`] when the index can't be read.
    pub fn search(&self, query: &str) -> Result<SearchResults, SearchError> {
        ranking::rank_pages(self, query)
    }

    pub(crate) fn settings(&self) -> &SearchSettings {
        self.site.search_settings()
    }
}
