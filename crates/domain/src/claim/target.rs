//! Targets of claims: the claimed domain, key or repository.

use serde_json::Value;

use super::repository::Repository;
use super::{ClaimKind, host, key};
use crate::field::InvalidValue;

impl ClaimKind {
    /// Parses the target of a claim of this kind. `keys` are the agent's, if the claim is about one.
    pub fn parse_target(self, target: Option<&str>, keys: Option<&[Value]>) -> Result<String, InvalidValue> {
        let required = |expected: &str| InvalidValue(format!("is required: {expected}"));
        match self {
            Self::Domain => host::parse_domain(target.ok_or_else(|| required("a domain, such as example.com"))?),
            Self::Repository => {
                let target = target.ok_or_else(|| required("a repository, such as https://github.com/owner/name"))?;
                Repository::parse(target).map(|repository| repository.to_string())
            }
            Self::Key => key::select_key(target, keys.unwrap_or_default()),
        }
    }
}
