//! The target of a claim: the domain, the key or the repository that is claimed.

use serde_json::Value;

use super::repository::Repository;
use super::{ClaimKind, host, key};
use crate::field::Refusal;

impl ClaimKind {
    /// What a claim of this kind is about, out of what was sent. `keys` are the agent's, if there is one.
    pub fn target(self, given: Option<&str>, keys: Option<&[Value]>) -> Result<String, Refusal> {
        let wanted = |what: &str| Refusal(format!("is missing: {what}"));
        match self {
            Self::Domain => host::domain(given.ok_or_else(|| wanted("name the domain, such as example.com"))?),
            Self::Repository => {
                let given =
                    given.ok_or_else(|| wanted("name the repository, such as https://github.com/owner/name"))?;
                Repository::read(given).map(|repository| repository.to_string())
            }
            Self::Key => key::choose(given, keys.unwrap_or_default()),
        }
    }
}
