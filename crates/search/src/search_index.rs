//! The search index across all states of the site.

use std::sync::{Arc, Mutex, PoisonError};

use content::Site;

use crate::error::SearchError;
use crate::index::{ExtraPage, Index};
use crate::snapshot::SearchSnapshot;
use crate::synonyms::Synonyms;

/// The index of the process, in memory.
pub struct SearchIndex(Mutex<Index>);

impl std::fmt::Debug for SearchIndex {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("SearchIndex")
    }
}

impl SearchIndex {
    /// Creates an empty index.
    ///
    /// # Errors
    ///
    /// [`SearchError::Index`] when tantivy can't allocate its writers.
    pub fn new() -> Result<Self, SearchError> {
        Ok(Self(Mutex::new(Index::new()?)))
    }

    /// Indexes the pages that changed since the last call and returns a snapshot for `site`. Blocks.
    ///
    /// # Errors
    ///
    /// [`SearchError::Index`] when tantivy can't write or commit.
    pub fn update(&self, site: &Arc<Site>, extras: &[ExtraPage]) -> Result<SearchSnapshot, SearchError> {
        // After a panic the index is at worst outdated: the next update repairs it.
        let mut index = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let searchers = index.update(site, extras)?;
        Ok(SearchSnapshot {
            fields: index.fields(),
            searchers,
            synonyms: Synonyms::new(site.search_settings()),
            dictionary: index.dictionary(),
            site: Arc::clone(site),
        })
    }
}
