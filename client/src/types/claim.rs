//! Claims: verified domains, keys and repositories.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::open_enum::open_enum;
use crate::{AgentId, ClaimId};

open_enum! {
    /// Kind of a claim.
    ClaimKind, Other {
        /// Domain, verified by DNS or a file under `/.well-known`.
        Domain = "domain",
        /// Key, verified by a signature.
        Key = "key",
        /// Repository, verified by a file in its default branch.
        Repository = "repository",
    }
}

open_enum! {
    /// State of a claim.
    ClaimState, Other {
        /// Not verified yet.
        Pending = "pending",
        /// Verified.
        Valid = "valid",
        /// Expired: verified too long ago, or three consecutive checks failed.
        Expired = "expired",
    }
}

open_enum! {
    /// Method of verification.
    ClaimMethod, Other {
        /// TXT record.
        Dns = "dns",
        /// File under `/.well-known`.
        WellKnown = "well-known",
        /// Signature.
        Signature = "signature",
        /// File in a repository.
        File = "file",
    }
}

/// Claim, as returned to its organization.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Claim {
    /// ID of the claim.
    pub claim_id: ClaimId,
    /// Kind.
    pub kind: ClaimKind,
    /// Domain, repository URL, or key thumbprint (RFC 7638).
    pub target: String,
    /// Agent that the claim is about; `None` for the organization.
    pub agent_id: Option<AgentId>,
    /// State.
    pub state: ClaimState,
    /// Method of the last successful check.
    pub method: Option<ClaimMethod>,
    /// Time of the last successful check.
    pub checked_at: Option<Timestamp>,
    /// Time at which the verification expires.
    pub expires_at: Option<Timestamp>,
    /// URL of the public evidence.
    pub evidence_url: Option<String>,
    /// Consecutive failed daily checks.
    #[serde(default)]
    pub failures_in_a_row: u32,
    /// Finding and expectation of the last check, if it failed.
    pub last_failure: Option<String>,
    /// Time of the last check, regardless of its result.
    pub last_tried_at: Option<Timestamp>,
    /// Time of creation.
    pub created_at: Timestamp,
    /// Proof to publish or sign.
    pub proof: ClaimProof,
}

/// Proof to publish or sign. The set fields depend on the claim's kind.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct ClaimProof {
    /// Instruction for people.
    pub instruction: String,
    /// Value to publish or sign. Not a secret.
    pub nonce: String,
    /// Name of the TXT record.
    pub dns_name: Option<String>,
    /// Value of the TXT record.
    pub dns_value: Option<String>,
    /// URL of a file that contains the nonce on a line of its own.
    pub file_url: Option<String>,
    /// Path of that file in the repository.
    pub file_path: Option<String>,
}

/// Request to create a claim.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct NewClaim {
    /// Kind.
    pub kind: ClaimKind,
    /// Domain, repository URL, or key thumbprint (RFC 7638).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub target: Option<String>,
    /// Agent that the claim is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub agent_id: Option<AgentId>,
}

/// Request to check a claim.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ClaimCheck {
    /// For a key: JWS in compact serialization (RFC 7515, section 7.1) by that key, with the nonce as payload.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub signature: Option<String>,
}

/// Filters and pagination of claims.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ClaimQuery {
    /// Page number, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub page: Option<u64>,
    /// Items per page, up to 100.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub limit: Option<u64>,
    /// Filter by agent; excludes claims about the organization.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub agent_id: Option<AgentId>,
}
