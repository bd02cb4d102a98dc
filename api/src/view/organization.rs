//! Organizations, as they see themselves.

use domain::retention::DELETION_GRACE_MS;
use domain::time::rfc3339;
use serde::Serialize;
use store::records::OrganizationRecord;
use utoipa::ToSchema;

/// An organization: the tenant.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Organization, example = json!({
    "organizationId": "01993b6e-7f1c-7a52-9a54-6d1f0a3c9d11", "name": "Northquay Freight Desk", "displayName": "Northquay Freight",
    "slug": "northquay-freight", "email": "ops@northquay-freight.example", "state": "verified", "tier": "free",
    "expiresAt": null, "deletionAt": null, "createdAt": "2026-11-25T09:30:00.000Z", "updatedAt": "2026-11-25T09:31:12.000Z",
}))]
pub struct OrganizationView {
    /// Its identifier, and the `client_id` of its admin credential.
    #[schema(format = Uuid)]
    pub organization_id: String,
    /// Its name.
    pub name: String,
    /// What the marketplace calls it.
    pub display_name: Option<String>,
    /// Its name in addresses of the marketplace.
    pub slug: String,
    /// The address that was given, and confirmed once the state is `verified`.
    pub email: Option<String>,
    /// `provisional`, `unverified` or `verified`.
    #[schema(pattern = "^(provisional|unverified|verified)$")]
    pub state: String,
    /// What it pays for.
    #[schema(pattern = "^(free|pro|enterprise)$")]
    pub tier: String,
    /// When it ends with all it holds. Only provisional ones do.
    #[schema(format = DateTime)]
    pub expires_at: Option<String>,
    /// When it is deleted, if that was asked for.
    #[schema(format = DateTime)]
    pub deletion_at: Option<String>,
    /// When it was made.
    #[schema(format = DateTime)]
    pub created_at: String,
    /// When it was last changed.
    #[schema(format = DateTime)]
    pub updated_at: String,
}

impl From<OrganizationRecord> for OrganizationView {
    fn from(row: OrganizationRecord) -> Self {
        Self {
            organization_id: row.id,
            name: row.name,
            display_name: row.display_name,
            slug: row.slug,
            email: row.email,
            state: row.state,
            tier: row.tier,
            expires_at: row.expires_at.map(rfc3339),
            deletion_at: row.deletion_asked_at.map(|asked| rfc3339(asked + DELETION_GRACE_MS)),
            created_at: rfc3339(row.created_at),
            updated_at: rfc3339(row.updated_at),
        }
    }
}
