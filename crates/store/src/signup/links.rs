//! Emailed links. Only the HMAC of a link's code is stored.

use domain::email::Email;
use domain::id::OrganizationId;
use jiff::Timestamp;
use sea_orm::{ActiveValue, ColumnTrait as _, DatabaseTransaction, EntityTrait as _, QueryFilter as _};
use serde_json::json;

use crate::audit::{self, Entry};
use crate::entity::link;
use crate::{Store, StoreError};

/// Purpose of a link.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LinkPurpose {
    /// Verifies the email address given at sign-up.
    Verify,
    /// Claims a provisional organization for the recipient.
    Claim,
    /// Creates a new admin credential.
    Recover,
}

impl LinkPurpose {
    /// Returns the text form.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Verify => "verify",
            Self::Claim => "claim",
            Self::Recover => "recover",
        }
    }

    /// Returns the lifetime of a link, in milliseconds.
    pub fn lifetime_ms(self) -> i64 {
        match self {
            Self::Verify | Self::Claim => 24 * 3_600_000,
            Self::Recover => 3_600_000,
        }
    }
}

/// Time in which several requests to recover an organization are one event of its audit trail, in milliseconds: anyone
/// can send such a request.
const ONE_EVENT_MS: i64 = 3_600_000;

/// Creates a link to an organization for an email address, by the HMAC of its code.
pub async fn create_link(
    store: &Store,
    organization: OrganizationId,
    code_hash: Vec<u8>,
    purpose: LinkPurpose,
    email: Email,
    now: Timestamp,
) -> Result<(), StoreError> {
    let work = store.write(None, move |tx| {
        Box::pin(async move {
            let is_noted = purpose == LinkPurpose::Recover
                && exists_since(tx, organization, purpose, now.as_millisecond() - ONE_EVENT_MS).await?;
            insert(tx, now, code_hash, organization, purpose, &email).await?;
            if is_noted {
                return Ok(());
            }
            let metadata = json!({ "purpose": purpose.as_str() });
            audit::append(tx, now, Entry::by_organization(organization, "organization.link_requested", metadata)).await
        })
    });
    work.await
}

async fn exists_since(
    tx: &DatabaseTransaction,
    organization: OrganizationId,
    purpose: LinkPurpose,
    since: i64,
) -> Result<bool, StoreError> {
    let found = link::Entity::find()
        .filter(link::Column::OrganizationId.eq(organization.to_string()))
        .filter(link::Column::Purpose.eq(purpose.as_str()))
        .filter(link::Column::CreatedAt.gt(since))
        .one(tx)
        .await?;
    Ok(found.is_some())
}

async fn insert(
    tx: &DatabaseTransaction,
    now: Timestamp,
    code_hash: Vec<u8>,
    organization: OrganizationId,
    purpose: LinkPurpose,
    email: &Email,
) -> Result<(), StoreError> {
    let row = link::ActiveModel {
        code_hash: ActiveValue::Set(code_hash),
        organization_id: ActiveValue::Set(organization.to_string()),
        purpose: ActiveValue::Set(purpose.as_str().to_owned()),
        email: ActiveValue::Set(email.to_string()),
        created_at: ActiveValue::Set(now.as_millisecond()),
        expires_at: ActiveValue::Set(now.as_millisecond() + purpose.lifetime_ms()),
    };
    link::Entity::insert(row).exec_without_returning(tx).await?;
    Ok(())
}

/// Deletes a link by its code and returns it: a code works once. `None` if it is unknown or expired.
pub(super) async fn consume(
    tx: &DatabaseTransaction,
    now: Timestamp,
    code_hash: Vec<u8>,
    purposes: &[LinkPurpose],
) -> Result<Option<link::Model>, StoreError> {
    let found = link::Entity::find_by_id(code_hash.clone()).one(tx).await?;
    let usable = found.filter(|row| {
        row.expires_at > now.as_millisecond() && purposes.iter().any(|purpose| purpose.as_str() == row.purpose)
    });
    if usable.is_some() {
        link::Entity::delete_by_id(code_hash).exec(tx).await?;
    }
    Ok(usable)
}

/// Deletes all links of an organization.
pub(super) async fn delete_all(tx: &DatabaseTransaction, organization: &str) -> Result<(), StoreError> {
    link::Entity::delete_many().filter(link::Column::OrganizationId.eq(organization)).exec(tx).await?;
    Ok(())
}
