//! IDs. Each kind has its own type, so that kinds can't be mixed up and only UUIDs reach a URL.

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
    /// ID of an organization: `client_id` of its admin credential.
    OrganizationId,
    /// ID of an agent: its `client_id`.
    AgentId,
    /// ID of a credential.
    CredentialId,
    /// ID of a session.
    SessionId,
    /// ID of an audit event.
    EventId,
    /// ID of a claim.
    ClaimId,
    /// ID of a report.
    ReportId,
}
