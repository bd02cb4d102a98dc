//! Entity tags and conditional reads.

use serde::{Deserialize, Serialize};

/// Version of a resource as an entity tag. Opaque: stored and sent back unchanged.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ETag(String);

impl ETag {
    /// Creates a tag from its stored form, with quotation marks.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// Returns the tag as sent in headers.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Result of a conditional read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fetched<T> {
    /// New or changed.
    Fresh {
        /// Current value.
        value: T,
        /// Version, for the next conditional read.
        etag: Option<ETag>,
    },
    /// Unchanged (304).
    NotModified,
}

impl<T> Fetched<T> {
    /// Returns the value if it is new or changed.
    pub fn into_fresh(self) -> Option<T> {
        match self {
            Self::Fresh { value, .. } => Some(value),
            Self::NotModified => None,
        }
    }
}
