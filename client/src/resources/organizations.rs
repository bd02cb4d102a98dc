//! Your organization.

use crate::operation::declare;
use crate::types::{Organization, OrganizationUpdate};
use crate::{Client, Result};

declare! {
    GET = Get "getOrganization" "/api/v1/organizations/me";
    UPDATE = Patch "updateOrganization" "/api/v1/organizations/me";
    DELETE = Delete "deleteOrganization" "/api/v1/organizations/me";
    RESTORE = Post "restoreOrganization" "/api/v1/organizations/me/restore";
}

/// Your organization.
#[derive(Clone, Debug)]
pub struct Organizations(Client);

impl Client {
    /// Your organization.
    pub fn organizations(&self) -> Organizations {
        Organizations(self.clone())
    }
}

impl Organizations {
    /// Returns the organization.
    pub async fn get(&self) -> Result<Organization> {
        self.0.call(GET).fetch().await
    }

    /// Updates the organization.
    pub async fn update(&self, change: &OrganizationUpdate) -> Result<Organization> {
        self.0.call(UPDATE).json(change).fetch().await
    }

    /// Deletes the organization: it ends at once, and after 7 days everything is deleted except the head of its audit trail.
    pub async fn delete(&self) -> Result<Organization> {
        self.0.call(DELETE).fetch().await
    }

    /// Cancels the deletion within the 7 days.
    pub async fn restore(&self) -> Result<Organization> {
        self.0.call(RESTORE).fetch().await
    }
}
