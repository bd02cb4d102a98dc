//! Credentials.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::open_enum::open_enum;
use crate::{CredentialId, Secret};

open_enum! {
    /// Scope of a token.
    Scope, Other {
        /// Read agents and the metadata of their credentials.
        AgentsRead = "agents:read",
        /// Register, update and decommission agents, and manage their credentials.
        AgentsWrite = "agents:write",
        /// Introspect and revoke tokens.
        TokensRead = "tokens:read",
        /// Read the audit trail.
        AuditRead = "audit:read",
        /// Update and delete the organization.
        AdminOrgs = "admin:orgs",
    }
}

open_enum! {
    /// Status of a credential.
    CredentialStatus, Other {
        /// Working.
        Active = "active",
        /// Expired.
        Expired = "expired",
        /// Revoked.
        Revoked = "revoked",
    }
}

/// New credential. Only this response contains the secret.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct NewCredential {
    /// ID of the credential.
    pub credential_id: CredentialId,
    /// Client ID: the ID of the agent or organization.
    pub client_id: Uuid,
    /// Client secret.
    pub client_secret: Secret,
    /// Scopes of its tokens, separated by single spaces.
    pub scope: String,
    /// Time of expiry, if any.
    pub expires_at: Option<Timestamp>,
}

/// Credential without its secret.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Credential {
    /// ID of the credential.
    pub credential_id: CredentialId,
    /// Client ID: the ID of the agent or organization.
    pub client_id: Uuid,
    /// Scopes of its tokens, separated by single spaces.
    pub scope: String,
    /// Status.
    pub status: CredentialStatus,
    /// Time of creation.
    pub created_at: Timestamp,
    /// Time of expiry, if any.
    pub expires_at: Option<Timestamp>,
    /// Time of revocation.
    pub revoked_at: Option<Timestamp>,
    /// Time of the first successful call with one of its tokens.
    pub first_call_at: Option<Timestamp>,
}

/// Request to create a credential.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct CredentialRequest {
    /// Scopes of its tokens. Default: `agents:read`, `tokens:read` and `audit:read`, for the agent itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub scopes: Option<Vec<Scope>>,
    /// Lifetime in seconds, from 60 to two years. Default: no expiry.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expires_in_seconds: Option<u32>,
}

/// Request to rotate a credential.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Rotation {
    /// Seconds for which the old credential keeps working, up to a week. Default: 0.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub overlap_seconds: Option<u32>,
}
