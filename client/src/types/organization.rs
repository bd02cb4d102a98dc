//! Organizations.

use jiff::Timestamp;
use serde::{Deserialize, Serialize, Serializer};

use crate::words::words;
use crate::{OrganizationId, Patch};

words! {
    /// How far an organization has come.
    OrganizationState, Other {
        /// Made without an address: ends after 72 hours unless it is claimed.
        Provisional = "provisional",
        /// Its address is not confirmed yet.
        Unverified = "unverified",
        /// Its address is confirmed.
        Verified = "verified",
    }
}

words! {
    /// What an organization pays for.
    TierName, Other {
        /// Nothing.
        Free = "free",
        /// Something.
        Pro = "pro",
        /// By agreement.
        Enterprise = "enterprise",
    }
}

/// An organization: the tenant.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Organization {
    /// Its identifier, and the `client_id` of its admin credential.
    pub organization_id: OrganizationId,
    /// Its name.
    pub name: String,
    /// What the marketplace calls it.
    pub display_name: Option<String>,
    /// Its name in addresses of the marketplace.
    pub slug: String,
    /// The address that was given, and confirmed once the state is `Verified`.
    pub email: Option<String>,
    /// How far it has come.
    pub state: OrganizationState,
    /// What it pays for.
    pub tier: TierName,
    /// When it ends with all it holds. Only provisional ones do.
    pub expires_at: Option<Timestamp>,
    /// When it is deleted, if that was asked for.
    pub deletion_at: Option<Timestamp>,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it was last changed.
    pub updated_at: Timestamp,
}

/// What becomes of an organization. Fields that are `None` stay.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct OrganizationChange {
    /// What it is called.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// What the marketplace calls it; without one, its name.
    #[serde(skip_serializing_if = "Patch::is_leave", serialize_with = "null_as_empty")]
    pub display_name: Patch<String>,
    /// Its name in addresses: 3 to 40 lower-case letters, digits and single hyphens. The old one leads to the new one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub slug: Option<String>,
}

/// This one field is emptied by an empty text: the API reads `null` as left out.
fn null_as_empty<S: Serializer>(patch: &Patch<String>, serializer: S) -> Result<S::Ok, S::Error> {
    match patch {
        Patch::Set(text) => serializer.serialize_str(text),
        Patch::Leave | Patch::Null => serializer.serialize_str(""),
    }
}
