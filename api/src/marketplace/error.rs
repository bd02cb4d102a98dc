//! Errors of the marketplace's index.

use thiserror::Error;

use crate::error::ApiError;

/// Why a search failed. Always a fault of the service: no query is wrong.
#[derive(Debug, Error)]
pub enum IndexError {
    /// The index could not be made or asked.
    #[error("the index: {0}")]
    Index(#[from] tantivy::TantivyError),
    /// The index could not be read.
    #[error("the index: {0}")]
    Read(#[from] std::io::Error),
}

impl From<IndexError> for ApiError {
    fn from(error: IndexError) -> Self {
        Self::internal(error)
    }
}
