//! Sign-up: provision, work, claim.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{NewCredential, NewSession, Organization};
use crate::Secret;

/// What is sent to sign up. All of it may be missing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Signup {
    /// What the organization is called.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub organization_name: Option<String>,
    /// Address of whoever answers for it. Without one, the organization is provisional and ends after 72 hours.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// What the marketplace calls it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub display_name: Option<String>,
}

/// A new organization. It works at once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct SignedUp {
    /// The organization.
    pub organization: Organization,
    /// Its admin credential, with all scopes.
    pub credential: NewCredential,
    /// When it ends, if nobody claims it.
    pub expires_at: Option<Timestamp>,
    /// A page where a person claims it with an address. It holds the code.
    pub claim_url: Option<Secret>,
    /// What it is claimed with. Whoever has it can claim the organization.
    pub claim_code: Option<Secret>,
}

/// What a provisional organization is claimed with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ClaimOrganization {
    /// The code that sign-up answered.
    pub claim_code: Secret,
    /// Address of the person who answers for the organization from now on.
    pub email: String,
}

/// A link's code.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LinkToken {
    /// The code at the end of the link in the mail.
    pub token: Secret,
}

/// A confirmed address that lost its credential.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Recovery {
    /// The organization's confirmed address.
    pub email: String,
}

/// What is answered where a mail goes out, or doesn't: the same.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct MailNotice {
    /// What happens now: for people.
    pub message: String,
}

/// An organization whose address was confirmed, and a session for whoever did.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Verified {
    /// The organization.
    pub organization: Organization,
    /// A session.
    pub session: NewSession,
}

/// A new admin credential.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Recovered {
    /// It replaces all admin credentials that there were.
    pub credential: NewCredential,
}
