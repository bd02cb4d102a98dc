//! Errors of the site.

use std::io;
use std::path::PathBuf;

use thiserror::Error;

/// A response that can't be prepared.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum SiteError {
    /// The URL has no page.
    #[error("the address has no page")]
    NotFound,
    /// An internal failure. The text is for the log.
    #[error("internal failure: {0}")]
    Internal(String),
}

/// A site root that can't be loaded.
#[derive(Debug, Error)]
pub enum AssetsError {
    /// A file of the build is missing.
    #[error("{0} doesn't contain {1}. Build the site first: make build")]
    Missing(PathBuf, &'static str),
    /// The folder can't be read.
    #[error("{0} can't be read: {1}")]
    Unreadable(PathBuf, io::Error),
}
