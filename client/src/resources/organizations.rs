//! Your organization.

use crate::operation::declare;
use crate::types::{Organization, OrganizationChange};
use crate::{Client, Result};

declare! {
    GET = Get "getOrganization" "/api/v1/organizations/me";
    UPDATE = Patch "updateOrganization" "/api/v1/organizations/me";
    DELETE = Delete "deleteOrganization" "/api/v1/organizations/me";
    RESTORE = Post "restoreOrganization" "/api/v1/organizations/me/restore";
}

/// Your organization.
#[derive(Clone, Debug)]
pub struct Organizations(pub(crate) Client);

impl Organizations {
    /// Reads it.
    pub async fn get(&self) -> Result<Organization> {
        self.0.call(GET).fetch().await
    }

    /// Changes it.
    pub async fn update(&self, change: &OrganizationChange) -> Result<Organization> {
        self.0.call(UPDATE).json(change).fetch().await
    }

    /// Deletes it with all it holds, but the end of its audit trail, after 7 days in which it can be undone.
    pub async fn delete(&self) -> Result<Organization> {
        self.0.call(DELETE).fetch().await
    }

    /// Undoes the deletion.
    pub async fn restore(&self) -> Result<Organization> {
        self.0.call(RESTORE).fetch().await
    }
}
