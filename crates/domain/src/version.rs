//! Versions of resources: entity tags and preconditions (RFC 9110, section 13.1.1).

use crate::rejection::Rejection;

/// Versions that the caller accepts. `None` accepts any.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ExpectedVersion(pub Option<Vec<String>>);

impl ExpectedVersion {
    /// Accepts an expected entity tag.
    ///
    /// # Errors
    ///
    /// [`Rejection::VersionMismatch`], also for weak tags: the comparison is strong.
    pub fn check(&self, etag: &str) -> Result<(), Rejection> {
        match &self.0 {
            Some(tags) if !tags.iter().any(|tag| tag == "*" || tag == etag) => Err(Rejection::VersionMismatch),
            _ => Ok(()),
        }
    }
}

/// Returns the entity tag of a revision, with its quotes.
pub fn etag(id: &str, revision: i64) -> String {
    format!("\"{id}.{revision}\"")
}
