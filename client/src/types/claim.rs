//! Claims: what publishers have shown to be theirs.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

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

words! {
    /// How a claim was proved.
    ClaimMethod, Other {
        /// By a TXT record.
        Dns = "dns",
        /// By a file below `/.well-known`.
        WellKnown = "well-known",
        /// By a signature.
        Signature = "signature",
        /// By a file in a repository.
        File = "file",
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
    /// How the last successful check found it proved.
    pub method: Option<ClaimMethod>,
    /// When it was last checked with success.
    pub checked_at: Option<Timestamp>,
    /// When that check holds no longer.
    pub expires_at: Option<Timestamp>,
    /// Where others see the proof.
    pub evidence_url: Option<String>,
    /// Daily checks that failed in a row.
    #[serde(default)]
    pub failures_in_a_row: u32,
    /// What the last check found, and what it expected, if it failed.
    pub last_failure: Option<String>,
    /// When it was last checked, however that came out.
    pub last_tried_at: Option<Timestamp>,
    /// When it was made.
    pub created_at: Timestamp,
    /// What has to be published or signed.
    pub proof: ClaimProof,
}

/// What has to be published or signed. Which fields are there follows from the claim's kind.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct ClaimProof {
    /// What to do, for people.
    pub instruction: String,
    /// What is published or signed. It is no secret.
    pub nonce: String,
    /// Name of the TXT record that proves a domain.
    pub dns_name: Option<String>,
    /// Value of that record.
    pub dns_value: Option<String>,
    /// Where a file is read that holds the nonce on a line of its own.
    pub file_url: Option<String>,
    /// That file's path in the repository.
    pub file_path: Option<String>,
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
    /// For a key: a JWS in compact form (RFC 7515, section 7.1) by it, whose payload is the nonce.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub signature: Option<String>,
}

/// What a list of claims is narrowed by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ClaimQuery {
    /// Which page, from 1 on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub page: Option<u64>,
    /// How many on a page, at most 100.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub limit: Option<u64>,
    /// About this agent alone, without the organization's own.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub agent_id: Option<AgentId>,
}
