//! Sign-up: create, claim, verify, recover.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{NewCredential, NewSession, Organization, OrganizationState};
use crate::open_enum::open_enum;
use crate::{OrganizationId, Secret};

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

/// Request to verify an email address.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct VerificationRequest {
    /// Code at the end of the link.
    pub token: Secret,
    /// What happens to the credentials and sessions that the organization has. Default: `Keep` for a client with a token
    /// or session of the organization itself, otherwise `Revoke`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub credentials: Option<EarlierCredentials>,
}

open_enum! {
    /// Decision about earlier credentials and sessions.
    EarlierCredentials, Other {
        /// They stay valid.
        Keep = "keep",
        /// They are revoked.
        Revoke = "revoke",
    }
}

open_enum! {
    /// Purpose of an emailed link.
    LinkPurpose, Other {
        /// Verifies the email address given at sign-up.
        Verify = "verify",
        /// Claims a provisional organization.
        Claim = "claim",
        /// Creates a new admin credential.
        Recover = "recover",
        /// Cancels the deletion of the organization.
        Restore = "restore",
    }
}

/// Emailed link that was not used yet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct EmailedLink {
    /// Purpose.
    pub purpose: LinkPurpose,
    /// Email address that the link was sent to.
    pub email: String,
    /// Time of expiry.
    pub expires_at: Timestamp,
    /// Organization that the link acts on.
    pub organization: LinkedOrganization,
}

/// Organization of a link, as its recipient sees it before using the link.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct LinkedOrganization {
    /// ID.
    pub organization_id: OrganizationId,
    /// Name, as chosen by whoever signed up.
    pub name: String,
    /// State.
    pub state: OrganizationState,
    /// Time of the sign-up.
    pub created_at: Timestamp,
    /// Network that signed up, such as `203.0.113.0/24`. Unknown once the email address is verified.
    pub network: Option<String>,
    /// Number of agents.
    pub agent_count: u64,
    /// Number of active credentials, of the organization and its agents.
    pub credential_count: u64,
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
