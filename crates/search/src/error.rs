//! Errors of the search.

use thiserror::Error;

/// A failed search. Every cause is internal: no query is invalid.
#[derive(Debug, Error)]
pub enum SearchError {
    /// The index could not be built or queried.
    #[error("the search index failed: {0}")]
    Index(#[from] tantivy::TantivyError),
    /// A document of the index lacks a stored field.
    #[error("a document of the search index lacks its field `{0}`")]
    MissingField(&'static str),
}
