//! Organizations.

use jiff::Timestamp;
use serde::{Deserialize, Serialize, Serializer};

use crate::open_enum::open_enum;
use crate::{OrganizationId, Patch};

open_enum! {
    /// State of an organization.
    OrganizationState, Other {
        /// Created without an email address: expires after 72 hours unless claimed.
        Provisional = "provisional",
        /// Email address not verified yet.
        Unverified = "unverified",
        /// Email address verified.
        Verified = "verified",
    }
}

open_enum! {
    /// Status of an organization: whether it can act.
    OrganizationStatus, Other {
        /// Can act.
        Active = "active",
        /// Its deletion was requested. All that is left is to restore it.
        Deleting = "deleting",
        /// Suspended by the operator.
        Suspended = "suspended",
    }
}

open_enum! {
    /// Tier of an organization.
    TierName, Other {
        /// Free.
        Free = "free",
        /// Pro.
        Pro = "pro",
        /// Enterprise, by agreement.
        Enterprise = "enterprise",
    }
}

/// Organization.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Organization {
    /// ID, also the `client_id` of the admin credential.
    pub organization_id: OrganizationId,
    /// Name.
    pub name: String,
    /// Display name in the marketplace.
    pub display_name: Option<String>,
    /// URL slug in the marketplace.
    pub slug: String,
    /// Email address; verified once the state is `Verified`.
    pub email: Option<String>,
    /// State.
    pub state: OrganizationState,
    /// Tier.
    pub tier: TierName,
    /// Time at which the organization expires with everything in it. Provisional organizations only.
    pub expires_at: Option<Timestamp>,
    /// Status. Only an active organization and its agents can act.
    pub status: OrganizationStatus,
    /// Reason of the suspension, in the operator's words.
    pub suspension_reason: Option<String>,
    /// Time of the scheduled deletion, if any.
    pub deletion_at: Option<Timestamp>,
    /// Time of creation.
    pub created_at: Timestamp,
    /// Time of the last update.
    pub updated_at: Timestamp,
}

/// Update of an organization. `None` leaves a field unchanged.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct OrganizationUpdate {
    /// Name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Display name in the marketplace. Default: the name.
    #[serde(skip_serializing_if = "Patch::is_leave", serialize_with = "null_as_empty")]
    pub display_name: Patch<String>,
    /// URL slug: 3 to 40 lowercase letters, digits and single hyphens. The old slug redirects to the new one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub slug: Option<String>,
}

/// Serializes `Null` as an empty string, which clears this field: the API treats `null` as absent here.
fn null_as_empty<S: Serializer>(patch: &Patch<String>, serializer: S) -> Result<S::Ok, S::Error> {
    match patch {
        Patch::Set(text) => serializer.serialize_str(text),
        Patch::Leave | Patch::Null => serializer.serialize_str(""),
    }
}
