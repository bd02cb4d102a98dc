//! Identifiers. Each kind is a type of its own, so that one can't stand where another is meant, and nothing else can
//! stand in an address.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

macro_rules! identifiers {
    ($($(#[$doc:meta])* $name:ident,)+) => {
        $($(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl fmt::Display for $name {
            fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(out)
            }
        }

        impl FromStr for $name {
            type Err = uuid::Error;

            fn from_str(text: &str) -> Result<Self, uuid::Error> {
                text.parse().map(Self)
            }
        }

        impl From<Uuid> for $name {
            fn from(id: Uuid) -> Self {
                Self(id)
            }
        })+
    };
}

identifiers! {
    /// An organization's, which is the `client_id` of its admin credential.
    OrganizationId,
    /// An agent's, which is its `client_id`.
    AgentId,
    /// A credential's.
    CredentialId,
    /// A session's.
    SessionId,
    /// An audit event's.
    EventId,
    /// A claim's.
    ClaimId,
    /// A report's.
    ReportId,
}
