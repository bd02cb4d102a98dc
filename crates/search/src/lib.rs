//! The search: one index over titles, headings, text and code of all pages, by passage.
//!
//! An [`Engine`] lives as long as the process and takes in what changed; a [`Snapshot`] belongs to one state of the
//! site, and answers. `words` says what a word is, for the index, for questions and for what is marked in answers.

mod coverage;
mod excerpt;
mod index;
mod question;
mod ranking;
mod rarity;
mod vocabulary;
mod words;

use std::sync::{Arc, Mutex, PoisonError};

use app::model::SearchResults;
use content::{SearchSettings, Site};
use thiserror::Error;

use index::Index;

/// Longest question that is read, in bytes. What is longer is cut.
pub const MAX_QUESTION: usize = 200;
/// Most words of a question that are looked for.
const MAX_WORDS: usize = 12;
/// Most pages that an answer holds.
const MOST_PAGES: usize = 20;

/// Why there is no answer. Ours in every case: no question is wrong.
#[derive(Debug, Error)]
pub enum SearchError {
    /// The index could not be made or asked.
    #[error("the index: {0}")]
    Index(#[from] tantivy::TantivyError),
    /// An entry of the index can't be read.
    #[error("an entry of the index lacks its {0}")]
    Entry(&'static str),
}

/// The index, across all states of the site.
pub struct Engine(Mutex<Index>);

impl std::fmt::Debug for Engine {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("Engine")
    }
}

impl Engine {
    /// An empty index, in memory.
    pub fn new() -> Result<Self, SearchError> {
        Ok(Self(Mutex::new(Index::new()?)))
    }

    /// Takes in what changed since the last call, and gives a state that answers for `site`. Blocks.
    pub fn update(&self, site: &Arc<Site>, extras: &[Extra]) -> Result<Snapshot, SearchError> {
        // A thread that panicked left an index that is at worst behind: the next update brings it up.
        let mut index = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let searchers = index.update(site, extras)?;
        let synonyms = question::Synonyms::new(site.search_settings());
        Ok(Snapshot {
            fields: index.fields(),
            searchers,
            synonyms,
            vocabulary: index.vocabulary(),
            site: Arc::clone(site),
        })
    }
}

/// A page that is not written in Markdown and can be found all the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Extra {
    /// The kind that it is shown under.
    pub kind: &'static str,
    /// Its site path.
    pub address: String,
    /// Its title.
    pub title: String,
    /// What it is about.
    pub text: String,
}

/// The index as it was for one state of the site.
pub struct Snapshot {
    fields: index::Fields,
    searchers: index::Searchers,
    synonyms: question::Synonyms,
    vocabulary: Arc<vocabulary::Vocabulary>,
    site: Arc<Site>,
}

impl std::fmt::Debug for Snapshot {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("Snapshot").field("passages", &self.searchers.passages.num_docs()).finish_non_exhaustive()
    }
}

impl Snapshot {
    /// What is found for a question. `search` is the address of the search, for near words.
    pub fn answer(&self, question: &str, search: &str) -> Result<SearchResults, SearchError> {
        ranking::answer(self, question, search)
    }

    fn settings(&self) -> &SearchSettings {
        self.site.search_settings()
    }
}
