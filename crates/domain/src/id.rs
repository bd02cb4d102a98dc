//! Identifiers. Each kind is a type of its own, so that one can't stand where another is meant.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// What stands there is no identifier. The words complete "`field` …".
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("is no identifier such as 01993b6e-8123-7d11-8a2b-77c1d9a0be55")]
pub struct NoIdentifier;

macro_rules! identifier {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl $name {
            /// A new one, that sorts behind those made before (UUID version 7, RFC 9562).
            #[allow(clippy::new_without_default, reason = "two of them are never equal")]
            pub fn new() -> Self {
                Self(Uuid::now_v7())
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(out)
            }
        }

        impl FromStr for $name {
            type Err = NoIdentifier;

            fn from_str(text: &str) -> Result<Self, NoIdentifier> {
                // The hyphenated form alone: an identifier has one spelling, and stands in addresses.
                let id = Uuid::try_parse(text).ok().filter(|id| id.hyphenated().to_string() == text);
                id.map(Self).ok_or(NoIdentifier)
            }
        }
    };
}

identifier! {
    /// An organization: the tenant. Its admin credential's `client_id`.
    OrganizationId
}
identifier! {
    /// An agent. Its `client_id`, and the end of its DID.
    AgentId
}
identifier! {
    /// A credential: one secret of an agent or an organization.
    CredentialId
}
identifier! {
    /// A claim.
    ClaimId
}
identifier! {
    /// An event of the audit trail.
    EventId
}

#[cfg(all(test, feature = "crypto"))]
mod tests {
    use super::*;

    #[test]
    fn an_identifier_has_one_spelling() {
        let id = AgentId::new();
        assert_eq!(id.to_string().parse::<AgentId>().ok(), Some(id));
        for other in [id.to_string().to_uppercase(), id.0.simple().to_string(), format!("{{{id}}}"), String::new()] {
            assert!(other.parse::<AgentId>().is_err(), "{other}");
        }
    }

    #[test]
    fn later_ones_sort_behind() {
        let mut ids: Vec<AgentId> = (0..1000).map(|_| AgentId::new()).collect();
        let made = ids.clone();
        ids.sort();
        assert_eq!(ids, made);
    }
}
