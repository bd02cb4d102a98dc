//! IDs. Each kind has its own type, so that kinds can't be mixed up.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Invalid ID. The message completes "`field` …".
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("must be an ID such as 01993b6e-8123-7d11-8a2b-77c1d9a0be55")]
pub struct InvalidId;

macro_rules! identifier {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        #[cfg(feature = "crypto")]
        impl $name {
            /// Generates an ID that sorts after all earlier ones (UUID version 7, RFC 9562).
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
            type Err = InvalidId;

            fn from_str(text: &str) -> Result<Self, InvalidId> {
                // Hyphenated lowercase only: an ID has one spelling, since it is part of URLs.
                let id = Uuid::try_parse(text).ok().filter(|id| id.hyphenated().to_string() == text);
                id.map(Self).ok_or(InvalidId)
            }
        }
    };
}

identifier! {
    /// ID of an organization, also the `client_id` of its admin credential.
    OrganizationId
}
identifier! {
    /// ID of an agent, also its `client_id` and the last part of its DID.
    AgentId
}
identifier! {
    /// ID of a credential.
    CredentialId
}
identifier! {
    /// ID of a claim.
    ClaimId
}
identifier! {
    /// ID of an audit event.
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
    fn later_ids_sort_after_earlier_ones() {
        let mut ids: Vec<AgentId> = (0..1000).map(|_| AgentId::new()).collect();
        let made = ids.clone();
        ids.sort();
        assert_eq!(ids, made);
    }
}
