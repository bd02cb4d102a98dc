//! Credentials.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::words::words;
use crate::{CredentialId, Secret};

words! {
    /// What a token may be used for.
    Scope, Other {
        /// Read agents and what is known of their credentials.
        AgentsRead = "agents:read",
        /// Register, change and decommission agents, and manage their credentials.
        AgentsWrite = "agents:write",
        /// Introspect and revoke tokens.
        TokensRead = "tokens:read",
        /// Read the audit trail.
        AuditRead = "audit:read",
        /// Change the organization itself.
        AdminOrgs = "admin:orgs",
    }
}

words! {
    /// How a credential stands.
    CredentialStatus, Other {
        /// It works.
        Active = "active",
        /// Its time is over.
        Expired = "expired",
        /// It was ended.
        Revoked = "revoked",
    }
}

/// A credential that was just made. The secret is in this answer and never again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct NewCredential {
    /// Its identifier.
    pub credential_id: CredentialId,
    /// `client_id` of the token endpoint: the agent's or organization's identifier.
    pub client_id: Uuid,
    /// `client_secret` of the token endpoint.
    pub client_secret: Secret,
    /// What its tokens may be used for, with single spaces between.
    pub scope: String,
    /// When it ends, if it does.
    pub expires_at: Option<Timestamp>,
}

/// A credential, without its secret.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Credential {
    /// Its identifier.
    pub credential_id: CredentialId,
    /// The agent's or organization's identifier.
    pub client_id: Uuid,
    /// What its tokens may be used for, with single spaces between.
    pub scope: String,
    /// How it stands.
    pub status: CredentialStatus,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it ends, if it does.
    pub expires_at: Option<Timestamp>,
    /// When it was ended.
    pub revoked_at: Option<Timestamp>,
    /// When a token of it was first used with success.
    pub first_call_at: Option<Timestamp>,
}

/// What a new credential may, and how long.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct CredentialRequest {
    /// What its tokens may be used for. Without them `agents:read`, `tokens:read` and `audit:read` of itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub scopes: Option<Vec<Scope>>,
    /// Seconds after which it ends, from 60 to two years. Without them, never.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expires_in_seconds: Option<u32>,
}

/// How long the old credential goes on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Rotation {
    /// Seconds for which the old one works beside the new one, at most a week. Without them, it ends now.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub overlap_seconds: Option<u32>,
}
