//! Sign-up: create, claim, verify, recover.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{NewCredential, NewSession, Organization};
use crate::Secret;

/// Request to sign up. All fields are optional.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct SignupRequest {
    /// Name of the organization.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub organization_name: Option<String>,
    /// Email address of the owner. Without one, the organization is provisional and expires after 72 hours.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// Display name in the marketplace.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub display_name: Option<String>,
}

/// New organization with a working credential.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct SignupResponse {
    /// Organization.
    pub organization: Organization,
    /// Admin credential, with all scopes.
    pub credential: NewCredential,
    /// Time at which it expires unless claimed.
    pub expires_at: Option<Timestamp>,
    /// URL of the page that claims the organization. Contains the code.
    pub claim_url: Option<Secret>,
    /// Claim code. Anyone who has it can claim the organization.
    pub claim_code: Option<Secret>,
}

/// Request to claim a provisional organization.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ClaimOrganization {
    /// Claim code from the sign-up response.
    pub claim_code: Secret,
    /// Email address of the new owner.
    pub email: String,
}

/// Code from an emailed link.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LinkToken {
    /// Code at the end of the link.
    pub token: Secret,
}

/// Request to recover an organization.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RecoveryRequest {
    /// Verified email address of the organization.
    pub email: String,
}

/// Response of operations that send email, identical whether or not one is sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct MailNotice {
    /// Message for people.
    pub message: String,
}

/// Organization with a verified email address, and a session.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct EmailVerification {
    /// Organization.
    pub organization: Organization,
    /// Session.
    pub session: NewSession,
}

/// New admin credential.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct RecoveryResponse {
    /// Credential that replaces all earlier admin credentials.
    pub credential: NewCredential,
}
