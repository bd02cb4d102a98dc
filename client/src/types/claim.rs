//! Claims: what publishers have shown to be theirs.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::words::words;
use crate::{AgentId, ClaimId};

words! {
    /// What is claimed.
    ClaimKind, Other {
        /// A domain, by DNS or a file below `/.well-known`.
        Domain = "domain",
        /// A key, by a signature.
        Key = "key",
        /// A repository, by a file in its default branch.
        Repository = "repository",
    }
}

words! {
    /// How a claim stands.
    ClaimState, Other {
        /// It was not checked with success yet.
        Pending = "pending",
        /// Its last successful check still holds.
        Valid = "valid",
        /// Its time is over, or three checks in a row failed.
        Expired = "expired",
    }
}

/// A claim, as its organization sees it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Claim {
    /// Its identifier.
    pub claim_id: ClaimId,
    /// What is claimed.
    pub kind: ClaimKind,
    /// The domain, the repository's address, or the key's thumbprint.
    pub target: String,
    /// The agent that it is about; without one, it is about the organization.
    pub agent_id: Option<AgentId>,
    /// How it stands.
    pub state: ClaimState,
    /// How the last successful check was made: `dns`, `well-known`, `signature` or `file`.
    pub method: Option<String>,
    /// When it was last checked with success.
    pub checked_at: Option<Timestamp>,
    /// When that check holds no longer.
    pub expires_at: Option<Timestamp>,
    /// Where anybody can see it.
    pub evidence_url: Option<String>,
    /// What the last check found wrong, in words.
    pub last_failure: Option<String>,
    /// What to publish or sign, and where.
    #[serde(default)]
    pub instructions: Value,
}

/// What is claimed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct NewClaim {
    /// What kind of thing it is.
    pub kind: ClaimKind,
    /// The domain, the repository's address, or the key's thumbprint.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub target: Option<String>,
    /// The agent that it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub agent_id: Option<AgentId>,
}

/// What a check is made with.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ClaimCheck {
    /// For a key: the signature over the nonce.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub signature: Option<String>,
}
