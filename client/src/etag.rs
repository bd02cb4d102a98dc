//! Versions of what was read.

use serde::{Deserialize, Serialize};

/// The version of what was read, as the server spells it. Opaque: kept and sent back, never taken apart.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ETag(String);

impl ETag {
    /// One that was kept before, with its quotation marks.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// As it is sent.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// What a conditional read answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fetched<T> {
    /// It has changed, or was not known before.
    Fresh {
        /// What it is now.
        value: T,
        /// Its version, for the next read.
        etag: Option<ETag>,
    },
    /// It is as it was (304).
    NotModified,
}

impl<T> Fetched<T> {
    /// What came, if it has changed.
    pub fn into_fresh(self) -> Option<T> {
        match self {
            Self::Fresh { value, .. } => Some(value),
            Self::NotModified => None,
        }
    }
}
