//! Versions of a resource: entity tags, and the ones that a caller expects (RFC 9110, section 13.1.1).

use crate::rejection::Rejection;

/// The versions a caller is willing to change. `None` stands for any.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ExpectedVersion(pub Option<Vec<String>>);

impl ExpectedVersion {
    /// Accepts an entity tag that is expected, or rejects the operation.
    ///
    /// # Errors
    ///
    /// [`Rejection::VersionMismatch`], for weak tags as well: the comparison is strong.
    pub fn check(&self, etag: &str) -> Result<(), Rejection> {
        match &self.0 {
            Some(tags) if !tags.iter().any(|tag| tag == "*" || tag == etag) => Err(Rejection::VersionMismatch),
            _ => Ok(()),
        }
    }
}

/// The entity tag of a resource's revision, with its quotes.
pub fn etag(id: &str, revision: i64) -> String {
    format!("\"{id}.{revision}\"")
}
