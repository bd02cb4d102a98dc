//! Organizations, as returned to themselves.

use domain::retention::DELETION_GRACE_MS;
use domain::time::rfc3339;
use serde::Serialize;
use store::records::OrganizationRecord;
use utoipa::ToSchema;

/// Organization.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Organization, example = json!({
    "organizationId": "01993b6e-7f1c-7a52-9a54-6d1f0a3c9d11", "name": "Northquay Freight Desk", "displayName": "Northquay Freight",
    "slug": "northquay-freight", "email": "ops@northquay-freight.example", "state": "verified", "tier": "free",
    "expiresAt": null, "status": "active", "suspensionReason": null, "deletionAt": null, "createdAt": "2026-11-25T09:30:00.000Z", "updatedAt": "2026-11-25T09:31:12.000Z",
}))]
pub struct OrganizationView {
    /// ID, also the `client_id` of the admin credential.
    #[schema(format = Uuid)]
    pub organization_id: String,
    /// Name.
    pub name: String,
    /// Display name in the marketplace.
    pub display_name: Option<String>,
    /// URL slug in the marketplace.
    pub slug: String,
    /// Email address; verified once the state is `verified`.
    pub email: Option<String>,
    /// State: `provisional`, `unverified` or `verified`.
    #[schema(pattern = "^(provisional|unverified|verified)$")]
    pub state: String,
    /// Tier.
    #[schema(pattern = "^(free|pro|enterprise)$")]
    pub tier: String,
    /// Time at which the organization expires with all its data. Provisional organizations only.
    #[schema(format = DateTime)]
    pub expires_at: Option<String>,
    /// Status: `active`, `deleting` (its deletion was requested) or `suspended` (by the operator). Only an active
    /// organization and its agents can act.
    #[schema(pattern = "^(active|deleting|suspended)$")]
    pub status: &'static str,
    /// Reason of the suspension, in the operator's words.
    pub suspension_reason: Option<String>,
    /// Time of the scheduled deletion, if any.
    #[schema(format = DateTime)]
    pub deletion_at: Option<String>,
    /// Time of creation.
    #[schema(format = DateTime)]
    pub created_at: String,
    /// Time of the last update.
    #[schema(format = DateTime)]
    pub updated_at: String,
}

impl From<OrganizationRecord> for OrganizationView {
    fn from(row: OrganizationRecord) -> Self {
        let status = row.status().as_str();
        Self {
            status,
            suspension_reason: row.suspension_reason,
            organization_id: row.id,
            name: row.name,
            display_name: row.display_name,
            slug: row.slug,
            email: row.email,
            state: row.state,
            tier: row.tier,
            expires_at: row.expires_at.map(rfc3339),
            deletion_at: row.deletion_asked_at.map(|requested_at| rfc3339(requested_at + DELETION_GRACE_MS)),
            created_at: rfc3339(row.created_at),
            updated_at: rfc3339(row.updated_at),
        }
    }
}
