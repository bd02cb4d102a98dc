//! Errors of the marketplace's index.

use thiserror::Error;

use crate::error::ApiError;

/// Error of a search. Always internal: every query is valid.
#[derive(Debug, Error)]
pub enum IndexError {
    /// Index could not be built or queried.
    #[error("the index: {0}")]
    Index(#[from] tantivy::TantivyError),
    /// Index could not be read.
    #[error("the index: {0}")]
    Read(#[from] std::io::Error),
}

impl From<IndexError> for ApiError {
    fn from(error: IndexError) -> Self {
        Self::internal(error)
    }
}
